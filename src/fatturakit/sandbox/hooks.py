"""Callbacks: who is told what, how it is signed, and how often it is tried. They only go to this machine."""

from __future__ import annotations

import http.client
from datetime import timedelta
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from .box import Box, written
from .jsontext import encoded
from .records import Delivery, Json
from .signatures import SIGNERS

_TIMEOUT: Final = 10
_TRIES: Final = 15


class Pace(NamedTuple):
    """How a provider tries again: seconds to the second try, and by how much the pause grows each time."""

    pause: int = 300
    growth: float = 1.25


_PACES: Final = {"acube": Pace(), "invoicetronic": Pace(60, 2.0), "openapi": Pace(60, 1.0)}


def loopback(url: str) -> SplitResult | None:
    """The parts of an address on this machine; None for any other."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme != "http":
        return None
    try:
        return parts if host == "localhost" or ip_address(host).is_loopback else None
    except ValueError:
        return None


def tell(box: Box, provider: str, event: str, body: Json, subject: str = "") -> None:
    """Put a callback on its way to everybody who asked for this event."""
    for hook in box.hooks:
        if hook.provider == provider and (not hook.events or event in hook.events):
            send(box, provider, event, hook.url, encoded(body).decode(), hook.secret, hook.headers, subject=subject)


def send(
    box: Box,
    provider: str,
    event: str,
    url: str,
    body: str,
    secret: str = "",
    headers: dict[str, str] | None = None,
    kind: str = "application/json",
    subject: str = "",
) -> None:
    """Put one callback on its way."""
    refused = loopback(url) is None
    state = {"due": "", "done": True, "status": -1} if refused else {"due": box.stamp()}
    box.deliveries.put(
        Delivery(
            key=box.uuid(), provider=provider, event=event, url=url, body=body, secret=secret, kind=kind,
            headers=headers or {}, subject=subject, **state,
        )
    )  # fmt: skip


def due(box: Box) -> list[Delivery]:
    """The callbacks to be tried now."""
    return box.deliveries.due(box.stamp())


def post(delivery: Delivery, box: Box) -> int:
    """Send a callback; its status, 0 when nobody was there."""
    parts = loopback(delivery.url)
    if parts is None:
        return -1
    data = delivery.body.encode()
    signed = SIGNERS[delivery.provider](delivery.url, data, delivery.secret, box.now())
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_TIMEOUT)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, data, {**delivery.headers, "Content-Type": delivery.kind, **signed})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):
        return 0
    finally:
        connection.close()


def told(box: Box, delivery: Delivery, status: int) -> None:
    """Write down what came of a try; anything but 200 is tried again, later each time."""
    delivery.status, delivery.tried = status, delivery.tried + 1
    delivery.done = status in {200, -1} or delivery.tried > _TRIES
    delivery.due = ""
    if not delivery.done:
        pace = _PACES[delivery.provider]
        wait = timedelta(seconds=pace.pause * pace.growth ** (delivery.tried - 1))
        delivery.due = written(box.now() + wait)
    box.deliveries.put(delivery)
    if status == _OK and delivery.subject:
        _downloaded(box, delivery.subject)


def _downloaded(box: Box, subject: str) -> None:
    """An invoice that reached its owner by callback counts as downloaded."""
    invoice = box.invoices.get(subject)
    if invoice is not None and invoice.downloaded_at is None:
        invoice.downloaded_at = box.stamp()
        box.invoices.put(invoice)


_OK: Final = 200
