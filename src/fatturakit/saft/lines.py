"""The lines of a document: amounts and side, tax, product, and their XML. Amounts are never rounded here.

Most lines state no more than a product, a quantity, a price and a tax. What those with the same product and tax have in
common is a template with gaps, made once (``Plan``), and their numbers are looked up as they stand in the cells: such a
line costs a multiplication, an addition and the filling of the gaps. Documents with others go through ``RareLines``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat
from typing import Final, NamedTuple

from ..money import ZERO
from . import taxes
from .kinds import escaped
from .ledger.cells import BLANK, cells_of
from .ledger.source import Row, Rows
from .ledger.troubles import Troubles
from .masters import Products
from .rare_lines import COMPUTED, RareLines
from .shape import OPEN, Cells, Record
from .taxes import Taxes
from .usual_lines import ORDINALS, REPEATING, Amounts, Usual, UsualBook, UsualLines
from .variant import Section, Variant

PLANS: Final = 2_048
_DAYS: Final = 1_024
_STILL: Final = ("_product", "_description", "_tax")
_GAPS: Final = ("_line_no", "qty", "unit_price", "_day", "_amount")
_DAYLESS: Final = ("_line_no", "qty", "unit_price", "_amount")
"""The gaps of usual lines of transport documents, which have no day of their own."""
_SIDES: Final = {"C": f"<CreditAmount>{OPEN}</CreditAmount>", "D": f"<DebitAmount>{OPEN}</DebitAmount>"}


class Plan:
    """What lines with the same product, texts and tax have in common.

    usual: what those share that state no more, None when their tax is a fixed one; rare: the template of all others.
    """

    __slots__ = ("product", "rare", "tax", "usual")

    def __init__(self, tax: taxes.Tax, product: str, usual: Usual | None, rare: str) -> None:
        self.tax, self.product = tax, product
        self.usual, self.rare = usual, rare


Book = dict[tuple[str, ...], Plan]


class Lines(NamedTuple):
    """The lines of one document. rows: how many; net, tax: on its own side; credit, debit: sums of its two sides."""

    xml: str
    rows: int
    net: Decimal
    credit: Decimal
    debit: Decimal
    tax: Decimal
    quantity: Decimal
    discount: Decimal
    plans: set[Plan]


class LineWriter:
    """Writes the lines of one section. Needs exact arithmetic around it (``money.exactly``)."""

    def __init__(
        self,
        section: Section,
        variant: Variant,
        rows: Rows,
        usual: UsualLines,
        products: Products,
        troubles: Troubles,
    ) -> None:
        columns = rows.columns
        self.file, self._troubles, self._products = rows.file, troubles, products
        self._taxes = Taxes(variant, section.name, troubles)
        self._receipt = section.name == "payments"
        whole, repeating = (*columns, BLANK, *COMPUTED, *_STILL), (*REPEATING, *_STILL)
        self._still = [name in repeating for name in whole]
        self._record = Record(section.line, whole, troubles, repeating)
        self._odd = RareLines(columns, self._record, variant, troubles, receipt=self._receipt)
        self._usual_lines, self.key = usual, usual.key
        self._tax_cells = cells_of(columns, taxes.COLUMNS)
        self._about = cells_of(columns, ("product", "description", "product_type"))
        self._books: dict[tuple[str, str], Book] = {}
        self._ages: dict[tuple[int, str], Book] = {}
        self._changes = _changes(variant)
        order = self._record.order(_GAPS)
        self._usual = order in (_GAPS, _DAYLESS)
        self._dated = order == _GAPS

    def write(self, rows: Sequence[Row], kind: str, day: str, own: str) -> Lines:
        """The lines of a document of a type and day; ``own`` is its side, C or D."""
        plans = {key: plan for key in (self.key(cells) for _, cells in rows) if (plan := self.book(day, own).get(key))}
        book = {key: plan.usual for key, plan in plans.items() if plan.usual}
        usual = self.usual(rows, book, day)
        if usual is None:
            return self._rare(rows, kind, day, own)
        xml, net, tax = usual
        quantity = self._usual_lines.quantity([cells for _, cells in rows])
        credit, debit = (net, ZERO) if own == "C" else (ZERO, net)
        return Lines("".join(xml), len(rows), net, credit, debit, tax, quantity, ZERO, set(plans.values()))

    def usual(self, rows: Sequence[Row], book: UsualBook, day: str) -> Amounts | None:
        """The lines of a document when they state no more than most do and are in the book.

        None, with nothing said, when one of them is not.
        """
        if not 0 < len(rows) <= len(ORDINALS):
            return None
        lines, ordinals = [cells for _, cells in rows], ORDINALS[: len(rows)]
        return self._usual_lines.written(lines, repeat(book), repeat(self.point(day)), ordinals).part(0, len(rows))

    def point(self, day: str) -> str:
        """What fills the gap of the day in usual lines."""
        return day if self._dated else ""

    def _rare(self, rows: Sequence[Row], kind: str, day: str, own: str) -> Lines:
        """Any lines."""
        book, plans, pieces = self.book(day, own), set(), []
        net = other = tax = quantity = discount = ZERO
        for place, (row, cells) in enumerate(rows, 1):
            plan = book.get(self.key(cells)) or self._plan(row, cells, day, own, book)
            plans.add(plan)
            self._troubles.row = row
            odd = self._odd.worth([*cells, ""], plan.tax, place, kind, day, own)
            pieces.append(plan.rare % odd.gaps)
            quantity, discount = quantity + odd.quantity, discount + odd.discount
            if odd.own:
                net, tax = net + odd.money, tax + odd.tax
            else:
                other, tax = other + odd.money, tax - odd.tax
        credit, debit = (net, other) if own == "C" else (other, net)
        return Lines("".join(pieces), len(rows), net - other, credit, debit, tax, quantity, discount, plans)

    def book(self, day: str, own: str) -> Book:
        """The plans of a day and side: those of the time between two changes of the law."""
        found = self._books.get((day, own))
        if found is None:
            if len(self._books) >= _DAYS:
                self._books.clear()
            age = bisect_right(self._changes, day), own
            found = self._books[day, own] = self._ages.setdefault(age, {})
        return found

    def _plan(self, row: int, cells: Cells, day: str, own: str, book: Book) -> Plan:
        """The plan of a line; kept unless there was something to say about it."""
        self._troubles.row = row
        before = self._troubles.said
        about = self._taxes.of(self._tax_cells(cells), day)
        code, fragment, description = ("", "", "") if self._receipt else self._about_product(cells)
        whole = [*cells, "", "", "", "", fragment, description, about.xml]
        rare = f"<Line>{self._record.template(whole)}</Line>"
        fit = self._usual and not about.fixed and self._troubles.said == before
        usual = self._pieces(whole, own, about.share) if fit else None
        plan = Plan(about, code, usual, rare)
        if len(book) >= PLANS:
            book.clear()
        if self._troubles.said == before:
            book[self.key(cells)] = plan
        return plan

    def _pieces(self, whole: Cells, own: str, share: Decimal) -> Usual:
        """The frame of usual lines: with a gap for the day in any case, so that all are filled alike."""
        cells = [cell if still else "" for cell, still in zip(whole, self._still, strict=True)]
        price = "" if self._dated else f"<UnitPrice>{OPEN}</UnitPrice>{OPEN}"
        gaps = dict.fromkeys(_GAPS, "") | {"unit_price": price, "_amount": _SIDES[own]}
        one, two, three, four, five, end = self._record.frame(cells, gaps)
        return (share, f"<Line>{one}", two, three, four, five, f"{end}</Line>")

    def _about_product(self, cells: Cells) -> tuple[str, str, str]:
        code, line, kind = self._about(cells)
        code = code.strip()
        description = self._products.description(code, line, kind)
        return code, f"<ProductDescription>{escaped(description)}</ProductDescription>", description


def _changes(variant: Variant) -> list[str]:
    """The first days of rates, and what comes right after the last days of retired codes, in order."""
    first = {since for rows in variant.rates.values() for since, *_ in rows}
    return sorted(first | {f"{until}~" for until in variant.retired.values()})
