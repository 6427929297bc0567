"""The lists of A-Cube: invoices (JSON, JSON-LD, ZIP), drafts, the report."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from ...remote.endpoints import JSON, LD_JSON, ZIP
from ..call import Answer, Call, Refusal, as_json, chosen
from ..ledger import packed
from ..records import Invoice, Json
from . import filters
from .resource import resource, row


def invoices(call: Call) -> Answer:
    """A page of what was sent and received."""
    kind = chosen(call.headers.get("accept", ""), call.row.kinds)
    if kind is None:
        raise Refusal(406, "None of the requested formats is available.")
    rows = filters.page(filters.wanted(_issued(call), call), call)
    if kind == ZIP:
        return Answer(200, packed(("", found.name, found.data) for found in rows), ZIP)
    members = [resource(call.box, found) for found in rows]
    return as_json(members) if kind == JSON else as_json(_hydra(call, members), kind=LD_JSON)


def drafts(call: Call) -> Answer:
    """A page of drafts."""
    found = (found for found in call.box.invoices if found.marking == "draft")
    return as_json([resource(call.box, item) for item in filters.page(filters.wanted(found, call), call)])


def report(call: Call) -> Answer:
    """A page of the report."""
    return as_json([row(found) for found in filters.page(filters.wanted(_issued(call), call), call)])


def _issued(call: Call) -> Iterator[Invoice]:
    return (found for found in call.box.invoices if found.marking != "draft")


def _hydra(call: Call, members: list[Json]) -> Json:
    total = sum(1 for _ in filters.wanted(_issued(call), call))
    size = call.number("itemsPerPage", 30)
    now, last = call.number("page", 1), max(1, -(-total // size))
    view = {"@id": _page(call, now), "hydra:first": _page(call, 1), "hydra:last": _page(call, last)}
    if now < last:
        view["hydra:next"] = _page(call, now + 1)
    return {
        "@context": "/contexts/Invoice",
        "@id": "/invoices",
        "@type": "hydra:Collection",
        "hydra:member": members,
        "hydra:totalItems": total,
        "hydra:view": view,
    }


def _page(call: Call, number: int) -> str:
    rest = [pair for pair in call.query if pair[0] != "page"]
    return f"/invoices?{urlencode([*rest, ('page', str(number))])}"
