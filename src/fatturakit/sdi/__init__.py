"""Messages of SdI and the states they put an invoice in."""
