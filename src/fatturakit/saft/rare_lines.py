"""Lines that state more than most do: an amount, a side, a discount, a base for their tax, a document they correct."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ..money import ZERO, near, parse, plus, times
from ..texts import Text
from .kinds import Doubt, amount, integer
from .ledger.cells import BLANK, cells_of
from .ledger.troubles import Troubles
from .shape import Cells, Record
from .taxes import Tax
from .variant import Variant

COMPUTED: Final = ("_line_no", "_amount", "_day")
ONE: Final = Decimal(1)
_LINE_NO: Final = integer(0, 10**9)
_SIDES: Final = {"C": "CreditAmount", "D": "DebitAmount"}


class Worth(NamedTuple):
    """What one line adds to its document. own: whether on the side of the document; gaps: what fills its template."""

    money: Decimal
    tax: Decimal
    quantity: Decimal
    discount: Decimal
    own: bool
    gaps: tuple[str, ...]


class RareLines:
    """Judges and completes one such line. receipt: whether it is the line of a receipt."""

    def __init__(
        self, columns: Sequence[str], record: Record, variant: Variant, troubles: Troubles, *, receipt: bool
    ) -> None:
        columns = (*columns, BLANK)
        self._record, self._troubles, self._receipt = record, troubles, receipt
        self._correcting = variant.correcting_types
        names = ("qty", "unit_price", "amount", "discount", "tax_base", "side", "line_no", "reference", "order_number")
        self._cells = cells_of(columns, names)

    def worth(self, cells: Cells, about: Tax, place: int, kind: str, day: str, own: str) -> Worth:
        """What a line is worth; ``cells`` end with an empty one. own: C or D, the side of the document."""
        qty, price, stated, off, base, side, number, reference, order = self._cells(cells)
        count, each = _number(qty, ONE), _number(price, ZERO)
        money, taxed = self._money(about, count, each, stated, base)
        side = self._side(side, own) if side else own
        if reference and kind not in self._correcting:
            self._troubles.error("SL004", _REFERENCE, _REFERENCE_FIX, "reference", type=kind)
        if order and kind in self._correcting:
            self._troubles.error("SL004", _ORDER, _ORDER_FIX, "order_number", type=kind)
        cells += (self._numbered(number, place), f"<{_SIDES[side]}>{money:f}</{_SIDES[side]}>", day)
        return Worth(money, taxed, count, parse(off) or ZERO, side == own, self._record.gaps(cells))

    def _money(self, about: Tax, count: Decimal, each: Decimal, stated: str, base: str) -> tuple[Decimal, Decimal]:
        """Amount and tax."""
        if self._receipt:
            money = self._checked(stated) if stated.strip() else self._no_amount()
            return money, times(money, about.share)
        money = times(count, each)
        if stated:
            money = self._stated(stated, money)
        if base:
            return money, self._on_base(base, money, each, count, about)
        return money, plus(times(money, about.share), times(about.fixed, count))

    def _no_amount(self) -> Decimal:
        self._troubles.error("SL003", _NO_AMOUNT, column="amount")
        return ZERO

    def _on_base(self, base: str, money: Decimal, each: Decimal, count: Decimal, about: Tax) -> Decimal:
        if money or each:
            self._troubles.error("SL009", _BASE, _BASE_FIX, "tax_base")
        return times(times(parse(base) or ZERO, count), about.share)

    def _stated(self, stated: str, money: Decimal) -> Decimal:
        value = self._checked(stated)
        if not near(value, money):
            self._troubles.error("SL009", _AMOUNT, _AMOUNT_FIX, "amount", found=f"{value:f}", expected=f"{money:f}")
        return value

    def _checked(self, raw: str) -> Decimal:
        try:
            return parse(amount(raw)) or ZERO
        except Doubt as doubt:
            self._troubles.doubt(doubt, "amount")
            return ZERO

    def _numbered(self, given: str, place: int) -> str:
        if not given.strip():
            return str(place)
        try:
            return _LINE_NO(given)
        except Doubt as doubt:
            self._troubles.doubt(doubt, "line_no")
            return str(place)

    def _side(self, side: str, own: str) -> str:
        short = side.strip().upper()[:1]
        if not short:
            return own
        if short in _SIDES:
            return short
        self._troubles.error("SL004", _SIDE, column="side", value=side)
        return own


def _number(raw: str, default: Decimal) -> Decimal:
    """A number without its sign: a negative one is said where it is written."""
    bare = raw.strip()
    return ((parse(bare) or ZERO) if bare else default).copy_abs()


_NO_AMOUNT: Final = Text("amount è vuoto.", "amount is empty.", "amount está vazio.")
_SIDE: Final = Text("side è C o D, non «{value}».", "side is C or D, not “{value}”.")
_BASE: Final = Text(
    "tax_base vale solo con prezzo e importo a zero.",
    "tax_base is for lines whose price and amount are zero.",
    "tax_base é só para linhas com preço e valor a zero.",
)
_BASE_FIX: Final = Text(
    "Togli tax_base, o metti unit_price = 0.",
    "Remove tax_base, or make unit_price = 0.",
    "Retire tax_base, ou ponha unit_price = 0.",
)
_AMOUNT: Final = Text(
    "L'importo è {found}, quantità per prezzo fa {expected}.",
    "The amount is {found}, quantity times price {expected}.",
    "O valor é {found}, quantidade vezes preço dá {expected}.",
)
_AMOUNT_FIX: Final = Text(
    "unit_price è già al netto di ogni sconto: non toglierlo due volte.",
    "unit_price is after every discount already: do not take it off twice.",
    "unit_price já é líquido de descontos: não os deduza duas vezes.",
)
_REFERENCE: Final = Text(
    "Un documento {type} non rettifica: reference è di NC e ND.",
    "A {type} corrects nothing: reference is for NC and ND.",
    "Um {type} não retifica: reference é para NC e ND.",
)
_REFERENCE_FIX: Final = Text(
    "Usa order_number per l'ordine.", "Use order_number for the order.", "Use order_number para a encomenda."
)
_ORDER: Final = Text(
    "Un documento {type} non nomina ordini.", "A {type} does not name orders.", "Um {type} não indica encomendas."
)
_ORDER_FIX: Final = Text(
    "Usa reference per la fattura rettificata.",
    "Use reference for the invoice corrected.",
    "Use reference para a fatura retificada.",
)
