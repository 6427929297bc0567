"""The neutral ledger: tables of a business, of no country, read as a stream from many kinds of source."""
