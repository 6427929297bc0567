"""Stamp duty on the invoices we send, quarter by quarter, as the tax authority asks for it.

List A: invoices that declare it, two euro each. List B: invoices that do not and seem to owe it, by the same judgement
as the advice FK005. Due by the last day of the second month after the quarter (of the second quarter: 30 September);
up to 5,000 euro the first quarter may wait for the second, and both for the third.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from ..document import from_bytes
from ..errors import FatturakitError
from ..findings import Severity
from ..money import total
from ..rules.engine import judge_source
from ..rules.options import Options
from .store import Store

DUTY: Final = Decimal("2.00")
SMALL: Final = Decimal(5000)
_LATEST: Final = {1: "{year}-05-31", 2: "{year}-09-30", 3: "{year}-11-30", 4: "{next}-02-28"}
_SQL: Final = """SELECT DISTINCT i.document, i.position, i.day, i.stamp, b.data FROM invoices i
    JOIN documents d ON d.id = i.document JOIN sides s ON s.document = d.id JOIN blobs b ON b.id = d.blob
    WHERE {where} AND s.direction = 'sent' AND s.state NOT IN ('rejected', 'failed') AND (i.stamp = 1 OR
    i.vat LIKE '%"N_%')"""


class Quarter(NamedTuple):
    """A quarter. declared: invoices of list A; amount: what they owe; pay_by: the last day; missing: documents of list
    B."""

    year: int
    quarter: int
    declared: int
    amount: Decimal
    pay_by: str
    missing: tuple[int, ...]


def quarters(store: Store, where: str, values: dict[str, object]) -> tuple[Quarter, ...]:
    """The stamp duty of every quarter there is something in."""
    declared: dict[tuple[int, int], int] = {}
    missing: dict[tuple[int, int], set[int]] = {}
    for document, _, day, stamp, data in store.stream(_SQL.format(where=where), values):
        if not day[:4].isdecimal() or not day[5:7].isdecimal():
            continue
        key = int(day[:4]), (int(day[5:7]) + 2) // 3
        if stamp:
            declared[key] = declared.get(key, 0) + 1
        elif _owes(bytes(data)):
            missing.setdefault(key, set()).add(document)
    return deferred([_quarter(key, declared, missing) for key in sorted({*declared, *missing})])


def _quarter(
    key: tuple[int, int], declared: dict[tuple[int, int], int], missing: dict[tuple[int, int], set[int]]
) -> Quarter:
    count = declared.get(key, 0)
    return Quarter(*key, count, DUTY * count, _last(*key), tuple(sorted(missing.get(key, ()))))


def deferred(found: list[Quarter]) -> tuple[Quarter, ...]:
    """Small amounts may wait: the first quarter for the second, both for the third."""
    by_key = {(each.year, each.quarter): each for each in found}
    answer = []
    for each in found:
        first = by_key.get((each.year, 1))
        before = first.amount if each.quarter == 2 and first else Decimal(0)
        if each.quarter == 1 and each.amount <= SMALL:
            second = by_key.get((each.year, 2))
            both = total((each.amount, second.amount if second else Decimal(0)))
            answer.append(each._replace(pay_by=_last(each.year, 3 if both <= SMALL else 2)))
        elif each.quarter == 2 and total((before, each.amount)) <= SMALL:
            answer.append(each._replace(pay_by=_last(each.year, 3)))
        else:
            answer.append(each)
    return tuple(answer)


def _last(year: int, quarter: int) -> str:
    leap = (year + 1) % 4 == 0 and ((year + 1) % 100 != 0 or (year + 1) % 400 == 0)
    found = _LATEST[quarter].format(year=year, next=year + 1)
    return found.replace("-02-28", "-02-29") if leap else found


def _owes(data: bytes) -> bool:
    try:
        report = judge_source(from_bytes(data), Options(select=("FK005",)))
    except FatturakitError:
        return False
    return any(finding.severity is Severity.WARNING for finding in report.findings)
