"""The states of a receipt, as time passes: new, submitted, ready; retry while credentials are over; voided."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from ...receipts.context import expired
from .. import hooks
from ..box import Box, written
from ..jsontext import decoded, encoded
from ..records import Configuration, Json, Receipt
from .processed import processed

_SOON: Final = timedelta(seconds=1)
_EVENTS: Final = {"failed": "receipt-error", "retry": "receipt-retry"}


def begin(box: Box, body: Json, kind: str, leaves: datetime, parent: str | None = None) -> Receipt:
    """A receipt as it is taken: new, and soon on its way."""
    now = box.now()
    key = box.hex24()
    fresh: Json = {
        "id": key,
        "status": "new",
        "type": kind,
        "created_at": written(now),
        "error_message": None,
        "error_code": None,
        "parent_receipt_id": parent,
        "create_timestamp": int(now.timestamp()),
        "update_timestamp": int(now.timestamp()),
    }
    return box.receipts.put(Receipt(key=key, body={**plain(body), **fresh}, due=written(leaves + _SOON)))


def tick(box: Box) -> None:
    """Let every receipt that is due go on."""
    now = box.stamp()
    for row in box.receipts.due(now):
        while row.due and row.due <= now:
            _go_on(box, row)


def _go_on(box: Box, row: Receipt) -> None:
    if row.body["status"] == "submitted":
        _ready(box, row)
        return
    company = box.configurations.get(row.body["fiscal_id"])
    if _over(box, company):
        if row.body["status"] != "retry":
            tell(box, row, "receipt-credentials")
            change(box, row, "retry")
        row.due = box.stamp(60)
        box.receipts.put(row)
        return
    if row.body["type"] == "sale":
        number = sum(1 for other in box.receipts if other.body.get("document_number")) + 1
        row.body = plain(processed(box, row.body, number))
    ready = datetime.fromisoformat(row.due) + _SOON
    change(box, row, "submitted")
    row.due = written(ready)
    box.receipts.put(row)


def _over(box: Box, company: Configuration | None) -> bool:
    if company is None or not company.credentials_since:
        return False
    return expired(date.fromisoformat(company.credentials_since), box.now())


def _ready(box: Box, row: Receipt) -> None:
    change(box, row, "ready")
    parent = box.receipts.get(row.body["parent_receipt_id"] or "")
    if row.body["type"] == "void" and parent is not None:
        change(box, parent, "voided")


def change(box: Box, row: Receipt, status: str, **more: Any) -> None:
    """Another status; whoever subscribed is told."""
    row.due = ""
    row.body = {**row.body, **more, "status": status, "update_timestamp": int(box.now().timestamp())}
    box.receipts.put(row)
    tell(box, row, _EVENTS.get(status, "receipt"))


def tell(box: Box, row: Receipt, event: str) -> None:
    """A callback, wrapped once or twice, to the address the configuration has for this event."""
    company = box.configurations.get(row.body["fiscal_id"])
    for subscribed in company.body["api_configurations"] if company else ():
        if subscribed["event"] == event:
            _send(box, event, subscribed["callback"], row.body)


def _send(box: Box, event: str, callback: Json, body: Json) -> None:
    wrapped: Json = {"data": body, "custom": callback.get("custom")}
    if body["type"] == "sale" and box.has("double-wrap"):
        wrapped = {"data": wrapped}
    text, kind = encoded(wrapped).decode(), "application/json"
    if callback.get("method") == "POST":
        text, kind = urlencode({str(callback.get("field") or "data"): text}), "application/x-www-form-urlencoded"
    given = callback.get("headers")
    headers = {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
    hooks.send(box, "openapi", event, callback["url"], text, headers=headers, kind=kind)


def plain(body: Json) -> Json:
    """A body as it comes back from JSON: whole numbers whole, the others exact."""
    found: Json = decoded(encoded(body))
    return found
