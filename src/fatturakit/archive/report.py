"""The report of a period: sent and received by type, rate, Natura and state; stamp duty, withholding, troubles.

Amounts are sums of what the documents state. Credit notes take away; rejected documents count and weigh nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ..money import ZERO, canonical, parse, total
from ..schema.doctypes import CREDIT_NOTES
from .doubles import Double, doubles, numbered
from .keeping import ours
from .lookup import notices
from .period import Period
from .records import Notice
from .series import Gap, gaps
from .stamp import Quarter, quarters
from .store import Store

_FROM: Final = """FROM invoices i JOIN documents d ON d.id = i.document JOIN sides s ON s.document = d.id
    WHERE {where}"""
_NOT_ISSUED: Final = frozenset({"rejected", "failed"})


class Line(NamedTuple):
    """One row of a table: its keys, how many invoices, and the sums."""

    keys: tuple[str, ...]
    invoices: int
    taxable: Decimal = ZERO
    tax: Decimal = ZERO
    total: Decimal = ZERO


class ArchiveReport(NamedTuple):
    """A report. by_type: direction and TipoDocumento; by_rate: direction, rate and Natura; by_state: direction and
    state; by_month: direction and month; withholding: direction and TipoRitenuta (``total`` is the amount). All keys
    end with the currency, "" for the euro."""

    period: Period
    by_type: tuple[Line, ...]
    by_rate: tuple[Line, ...]
    by_state: tuple[Line, ...]
    by_month: tuple[Line, ...]
    withholding: tuple[Line, ...]
    stamp: tuple[Quarter, ...]
    unmatched: tuple[Notice, ...]
    strangers: int
    gaps: tuple[Gap, ...]
    doubles: tuple[Double, ...]


class _Sums:
    """Sums by keys, in one pass."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], list[Any]] = {}

    def add(self, keys: tuple[str, ...], *amounts: Decimal, count: int = 1) -> None:
        row = self._rows.setdefault(keys, [0, ZERO, ZERO, ZERO])
        row[0] += count
        for place, amount in enumerate(amounts, 1):
            row[place] = total((row[place], amount))

    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(keys, *row) for keys, row in sorted(self._rows.items()))


def report(store: Store, period: Period, companies: Iterable[str] = ()) -> ArchiveReport:
    """The report of a period (by document date) over all our companies or some."""
    where, values = _where(period, ours(store, companies))
    by_type, by_state, by_month = _counted(store, where, values)
    strangers = store.rows(f"SELECT COUNT(*) {_from(where)} AND s.direction = 'unknown'", values)[0][0]
    return ArchiveReport(
        period=period,
        by_type=by_type,
        by_rate=_by_rate(store, where, values),
        by_state=by_state,
        by_month=by_month,
        withholding=_withheld(store, where, values),
        stamp=quarters(store, where, values),
        unmatched=tuple(notices(store, unmatched=True)),
        strangers=int(strangers),
        gaps=tuple(gaps(numbered(store, where, values))),
        doubles=tuple(doubles(store)),
    )


def _where(period: Period, companies: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {f"company{number}": each for number, each in enumerate(companies)}
    where = [f"s.company IN ({', '.join(f':{name}' for name in values)})"] if values else []
    if period.first:
        where, values["first"] = [*where, "i.day >= :first"], period.first
    if period.last:
        where, values["last"] = [*where, "i.day <= :last"], period.last
    return " AND ".join(where) or "1 = 1", values


def _from(where: str) -> str:
    return _FROM.format(where=where)


def _counted(store: Store, where: str, values: dict[str, object]) -> tuple[tuple[Line, ...], ...]:
    sums = [_Sums(), _Sums(), _Sums()]
    sql = f"SELECT s.direction, i.type, s.state, i.day, i.total, i.currency {_from(where)}"
    for direction, kind, state, day, written, currency in store.stream(sql, values):
        worth = ZERO if state in _NOT_ISSUED else signed(kind, written)
        for each, key in zip(sums, (kind, state, day[:7]), strict=True):
            each.add((direction, key, foreign(currency)), ZERO, ZERO, worth)
    return tuple(each.lines() for each in sums)


def _by_rate(store: Store, where: str, values: dict[str, object]) -> tuple[Line, ...]:
    sums = _Sums()
    for direction, kind, currency, written in _listed(store, "vat", where, values):
        for rate, nature, taxable, tax, _ in json.loads(written):
            net, vat = signed(kind, taxable), signed(kind, tax)
            sums.add((direction, canonical(rate) or rate, nature, foreign(currency)), net, vat, total((net, vat)))
    return sums.lines()


def _withheld(store: Store, where: str, values: dict[str, object]) -> tuple[Line, ...]:
    sums = _Sums()
    for direction, kind, currency, written in _listed(store, "withheld", where, values):
        for name, amount in json.loads(written):
            sums.add((direction, name, foreign(currency)), ZERO, ZERO, signed(kind, amount))
    return sums.lines()


def _listed(store: Store, column: str, where: str, values: dict[str, object]) -> Iterator[tuple[str, str, str, str]]:
    """Direction, type, currency and a list, of everything issued."""
    sql = f"SELECT s.direction, i.type, i.currency, i.{column}, s.state {_from(where)}"
    return (row[:4] for row in store.stream(sql, values) if row[4] not in _NOT_ISSUED)


def foreign(currency: str) -> str:
    """The currency of an amount, "" for the euro, which is what is meant where nothing is said."""
    return "" if currency in {"EUR", ""} else currency


def signed(kind: str, written: str | None) -> Decimal:
    """An amount as it counts: the positive one of a credit note takes away."""
    amount = parse(written) or ZERO
    return -amount if kind in CREDIT_NOTES and amount > 0 else amount
