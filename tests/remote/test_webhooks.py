"""Callbacks: believed only when they are genuine, acknowledged only when they are stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fatturakit import UsageError
from fatturakit.remote.events import Event
from fatturakit.remote.inbox import Inbox
from fatturakit.remote.webhooks import Receiver

from .test_credentials import Clock

SECRET = "whsec_nobody-may-see"
URL = "https://Hooks.example.it/in?a=1"
CLOCK = Clock()
NOW = CLOCK.now()
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key()
RAW = PUBLIC.public_bytes(Encoding.Raw, PublicFormat.Raw)
PEM = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
DER = PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
MARKING = {
    "uuid": "u-1",
    "marking": "delivered",
    "previous_marking": "sent",
    "notice": None,
    "transioned_at": "2026-11-20",
}


def sealed(body: bytes, *, at: datetime = NOW, secret: str = SECRET, extra: str = "") -> dict[str, str]:
    stamp = int(at.timestamp())
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"Invoicetronic-Signature": f"t={stamp},v1={made}{extra}"}


def signed(
    body: bytes, *, at: datetime = NOW, url: str = URL, covered: tuple[str, ...] = (), created: bool = True
) -> dict[str, str]:
    covered = covered or ("@method", "@authority", "@target-uri", "date", "content-digest")
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    date = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    values = {
        "@method": "POST",
        "@authority": "hooks.example.it",
        "@target-uri": url,
        "date": date,
        "content-digest": digest,
    }
    params = "(" + " ".join(f'"{name}"' for name in covered) + ");"
    params += f'created={int(at.timestamp())};keyid="acube"' if created else 'keyid="acube"'
    base = "\n".join([*(f'"{name}": {values[name]}' for name in covered), f'"@signature-params": {params}'])
    made = base64.b64encode(PRIVATE.sign(base.encode())).decode()
    return {"Date": date, "Content-Digest": digest, "Signature-Input": f"sig1={params}", "Signature": f"sig1=:{made}:"}


def status(receiver: Receiver, headers: dict[str, str], body: bytes, url: str = URL) -> int:
    return receiver.handle("POST", url, headers, body).status


def body_of(data: Any) -> bytes:
    return json.dumps(data).encode()


EVENT = {"id": 7, "method": "POST", "endpoint": "receive", "resource_id": 86940, "date_time": "2026-11-20T10:00:00Z"}


@pytest.mark.parametrize("endpoint", ["receive", "receive/86940", "/v1/receive", "v1/receive/86940", "/receive/"])
def test_invoicetronic_by_the_step_of_its_path(endpoint: str) -> None:
    seen: list[Event] = []
    receiver = Receiver("invoicetronic", store=seen.append, secret=SECRET, clock=CLOCK)
    body = body_of({**EVENT, "endpoint": endpoint})
    assert status(receiver, sealed(body), body) == 200
    assert (seen[0].kind, seen[0].subject, seen[0].state) == ("receive", "86940", "POST")


BODY = body_of(EVENT)
OLD = timedelta(minutes=5, seconds=1)


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        (sealed(BODY), 200),
        (sealed(BODY, extra=",v1=00"), 200),
        (sealed(BODY, at=NOW - timedelta(minutes=4)), 200),
        (sealed(BODY, at=NOW - OLD), 401),
        (sealed(BODY, at=NOW + OLD), 401),
        (sealed(BODY, secret="another"), 401),
        (sealed(b"another"), 401),
        ({}, 401),
        ({"Invoicetronic-Signature": "t=,v1="}, 401),
        ({"Invoicetronic-Signature": "t=99999999999999999999,v1=00"}, 401),
        ({"Invoicetronic-Signature": "t=²,v1=00"}, 401),
        ({"Invoicetronic-Signature": "v1=é,,,"}, 401),
    ],
)
def test_the_seal_of_invoicetronic(headers: dict[str, str], answer: int) -> None:
    seen: list[Event] = []
    receiver = Receiver("invoicetronic", store=seen.append, secret=SECRET, clock=CLOCK)
    assert status(receiver, headers, BODY) == answer
    assert len(seen) == (answer == 200)


@pytest.mark.parametrize("key", [PEM, PEM.decode(), RAW, base64.b64encode(DER), base64.b64encode(RAW).decode()])
def test_acube_with_its_key_in_any_shape(key: str | bytes) -> None:
    seen: list[Event] = []
    body = body_of(MARKING)
    receiver = Receiver("acube", store=seen.append, public_key=key, clock=CLOCK)
    assert status(receiver, signed(body), body) == 200
    assert (seen[0].kind, seen[0].subject, seen[0].state, seen[0].at) == ("marking", "u-1", "delivered", "2026-11-20")


def without(headers: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != name}


MARKED = body_of(MARKING)


@pytest.mark.parametrize(
    ("headers", "url", "answer"),
    [
        (signed(MARKED), URL, 200),
        (signed(MARKED, created=False), URL, 200),
        (signed(MARKED), URL + "2", 401),
        (signed(b"another"), URL, 401),
        (signed(MARKED, covered=("@method", "date")), URL, 401),
        (signed(MARKED, at=NOW - OLD), URL, 401),
        (signed(MARKED, covered=("content-digest",), created=False), URL, 401),
        (without(signed(MARKED), "Signature"), URL, 401),
        (without(signed(MARKED), "Content-Digest"), URL, 401),
        (without(signed(MARKED), "Date"), URL, 401),
        ({**signed(MARKED), "Content-Digest": "md5=:AAAA:"}, URL, 401),
        ({**signed(MARKED), "Signature": "sig1=:AAAA:"}, URL, 401),
        ({**signed(MARKED), "Signature": "other=:AAAA:"}, URL, 401),
        ({**signed(MARKED), "Signature-Input": "sig1=("}, URL, 401),
    ],
)
def test_the_signature_of_acube(headers: dict[str, str], url: str, answer: int) -> None:
    receiver = Receiver("acube", store=lambda event: None, public_key=PEM, clock=CLOCK)
    assert status(receiver, headers, MARKED, url) == answer


RECEIPT = {"id": "507f", "status": "ready", "type": "sale", "update_timestamp": 1_790_000_000}
SHAPES = [
    {"data": RECEIPT},
    {"data": {"data": RECEIPT, "custom": None}},
    {"data": json.dumps({"data": RECEIPT})},
    RECEIPT,
]


@pytest.mark.parametrize("data", SHAPES)
@pytest.mark.parametrize("form", [False, True])
def test_openapi_however_it_is_wrapped(data: dict[str, Any], form: bool) -> None:
    seen: list[Event] = []
    receiver = Receiver("openapi", store=seen.append, secret=SECRET, header="X-Mine", clock=CLOCK)
    body, headers = body_of(data), {"x-mine": SECRET, "Content-Type": "application/json"}
    if form:
        body = f"data={quote_plus(body)}".encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    assert status(receiver, headers, body) == 200
    assert (seen[0].kind, seen[0].subject, seen[0].state, seen[0].at) == ("receipt", "507f", "ready", "1790000000")
    assert status(receiver, {**headers, "x-mine": "wrong"}, body) == 401
    assert status(receiver, {}, body) == 401
    assert len(seen) == 1


def test_what_was_to_be_echoed_and_a_secret_in_the_address() -> None:
    seen: list[Event] = []
    receiver = Receiver("openapi", store=seen.append, secret=SECRET, header="key")
    body = body_of({"data": {**RECEIPT, "type": "void"}, "custom": {"order": 7}})
    assert status(receiver, {}, body, f"https://x.it/in?key={SECRET}") == 200
    assert (seen[0].kind, seen[0].custom) == ("void", {"order": 7})


@pytest.mark.parametrize(
    ("data", "kind", "subject"),
    [
        ({"invoice": {"uuid": "u", "filename": "IT1_1.xml", "payload": {}}}, "supplier-invoice", "u"),
        (
            {"notification": {"uuid": "n", "invoice_uuid": "u", "type": "RC"}, "invoice": {}},
            "customer-notification",
            "u",
        ),
        (
            {"event": "customer-notification", "data": {"notification": {"invoice_uuid": "u"}}},
            "customer-notification",
            "u",
        ),
        ({"preserved_object_id": "p", "object_id": "u", "status": "stored"}, "legal-storage-receipt", "u"),
        ({"event": "something-new", "data": {"uuid": "u"}}, "something-new", "u"),
        ({"what": "is this"}, "unknown", ""),
    ],
)
def test_events_of_acube(data: dict[str, Any], kind: str, subject: str) -> None:
    seen: list[Event] = []
    assert status(Receiver("acube", store=seen.append, unchecked=True), {}, body_of(data)) == 200
    assert (seen[0].kind, seen[0].subject) == (kind, subject)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b"{", b"\xff", b"7", b"[" * 100_000])
@pytest.mark.parametrize("name", ["acube", "invoicetronic", "openapi"])
def test_what_makes_no_sense(name: str, body: bytes) -> None:
    seen: list[Event] = []
    assert status(Receiver(name, store=seen.append, unchecked=True), {}, body) == 400
    assert seen == []


def test_what_was_not_stored_is_not_acknowledged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "file").touch()
    for store in (Inbox(tmp_path / "file"), Inbox(Path("/proc/nowhere")), {}.__getitem__):
        receiver = Receiver("invoicetronic", store=store, secret=SECRET, clock=CLOCK)
        assert status(receiver, sealed(BODY), BODY) == 500
    assert SECRET not in caplog.text


def test_an_inbox_keeps_every_event_once(tmp_path: Path) -> None:
    receiver = Receiver("invoicetronic", store=Inbox(tmp_path / "in"), secret=SECRET, clock=CLOCK)
    for body in (BODY, BODY, body_of({**EVENT, "id": 8})):
        assert status(receiver, sealed(body), body) == 200
    assert sorted(path.read_bytes() for path in (tmp_path / "in").iterdir()) == sorted(
        [BODY, body_of({**EVENT, "id": 8})]
    )


def test_a_receiver_that_could_believe_anybody() -> None:
    for given in ({"name": "acube"}, {"name": "invoicexpress", "secret": "x"}):
        with pytest.raises(UsageError):
            Receiver(store=print, **given)
    assert SECRET not in repr(vars(Receiver("acube", store=print, secret=SECRET, header="x")))
    assert NOW.tzinfo is UTC
