"""A-Cube: invoices, drafts, markings, notifications."""
