"""Columns and paths that several sheets share."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from . import accounting
from .accounting import GENERAL, LINES
from .reading import Row
from .spec import Column, Compute, Style, amount, computed, day, sum_, text
from .values import JOINT

_IDS: Final = ("DatiAnagrafici/", "IdentificativiFiscali/", "")
_NAMES: Final = ("DatiAnagrafici/Anagrafica/", "AltriDatiIdentificativi/", "")
_SEATS: Final = ("Sede/", "AltriDatiIdentificativi/Sede/", "")
SELLER: Final = "/CedentePrestatore/"
BUYER: Final = "/CessionarioCommittente/"


def ids(home: str, name: str) -> tuple[str, ...]:
    """Where the number ``name`` of a party is: formats and roles differ."""
    return tuple(f"{home}{place}{name}" for place in _IDS)


def names(home: str, name: str) -> tuple[str, ...]:
    """Where the part ``name`` of a party's name is."""
    return tuple(f"{home}{place}{name}" for place in _NAMES)


def address(homes: tuple[str, ...] = _SEATS) -> tuple[Column, ...]:
    """The columns of an address that is at one of ``homes``."""
    widths = {"Indirizzo": 24, "NumeroCivico": 8, "CAP": 7, "Comune": 18, "Provincia": 7, "Nazione": 7}
    return tuple(text(*(home + name for home in homes), width=width) for name, width in widths.items())


def party_name(column: str, home: str, it: str, en: str) -> Column:
    """Who a party is: Denominazione, else Nome and Cognome."""
    paths = names(home, "Denominazione"), names(home, "Nome"), names(home, "Cognome")

    def value(row: Row) -> str | None:
        whole, *parts = (row.first(*alternatives) for alternatives in paths)
        return whole or " ".join(part for part in parts if part) or None

    return computed(column, "text", value, it, en, width=28, wants=tuple(path for group in paths for path in group))


def key_columns() -> tuple[Column, ...]:
    """What every row of a body begins with: file and body join the sheets, the rest is for people."""
    return (
        computed("file", "text", lambda row: row.source.file, "File", "File", width=28),
        computed("body", "integer", lambda row: row.source.number, "Corpo", "Body", width=7),
        text(f"//{GENERAL}/TipoDocumento", width=7),
        day(f"//{GENERAL}/Data"),
        text(f"//{GENERAL}/Numero"),
        party_name("cedente", SELLER, "Cedente", "Seller"),
    )


KEYS: Final = key_columns()


def parts(name: str, anchor: str, keys: tuple[str, ...], it: str, en: str) -> Column:
    """The elements at ``anchor`` inside a row in one text; each also has a row in a sheet of its own."""

    def value(row: Row) -> str | None:
        found = (part.values for part in row.node.parts if part.path == anchor)
        return JOINT.join(" ".join(word for key in keys for word in part.get(key, ())) for part in found) or None

    return computed(name, "text", value, it, en, width=20)


ITEM_CODES: Final = parts(
    "codici_articolo", f"{LINES}/CodiceArticolo", ("CodiceTipo", "CodiceValore"), "Codici articolo", "Item codes"
)
ADJUSTMENTS: Final = parts(
    "sconti_maggiorazioni",
    f"{LINES}/ScontoMaggiorazione",
    ("Tipo", "Percentuale", "Importo"),
    "Sconti e maggiorazioni",
    "Discounts and surcharges",
)
OTHER_DATA: Final = parts(
    "altri_dati_gestionali",
    f"{LINES}/AltriDatiGestionali",
    ("TipoDato", "RiferimentoTesto", "RiferimentoNumero", "RiferimentoData"),
    "Altri dati gestionali",
    "Other management data",
)


def stated_or(path: str, compute: Compute) -> Column:
    """An amount that ordinary invoices state and that is inside the gross amount of simplified ones."""
    stated = amount(path)
    return Column(stated.name, "decimal", stated.paths, compute, style="amount", width=14)


def booked(name: str, path: str, inside: Callable[[Row], Decimal | None], it: str, en: str) -> Column:
    """The amount at ``path``, else the one ``inside`` another, with its sign in the books (``accounting.sign``)."""
    return sum_(name, accounting.signed(accounting.either(path, inside)), it, en)


def accounting_amount(*paths: str, style: Style = "amount") -> Column:
    """The one amount of a row with its sign in the books."""
    return sum_("accounting_amount", accounting.signed_at(*paths), "Importo contabile", "Accounting amount", style)


def _kind(row: Row) -> str:
    return row.node.path.rpartition("/")[2]


def _line(row: Row) -> int | None:
    node = row.node if row.node.path in {LINES, accounting.GROSS_LINES} else row.node.parent
    return node.position if node is not None and node.path in {LINES, accounting.GROSS_LINES} else None


def _size(row: Row) -> int | None:
    content = row.first("Attachment")
    try:
        return None if content is None else len(binascii.a2b_base64(content))
    except ValueError:  # not ASCII, or not base64
        return None


KIND: Final = computed("elemento", "text", _kind, "Elemento", "Element", width=20)
LINE: Final = computed("line", "integer", _line, "Riga", "Line", width=7)
SIZE: Final = computed("size", "integer", _size, "Dimensione (byte)", "Size (bytes)", wants=("Attachment",))
COMPUTED: Final = computed(
    "computed", "boolean", lambda row: row.source.layout.simplified, "Calcolato", "Computed", width=9
)
