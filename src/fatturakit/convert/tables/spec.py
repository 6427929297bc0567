"""What a sheet and a column are. The facts of a column (type, labels) come from the element table where it has them.

A path is relative to the element a row stands for: "Sede/CAP". "../CondizioniPagamento" is a neighbour of that element,
"//DatiGenerali/…" starts at the body and "/CedentePrestatore/…" at the header, whatever the row stands for. Of several
paths the first that has a value counts: formats put the same fact in different places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ...texts import Text

if TYPE_CHECKING:
    from .reading import Row

Kind = Literal["text", "date", "decimal", "integer", "boolean"]
Style = Literal["", "amount", "price", "percent"]
Value = str | date | Decimal | int | bool | None
Cells = tuple[Value, ...]
Compute = Callable[["Row"], Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. name: lasting, for programs; paths: where its value is read; compute: where it is from otherwise.

    joined: every value that is there and not the first; label None is the label of the element at the first path;
    wants: paths that only ``compute`` looks at; style and width are for spreadsheets.
    """

    name: str
    kind: Kind
    paths: tuple[str, ...] = ()
    compute: Compute | None = None
    label: Text | None = None
    style: Style = ""
    width: int = 12
    joined: bool = False
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. name: lasting, also of its file; ordinary and simplified: the elements that are rows of it.

    Those paths start below FatturaElettronicaBody, or with "/" below FatturaElettronicaHeader; "" is the body itself.
    keys: the columns before its own, the same in every sheet of bodies.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    ordinary: tuple[str, ...] = ()
    simplified: tuple[str, ...] = ()
    keys: tuple[Column, ...] = ()

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Keys and columns, as they stand in a row."""
        return self.keys + self.columns


def column(kind: Kind, *paths: str, name: str = "", label: Text | None = None, **rest: object) -> Column:
    """A column read off ``paths``, called like the last element of the first, as ``importo_ritenuta``."""
    name = name or snake(paths[0].rpartition("/")[2])
    return Column(name, kind, paths, label=label, **rest)  # type: ignore[arg-type]


def computed(name: str, kind: Kind, compute: Compute, it: str, en: str, **rest: object) -> Column:
    """A column whose value the document does not state."""
    return Column(name, kind, compute=compute, label=Text(it, en), **rest)  # type: ignore[arg-type]


def sum_(name: str, compute: Compute, it: str, en: str, style: Style = "amount") -> Column:
    """A computed column of money."""
    return computed(name, "decimal", compute, it, en, style=style, width=16)


def text(*paths: str, name: str = "", label: Text | None = None, width: int = 14, joined: bool = True) -> Column:
    """A text column; an element that repeats gives all its values."""
    return column("text", *paths, name=name, label=label, width=width, joined=joined)


def day(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A date column."""
    return column("date", *paths, name=name, label=label, width=11)


def whole(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A column of whole numbers."""
    return column("integer", *paths, name=name, label=label, width=9)


def amount(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A column of money, two decimals as a rule."""
    return column("decimal", *paths, name=name, label=label, style="amount", width=14)


def price(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A column of numbers with up to eight decimals: quantities, unit prices."""
    return column("decimal", *paths, name=name, label=label, style="price", width=14)


def percent(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A column of percentages: 22.00 is 22%."""
    return column("decimal", *paths, name=name, label=label, style="percent", width=9)


def flag(*paths: str, name: str = "", label: Text | None = None) -> Column:
    """A column of SI; absent means no."""
    return column("boolean", *paths, name=name, label=label, width=9)


def snake(tag: str) -> str:
    """The name of an element as a column's.

    >>> snake("ImportoTotaleDocumento"), snake("CodiceCUP"), snake("IBAN"), snake("AliquotaIVA"), snake("RiferimentoFR")
    ('importo_totale_documento', 'codice_cup', 'iban', 'aliquota_iva', 'riferimento_fr')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", tag).lower()
