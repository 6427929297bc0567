"""The controls of audit files: one file per family, each a table of codes with words, and the functions that judge."""
