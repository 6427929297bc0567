"""Electronic signatures, CAdES and XAdES: what one is worth, whom to trust, and making new ones (extra ``sign``)."""
