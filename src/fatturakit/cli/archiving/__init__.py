"""The verbs of ``fatturakit archive``, one file each."""
