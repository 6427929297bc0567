"""An invoice as people think of it: who, what, how much, when; read from a document without changing it."""
