"""The amounts a document does not state: sums, what is due, and the sign it has in the books.

A sum with an unreadable part is no sum: the cell stays empty. Nothing is rounded but the tax that is inside the gross
amounts of a simplified invoice, where the document states a rate alone.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from functools import wraps
from typing import Final, TypeVar

from ...money import ZERO, cents, complete, settled
from ...schema.doctypes import CREDIT_NOTES, TO_ONESELF
from .reading import Row
from .values import as_decimal

LINES: Final = "DatiBeniServizi/DettaglioLinee"
GROUPS: Final = "DatiBeniServizi/DatiRiepilogo"
GROSS_LINES: Final = "DatiBeniServizi"
GENERAL: Final = "DatiGenerali/DatiGeneraliDocumento"
PAYMENTS: Final = "DatiPagamento/DettaglioPagamento"
WITHHOLDINGS: Final = f"{GENERAL}/DatiRitenuta"
_HUNDRED: Final = Decimal(100)
_CALCULUS: Final = Context(prec=60)

Sum = Callable[[Row], Decimal | None]


Fact = TypeVar("Fact")


def once(compute: Callable[[Row], Fact]) -> Callable[[Row], Fact]:
    """A fact of the body, whatever row asks: computed when it is first wanted, and kept."""
    name = compute.__name__

    @wraps(compute)
    def fact(row: Row) -> Fact:
        facts = row.source.facts
        if name not in facts:
            facts[name] = compute(row)
        known: Fact = facts[name]
        return known

    return fact


def number(written: list[str] | None) -> Decimal | None:
    """The first of some texts as a number that has room in a column."""
    return as_decimal(written[0].strip()) if written else None


def at(row: Row, path: str) -> Decimal | None:
    """The number at a path of a row."""
    return number(row.source.layout.finder(path)(row))


def added(row: Row, anchor: str, key: str) -> Decimal | None:
    """The sum over the elements at ``anchor``; None when there are none or one of them cannot be read."""
    nodes = row.source.body.get(anchor)
    return complete(number(node.values.get(key)) for node in nodes) if nodes else None


def _over(anchor: str, compute: Callable[[Row], Decimal | None]) -> Sum:
    def total(row: Row) -> Decimal | None:
        nodes = row.source.body.get(anchor)
        return complete(compute(Row(node, row.source)) for node in nodes) if nodes else None

    return total


def tax_inside(row: Row) -> Decimal | None:
    """The tax of a line of a simplified invoice: stated, else what its rate makes of the gross amount."""
    stated, rate, gross = at(row, "DatiIVA/Imposta"), at(row, "DatiIVA/Aliquota"), at(row, "Importo")
    if stated is not None or gross is None:
        return stated
    if rate is None:
        return ZERO if row.first("Natura") else None
    with localcontext(_CALCULUS):
        return cents(gross * rate / (_HUNDRED + rate)) if rate > -_HUNDRED else None


def net_inside(row: Row) -> Decimal | None:
    """The taxable amount of a line of a simplified invoice: gross less tax."""
    gross, tax = at(row, "Importo"), tax_inside(row)
    return complete([gross, None if tax is None else tax.copy_negate()])


_nets: Final = _over(GROSS_LINES, net_inside)
_taxes: Final = _over(GROSS_LINES, tax_inside)


def lines_total(row: Row) -> Decimal | None:
    """The sum of the lines: without tax on ordinary invoices, with it on simplified ones."""
    simple = row.source.layout.simplified
    return added(row, GROSS_LINES, "Importo") if simple else added(row, LINES, "PrezzoTotale")


@once
def taxable_total(row: Row) -> Decimal | None:
    """The sum of the taxable amounts."""
    return _nets(row) if row.source.layout.simplified else added(row, GROUPS, "ImponibileImporto")


@once
def tax_total(row: Row) -> Decimal | None:
    """The sum of the taxes."""
    return _taxes(row) if row.source.layout.simplified else added(row, GROUPS, "Imposta")


@once
def computed_total(row: Row) -> Decimal | None:
    """Taxable amounts, taxes and the rounding of the document; the sum of the lines of a simplified invoice."""
    if row.source.layout.simplified:
        return lines_total(row)
    return complete([taxable_total(row), tax_total(row), at(row, f"//{GENERAL}/Arrotondamento") or ZERO])


@once
def total(row: Row) -> Decimal | None:
    """The document's total: as stated, else computed."""
    stated = at(row, f"//{GENERAL}/ImportoTotaleDocumento")
    return computed_total(row) if stated is None else stated


def difference(row: Row) -> Decimal | None:
    """The stated total less the computed one."""
    stated, made = at(row, f"//{GENERAL}/ImportoTotaleDocumento"), computed_total(row)
    return None if stated is None or made is None else complete([stated, made.copy_negate()])


@once
def withheld(row: Row) -> Decimal | None:
    """What the buyer withholds; zero when nothing is."""
    return added(row, WITHHOLDINGS, "ImportoRitenuta") if WITHHOLDINGS in row.source.body else ZERO


@once
def split_tax(row: Row) -> Decimal | None:
    """The tax that the buyer pays to the state (split payment); zero when there is none."""
    groups = [node for node in row.source.body.get(GROUPS, ()) if node.values.get("EsigibilitaIVA", [""])[0] == "S"]
    return complete(number(node.values.get("Imposta")) for node in groups)


def payments_total(row: Row) -> Decimal | None:
    """The sum of the payments."""
    return added(row, PAYMENTS, "ImportoPagamento")


@once
def net(row: Row) -> Decimal | None:
    """The total less what is withheld and less the tax under split payment."""
    kept, split, whole = withheld(row), split_tax(row), total(row)
    return None if kept is None or split is None else complete([whole, kept.copy_negate(), split.copy_negate()])


@once
def amount_due(row: Row) -> Decimal | None:
    """What the payments come to, else ``net``; None for a document sent to oneself, on which nobody pays."""
    if tipo(row) in TO_ONESELF:
        return None
    stated = _stated(row)
    return net(row) if stated is None else stated


def due_is_computed(row: Row) -> bool | None:
    """Whether ``amount_due`` is computed and not stated; None without one."""
    return None if amount_due(row) is None else _stated(row) is None


@once
def _stated(row: Row) -> Decimal | None:
    payments = row.source.body.get(PAYMENTS, ())
    return settled([number(node.values.get("ImportoPagamento")) for node in payments], net(row))


@once
def tipo(row: Row) -> str:
    """TipoDocumento, "" when it is missing."""
    return (row.first(f"//{GENERAL}/TipoDocumento") or "").strip()


def is_negative(row: Row) -> bool:
    """Whether the document's total, stated or computed, is below zero."""
    whole = total(row)
    return whole is not None and whole < 0


@once
def sign(row: Row) -> int:
    """-1 for a credit note (TD04, TD08), +1 for everything else.

    A credit note whose amounts are negative already is taken as it is: two minuses would make a debt of it.
    Integrations and self-invoices are varied with negative amounts under the same type, so they keep their sign.
    """
    return -1 if tipo(row) in CREDIT_NOTES and not is_negative(row) else 1


def signed(compute: Callable[[Row], Decimal | None]) -> Callable[[Row], Decimal | None]:
    """The amount as it enters the books."""

    def value(row: Row) -> Decimal | None:
        amount = compute(row)
        return amount.copy_negate() if amount and sign(row) < 0 else amount

    return value


def either(path: str, inside: Callable[[Row], Decimal | None]) -> Callable[[Row], Decimal | None]:
    """The amount stated at a path, else the one that is inside another."""

    def value(row: Row) -> Decimal | None:
        stated = at(row, path)
        return inside(row) if stated is None else stated

    return value


def signed_at(*paths: str) -> Callable[[Row], Decimal | None]:
    """The amount at the first path that has one, as it enters the books."""
    return signed(lambda row: next((value for path in paths if (value := at(row, path)) is not None), None))
