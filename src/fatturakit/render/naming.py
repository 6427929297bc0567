"""File names made of what a document says: ``{date}_{seller}_{number}``."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final, NamedTuple

from ..document import Document
from ..errors import UsageError
from ..invoice.model import InvoiceFile
from ..invoice.summary import summarise
from ..texts import Text

_UNSAFE: Final = re.compile(r'[\x00-\x20\x7f-\xa0<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f]+')
_LONGEST: Final = 120


class Names(NamedTuple):
    """What a pattern may name; "" where the document does not say."""

    stem: str = ""
    date: str = ""
    seller: str = ""
    buyer: str = ""
    number: str = ""
    type: str = ""
    kind: str = ""


def names_of(document: Document) -> Names:
    """The names of the first document in a file."""
    stem = document.name.partition(".")[0]
    content = summarise(document).content
    if not isinstance(content, InvoiceFile) or not content.bodies:
        return Names(stem=stem, kind=document.kind)
    first = content.bodies[0]
    return Names(
        stem=stem,
        date=first.data or "",
        seller=content.cedente_prestatore.name or "",
        buyer=content.cessionario_committente.name or "",
        number=first.numero or "",
        type=first.tipo_documento or "",
        kind=document.kind,
    )


def check(pattern: str) -> str:
    """The pattern; ``UsageError`` when it names something else than ``Names`` has, or makes folders."""
    try:
        rows = [row for row in Formatter().parse(pattern) if row[1] is not None]
        fields = [f"{name}{spec}{conversion or ''}" for _, name, spec, conversion in rows]  # a name, and nothing else
    except ValueError:
        fields = [pattern]
    if not fields or not set(fields) <= set(Names._fields) or "/" in pattern or "\\" in pattern:
        raise UsageError(_BAD, pattern=pattern, known=", ".join(f"{{{name}}}" for name in Names._fields))
    return pattern


def filled(pattern: str, names: Names) -> str:
    """The name a pattern gives, safe on every system.

    >>> filled("{date}_{seller}_{number}", Names(date="2026-03-15", seller="Rossi & Figli S.n.c.", number="12/2026"))
    '2026-03-15_Rossi_&_Figli_S.n.c._12_2026'
    """
    return safe(pattern.format_map(names._asdict())) or "documento"


def safe(name: str) -> str:
    """A file name without anything a system or a shell minds."""
    return _UNSAFE.sub("_", name)[:_LONGEST].strip("._ ")


_BAD: Final = Text(
    "«{pattern}» non è un modello di nome: si possono usare {known}.",
    "“{pattern}” is no name pattern: it may use {known}.",
)
