"""Electronic signatures: what a CAdES or XAdES signature is worth, whom to trust, and making new ones (extra ``sign``)."""
