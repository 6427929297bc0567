"""OpenAPI.com: configurations, receipts, tokens."""
