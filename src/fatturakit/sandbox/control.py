"""The sandbox's own doors: its clock, quirks, settings, accidents, callbacks and documents. No provider has these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..errors import FatturakitError
from . import faults, hooks
from .acube import access, messages, states
from .box import Box
from .call import Refusal
from .ingest import from_xml, keep
from .jsontext import decoded, encoded
from .openapi import machine
from .records import Hook, Json
from .signatures import SIGNERS

Act = Callable[[Box, Request, bytes], Any]
PATHS: Final = {
    "GET /sandbox": "where everything is, the credentials, the clock, the quirks",
    "POST /sandbox/clock": 'let time pass: {"advance": seconds}',
    "POST /sandbox/quirks": 'switch quirks: {"switch": ["sdi-down", "no-nulll"]}',
    "POST /sandbox/settings": 'change settings: {"operations": 10, "credit": 0, "saft_polls": 3}',
    "POST /sandbox/faults": f'plan an accident: {{"row": "*", "kind": "{"|".join(faults.KINDS)}", "times": 1}}',
    "POST /sandbox/webhooks": 'be told: {"provider": "acube", "url": "http://127.0.0.1:9000/", "events": []}',
    "GET /sandbox/deliveries": "every callback and what came of it",
    "POST /sandbox/documents": "take a document in: ?type=send|receive&marking=&name=",
    "POST /sandbox/receipts/{id}": 'give a receipt another status: {"status": "failed", "error_code": "X"}',
}


def about(box: Box, _request: Request, _body: bytes) -> Json:
    """Where everything is."""
    return {
        "providers": places(box),
        "clock": box.stamp(),
        "quirks": sorted(box.quirks),
        "settings": box.settings,
        "invoices": len(box.invoices),
        "receipts": len(box.receipts),
    }


def places(box: Box) -> Json:
    """The base address of every provider, and what lets in."""
    from .invoicetronic import KEY
    from .invoicexpress import ACCOUNT
    from .invoicexpress import KEY as SAFT_KEY
    from .openapi.access import KEY as OPENAPI_KEY
    from .openapi.access import TOKEN

    return {
        "acube": {"base_url": f"{box.base}/acube", "email": access.EMAIL, "password": access.PASSWORD},
        "invoicetronic": {"base_url": f"{box.base}/invoicetronic/v1", "key": KEY},
        "invoicexpress": {"base_url": f"{box.base}/invoicexpress", "key": SAFT_KEY, "account": ACCOUNT},
        "openapi": {"base_url": f"{box.base}/openapi", "token": TOKEN, "email": access.EMAIL, "key": OPENAPI_KEY},
    }


def clock(box: Box, _request: Request, body: bytes) -> Json:
    """Let time pass; what is due happens."""
    seconds = _object(body).get("advance", 0)
    if not isinstance(seconds, int):
        raise Refusal(400, "advance is a whole number of seconds.")
    box.clock.advance(seconds)
    states.tick(box)
    machine.tick(box)
    return {"clock": box.stamp()}


def quirks(box: Box, _request: Request, body: bytes) -> Json:
    """Switch quirks on and off."""
    from .quirks import switched

    wanted = _object(body).get("switch", [])
    box.quirks = switched(map(str, wanted if isinstance(wanted, list) else [wanted]), box.quirks)
    return {"quirks": sorted(box.quirks)}


def settings(box: Box, _request: Request, body: bytes) -> Json:
    """Change settings."""
    for name, value in _object(body).items():
        if name not in box.settings or not isinstance(value, int):
            raise Refusal(400, f"Settings are whole numbers: {', '.join(box.settings)}.")
        box.settings[name] = value
    return {"settings": box.settings}


def accidents(box: Box, _request: Request, body: bytes) -> Json:
    """Plan an accident."""
    fault = _object(body)
    if fault.get("kind") not in faults.KINDS:
        raise Refusal(400, f"kind is one of {', '.join(faults.KINDS)}.")
    box.faults.append({"row": "*", **fault})
    return {"planned": len(box.faults)}


def webhooks(box: Box, _request: Request, body: bytes) -> Json:
    """Subscribe an address on this machine."""
    given = _object(body)
    if given.get("provider") not in SIGNERS or hooks.loopback(str(given.get("url"))) is None:
        raise Refusal(400, f"provider is one of {', '.join(SIGNERS)}; url is http:// on this machine.")
    known = {name: given[name] for name in ("provider", "url", "events", "secret", "headers") if name in given}
    return asdict(box.hooks.put(Hook(key=box.uuid(), **known)))


def deliveries(box: Box, _request: Request, _body: bytes) -> list[Json]:
    """Every callback, without its secret."""
    return [{name: value for name, value in asdict(row).items() if name != "secret"} for row in box.deliveries]


def documents(box: Box, request: Request, body: bytes) -> Json:
    """Take a document in as if it had been sent, or had arrived."""
    query = request.query_params
    kind = 1 if query.get("type") == "receive" else 0
    signed = body.lstrip()[:1] != b"<"
    name = query.get("name", "")
    invoice = keep(box, from_xml(body, name), kind, name=name, data=body if signed else b"")
    invoice.marking = "received" if kind else query.get("marking", "delivered")
    invoice.legal = query.get("legal") == "true"
    if kind:
        hooks.tell(box, "invoicetronic", "receive.add", messages.event(box, invoice, "receive"))
    return {"uuid": box.invoices.put(invoice).key, "name": invoice.name}


def receipt(box: Box, request: Request, body: bytes) -> Json:
    """Give a receipt another status."""
    row, given = box.receipts.get(request.path_params["id"]), _object(body)
    if row is None:
        raise Refusal(404, "Receipt not found")
    status = str(given.pop("status", "failed"))
    machine.change(box, row, status, **given)
    return row.body


_ACTS: Final[dict[str, Act]] = dict(
    zip(
        PATHS,
        (about, clock, quirks, settings, accidents, webhooks, deliveries, documents, receipt),
        strict=True,
    )
)


def routes(box: Box) -> list[BaseRoute]:
    """The routes of all of them."""
    made: list[BaseRoute] = []
    for name, act in _ACTS.items():
        method, _, path = name.partition(" ")
        made.append(Route(path, _answering(box, act), methods=[method]))
    return made


def _answering(box: Box, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            with box.lock:
                return Response(encoded(act(box, request, body)), media_type=_JSON)
        except Refusal as refusal:
            return Response(encoded({"detail": refusal.detail}), refusal.status, media_type=_JSON)
        except FatturakitError as error:
            return Response(encoded({"detail": error.say("en")}), 400, media_type=_JSON)

    return answer


def _object(body: bytes) -> Json:
    try:
        found = decoded(body or b"{}")
    except ValueError as error:
        raise Refusal(400, "The body is not JSON.") from error
    if not isinstance(found, dict):
        raise Refusal(400, "The body is not a JSON object.")
    return found


_JSON: Final = "application/json"
