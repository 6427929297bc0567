"""Remote services: providers as endpoint tables, and one client that speaks to all of them."""
