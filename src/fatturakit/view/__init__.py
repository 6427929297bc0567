"""Typed access to a document's fields: a thin view over the tree, driven by the element table. No second model."""
