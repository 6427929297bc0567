"""What every ``{{ value }}`` of our own templates goes through: escaping, and the note that a value was printed.

The answer is that of markupsafe's ``escape``, which is generous with temporary objects. A ``str`` is text and is
escaped; everything that knows its own HTML has ``__html__``.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .output import quote
from .tree import NOTHING, Field


def escape(value: Any) -> str:
    """Any value as HTML."""
    kind = type(value)
    if kind is Field:
        value.printed = True
        spec, raw = value.spec, value.raw
        if spec.plain:
            return quote(raw)
        said: str = spec.said.get(raw) or spec.html(raw)
        return said
    if value is NOTHING:
        return ""
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return quote(value)
    html = getattr(value, "__html__", None)
    return html() if html is not None else quote(str(value))
