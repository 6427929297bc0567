"""The state of documents, worked out from everything the archive knows about them and kept beside each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, Final

from ..sdi.states import audience_of
from ..sdi.timeline import STATED, Event, Invoice, Standing, standing
from .sides import Companies, Company
from .store import Store, among

_MESSAGES: Final = """SELECT document, kind, answer, moment, number, year, position, sdi_id FROM messages
    WHERE document IN {keys} ORDER BY document"""
_STATED: Final = "SELECT document, direction, state, moment FROM stated WHERE document IN {keys}"
_INVOICES: Final = "SELECT document, position, number, day FROM invoices WHERE document IN {keys}"
_SIDES: Final = """SELECT s.document, s.company, s.direction, d.kind FROM sides s JOIN documents d ON d.id = s.document
    WHERE s.document IN {keys} ORDER BY s.document, s.direction DESC"""
_IDENTIFY: Final = "UPDATE documents SET sdi_id = :sdi WHERE id = :document"
_UPDATE: Final = """UPDATE sides SET state = :state, definitive = :definitive, since = :since, due = :due
    WHERE document = :document AND company = :company AND direction = :direction"""


def companies(store: Store) -> Companies:
    """Our own companies."""
    found = store.rows("SELECT vat, tax_codes FROM companies ORDER BY vat")
    return Companies(Company(vat, tuple(codes.split())) for vat, codes in found)


@cache
def beginning(direction: str, kind: str) -> dict[str, object]:
    """The state of a side nothing is known about yet, as columns."""
    return _columns(_standing(direction, kind, [], ()))


def refresh(store: Store, documents: Iterable[int]) -> None:
    """Work out the states of these documents again."""
    wanted = list(dict.fromkeys(documents))
    events = _grouped(among(store, _MESSAGES, wanted))
    stated = _grouped(among(store, _STATED, wanted))
    invoices = _grouped(among(store, _INVOICES, wanted))
    rows, identities = [], dict.fromkeys(wanted, "")
    for document, company, direction, kind in among(store, _SIDES, wanted):
        about = [Event(*row) for row in events.get(document, ())]
        about += [Event(STATED, state, moment) for side, state, moment in stated.get(document, ()) if side == direction]
        found = _standing(direction, kind, about, invoices.get(document, ()))
        rows.append({"document": document, "company": company, "direction": direction, **_columns(found)})
        identities[document] = identities[document] or (found.sdi if found else _latest(about))
    store.run_many(_UPDATE, rows)
    store.run_many(_IDENTIFY, [{"document": number, "sdi": sdi or None} for number, sdi in identities.items()])


def _latest(events: list[Event]) -> str:
    """The IdentificativoSdI of the last transmission: SdI counts upwards."""
    return max((event.sdi for event in events), key=lambda sdi: (len(sdi), sdi), default="")


def _standing(direction: str, kind: str, events: list[Event], invoices: Iterable[tuple[Any, ...]]) -> Standing | None:
    if direction not in {"sent", "received"}:
        return None
    each = [Invoice(position, number, day[:4]) for position, number, day in invoices]
    return standing(direction, audience_of(kind), events, each)  # type: ignore[arg-type]


def _columns(found: Standing | None) -> dict[str, object]:
    if found is None:
        return {"state": "", "definitive": 0, "since": "", "due": None}
    due = found.due.isoformat() if found.due else None
    return {"state": found.state.name, "definitive": int(found.state.definitive), "since": found.since, "due": due}


def _grouped(rows: Iterator[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, group in groupby(rows, key=lambda row: row[0]):
        found.setdefault(key, []).extend(row[1:] for row in group)
    return found
