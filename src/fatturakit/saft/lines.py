"""The lines of a document: amounts and side, tax, product, and their XML. Amounts are never rounded here.

Most lines state no more than a product, a quantity, a price and a tax. What those with the same product and tax have in
common is a template with gaps, made once (``Plan``), and their numbers are looked up as they stand in the cells: such a
line costs a multiplication, an addition and the filling of the gaps. Documents with others go through ``RareLines``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ..money import ZERO, parse
from . import taxes
from .clean import Clean
from .kinds import amount, escaped
from .ledger.cells import BLANK, any_of, cells_of, some_of
from .ledger.source import Row, Rows
from .ledger.troubles import Troubles
from .masters import Products
from .rare_lines import COMPUTED, RareLines
from .shape import OPEN, Cells, Record
from .taxes import Taxes
from .variant import Section, Variant

PLANS: Final = 2_048
_DAYS: Final = 1_024
_STILL: Final = ("_product", "_description", "_tax")
_REPEATING: Final = ("product", "description", "product_type", "uom", *taxes.COLUMNS)
_TAKEN: Final = {*_REPEATING, "document", "line_no", "qty", "unit_price"}
_GAPS: Final = ("_line_no", "qty", "unit_price", "_day", "_amount")
_DAYLESS: Final = ("_line_no", "qty", "unit_price", "_amount")
"""The gaps of usual lines of transport documents, which have no day of their own."""
_SIDES: Final = {"C": f"<CreditAmount>{OPEN}</CreditAmount>", "D": f"<DebitAmount>{OPEN}</DebitAmount>"}
_ORDINALS: Final = tuple(map(str, range(1, 1_000)))
"""The numbers of lines; a document with more of them is no usual one."""


Usual = tuple[Decimal, str, str, str, str, str, str]
"""The share of the tax, and what stands around the five gaps."""
UsualBook = dict[tuple[str, ...], Usual]


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

    def __init__(self, section: Section, variant: Variant, rows: Rows, products: Products, troubles: Troubles) -> None:
        columns = rows.columns
        self.file, self._troubles, self._products = rows.file, troubles, products
        self._taxes = Taxes(variant, section.name, troubles)
        self._receipt = section.name == "payments"
        whole, repeating = (*columns, BLANK, *COMPUTED, *_STILL), (*_REPEATING, *_STILL)
        self._still = [name in repeating for name in whole]
        self._record = Record(section.line, whole, troubles, repeating)
        self._odd = RareLines(columns, self._record, variant, troubles, receipt=self._receipt)
        self.key = some_of(columns, _REPEATING)
        self._beyond = any_of(columns, _TAKEN)
        self._tax_cells = cells_of(columns, taxes.COLUMNS)
        self._about = cells_of(columns, ("product", "description", "product_type"))
        places = {name: place for place, name in enumerate(columns)}
        self._places = [places.get(name, 0) for name in ("qty", "unit_price", "line_no")]
        self._numbered = "line_no" in places
        self._quantities, self._prices = Clean(_number), Clean(_number)
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
        quantity = sum((self._quantities[cells[self._places[0]]] or ZERO for _, cells in rows), ZERO)
        credit, debit = (net, ZERO) if own == "C" else (ZERO, net)
        return Lines(xml, len(rows), net, credit, debit, tax, quantity, ZERO, set(plans.values()))

    def usual(self, rows: Sequence[Row], book: UsualBook, day: str) -> tuple[str, Decimal, Decimal] | None:
        """The XML, net and tax of lines that state no more than most do and are in the book.

        None, with nothing said, when one of them is not.
        """
        quantities, prices, numbered, beyond, key = (
            self._quantities,
            self._prices,
            self._numbered,
            self._beyond,
            self.key,
        )
        at_quantity, at_price, at_number = self._places
        pieces, net, part, tax, share = [], ZERO, ZERO, ZERO, ZERO
        point = day if self._dated else ""
        for (_, cells), ordinal in zip(rows, _ORDINALS, strict=False):
            plan, stated, priced = book.get(key(cells)), cells[at_quantity], cells[at_price]
            quantity, price = quantities[stated], prices[priced]
            if plan is None or quantity is None or price is None or (beyond and any(beyond(cells))):
                return None
            if numbered and cells[at_number] not in ("", ordinal):
                return None
            rate, one, two, three, four, five, end = plan
            if rate is not share:  # lines of one rate are added up before their tax is taken
                net, tax, part, share = net + part, tax + part * share, ZERO, rate
            money = quantity * price
            part += money
            worth = str(money)
            if "E" in worth:
                worth = f"{money:f}"
            pieces.append(f"{one}{ordinal}{two}{stated}{three}{priced}{four}{point}{five}{worth}{end}")
        return ("".join(pieces), net + part, tax + part * share) if len(pieces) == len(rows) else None

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


def _number(raw: str) -> Decimal | None:
    """A number that is written as it stands, None for any other."""
    return (parse(raw) or ZERO) if amount(raw) == raw else None
