"""The arithmetic of a body, done once: what its lines, funds and summaries say per rate and Natura.

Rates are compared as numbers (22.0 is 22.00). A rate, Natura or amount that cannot be read is None, and the control
that needs it stays silent. The engine judges in the context ``CALCULUS``, whatever the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from ..lazy import lazy
from ..money import CENT, ZERO, canonical, parse, spell
from ..texts import Amount
from ..xmlio import child, text

if TYPE_CHECKING:  # facts.py imports this module
    from .facts import Block, Body

ONE: Final = Decimal(1)
CALCULUS: Final = Context(prec=200, traps=[])
"""Exact for every line the schema allows; on the rest it neither fails nor takes long."""
_SIGNS: Final = {"SC": "−", "MG": "+"}
_SHOWN: Final = 6
_TD16_SINCE: Final = date(2022, 10, 1)


def complete(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, None when any of the values is: ``money.complete`` by the engine's context, at a fifth of the cost."""
    result = ZERO
    for value in values:
        if value is None:
            return None
        result += value
    return result


class Group:
    """Blocks of one sort with the same rate and Natura, and their amounts.

    key: the rate in the one spelling rates are compared in; natura: "" where there is no such element, None where it
    holds nothing; marks: what is odd about the two together, as words controls can need.
    """

    def __init__(self, rate: str | None, natura: str | None) -> None:
        self.rate = parse(rate)
        self.key = canonical(rate)
        self.natura = natura and (natura.strip() or None)
        self.marks = _marks(self.rate, self.natura)
        self.blocks: list[Block] = []
        self.amounts: list[Decimal | None] = []

    @lazy
    def total(self) -> Decimal | None:
        """The sum of the amounts, None when one of them cannot be read."""
        return complete(self.amounts)


def _marks(rate: Decimal | None, natura: str | None) -> tuple[str, ...]:
    """#zero: a rate of zero without Natura; #both: a rate and a Natura; #fraction: a rate between zero and one."""
    if rate is None:
        return ()
    if not rate:
        return ("#zero",) if natura == "" else ()
    marks = ("#both",) if natura else ()
    return (*marks, "#fraction") if ZERO < rate < ONE else marks


class Amounts:
    """The groups of lines, funds and summaries of one body."""

    def __init__(self, lines: list[Block], funds: list[Block], summaries: list[Block], *, simplified: bool) -> None:
        self.lines = _grouped(lines, "Importo" if simplified else "PrezzoTotale", simplified=simplified)
        self.funds = _grouped(funds, "ImportoContributoCassa")
        self.summaries = _grouped(summaries, "ImponibileImporto")

    @lazy
    def sources(self) -> list[Group]:
        """Lines and funds: what the summaries sum up."""
        return self.lines + self.funds

    @lazy
    def groups(self) -> list[Group]:
        """Lines, funds and summaries."""
        return self.sources + self.summaries

    @lazy
    def used_rates(self) -> dict[str | None, Group]:
        """Every rate of lines and funds with the first group that has it; None for unreadable ones."""
        return _first_by_rate(self.sources)

    @lazy
    def summary_rates(self) -> dict[str | None, Group]:
        """Every rate of the summaries, likewise."""
        return _first_by_rate(self.summaries)

    @property
    def comparable(self) -> bool:
        """False when lines or summaries are missing, or one has no readable rate: then no sum can be trusted."""
        if not self.lines or not self.summaries:
            return False
        return None not in self.used_rates and None not in self.summary_rates


def _grouped(blocks: Iterable[Block], name: str, *, simplified: bool = False) -> list[Group]:
    found: dict[tuple[str | None, str | None], Group] = {}
    for block in blocks:
        texts = block.texts
        key = _simplified_rate(block) if simplified else texts.get("AliquotaIVA"), texts.get("Natura", "")
        group = found.get(key)
        if group is None:
            group = found[key] = Group(*key)
        group.blocks.append(block)
        group.amounts.append(parse(texts.get(name)))
    return list(found.values())


def _simplified_rate(block: Block) -> str | None:
    tax = block.sub("DatiIVA")
    return tax.get("Aliquota") if tax else None


def _first_by_rate(groups: list[Group]) -> dict[str | None, Group]:
    found: dict[str | None, Group] = {}
    for group in groups:
        found.setdefault(group.key, group)
    return found


def zero_without_natura(groups: list[Group]) -> list[Block]:
    """Blocks with rate zero that do not say why (00400, 00413, 00429)."""
    return [block for group in groups if group.natura == "" and group.key == "0" for block in group.blocks]


def rated_with_natura(groups: list[Group]) -> list[Block]:
    """Blocks with a rate and a reason not to have one (00401, 00414, 00430)."""
    return [block for group in groups if group.natura and group.rate for block in group.blocks]


def rate_node(block: Block) -> etree._Element:
    """Where the rate of a line, fund or summary stands (the block itself where there is none)."""
    node = block.children.get("AliquotaIVA")
    if node is None:
        node = child(block.node, "DatiIVA", "Aliquota")
    return block.node if node is None else node


def rate_text(block: Block) -> Amount:
    """The rate as written."""
    return Amount(text(rate_node(block)).strip()[:20])


def natura_args(block: Block) -> dict[str, str]:
    """What 00401, 00414 and 00430 put in their sentences."""
    return {"place": place_number(block), "natura": (block.get("Natura") or "")[:20], "rate": rate_text(block)}


def integrates_tax(body: Body) -> bool:
    """True for an ordinary TD16, which since version 1.7.1 may have a rate beside its N6.x."""
    return body.tipo == "TD16" and not body.simplified and body.header.as_of >= _TD16_SINCE


def unmeasured(adjustment: Block) -> bool:
    """True for a ScontoMaggiorazione with Tipo and neither Percentuale nor Importo (00437, 00438)."""
    named = adjustment.get("Tipo") is not None
    return named and not adjustment.has("Percentuale") and not adjustment.has("Importo")


def withheld(body: Body, blocks: list[Block]) -> Block | None:
    """The first line or fund with Ritenuta SI in a body without DatiRitenuta (00411, 00415)."""
    if body.general.node is body.node or body.general.has("DatiRitenuta"):
        return None
    return next((each for each in blocks if "Ritenuta" in each.texts and each.get("Ritenuta") == "SI"), None)


class Sums(NamedTuple):
    """What 00422 compares at one rate, and the first summary of that rate."""

    first: Block
    rate: Decimal
    stated: Decimal
    expected: Decimal
    lines: Decimal
    funds: Decimal
    rounding: Decimal


def unequal(amounts: Amounts) -> Iterator[Sums]:
    """The rates whose summaries are not what lines, funds and roundings make; silent where an amount is unreadable."""
    if not amounts.comparable:
        return
    stated, lines, funds = map(_by_rate, (amounts.summaries, amounts.lines, amounts.funds))
    roundings = _roundings(amounts.summaries)
    for key, first in amounts.summary_rates.items():
        base, sold, fund = stated[key], lines.get(key, ZERO), funds.get(key, ZERO)
        rounding = complete(roundings[key]) if key in roundings else ZERO
        if first.rate is None or base is None or sold is None or fund is None or rounding is None:
            continue
        expected = sold + fund + rounding
        if base != expected:
            yield Sums(first.blocks[0], first.rate, base, expected, sold, fund, rounding)


def _by_rate(groups: list[Group]) -> dict[str | None, Decimal | None]:
    """The sum of the amounts at each rate, None where one of them cannot be read."""
    found: dict[str | None, Decimal | None] = {}
    for group in groups:
        found[group.key] = complete((found[group.key], group.total)) if group.key in found else group.total
    return found


def _roundings(groups: list[Group]) -> dict[str | None, list[Decimal | None]]:
    found: dict[str | None, list[Decimal | None]] = {}
    for group in groups:
        for block in group.blocks:
            if "Arrotondamento" in block.texts:
                found.setdefault(group.key, []).append(block.number("Arrotondamento"))
    return found


def tax(rate: Decimal, base: Decimal) -> Decimal:
    """What 00421 expects in Imposta: rate times base, rounded half up to cents.

    >>> tax(Decimal("22.00"), Decimal("6819.29"))
    Decimal('1500.24')
    """
    return (rate * base * CENT).quantize(CENT, ROUND_HALF_UP)


def gap(first: Decimal, second: Decimal) -> Decimal:
    """How far apart two amounts are."""
    return (first - second).copy_abs()


def line_total(line: Block, *, unsigned: bool = False) -> Decimal | None:
    """What 00423 expects in PrezzoTotale: unit price, adjusted in order, times quantity; never rounded.

    An Importo beats a Percentuale; a Percentuale is of the running price; without Quantita it is one. ``unsigned``:
    an Importo of either sign makes the price smaller (SC) or larger (MG). None when a value cannot be read.
    """
    texts = line.texts
    price, quantity = parse(texts.get("PrezzoUnitario")), parse(texts["Quantita"]) if "Quantita" in texts else ONE
    if price is not None and "ScontoMaggiorazione" in texts:
        price = _adjusted(price, line.each("ScontoMaggiorazione"), price if unsigned else None)
    if price is None or quantity is None:
        return None
    expected = price * quantity
    return expected if expected.is_finite() else None


def _adjusted(price: Decimal, adjustments: Iterable[Block], like: Decimal | None) -> Decimal | None:
    for each in adjustments:
        change = _change(price, each, like)
        if change is None:
            return None
        price += change
    return price


def _change(price: Decimal, adjustment: Block, like: Decimal | None) -> Decimal | None:
    """What an adjustment adds to the unit price (negative for a discount); an Importo takes the sign of ``like``."""
    sign = adjustment.get("Tipo")
    if adjustment.has("Importo"):
        change = adjustment.number("Importo")
        if like is not None and change is not None:
            change = change.copy_sign(like)
    else:
        percentage = adjustment.number("Percentuale")
        change = None if percentage is None else price * percentage * CENT
    if change is None or sign not in _SIGNS:
        return None
    return change.copy_negate() if sign == "SC" else change


def working(line: Block) -> Amount:
    """How ``line_total`` comes about, in the numbers of the document: ``11 × 81.97``, ``2 × (50.00 − 10.00%)``."""
    price = line.get("PrezzoUnitario") or ""
    steps = list(_steps(line))
    if len(steps) > _SHOWN:
        steps[_SHOWN:] = ["…"]
    return Amount(f"{line.get('Quantita') or '1'} × " + (f"({price} {' '.join(steps)})" if steps else price))


def _steps(line: Block) -> Iterator[str]:
    for each in line.each("ScontoMaggiorazione"):
        value = each.get("Importo") or f"{each.get('Percentuale')}%"
        yield f"{_SIGNS.get(each.get('Tipo') or '', '?')} {value}"


def plain(value: Decimal) -> Amount:
    """A number as the XML writes it: a point, at least two decimals, no grouping.

    >>> plain(Decimal("42092.05875")), plain(Decimal("5"))
    ('42092.05875', '5.00')
    """
    return Amount(spell(value, "en", most=16).replace(",", "") if value.adjusted() < 100 else f"{value:.6e}")


def place_number(block: Block) -> str:
    """NumeroLinea, or the place of the block among its likes, for people to find it."""
    number = block.get("NumeroLinea")
    if number is None:
        number = str(1 + sum(1 for _ in block.node.itersiblings(block.node.tag, preceding=True)))
    return number[:20]
