"""What shows only over the whole archive: numbers (00404, 00409) and names (00002) used twice, gaps in series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from ..rules.between import BUYER_OWNED
from ..schema.doctypes import CREDIT_NOTES
from .store import Store

_ROWS: Final = """SELECT i.document, i.position, i.type, i.number, i.day, i.art73, d.kind, d.issuer,
    d.seller_country || d.seller_code, d.buyer_country || d.buyer_code, d.buyer_tax, s.state, s.direction, s.company
    FROM invoices i JOIN documents d ON d.id = i.document JOIN sides s ON s.document = d.id
    WHERE {where} ORDER BY i.document, i.position, s.direction"""
_NAMES: Final = """SELECT f.stem, COUNT(DISTINCT f.document), MIN(f.document), MAX(f.document) FROM files f
    WHERE f.document IS NOT NULL GROUP BY f.stem HAVING COUNT(DISTINCT f.document) > 1 ORDER BY f.stem"""
_FREE: Final = frozenset({"rejected", "refused", "failed"})
_MOST: Final = 1000


class Double(NamedTuple):
    """Documents that share what no two may share. code: 00404, 00409 or 00002; what: the number or the name."""

    code: str
    what: str
    documents: tuple[int, ...]


class Gap(NamedTuple):
    """Numbers missing in a series. series: as it is written, with # for the counter; first and last: of the gap."""

    company: str
    year: str
    series: str
    first: int
    last: int


class Numbered(NamedTuple):
    """One invoice with what its number has to differ in."""

    document: int
    position: int
    owner: str
    number: str
    credit: bool
    span: str
    free: bool
    sent_by: str


def numbered(store: Store, where: str = "1 = 1", values: dict[str, object] | None = None) -> Iterator[Numbered]:
    """Every invoice once, in the order of the archive."""
    before = (0, 0)
    for row in store.stream(_ROWS.format(where=where), values):
        document, position, kind, number, day, art73, form, issuer, seller, buyer, tax, state, direction, company = row
        if not number or not day:
            continue
        owner = (buyer or tax) if _buyer_owns(kind, day, form, issuer) else seller
        sent_by = company if direction == "sent" else ""
        found = Numbered(
            document, position, owner, number, kind in CREDIT_NOTES, day if art73 else day[:4], state in _FREE, sent_by
        )
        if (document, position) != before or sent_by:
            yield found
        before = (document, position)


def _buyer_owns(kind: str, day: str, form: str, issuer: str) -> bool:
    start = BUYER_OWNED.get(kind)
    if start is not None and day >= start.isoformat():
        return True
    return issuer == "CC" and (form == "FPA12" or day <= "2020-12-31")


def doubles(store: Store) -> list[Double]:
    """Numbers and names that come twice. A rejected or refused document leaves its number free."""
    seen: dict[tuple[str, str, bool, str], list[tuple[int, int]]] = {}
    for each in numbered(store):
        if not each.free and each.owner:
            places = seen.setdefault((each.owner, each.number, each.credit, each.span), [])
            if (each.document, each.position) not in places:
                places.append((each.document, each.position))
    found = [double for key, places in seen.items() if len(places) > 1 for double in _of_number(key[1], places)]
    names = [Double("00002", stem, (low, high)) for stem, _, low, high in store.rows(_NAMES)]
    return sorted(found) + names


def _of_number(number: str, places: list[tuple[int, int]]) -> Iterator[Double]:
    documents = tuple(dict.fromkeys(document for document, _ in places))
    if len(documents) > 1:
        yield Double("00404", number, documents)
    for document in documents:
        if sum(place[0] == document for place in places) > 1:
            yield Double("00409", number, (document,))


def gaps(invoices: Iterable[Numbered]) -> list[Gap]:
    """The numbers missing between the first and the last of every series we issue, by company and year."""
    series: dict[tuple[str, str, str], set[int]] = {}
    for each in invoices:
        if each.sent_by and not each.free:
            name, counter = counter_of(each.number, each.span[:4])
            if counter is not None:
                series.setdefault((each.sent_by, each.span[:4], name), set()).add(counter)
    return [Gap(*key, *hole) for key, used in sorted(series.items()) for hole in _holes(sorted(used))]


def counter_of(number: str, year: str) -> tuple[str, int | None]:
    """A number as its series and the counter in it: the last group of digits that is not the year.

    >>> counter_of("FPR 12/26", "2026"), counter_of("2026-0007", "2026"), counter_of("7/A", "2026")
    (('FPR #/26', 12), ('2026-#', 7), ('#/A', 7))
    """
    groups = [found for found in re.finditer(r"\d+", number, re.ASCII) if len(found[0]) <= 12]
    rest = [found for found in groups if found[0] not in {year, year[2:]}] or groups
    if not rest:
        return number, None
    chosen = rest[-1]
    return number[: chosen.start()] + "#" + number[chosen.end() :], int(chosen[0])


def _holes(used: list[int]) -> list[tuple[int, int]]:
    pairs = pairwise(used)
    return [(before + 1, after - 1) for before, after in pairs if after - before > 1][:_MOST]
