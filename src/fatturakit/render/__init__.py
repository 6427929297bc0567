"""Pages people read: an invoice or a message as HTML or PDF, in a theme, in their language, with nothing left out."""
