"""What several pieces of advice add up or ask: totals, withholding, stamp duty, who is billed by whom."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ...money import CENT, ZERO, near, total
from ...schema.doctypes import TO_ONESELF as TO_ONESELF
from ..amounts import complete
from ..facts import Block, Body

STAMP: Final = Decimal("2.00")
_MEMBERS: Final = "AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE LT LU LV MT NL PL PT RO SE SI SK"
UNION: Final = frozenset(_MEMBERS.split())
"""The other countries of the European Union, Greece under both its names."""


def rounded(body: Body) -> Decimal | None:
    """What the document comes to: the summaries and 2.1.1.10 Arrotondamento; None when that cannot be computed."""
    rounding = body.general.number("Arrotondamento")
    return total([body.gross, rounding]) if body.gross is not None and rounding else body.gross


def foreign_currency(body: Body) -> bool:
    """True when 2.1.1.2 Divisa is not the euro: VAT is stated in euro all the same, totals often not."""
    return body.general.get("Divisa") != "EUR"


def stamp(body: Body) -> Decimal:
    """The stamp duty the document declares: zero for none, two euro when it names no amount."""
    if not body.general.has("DatiBollo"):
        return ZERO
    declared = body.general.sub("DatiBollo")
    return (declared and declared.number("ImportoBollo")) or STAMP


def matches(value: Decimal, sums: tuple[Decimal, ...], body: Body, tolerance: Decimal = CENT) -> bool:
    """Whether ``value`` is one of ``sums``, perhaps with the declared stamp duty added."""
    if value in sums or any(near(value, each, tolerance) for each in sums):
        return True
    duty = stamp(body)
    return bool(duty) and any(near(value, total([each, duty]), tolerance) for each in sums)


def withheld(body: Body) -> Decimal | None:
    """The sum of 2.1.1.5.2 ImportoRitenuta; None when one is garbled."""
    if not body.general.has("DatiRitenuta"):
        return ZERO
    return complete(row.number("ImportoRitenuta") for row in body.general.each("DatiRitenuta"))


def split_vat(body: Body) -> Decimal | None:
    """The VAT the buyer pays to the state instead of the seller; None when a number is garbled."""
    rows = [row for row in body.summaries if row.get("EsigibilitaIVA") == "S"]
    return complete(row.number("Imposta") for row in rows) if rows else ZERO


def natures(body: Body, wanted: Callable[[str], bool]) -> list[Block]:
    """The summaries whose Natura is wanted."""
    return [row for row in body.summaries if row.has("Natura") and wanted(row.get("Natura") or "")]


def regime(body: Body) -> str | None:
    """1.2.1.8 RegimeFiscale of the seller."""
    seller = body.header.seller.block
    return seller.get("RegimeFiscale") if seller else None
