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
from .shape import BLANK, Cells, Record, Write
from .taxes import Taxes
from .variant import Section, Variant

ONE: Final = Decimal(1)
_MOVING: Final = ("_line_no", "_amount", "_day")
_STILL: Final = ("_product", "_description", "_tax")
_REPEATING: Final = ("product", "description", "product_type", "uom", *taxes.COLUMNS)
_LINE_NO: Final = integer(0, 10**9)
PLANS: Final = 2_048
_MONTHS: Final = 3
NUMBERS: Final = 16_384
_USUAL: Final = (
    ("_line_no", "qty", "unit_price", "_day", "_amount"),
    ("_line_no", "qty", "unit_price", "_amount"),
)
"""The gaps of lines that state no more than most do. (A column tax_point has days of its own: not usual.)"""
_FIRST: Final = tuple(f"<LineNumber>{number}</LineNumber>" for number in range(200))
_FIRSTS: Final = len(_FIRST)


class Plan:
    """What lines with the same product, texts and tax have in common: their tax and their XML, with gaps."""

    __slots__ = ("product", "tax", "template")

    def __init__(self, tax: taxes.Tax, product: str, template: str) -> None:
        self.tax, self.product, self.template = tax, product, template


class Lines(NamedTuple):
    """The lines of one document. credit, debit: sums of its two sides; tax: on its own side; quantity: of all lines."""

    xml: str
    credit: Decimal
    debit: Decimal
    tax: Decimal
    quantity: Decimal
    discount: Decimal
    plans: set[Plan]


def cell_of(columns: Sequence[str], name: str) -> Callable[[Cells], str]:
    """A function that takes one cell of a row, "" when there is no such column."""
    if name not in columns:
        return lambda cells: ""
    return itemgetter(columns.index(name))


def cells_of(columns: Sequence[str], names: Sequence[str]) -> Callable[[Cells], tuple[str, ...]]:
    """The same for several at once; ``columns`` may have one named ``BLANK``, always empty, for those that lack."""
    if BLANK in columns or all(name in columns for name in names):
        return itemgetter(*(columns.index(name if name in columns else BLANK) for name in names))
    takers = [cell_of(columns, name) for name in names]
    return lambda cells: tuple([take(cells) for take in takers])


class LineWriter:
    """Writes the lines of one section."""

    def __init__(self, section: Section, variant: Variant, rows: Rows, products: Products, troubles: Troubles) -> None:
        columns = (*rows.columns, BLANK)
        self._file, self._troubles, self._products = rows.file, troubles, products
        self._taxes = Taxes(variant, section.name, troubles)
        self._receipt = section.name == "payments"
        repeating = (*_REPEATING, *_STILL)
        self._record = Record(section.line, (*columns, *_MOVING, *_STILL), troubles, repeating)
        self._numbers = cells_of(columns, ("qty", "unit_price", "amount", "discount", "tax_base", "side", "line_no"))
        present: list[str] = [name for name in _REPEATING if name in columns]
        self._repeating = cells_of(columns, [*present, BLANK, BLANK])
        self._tax_cells = cells_of(columns, taxes.COLUMNS)
        self._about = cells_of(columns, ("product", "description", "product_type"))
        self._references = cells_of(columns, ("reference", "order_number"))
        self._refers = "reference" in columns or "order_number" in columns
        self._correcting = variant.correcting_types
        self._plans: dict[str, dict[tuple[str, ...], Plan]] = {}
        gaps = {step.columns[0]: step.write for step in self._record.moving()}
        self._usual = tuple(gaps) in _USUAL
        # Lines that are not usual have all their gaps filled by the record, which says what is wrong with them.
        self._quantity: Write | None = gaps["qty"] if self._usual else None
        self._price: Write | None = gaps["unit_price"] if self._usual else None
        self._point = gaps.get("tax_point") or gaps.get("_day")
        self._quantities: dict[str, tuple[Decimal, str]] = {}
        self._prices: dict[str, tuple[Decimal, str]] = {}
        self._counts = section.name == "movement"

    def write(self, rows: Sequence[Row], kind: str, day: str, own: str) -> Lines:
        """The lines of a document of a type and day; ``own`` is its side, C or D."""
        ours = theirs = tax = quantity = discount = ZERO
        pieces, used = [], set()
        troubles, numbers, repeating, usual = self._troubles, self._numbers, self._repeating, self._usual
        quantities, prices, plans = self._quantities, self._prices, self._plans_of(day[:7])
        right, wrong = ("CreditAmount", "DebitAmount") if own == "C" else ("DebitAmount", "CreditAmount")
        point = self._day(day)
        for place, (number, cells) in enumerate(rows, 1):
            troubles.row = number
            cells.append("")
            qty, price, stated, off, base, side, line_no = numbers(cells)
            plan = plans.get(repeating(cells)) or self._plan(cells, day, plans)
            used.add(plan)
            count, written = quantities.get(qty) or self._number(cells, qty, self._quantity, quantities, ONE)
            each, priced = prices.get(price) or self._number(cells, price, self._price, prices, ZERO)
            about = plan.tax
            if stated or base or about.fixed or self._receipt:
                money, taxed = self._unusual(about, count, each, stated, base)
            else:
                money = times(count, each)
                taxed = times(money, about.share)
            element = right
            if side and self._side(side, own) != own:
                theirs, tax, element = plus(theirs, money), plus(tax, taxed.copy_negate()), wrong
            else:
                ours, tax = plus(ours, money), plus(tax, taxed)
            if self._counts:
                quantity = plus(quantity, count)
            if off:
                discount = plus(discount, parse(off) or ZERO)
            if self._refers:
                self._judge_references(cells, kind)
            first = _FIRST[place] if not line_no and place < _FIRSTS else self._numbered(line_no, place)
            worth = f"<{element}>{money:f}</{element}>"
            if usual:
                gaps: tuple[str, ...] = (
                    (first, written, priced, point, worth) if point else (first, written, priced, worth)
                )
            else:
                cells.extend((first, worth, day))
                gaps = self._record.gaps(cells)
            pieces.append(plan.template % gaps)
        credit, debit = (ours, theirs) if own == "C" else (theirs, ours)
        return Lines("".join(pieces), credit, debit, tax, quantity, discount, used)

    def _day(self, day: str) -> str:
        """TaxPointDate of lines that do not state one."""
        return f"<TaxPointDate>{day}</TaxPointDate>" if self._point else ""

    def _number(
        self,
        cells: Cells,
        raw: str,
        write: Write | None,
        cache: dict[str, tuple[Decimal, str]],
        default: Decimal,
    ) -> tuple[Decimal, str]:
        """A number and its element; kept when there was nothing to say about it."""
        before = self._troubles.said
        bare = raw.strip()
        value = ((parse(bare) or ZERO) if bare else default).copy_abs()  # a negative one is said by ``write``
        found = (value, write(cells) if write else "")
        if len(cache) >= NUMBERS:
            cache.clear()
        if self._troubles.said == before:
            cache[raw] = found
        return found

    def _plans_of(self, month: str) -> dict[tuple[str, ...], Plan]:
        """The plans of a month: rates change on its first day."""
        found = self._plans.get(month)
        if found is None:
            if len(self._plans) > _MONTHS:
                self._plans.clear()
            found = self._plans[month] = {}
        return found

    def _plan(self, cells: Cells, day: str, plans: dict[tuple[str, ...], Plan]) -> Plan:
        """The plan of a line; kept unless there was something to say about it."""
        before = self._troubles.said
        about = self._taxes.of(self._tax_cells(cells), day)
        code, fragment, description = ("", "", "") if self._receipt else self._about_product(cells)
        whole = [*cells, "", "", "", fragment, description, about.xml]
        plan = Plan(about, code, f"<Line>{self._record.template(whole)}</Line>")
        if len(plans) >= PLANS:
            plans.clear()
        if self._troubles.said == before:
            plans[self._repeating(cells)] = plan
        return plan

    def _unusual(
        self, about: taxes.Tax, count: Decimal, each: Decimal, stated: str, base: str
    ) -> tuple[Decimal, Decimal]:
        """Amount and tax of a line that states its amount, or a base for its tax, or a fixed tax, or of a receipt."""
        if self._receipt:
            money = self._checked(stated, "amount") if stated.strip() else self._no_amount()
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

    def _on_base(self, base: str, money: Decimal, each: Decimal, count: Decimal, about: taxes.Tax) -> Decimal:
        if money or each:
            self._troubles.error("SL009", _BASE, _BASE_FIX, "tax_base")
        return times(times(parse(base) or ZERO, count), about.share)

    def _stated(self, stated: str, money: Decimal) -> Decimal:
        value = self._checked(stated, "amount")
        if not near(value, money):
            self._troubles.error("SL009", _AMOUNT, _AMOUNT_FIX, "amount", found=f"{value:f}", expected=f"{money:f}")
        return value

    def _checked(self, raw: str, column: str) -> Decimal:
        try:
            return parse(amount(raw)) or ZERO
        except Doubt as doubt:
            self._troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, column, **doubt.args_)
            return ZERO

    def _numbered(self, given: str, place: int) -> str:
        if not given or (given.isdecimal() and given.isascii() and len(given) < 10):
            return f"<LineNumber>{int(given or place)}</LineNumber>"
        try:
            return f"<LineNumber>{_LINE_NO(given)}</LineNumber>"
        except Doubt as doubt:
            self._troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, "line_no", **doubt.args_)
            return f"<LineNumber>{place}</LineNumber>"

    def _about_product(self, cells: Cells) -> tuple[str, str, str]:
        code, line, kind = self._about(cells)
        code = code.strip()
        description = self._products.description(code, line, kind)
        return code, f"<ProductDescription>{escaped(description)}</ProductDescription>", description

    def _side(self, side: str, own: str) -> str:
        short = side.strip().upper()[:1]
        if not short:
            return own
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
