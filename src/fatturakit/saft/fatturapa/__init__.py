"""From FatturaPA invoices to the neutral ledger, with every loss a finding."""
