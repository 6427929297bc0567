"""Angola: SAF-T (AO) 1.01_01."""
