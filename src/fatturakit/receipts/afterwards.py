"""What may still be done with a receipt that was sent: void it for a day, return what is left of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from ..clock import rome
from ..findings import Finding
from ..money import ZERO, less, total
from .catalogue import said
from .context import VOIDABLE, Context
from .fields import RETURN
from .numbers import meant
from .shape import Duplicates, faults, shown

SENT: Final = ("submitted", "ready")


def sent(data: Any) -> dict[str, Any]:
    """A receipt as the service returns it, out of whatever ``data`` is wrapped around it."""
    while isinstance(data, dict) and "status" not in data and isinstance(data.get("data"), dict):
        data = data["data"]
    return data if isinstance(data, dict) else {}


def void(receipt: Mapping[str, Any], context: Context) -> Iterator[Finding]:
    """Whether a receipt can be voided at the moment of the context."""
    yield from _state(receipt)
    created = made_at(receipt)
    if created is None:
        yield said("SR054", "/created_at")
    elif context.at > created + VOIDABLE:
        since, until = created.astimezone(rome()), (created + VOIDABLE).astimezone(rome())
        yield said("SR050", "/created_at", since=f"{since:%Y-%m-%d %H:%M}", until=f"{until:%Y-%m-%d %H:%M}")


def made_at(receipt: Mapping[str, Any]) -> datetime | None:
    """When a receipt was made; a moment without an offset is UTC, as the service writes them."""
    stamp = meant(receipt.get("create_timestamp"))
    if stamp is not None and ZERO < stamp < Decimal(10) ** 10:
        return datetime.fromtimestamp(int(stamp), UTC)
    try:
        found = datetime.fromisoformat(str(receipt.get("created_at")))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def returned(request: Any, receipt: Mapping[str, Any], duplicates: Duplicates | None = None) -> Iterator[Finding]:
    """Whether the quantities of a return are there: by item, all entries for it together."""
    yield from faults(request, RETURN, "", duplicates)
    yield from _state(receipt)
    rows = request.get("items") if isinstance(request, dict) else None
    if not isinstance(rows, list):
        return
    if not rows:
        yield said("SR012", "/items")
    asked: dict[str, Decimal] = {}
    known = left(receipt)
    for place, row in enumerate(rows):
        yield from _row(row, place, asked, known)


def _row(row: Any, place: int, asked: dict[str, Decimal], known: Mapping[str, Decimal]) -> Iterator[Finding]:
    name = str(row.get("id")) if isinstance(row, dict) else ""
    quantity = meant(row.get("quantity")) if isinstance(row, dict) else None
    if not name or quantity is None:
        return
    asked[name] = total((asked.get(name, ZERO), quantity))
    if name not in known:
        yield said("SR052", f"/items/{place}/id", found=shown(name), known=", ".join(known) or "–")
    elif asked[name] > known[name]:
        amounts = {"found": shown(asked[name]), "left": shown(known[name])}
        yield said("SR053", f"/items/{place}/quantity", id=shown(name), **amounts)


def left(receipt: Mapping[str, Any]) -> dict[str, Decimal]:
    """How much of every item of a receipt can still be returned, by the item's id."""
    rows = receipt.get("items")
    return {
        str(row["id"]): less(meant(row.get("quantity")) or ZERO, meant(row.get("return")) or ZERO)
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and row.get("id") is not None
    }


def _state(receipt: Mapping[str, Any]) -> Iterator[Finding]:
    kind, status = receipt.get("type", "sale"), receipt.get("status")
    if kind != "sale" or status not in SENT:
        yield said("SR051", "/status", type=shown(kind), status=shown(status))
