"""Invoices composed in tests: consistent in every respect, of every kind, and ways to break one fact."""
