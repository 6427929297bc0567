"""XML <-> JSON in several dialects, without losing anything; comparing two documents by meaning; tables."""
