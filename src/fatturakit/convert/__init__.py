"""Documents in other shapes, and back."""
