"""What services told about a document: messages of SdI as they pass them on, kept beside the files of SdI.

``remote`` writes it (its ledger knows which document is which there); here it is only read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from .store import Store

MESSAGE: Final = "customer-notification"
"""The kind of an event that is a message of SdI; its state is the kind of the message."""
_ABOUT: Final = """SELECT e.place, e.kind, e.state, e.at, e.stored_at, e.data FROM remote_documents r
    JOIN remote_events e ON e.place = r.place AND e.subject = r.uuid WHERE r.document = {document}"""
KINDS: Final = f"""SELECT kind FROM messages WHERE document = d.id UNION SELECT state AS kind FROM
    ({_ABOUT.format(document="d.id")} AND e.kind = '{MESSAGE}') t"""  # noqa: S608 - our own names
"""The kinds of all messages about the document ``d``, each once."""


class Told(NamedTuple):
    """Something a service told. source: which one; kind: of the event; state: what it says became of the document (of
    a message: RC, NS, …); moment: when, as the service writes it; name: of the file of SdI, "" when it does not say."""

    source: str
    kind: str
    state: str
    moment: str
    name: str
    data: Mapping[str, Any]

    @property
    def is_message(self) -> bool:
        """True for a message of SdI."""
        return self.kind == MESSAGE


def told(store: Store, document: int) -> Iterator[Told]:
    """Everything services told about a document, in the order of its moments."""
    rows = store.rows(_ABOUT.format(document=":id") + " ORDER BY e.at, e.stored_at, e.id", {"id": document})
    for place, kind, state, at, stored_at, text in rows:
        data = json.loads(text)
        about = data.get("notification") if isinstance(data.get("notification"), dict) else {}
        yield Told(place.partition(" ")[0], kind, state, at or stored_at, str(about.get("file_name") or ""), data)
