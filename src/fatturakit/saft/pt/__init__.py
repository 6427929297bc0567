"""Portugal: SAF-T (PT) 1.04_01."""
