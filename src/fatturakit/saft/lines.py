"""The lines of a document: amounts and side, tax, product, and their XML. Amounts are never rounded here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Final, NamedTuple

from ..money import ZERO, near, parse, plus, times
from ..texts import Text
from . import taxes
from .kinds import Doubt, amount, escaped, integer
from .ledger.source import Row, Rows
from .ledger.troubles import Troubles
from .masters import Products
from .shape import Cells, compiled
from .taxes import Key, Taxes
from .variant import Section, Variant

ONE: Final = Decimal(1)
_COMPUTED: Final = ("_line_no", "_product", "_description", "_amount", "_tax", "_day")
_LINE_NO: Final = integer(0, 10**9)


class Lines(NamedTuple):
    """The lines of one document. credit, debit: sums of its two sides; tax: on its own side; quantity: of all lines."""

    xml: str
    credit: Decimal
    debit: Decimal
    tax: Decimal
    quantity: Decimal
    discount: Decimal
    keys: Sequence[Key]
    products: Sequence[str]


def cell_of(columns: Sequence[str], name: str) -> Callable[[Cells], str]:
    """A function that takes one cell of a row, "" when there is no such column."""
    if name not in columns:
        return lambda cells: ""
    return itemgetter(columns.index(name))


def cells_of(columns: Sequence[str], names: Sequence[str]) -> Callable[[Cells], tuple[str, ...]]:
    """The same for several at once."""
    if all(name in columns for name in names):
        return itemgetter(*(columns.index(name) for name in names))
    takers = [cell_of(columns, name) for name in names]
    return lambda cells: tuple([take(cells) for take in takers])


class LineWriter:
    """Writes the lines of one section."""

    def __init__(self, section: Section, variant: Variant, rows: Rows, products: Products, troubles: Troubles) -> None:
        columns = rows.columns
        self._file, self._troubles, self._products = rows.file, troubles, products
        self._taxes = Taxes(variant, section.name, troubles)
        self._receipt = section.name == "payments"
        self._write = compiled(section.line, (*columns, *_COMPUTED), troubles)
        self._numbers = cells_of(columns, ("qty", "unit_price", "amount", "discount", "tax_base"))
        self._tax_cells = cells_of(columns, taxes.COLUMNS)
        self._line_no, self._side = cell_of(columns, "line_no"), cell_of(columns, "side")
        self._product, self._product_type = cell_of(columns, "product"), cell_of(columns, "product_type")
        self._description = cell_of(columns, "description")
        self._references = cells_of(columns, ("reference", "order_number"))
        self._correcting = variant.correcting_types

    def write(self, rows: Sequence[Row], kind: str, day: str, own: str) -> Lines:
        """The lines of a document of a type and day; ``own`` is its side, C or D."""
        sums = {"C": ZERO, "D": ZERO}
        tax = quantity = discount = ZERO
        pieces, keys, codes = [], [], []
        troubles = self._troubles
        for place, (number, cells) in enumerate(rows, 1):
            troubles.row = number
            about = self._taxes.of(self._tax_cells(cells), day)
            side = self._side(cells) or own
            if side not in sums:
                side = self._wrong_side(side, own)
            money, taxed, count, off = self._amounts(cells, about)
            sums[side] = plus(sums[side], money)
            if taxed:
                tax = plus(tax, taxed if side == own else -taxed)
            quantity = plus(quantity, count)
            if off:
                discount = plus(discount, off)
            if about.key is not None:
                keys.append(about.key)
            code, fragment, description = ("", "", "") if self._receipt else self._about_product(cells)
            codes.append(code)
            element = "CreditAmount" if side == "C" else "DebitAmount"
            written = f"<{element}>{money:f}</{element}>"
            self._judge_references(cells, kind)
            cells += (self._numbered(cells, place), fragment, description, written, about.xml, day)
            pieces.append(f"<Line>{self._write(cells)}</Line>")
        return Lines("".join(pieces), sums["C"], sums["D"], tax, quantity, discount, keys, codes)

    def _amounts(self, cells: Cells, about: taxes.Tax) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Amount, tax, quantity and discount of a line."""
        qty, price, stated, off, base = self._numbers(cells)
        if self._receipt:
            money = self._checked(stated, "amount")
            return money, times(money, about.share), ZERO, parse(off) or ZERO
        count = (parse(qty) if qty else ONE) or ZERO
        each = parse(price) or ZERO
        money = times(count, each)
        if stated:
            money = self._stated(stated, money)
        if money < 0:  # said where the negative cell is written
            money = -money
        if base:
            return money, self._on_base(base, money, each, count, about), count, ZERO
        taxed = times(money, about.share) if about.share else ZERO
        return money, plus(taxed, times(about.fixed, count)) if about.fixed else taxed, count, ZERO

    def _on_base(self, base: str, money: Decimal, each: Decimal, count: Decimal, about: taxes.Tax) -> Decimal:
        if money or each:
            self._troubles.error("SL009", _BASE, _BASE_FIX, "tax_base")
        return times(times(parse(base) or ZERO, count), about.share)

    def _stated(self, stated: str, money: Decimal) -> Decimal:
        value = self._checked(stated, "amount")
        if not near(value, abs(money)):
            self._troubles.error("SL009", _AMOUNT, _AMOUNT_FIX, "amount", found=f"{value:f}", expected=f"{money:f}")
        return value

    def _checked(self, raw: str, column: str) -> Decimal:
        try:
            return parse(amount(raw)) or ZERO
        except Doubt as doubt:
            self._troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, column, **doubt.args_)
            return ZERO

    def _numbered(self, cells: Cells, place: int) -> str:
        given = self._line_no(cells)
        if not given:
            return f"<LineNumber>{place}</LineNumber>"
        try:
            return f"<LineNumber>{_LINE_NO(given)}</LineNumber>"
        except Doubt as doubt:
            self._troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, "line_no", **doubt.args_)
            return f"<LineNumber>{place}</LineNumber>"

    def _about_product(self, cells: Cells) -> tuple[str, str, str]:
        code = self._product(cells).strip()
        description = self._products.description(code, self._description(cells), self._product_type(cells))
        return code, f"<ProductDescription>{escaped(description)}</ProductDescription>", description

    def _wrong_side(self, side: str, own: str) -> str:
        short = side.strip().upper()[:1]
        if short in ("C", "D"):
            return short
        self._troubles.error("SL004", _SIDE, column="side", value=side)
        return own

    def _judge_references(self, cells: Cells, kind: str) -> None:
        reference, order = self._references(cells)
        if reference and kind not in self._correcting:
            self._troubles.error("SL004", _REFERENCE, _REFERENCE_FIX, "reference", type=kind)
        if order and kind in self._correcting:
            self._troubles.error("SL004", _ORDER, _ORDER_FIX, "order_number", type=kind)

    @property
    def file(self) -> str:
        """The file the lines come from."""
        return self._file


_SIDE: Final = Text("side è C o D, non «{value}».", "side is C or D, not “{value}”.")
_BASE: Final = Text(
    "tax_base vale solo con prezzo e importo a zero.", "tax_base is for lines whose price and amount are zero."
)
_BASE_FIX: Final = Text("Togli tax_base, o metti unit_price = 0.", "Remove tax_base, or make unit_price = 0.")
_AMOUNT: Final = Text(
    "L'importo è {found}, quantità per prezzo fa {expected}.", "The amount is {found}, quantity times price {expected}."
)
_AMOUNT_FIX: Final = Text(
    "unit_price è già al netto di ogni sconto: non toglierlo due volte.",
    "unit_price is after every discount already: do not take it off twice.",
)
_REFERENCE: Final = Text(
    "Un documento {type} non rettifica: reference è di NC e ND.", "A {type} corrects nothing: reference is for NC and ND."
)
_REFERENCE_FIX: Final = Text("Usa order_number per l'ordine.", "Use order_number for the order.")
_ORDER: Final = Text("Un documento {type} non nomina ordini.", "A {type} does not name orders.")
_ORDER_FIX: Final = Text("Usa reference per la fattura rettificata.", "Use reference for the invoice corrected.")
