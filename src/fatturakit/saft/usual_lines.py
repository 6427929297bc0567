"""Usual lines, many at a time and column by column: they state no more than a product, a quantity, a price and a tax.

A step in Python costs more than the arithmetic of a line, so each is taken for some hundred lines by one function of C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import compress, count
from operator import itemgetter, mul
from typing import Final, NamedTuple

from ..money import ZERO, parse
from .clean import Clean
from .kinds import amount
from .ledger.cells import any_of, some_of
from .shape import Cells
from .taxes import COLUMNS

REPEATING: Final = ("product", "description", "product_type", "uom", *COLUMNS)
"""The columns that lines of one plan agree in."""
_TAKEN: Final = {*REPEATING, "document", "line_no", "qty", "unit_price"}
ORDINALS: Final = tuple(map(str, range(1, 1_000)))
"""The numbers of lines; a document with more of them is no usual one."""

Usual = tuple[Decimal, str, str, str, str, str, str]
"""The share of the tax, and what stands around the five gaps of a line: number, quantity, price, day and amount."""
UsualBook = dict[tuple[str, ...], Usual]
_NONE: Final[Usual] = (ZERO, "", "", "", "", "", "")
"""For a line that is no usual one: every other begins with something."""
Amounts = tuple[list[str], Decimal, Decimal]
"""The XML of each line of a document, their net and their tax."""


class Written(NamedTuple):
    """Lines as columns: how they begin ("": it is no usual one), XML, amounts, and shares of tax."""

    begins: Sequence[str]
    xml: list[str]
    worth: list[Decimal]
    shares: Sequence[Decimal]

    def part(self, first: int, last: int) -> Amounts | None:
        """The lines of one document; None when one of them is no usual one."""
        if "" in self.begins[first:last]:
            return None
        worth, shares = self.worth[first:last], self.shares[first:last]
        net, share = sum(worth, ZERO), shares[0]
        tax = net * share if shares.count(share) == len(shares) else sum(map(mul, worth, shares), ZERO)
        return self.xml[first:last], net, tax


class UsualLines:
    """Writes the usual lines of a table. Needs exact arithmetic around it (``money.exactly``)."""

    def __init__(self, columns: Sequence[str]) -> None:
        places = {name: place for place, name in enumerate(columns)}
        self.key = some_of(columns, REPEATING)
        self._beyond = any_of(columns, _TAKEN)
        self._stated, self._priced = (itemgetter(places.get(name, 0)) for name in ("qty", "unit_price"))
        self._number = itemgetter(places["line_no"]) if "line_no" in places else None
        self._quantities, self._prices = Clean(_number), Clean(_number)

    def written(
        self, lines: Sequence[Cells], books: Iterable[UsualBook], days: Iterable[str], ordinals: Sequence[str]
    ) -> Written:
        """Lines (at least one) whose plans are in their ``books``, with their days and their places in the document."""
        stated, priced = list(map(self._stated, lines)), list(map(self._priced, lines))
        plans = [found or _NONE for found in map(dict.get, books, map(self.key, lines))]
        worth = self._worth(stated, priced, plans)
        for place in self._odd(lines, ordinals):
            plans[place] = _NONE
        shares, one, two, three, four, five, end = zip(*plans, strict=True)
        texts = _texts(worth)
        pieces = zip(one, ordinals, two, stated, three, priced, four, days, five, texts, end, strict=False)
        return Written(one, list(map("".join, pieces)), worth, shares)

    def quantity(self, lines: Iterable[Cells]) -> Decimal:
        """The sum of the quantities of usual lines."""
        return sum((self._quantities[stated] or ZERO for stated in map(self._stated, lines)), ZERO)

    def _worth(self, stated: list[str], priced: list[str], plans: list[Usual]) -> list[Decimal]:
        """Quantity times price; lines in which one of them is no number as it stands lose their plan."""
        quantities, prices = self._quantities, self._prices
        try:
            return list(map(mul, map(quantities.__getitem__, stated), map(prices.__getitem__, priced)))
        except TypeError:  # one of them is None
            worth = []
            for place, pair in enumerate(zip(stated, priced, strict=True)):
                quantity, price = quantities[pair[0]], prices[pair[1]]
                if quantity is None or price is None:
                    plans[place] = _NONE
                worth.append((quantity or ZERO) * (price or ZERO))
            return worth

    def _odd(self, lines: Sequence[Cells], ordinals: Sequence[str]) -> Iterable[int]:
        """The places of lines that state something else, or a number that is not their place."""
        if self._beyond:
            yield from compress(count(), map(any, map(self._beyond, lines)))
        if self._number:
            numbers = map(self._number, lines)
            yield from (place for place, own in enumerate(numbers) if own and own != ordinals[place])


def _texts(worth: list[Decimal]) -> list[str]:
    texts = list(map(str, worth))
    return [f"{value:f}" for value in worth] if "E" in "".join(texts) else texts


def _number(raw: str) -> Decimal | None:
    """A number that is written as it stands, None for any other."""
    return (parse(raw) or ZERO) if amount(raw) == raw else None
