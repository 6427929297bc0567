"""What an answer holds, by its media type and by what the row promises; nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ..texts import Text
from .endpoints import HTML, JSON, LD_JSON, PDF, XML, ZIP, Endpoint, Reply
from .failing import failure, refuses
from .steps import Answer, Request

if TYPE_CHECKING:
    from .session import Session

_NULLS: Final = ("null", "nulll")
_LISTS: Final = {"invoices", "report", "notifications", "receipts", "configurations"}
_PAYLOAD: Final = "payload"
_MEMBERS: Final = "hydra:member"


def _not_a_page(answer: Answer) -> bool:
    return answer.kind != HTML


_LOOKS: Final[dict[str, Callable[[Answer], bool]]] = {
    PDF: lambda answer: answer.body.startswith(b"%PDF"),
    XML: lambda answer: answer.kind != HTML and answer.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"),
    HTML: lambda answer: answer.kind == HTML,
    ZIP: lambda answer: answer.body.startswith(b"PK"),
}


def read(session: Session, row: Endpoint, answer: Answer, kind: str = "") -> Any:
    """Data for JSON, bytes for everything else, None for nothing; a failure when it is not what was asked for."""
    shape = promised(row, answer.status).shape
    if not answer.body:
        if shape and answer.status != 204:
            raise session.unexpected(row, answer, _EMPTY)
        return None
    if shape == "bytes":
        return answer.body
    wanted = kind or (row.kinds[0] if row.kinds else JSON)
    if wanted in {JSON, LD_JSON}:
        return _data(session, row, answer)
    if not _LOOKS.get(wanted, _not_a_page)(answer):
        raise session.unexpected(row, answer, _KIND, kind=answer.kind or "?", wanted=wanted)
    return answer.body


def promised(row: Endpoint, status: int) -> Reply:
    """What the table says about a status; successes it does not know are read as the first."""
    return next((reply for reply in row.replies if reply.status == status), row.replies[0])


def is_json(answer: Answer) -> bool:
    """True when the service says that the body is JSON."""
    return answer.kind == JSON or answer.kind.endswith("+json")


def _data(session: Session, row: Endpoint, answer: Answer) -> Any:
    if answer.kind and not is_json(answer):
        if answer.kind != HTML and not promised(row, answer.status).shape:
            return answer.body
        raise session.unexpected(row, answer, _KIND, kind=answer.kind, wanted=JSON)
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise session.unexpected(row, answer, _NOT_JSON, reason=str(error)) from None
    if refuses(session.provider, body):
        request = Request(row, row.method, session.base, ())
        raise failure(session.provider, request, answer, session.masker, session.clock.now())
    return _shaped(session, row, answer, _unwrapped(session, body))


def _unwrapped(session: Session, body: Any) -> Any:
    key = session.provider.envelope
    if key and isinstance(body, dict) and key in body:
        body = body[key]
    return None if body in _NULLS else body


def _shaped(session: Session, row: Endpoint, answer: Answer, body: Any) -> Any:
    shape = promised(row, answer.status).shape
    if shape == "uuid":
        found = body.get("uuid") if isinstance(body, dict) else None
        if not isinstance(found, str) or not found:
            raise session.unexpected(row, answer, _NO_UUID)
        return found
    if shape in _LISTS:
        rows = body.get(_MEMBERS) if isinstance(body, dict) else body
        if not isinstance(rows, list):
            raise session.unexpected(row, answer, _NO_LIST)
        return [opened(each) for each in rows]
    return opened(body)


def opened(item: Any) -> Any:
    """An invoice whose ``payload`` is JSON in a string, as data all the way."""
    if not isinstance(item, dict) or not isinstance(item.get(_PAYLOAD), str):
        return item
    try:
        return {**item, _PAYLOAD: json.loads(item[_PAYLOAD])}
    except (ValueError, RecursionError):
        return item


_EMPTY: Final = Text("il corpo è vuoto", "the body is empty")
_KIND: Final = Text("è «{kind}», serviva {wanted}", "it is “{kind}”, not {wanted}")
_NOT_JSON: Final = Text("non è JSON ({reason})", "it is not JSON ({reason})")
_NO_UUID: Final = Text(
    "manca l'uuid; il documento può essere stato accettato: controlla prima di ripetere",
    "the uuid is missing; the document may have been accepted: look before repeating",
)
_NO_LIST: Final = Text("non è un elenco", "it is no list")
