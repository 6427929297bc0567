"""What every ``{{ value }}`` of a compiled template goes through: escaping, and the note that a value was printed.

The templates are compiled with this ``escape`` in place of markupsafe's, which answers the same and is generous with
temporary objects. A ``str`` is text and is escaped; everything that knows its own HTML has ``__html__``.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .output import quote
from .tree import Field


def escape(value: Any) -> str:
    """Any value as HTML."""
    kind = type(value)
    if kind is Field:
        value.printed = True
        spec, raw = value.spec, value.raw
        return quote(raw) if spec.plain else spec.said.get(raw) or spec.html(raw)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return quote(value)
    html = getattr(value, "__html__", None)
    return html() if html is not None else quote(str(value))
