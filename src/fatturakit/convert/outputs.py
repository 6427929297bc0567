"""The two outputs that are one a document: JSON text and XML."""

from __future__ import annotations

from ..document import Document
from ..findings import Finding
from .dialects import DEFAULT
from .reading import Written
from .targets import How, Made
from .text import to_bytes
from .writing import converted


def as_json(document: Document, how: How) -> Made:
    """The document in a dialect of JSON, with what was lost."""
    data, lost = converted(document, how.dialect or DEFAULT, lossless=how.lossless, nulls=how.nulls)
    return Made(to_bytes(data, indent=True), to_bytes(data) + b"\n", lost)


def as_xml(document: Document, how: How) -> Made:
    """The document in XML; one that was made from JSON is held against its schema."""
    del how
    return Made(document.data, document.data, tuple(_judged(document)))


def _judged(document: Document) -> list[Finding]:
    from .careful import said_by_schema

    return said_by_schema(document) if isinstance(document, Written) else []
