"""SAF-T audit files: a neutral ledger, generation, streaming validation, the hash chain; one folder per variant."""
