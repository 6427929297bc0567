"""SAF-T audit files: generate, validate, verify, convert. Everything is loaded when it is first used."""
