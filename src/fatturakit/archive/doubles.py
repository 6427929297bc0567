"""What shows only over the whole archive: numbers (00404, 00409) and names (00002) used twice."""

from __future__ import annotations

from collections.abc import Iterator
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
_NOT_ISSUED: Final = frozenset({"rejected", "failed"})


class Double(NamedTuple):
    """Documents that share what no two may share. code: 00404, 00409 or 00002; what: the number or the name."""

    code: str
    what: str
    documents: tuple[int, ...]


class Numbered(NamedTuple):
    """One invoice with what its number has to differ in. free: another may have the number; issued: it was used."""

    document: int
    position: int
    owner: str
    number: str
    credit: bool
    span: str
    free: bool
    issued: bool
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
        credit, span = kind in CREDIT_NOTES, day if art73 else day[:4]
        free, issued = state in _FREE, state not in _NOT_ISSUED
        found = Numbered(document, position, owner, number, credit, span, free, issued, sent_by)
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
