"""A-Cube's callbacks: signed, told again when they were missed, only to this machine."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

import fatturakit as fk
from fatturakit.document import from_bytes

from .visitor import PRIVATE, XML, Heard, Listener, Visitor, until


def is_signed(heard: Heard, url: str, key: Ed25519PublicKey) -> bool:
    """Whether RFC 9421 holds; ``verify`` raises when it does not."""
    digest = base64.b64encode(hashlib.sha256(heard.body).digest()).decode()
    assert heard.headers["content-digest"] == f"sha-256=:{digest}:"
    params = heard.headers["signature-input"].removeprefix("sig1=")
    values = {
        "@method": "POST",
        "@authority": heard.headers["host"],
        "@target-uri": url,
        "date": heard.headers["date"],
        "content-digest": heard.headers["content-digest"],
    }
    base = "".join(f'"{name}": {value}\n' for name, value in values.items()) + f'"@signature-params": {params}'
    signature = heard.headers["signature"].removeprefix("sig1=:").removesuffix(":")
    key.verify(base64.b64decode(signature), base.encode())
    return True


def test_callbacks_are_signed_and_mark_as_downloaded(visitor: Visitor, listener: Listener) -> None:
    visitor.control("webhooks", provider="acube", url=listener.url)
    pem = visitor.http.get(f"{visitor.url}/acube/signature-public-key").json()["public_key"]
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, Ed25519PublicKey)
    assert visitor.acube("POST", "/simulate/supplier-invoice").status_code == 200
    visitor.acube("POST", "/simulate/supplier-invoice", content=PRIVATE, headers=XML)
    heard = listener.until(lambda rows: len(rows) == 2)
    assert all(is_signed(row, listener.url, key) for row in heard)
    assert heard[1].data["invoice"]["payload"] == fk.to_json(from_bytes(PRIVATE))
    downloaded = {"type": "1", "downloaded": "true"}
    until(lambda: len(visitor.acube("GET", "/invoices", params=downloaded).json()) == 2)


def test_what_was_missed_is_told_again(visitor: Visitor, listener: Listener) -> None:
    listener.answers = [500, 200]
    visitor.control("webhooks", provider="acube", url=listener.url, events=["customer-notification"])
    key = visitor.sent()
    visitor.acube("POST", f"/simulate/customer-notification/RC/{key}")
    listener.until(lambda rows: len(rows) == 1)
    visitor.wait(301)
    first, again = listener.until(lambda rows: len(rows) == 2)
    assert first.body == again.body
    assert visitor.acube("POST", f"/invoices/{key}/notifications/notify").status_code == 200
    assert listener.until(lambda rows: len(rows) == 3)[2].data["notification"]["type"] == "RC"
    assert visitor.acube("POST", f"/invoices/{key}/notify").status_code == 200


def test_muted_invoices_are_not_told_of(visitor: Visitor, listener: Listener) -> None:
    visitor.control("webhooks", provider="acube", url=listener.url)
    key = visitor.sent(**{"X-DisableEndpoints": "true"})
    visitor.acube("POST", f"/simulate/customer-notification/RC/{key}")
    visitor.acube("POST", "/simulate/supplier-invoice")
    (heard,) = listener.until(lambda rows: len(rows) == 1)
    assert "payload" in heard.data["invoice"]


@pytest.mark.parametrize(
    "url", ["http://example.test/", "https://127.0.0.1/", "http://10.0.0.1/", "ftp://127.0.0.1/", "x"]
)
def test_callbacks_stay_on_this_machine(visitor: Visitor, url: str) -> None:
    answer = visitor.http.post(f"{visitor.url}/sandbox/webhooks", json={"provider": "acube", "url": url})
    assert answer.status_code == 400
