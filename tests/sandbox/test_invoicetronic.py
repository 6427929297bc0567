"""The official behaviour of the export: period matrix, states, layout of the ZIP, costs, refusals."""

from __future__ import annotations

import hashlib
import hmac
import io
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx2
import pytest

import fatturakit as fk
from fatturakit.document import from_bytes
from fatturakit.sandbox.invoicetronic import state_of
from fatturakit.sdi.markings import invoicetronic_of

from ..shared import ROOT
from .visitor import PRIVATE, PUBLIC, Listener, Visitor, visiting

FOLDER = ROOT / "fixtures" / "invoices"


def names(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 200),
        ({"year": 2026, "month": 3}, 200),
        ({"year": 2026, "quarter": 1}, 200),
        ({"year": 2026, "month": 4}, 204),
        ({"year": 2026, "quarter": 4}, 204),
        ({"year": 2025, "month": 3}, 204),
        ({"document_date_from": "2026-03-09"}, 200),
        ({"document_date_from": "2026-03-10"}, 204),
        ({"document_date_to": "2026-03-09"}, 200),
        ({"document_date_to": "2026-03-08"}, 204),
        ({"document_date_from": "2026-03-01", "document_date_to": "2026-03-31"}, 200),
        ({"document_date_from": "2026-03-09T00:00:00Z", "document_date_to": "2026-03-09T23:59:59Z"}, 200),
        ({"type": "send"}, 200),
        ({"type": "receive"}, 204),
        ({"type": "both"}, 200),
        ({"company_id": 1}, 200),
        ({"company_id": 2}, 204),
        ({"company_id": 0}, 204),
        ({"year": 2026}, 400),
        ({"month": 3}, 400),
        ({"quarter": 1}, 400),
        ({"month": 3, "quarter": 1}, 400),
        ({"year": 2026, "month": 3, "quarter": 1}, 400),
        ({"year": 2026, "month": 3, "document_date_from": "2026-03-01"}, 400),
        ({"year": 2026, "document_date_to": "2026-03-01"}, 400),
        ({"month": 3, "document_date_to": "2026-03-01"}, 400),
        ({"year": 2026, "month": 13}, 400),
        ({"year": 2026, "month": 0}, 400),
        ({"year": 2026, "quarter": 5}, 400),
        ({"year": "x", "month": 3}, 400),
        ({"type": "Send"}, 400),
        ({"type": "sent"}, 400),
        ({"document_date_from": "yesterday"}, 400),
        ({"company_id": "x"}, 400),
    ],
)
def test_the_period_matrix(shared_visitor: Visitor, query: dict[str, Any], status: int) -> None:
    answer = shared_visitor.export(**query)
    assert answer.status_code == status
    if status == 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "instance"} <= set(answer.json())
    if status == 204:
        assert answer.content == b""


@pytest.fixture(scope="module")
def shared_visitor() -> Any:
    with visiting() as made:
        made.document(name="IT07654320071_00001.xml", marking="delivered")
        yield made


@pytest.mark.parametrize(
    ("public", "marking", "messages", "exported"),
    [
        (False, "waiting", (), False),
        (False, "quarantena", (), False),
        (False, "sent", (), False),
        (False, "delivered", (), True),
        (False, "not-delivered", (), True),
        (False, "rejected", (), False),
        (True, "sent", (), False),
        (True, "delivered-pa", (), False),
        (True, "accepted-pa", (), True),
        (True, "rejected-pa", (), True),
        (True, "deadline-terms", (), True),
        (True, "sent", ("MC",), False),
        (True, "sent", ("MC", "AT"), True),
        (True, "sent", ("AT",), True),
    ],
)
def test_only_definitive_states_are_exported(
    visitor: Visitor, public: bool, marking: str, messages: tuple[str, ...], exported: bool
) -> None:
    key = visitor.document(PUBLIC if public else PRIVATE, marking=marking)
    for kind in messages:
        assert visitor.acube("POST", f"/simulate/customer-notification/{kind}/{key}").status_code == 200
    assert visitor.export().status_code == (200 if exported else 204)


@pytest.mark.parametrize(
    ("public", "marking", "messages", "state"),
    [
        (False, "sent", (), (2, "Inviato")),
        (False, "delivered", (), (5, "Consegnato")),
        (True, "delivered-pa", (), (5, "Consegnato")),
        (True, "sent", ("MC",), (6, "NonConsegnato")),
        (False, "rejected", (), (7, "Scartato")),
        (True, "accepted-pa", (), (8, "AccettatoDalDestinatario")),
        (True, "rejected-pa", (), (9, "RifiutatoDalDestinatario")),
        (False, "sent", ("MC",), (10, "ImpossibilitaDiRecapito")),
        (True, "deadline-terms", (), (11, "DecorrenzaTermini")),
        (True, "sent", ("MC", "AT"), (12, "AttestazioneTrasmissioneFattura")),
        (False, "waiting", (), None),
    ],
)
def test_states_have_their_official_numbers(
    visitor: Visitor, public: bool, marking: str, messages: tuple[str, ...], state: tuple[int, str] | None
) -> None:
    key = visitor.document(PUBLIC if public else PRIVATE, marking=marking)
    for kind in messages:
        visitor.acube("POST", f"/simulate/customer-notification/{kind}/{key}")
    invoice = visitor.box.invoices.get(key)
    assert invoice is not None
    assert invoicetronic_of(state_of(invoice) or "") == state


def test_the_same_bytes_as_a_local_export(visitor: Visitor, tmp_path: Path) -> None:
    files = {name: (FOLDER / name).read_bytes() for name in ("IT07654320071_00001.xml", "IT07654320071_00002.xml")}
    body = fk.to_json(from_bytes(files["IT07654320071_00001.xml"]))
    draft = visitor.acube("POST", "/invoices/draft", json=body).json()["uuid"]
    assert visitor.acube("POST", f"/invoices/draft/{draft}/send").status_code == 200
    visitor.wait(60)
    assert visitor.acube("POST", f"/simulate/customer-notification/RC/{draft}").status_code == 200
    visitor.document(files["IT07654320071_00002.xml"], name="IT07654320071_00002.xml")
    sent = visitor.acube("GET", f"/invoices/{draft}").json()
    xml = visitor.acube("GET", f"/invoices/{draft}", headers={"Accept": "application/octet-stream"}).content
    local = tmp_path / "in"
    local.mkdir()
    (local / sent["sdi_file_name"]).write_bytes(xml)
    (local / "IT07654320071_00002.xml").write_bytes(files["IT07654320071_00002.xml"])
    with fk.Archive(tmp_path / "a.db") as archive:
        archive.add_company("IT07654320071")
        archive.add(local)
        keys = [row.id for row in archive.list()]
        archive.mark(keys, state="delivered", source="test")
        archive.export(tmp_path / "local.zip", year=2026, quarter=1)
    assert visitor.export(year=2026, quarter=1).content == (tmp_path / "local.zip").read_bytes()


def test_the_layout_and_the_bytes_of_the_zip(visitor: Visitor) -> None:
    visitor.document(PRIVATE, name="IT07654320071_00001.xml")
    visitor.document(PRIVATE, name="IT07654320071_00001.xml")
    visitor.document(PUBLIC, type="receive", name="IT07599810939_PA001.xml")
    answer = visitor.export()
    found = names(answer)
    assert found == sorted(found)
    assert [name.split("/")[1] for name in found].count("send") == 2
    assert any(name.endswith("/receive/IT07599810939_PA001.xml") for name in found)
    assert "IT07654320071/send/IT07654320071_00001.xml" in found
    assert "IT07654320071/send/IT07654320071_00001-2.xml" in found
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.read("IT07654320071/send/IT07654320071_00001.xml") == PRIVATE
    assert answer.headers["content-disposition"] == "attachment; filename=export_both_20261120_110000.zip"
    assert visitor.export().content == answer.content
    assert (
        visitor.http.get(f"{visitor.url}/invoicetronic/export", auth=("ik_test_sandbox", "")).content == answer.content
    )


def test_unread_invoices_cost_operations_once(visitor: Visitor) -> None:
    visitor.document(PRIVATE, type="receive")
    visitor.control("settings", operations=0)
    refused = visitor.export()
    assert (refused.status_code, refused.json()["code"]) == (403, "usage_limit_exceeded")
    assert visitor.export(type="send").status_code == 204
    visitor.control("settings", operations=1)
    assert visitor.export().status_code == 200
    assert visitor.box.settings["operations"] == 0
    assert visitor.export().status_code == 200


def test_one_export_at_a_time(visitor: Visitor) -> None:
    visitor.document()
    visitor.control("settings", export_seconds=1)
    statuses: list[int] = []
    first = threading.Thread(target=lambda: statuses.append(visitor.export().status_code))
    first.start()
    while not visitor.box.busy:
        time.sleep(0.01)
    second = visitor.export()
    first.join()
    assert (second.status_code, second.headers["retry-after"], statuses) == (429, "1", [200])


def test_the_key_and_the_headers(visitor: Visitor) -> None:
    assert visitor.export("ik_live_other").status_code == 401
    assert visitor.http.get(f"{visitor.url}/invoicetronic/v1/export").status_code == 401
    answer = visitor.export()
    assert answer.headers["ratelimit-limit"] == "100"
    assert answer.headers["ratelimit-policy"] == "100;w=1, 2000;w=60, 100000;w=86400"


def test_the_quirks() -> None:
    with visiting(quirks=["wrapped-errors", "missing-headers"]) as visitor:
        answer = visitor.export(year=2026)
        assert answer.json()["problem_details"]["status"] == answer.json()["status_code"] == 400
        assert "ratelimit-limit" not in answer.headers
        visitor.document()
        assert "content-disposition" not in visitor.export().headers


def test_events_are_signed_with_time_and_body(visitor: Visitor, listener: Listener) -> None:
    visitor.control("webhooks", provider="invoicetronic", url=listener.url, secret="s3cret")
    visitor.document(type="receive")
    (heard,) = listener.until(lambda rows: len(rows) == 1)
    stamp, _, signature = heard.headers["invoicetronic-signature"].partition(",")
    signed = stamp.removeprefix("t=").encode() + b"." + heard.body
    assert signature == "v1=" + hmac.new(b"s3cret", signed, hashlib.sha256).hexdigest()
    assert heard.data["endpoint"] == "receive"
