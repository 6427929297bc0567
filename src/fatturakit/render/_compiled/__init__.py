"""The themes, compiled: see tools/compile_themes.py."""
