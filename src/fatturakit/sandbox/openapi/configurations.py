"""The companies receipts are sent for."""

from __future__ import annotations

from typing import Any, Final

from ..box import Box
from ..call import Answer, Call, Refusal
from ..records import Configuration, Json
from .access import wrapped

_FIXED: Final = ("fiscal_id", "name", "email")
_EDITABLE: Final = {
    "receipts": bool,
    "customer_invoice": bool,
    "supplier_invoice": bool,
    "receipts_authentication": dict,
    "api_configurations": list,
}


def all_of_them(call: Call) -> Answer:
    """Every configuration."""
    return wrapped(call.box, [row.body for row in call.box.configurations])


def get(call: Call) -> Answer:
    """One."""
    return wrapped(call.box, _found(call).body)


def create(call: Call) -> Answer:
    """A new company; it costs."""
    given, box = call.data(), call.box
    for name in _FIXED:
        if not isinstance(given.get(name), str) or not given[name]:
            raise Refusal(400, f"Missing {name}", code=423)
    key = str(given["fiscal_id"])
    if box.configurations.get(key) is not None:
        raise Refusal(400, f"Configuration already present for {key}", code=424)
    if not box.spend("credit"):
        raise Refusal(402, "Insufficient Credit in Wallet", code=611)
    fresh = {"id": box.hex24(), "active": True, "create_timestamp": int(box.now().timestamp()), "receipts": False}
    body = {**{name: given[name] for name in _FIXED}, **fresh, "api_configurations": []}
    row = Configuration(key=key, body=body)
    _change(box, row, given)
    return wrapped(box, row.body)


def update(call: Call) -> Answer:
    """Change what may change."""
    row, given = _found(call), call.data()
    for name in _FIXED:
        if name in given:
            raise Refusal(400, f"Invalid field: {name}. Fields fiscal_id, name, email are not editable.", code=670)
    _change(call.box, row, given)
    return wrapped(call.box, row.body)


def delete(call: Call) -> Answer:
    """Remove a company that never sent a receipt."""
    row = _found(call)
    if any(receipt.body["fiscal_id"] == row.key for receipt in call.box.receipts):
        raise Refusal(400, "Receipts were sent: the configuration cannot be deleted.", code=425)
    call.box.configurations.drop(row.key)
    return wrapped(call.box, None, message=f"Deleted configuration for id: {row.key}")


def _change(box: Box, row: Configuration, given: Json) -> None:
    for name, kind in _EDITABLE.items():
        if name in given and not isinstance(given[name], kind):
            raise Refusal(400, f"Invalid field: {name}", code=423)
    body = dict(row.body)
    body.update({name: given[name] for name in _EDITABLE if name in given and _EDITABLE[name] is bool})
    if "receipts_authentication" in given:
        body["receipts_authentication"] = {"taxCode": given["receipts_authentication"].get("taxCode")}
        row.credentials_since = f"{box.now():%Y-%m-%d}"
    if "api_configurations" in given:
        body["api_configurations"] = _subscribed(body["api_configurations"], given["api_configurations"])
    row.body = body
    box.configurations.put(row)


def _subscribed(before: list[Json], given: list[Any]) -> list[Json]:
    """The subscriptions after some were asked for: ``callback: null`` takes one away."""
    known = {row["event"]: row for row in before}
    for row in given:
        event = row.get("event") if isinstance(row, dict) else None
        callback = row.get("callback") if isinstance(row, dict) else None
        if not isinstance(event, str):
            raise Refusal(400, "Invalid field: api_configurations", code=423)
        if callback is None:
            known.pop(event, None)
        elif isinstance(callback, dict) and isinstance(callback.get("url"), str):
            known[event] = {"event": event, "callback": callback}
        else:
            raise Refusal(400, "Missing callback url", code=423)
    return list(known.values())


def _found(call: Call) -> Configuration:
    row = call.box.configurations.get(call.path["fiscal_id"])
    if row is None:
        raise Refusal(404, "Fiscal ID not found or not registered", code=111)
    return row
