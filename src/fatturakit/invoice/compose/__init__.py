"""Composing a correct invoice from plain values: parties, lines, payments. Everything else is computed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .reader import ComposeError, Problem, Problems, Section

if TYPE_CHECKING:
    from ...document import Document

__all__ = ["ComposeError", "Problem", "compose"]


def compose(data: object = None, /, *, folder: str | Path = "", **entries: object) -> Document:
    """A new document from a mapping, a dataclass, or keyword arguments (which win over ``data``).

    The entries are those of ``fatturakit new --example``: ``type``, ``number``, ``date``, ``seller`` and ``buyer`` (or
    ``company`` and ``counterparty``, put on the right sides for the type), ``lines``, ``payments``…; XML names may
    stand beside them for any field, and ``xml`` takes paths. Amounts are Decimal, int or text, never float.
    Attachments named by ``file`` are read from ``folder``. The answer is unsigned; its ``name`` is
    the one to send it under.

    Raises ``ComposeError`` with everything that is wrong, each with its path ("lines[0].price").
    """
    from . import ordinary, simplified
    from .build import build
    from .kinds import SIMPLIFIED, TYPES

    problems = Problems()
    document = Section({} if data is None else data, "", problems)
    document.update(entries)
    tipo = document.choice("type", TYPES, "TD01") or "TD01"
    kind = simplified if tipo in SIMPLIFIED else ordinary
    header, body, format_, name = kind.compose(document, tipo, Path(folder))
    overrides = document.take("xml") or {}
    document.close()
    if not isinstance(overrides, Mapping):
        Section(overrides, "xml", problems)
        overrides = {}
    made = build(header, body, format_, name, dict[str, Any](overrides), problems)
    if problems:
        raise ComposeError(problems)
    return made
