"""A control of audit files as a row: code, severity, layer, what is wrong and what to do, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ...findings import Finding, Layer, Severity
from ...texts import Text

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
INFO: Final = Severity.INFO


class Control(NamedTuple):
    """One row of a family's table; ``efatura`` is the severity under that profile, when it is another one."""

    code: str
    severity: Severity
    layer: Layer
    message: Text
    fix: Text
    efatura: Severity | None = None


Table = Mapping[str, Control]


def table(layer: Layer, *rows: tuple[str, Severity, Text, Text] | tuple[str, Severity, Text, Text, Severity]) -> Table:
    """A family: its rows by code."""
    return {row[0]: Control(row[0], row[1], layer, *row[2:]) for row in rows}


def say(control: Control, severity: Severity, place: Place, args: Mapping[str, str | Text]) -> Finding:
    """The finding of a control at a place; the document's number stands before the sentence."""
    message = _numbered(control.message) if place.document else control.message
    values = {**args, "document": place.document} if place.document else dict(args)
    return Finding(
        code=control.code,
        severity=severity,
        layer=control.layer,
        message=message,
        fix=control.fix,
        path=place.path or None,
        line=place.line,
        args=values,
    )


class Place(NamedTuple):
    """Where in the file: line, element path, and the number of the document when it is in one."""

    line: int | None = None
    path: str = ""
    document: str = ""


NOWHERE: Final = Place()


def _numbered(text: Text) -> Text:
    return Text(*(f"{{document}}: {words}" if words else "" for words in text))
