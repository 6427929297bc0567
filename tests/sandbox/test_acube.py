"""A-Cube: logging in, drafts, markings, messages, lists, forms, preservation."""

from __future__ import annotations

import base64
import io
import json
import sys
import zipfile
from typing import Any

import pytest

import fatturakit as fk
from fatturakit.document import from_bytes
from fatturakit.render.engine import weasyprint

from ..shared import ROOT
from .visitor import PRIVATE, PUBLIC, XML, Listener, Visitor, visiting

SIGNED = (ROOT / "fixtures" / "signed" / "IT07654320071_00001.xml.p7m").read_bytes()
WRONG = PRIVATE.replace(b"<PrezzoTotale>", b"<PrezzoTotale>9", 1)


def content() -> dict[str, Any]:
    """The invoice as A-Cube's JSON, without what the service fills in."""
    data = fk.to_json(from_bytes(PRIVATE))
    for name in ("id_trasmittente", "progressivo_invio", "formato_trasmissione"):
        del data["fattura_elettronica_header"]["dati_trasmissione"][name]
    return data


def test_tokens_last_a_day(visitor: Visitor) -> None:
    claims = visitor.token.split(".")[1]
    found = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert found["exp"] - found["iat"] == 24 * 60 * 60
    assert visitor.acube("GET", "/invoices").status_code == 200
    visitor.wait(24 * 60 * 60 - 1)
    assert visitor.acube("GET", "/invoices").status_code == 200
    visitor.wait(1)
    answer = visitor.acube("GET", "/invoices")
    assert (answer.status_code, answer.json()) == (401, {"code": 401, "message": "Expired JWT Token"})


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9."])
def test_other_tokens_are_not_taken(visitor: Visitor, token: str) -> None:
    answer = visitor.acube("GET", "/invoices", token=token)
    assert (answer.status_code, answer.json()["code"]) == (401, 401)


def test_who_is_nobody(visitor: Visitor) -> None:
    body = {"email": "sandbox@example.test", "password": "wrong"}
    assert visitor.http.post(f"{visitor.url}/acube/login", json=body).status_code == 401
    answer = visitor.http.get(f"{visitor.url}/acube/invoices")
    assert answer.json() == {"code": 401, "message": "JWT Token not found"}


def test_the_life_of_a_draft(visitor: Visitor) -> None:
    made = visitor.acube("POST", "/invoices/draft", json={})
    assert made.status_code == 201
    path = f"/invoices/draft/{made.json()['uuid']}"
    empty = visitor.acube("POST", f"{path}/send")
    assert (empty.status_code, empty.headers["content-type"]) == (400, "application/problem+json")
    wrong = content()
    wrong["fattura_elettronica_body"][0]["dati_beni_servizi"]["dettaglio_linee"][0]["prezzo_totale"] = "1.00"
    assert visitor.acube("PUT", path, json=wrong).status_code == 200
    refused = visitor.acube("POST", f"{path}/send")
    assert refused.status_code == 400
    assert any(
        row["propertyPath"] == "fattura_elettronica_body.0.dati_beni_servizi.dettaglio_linee.0.prezzo_totale"
        and row["message"].startswith("00423")
        for row in refused.json()["violations"]
    )
    assert visitor.acube("GET", path).json()["marking"] == "draft"
    assert visitor.acube("PUT", path, json=content()).status_code == 200
    assert [row["uuid"] for row in visitor.acube("GET", "/invoices/draft").json()] == [made.json()["uuid"]]
    assert visitor.acube("GET", "/invoices").json() == []
    assert visitor.acube("POST", f"{path}/send").status_code == 200
    for method, tail, body in (("PUT", "", content()), ("DELETE", "", None), ("POST", "/send", None)):
        conflict = visitor.acube(method, path + tail, json=body)
        assert (conflict.status_code, "draft state" in conflict.json()["detail"]) == (409, True)
    assert visitor.acube("GET", "/invoices/draft").json() == []
    assert visitor.marking(made.json()["uuid"]) == "waiting"


def test_a_deleted_draft_is_gone(visitor: Visitor) -> None:
    path = f"/invoices/draft/{visitor.acube('POST', '/invoices/draft', json=content()).json()['uuid']}"
    assert visitor.acube("DELETE", path).status_code == 204
    assert visitor.acube("GET", path).status_code == 404
    assert visitor.acube("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (json.dumps({"fattura_elettronica_header": []}), {}, 400),
        (json.dumps([]), {}, 400),
        ("{", {}, 400),
        ("", {}, 400),
        ("<a/>", {"Content-Type": "application/xml"}, 415),
        ("x", {"Content-Type": "text/plain"}, 415),
    ],
)
def test_drafts_that_are_none(visitor: Visitor, body: str, headers: dict[str, str], status: int) -> None:
    answer = visitor.acube(
        "POST", "/invoices/draft", content=body, headers={"Content-Type": "application/json"} | headers
    )
    assert answer.status_code == status


def test_validating_keeps_nothing_and_lists_everything(visitor: Visitor) -> None:
    assert visitor.acube("POST", "/invoices/validate", json=content()).status_code == 202
    assert visitor.acube("POST", "/invoices/validate", content=PRIVATE, headers=XML).status_code == 202
    refused = visitor.acube("POST", "/invoices/validate", content=WRONG, headers=XML)
    codes = {row["message"][:5] for row in refused.json()["violations"]}
    assert (refused.status_code, "00423" in codes) == (400, True)
    local = fk.validate(WRONG, received_on="2026-11-20")
    assert codes == {found.code for found in local.findings if found.severity == "error"}
    assert len(visitor.box.invoices) == 0


@pytest.mark.parametrize("missing", ["fattura_elettronica_header", "fattura_elettronica_body"])
def test_both_parts_are_required(visitor: Visitor, missing: str) -> None:
    body = {name: value for name, value in content().items() if name != missing}
    for path in ("/invoices", "/invoices/validate", "/invoices/convert"):
        answer = visitor.acube("POST", path, json=body)
        assert (answer.status_code, answer.json()["violations"][0]["propertyPath"]) == (400, missing)


def test_converting_both_ways(visitor: Visitor) -> None:
    there = visitor.acube("POST", "/invoices/convert", content=PRIVATE, headers=XML)
    assert there.json() == fk.to_json(from_bytes(PRIVATE))
    back = visitor.acube("POST", "/invoices/convert", json=there.json())
    assert back.headers["content-type"] == "application/xml"
    assert back.content == fk.from_json(there.json()).data


def test_sdi_takes_a_minute_and_rejects_what_is_wrong(visitor: Visitor) -> None:
    good, bad = visitor.sent(), visitor.sent(WRONG)
    assert visitor.marking(good) == visitor.marking(bad) == "waiting"
    visitor.wait(60)
    assert (visitor.marking(good), visitor.marking(bad)) == ("sent", "rejected")
    (message,) = visitor.acube("GET", f"/invoices/{bad}/notifications").json()
    assert message["type"] == "NS"
    assert "00423" in [row["Codice"] for row in message["message"]["lista_errori"]["Errore"]]
    to_fix = visitor.acube("GET", "/invoices", params={"rejectedToFix": "true"}).json()
    assert [row["uuid"] for row in to_fix] == [bad]
    assert visitor.acube("PUT", f"/invoices/{bad}/archive-rejected").status_code == 204
    assert visitor.acube("PUT", f"/invoices/{good}/archive-rejected").status_code == 409
    assert visitor.acube("GET", "/invoices", params={"rejectedToFix": "true"}).json() == []


@pytest.mark.parametrize(
    ("public", "messages", "marking"),
    [
        (False, ["NS"], "rejected"),
        (False, ["RC"], "delivered"),
        (False, ["MC"], "not-delivered"),
        (True, ["RC"], "delivered-pa"),
        (True, ["MC"], "sent"),
        (True, ["MC", "RC"], "delivered-pa"),
        (True, ["RC", "NE"], "accepted-pa"),
        (True, ["RC", "NE-EC02"], "rejected-pa"),
        (True, ["RC", "DT"], "deadline-terms"),
        (True, ["MC", "AT"], "not-delivered"),
    ],
)
def test_what_messages_do(visitor: Visitor, public: bool, messages: list[str], marking: str) -> None:
    key = visitor.document(PUBLIC if public else PRIVATE, marking="sent")
    for word in messages:
        kind, _, outcome = word.partition("-")
        body = {"json": {"esito": outcome}} if outcome else {}
        answer = visitor.acube("POST", f"/simulate/customer-notification/{kind}/{key}", **body)
        assert (answer.status_code, answer.json()["type"]) == (200, kind)
    assert visitor.marking(key) == marking
    found = visitor.acube("GET", f"/invoices/{key}/notifications").json()
    assert [row["type"] for row in found] == [word[:2] for word in messages]
    xml = visitor.acube("GET", f"/invoices/{key}/notifications", headers={"Accept": "application/xml"})
    assert xml.content.count(b"<item ") >= len(messages)


@pytest.mark.parametrize(
    ("public", "marking", "kind"),
    [
        (False, "delivered", "NS"),
        (False, "sent", "NE"),
        (False, "sent", "DT"),
        (False, "sent", "AT"),
        (True, "sent", "NE"),
        (True, "accepted-pa", "DT"),
        (False, "draft", "RC"),
    ],
)
def test_messages_that_cannot_follow(visitor: Visitor, public: bool, marking: str, kind: str) -> None:
    key = visitor.document(PUBLIC if public else PRIVATE, marking=marking)
    assert visitor.acube("POST", f"/simulate/customer-notification/{kind}/{key}").status_code == 409
    assert visitor.acube("POST", f"/simulate/customer-notification/XX/{key}").status_code == 400


def test_quarantine_ends_after_fourteen_tries() -> None:
    with visiting(quirks=["sdi-down"]) as visitor:
        key = visitor.sent()
        visitor.wait(60)
        assert visitor.marking(key) == "quarantena"
        visitor.control("quirks", switch=["no-sdi-down"])
        visitor.wait(300)
        assert visitor.marking(key) == "sent"
        visitor.control("quirks", switch=["sdi-down", "retry-text"])
        other = visitor.sent()
        visitor.wait(30 * 24 * 60 * 60)
        visitor._token = ""
        found = visitor.acube("GET", f"/invoices/{other}").json()
        assert (found["marking"], bool(found["notice"])) == ("invoice-error", True)
        assert len(json.loads(found["retry_information"])) == 15


def test_the_resource(visitor: Visitor) -> None:
    key = visitor.sent(**{"X-SignInvoice": "true"})
    found = visitor.acube("GET", f"/invoices/{key}").json()
    assert json.loads(found["payload"]) == fk.to_json(from_bytes(PRIVATE))
    assert (found["type"], found["signed"], found["to_pa"], found["downloaded"]) == (0, True, False, False)
    assert found["sender"]["business_vat_number_code"] == "07654320071"
    assert visitor.acube("GET", "/invoices/no-such").status_code == 404


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/xml", "application/xml"),
        ("application/octet-stream", "application/octet-stream"),
        ("image/png, */*;q=0.1", "application/json"),
        ("image/png", None),
    ],
)
def test_the_forms_of_an_invoice(visitor: Visitor, accept: str, kind: str | None) -> None:
    key = visitor.document(SIGNED, name="IT07654320071_00001.xml.p7m")
    answer = visitor.acube("GET", f"/invoices/{key}", headers={"Accept": accept})
    assert answer.status_code == (200 if kind else 406)
    if kind:
        assert answer.headers["content-type"] == kind
    if kind == "application/octet-stream":
        assert answer.content == SIGNED
    if kind == "application/xml":
        assert answer.content == PRIVATE


def test_pages_in_every_theme(visitor: Visitor) -> None:
    key = visitor.document()
    for theme in ("standard", "assosoftware", "acube"):
        headers = {"Accept": "text/html", "X-PrintTheme": theme}
        notes = {"dynamic[head-notes]": "Nota bene", "dynamic[foot-notes]": "In fondo"}
        answer = visitor.acube("GET", f"/invoices/{key}", headers=headers, params=notes)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/html")
        assert fk.open(PRIVATE).body[0].dati_generali.dati_generali_documento.numero in answer.text
        assert [note in answer.text for note in notes.values()] == [theme == "acube"] * 2
    drawn = visitor.acube("GET", f"/invoices/{key}", headers={"Accept": "application/pdf", "X-PrintTheme": "acube"})
    assert (drawn.status_code, drawn.content[:5]) == (200, b"%PDF-")
    assert visitor.acube("GET", f"/invoices/{key}", headers={"X-PrintTheme": "x"}).status_code == 400


def test_pages_without_what_draws_them(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    weasyprint.cache_clear()
    answer = visitor.acube("GET", f"/invoices/{visitor.document()}", headers={"Accept": "application/pdf"})
    assert answer.status_code == 501
    assert "fatturakit[pdf]" in answer.text


def test_pages_of_thirty(visitor: Visitor) -> None:
    for _ in range(65):
        visitor.document()
    sizes = [len(visitor.acube("GET", "/invoices", params={"page": page}).json()) for page in (1, 2, 3, 4)]
    assert sizes == [30, 30, 5, 0]
    whole = visitor.acube(
        "GET", "/invoices", params={"page": 2, "itemsPerPage": 10}, headers={"Accept": "application/ld+json"}
    )
    assert whole.headers["content-type"] == "application/ld+json"
    view = whole.json()["hydra:view"]
    assert (whole.json()["hydra:totalItems"], len(whole.json()["hydra:member"])) == (65, 10)
    assert view["hydra:next"].endswith("page=3")
    assert view["hydra:last"].endswith("page=7")
    zipped = visitor.acube("GET", "/invoices", headers={"Accept": "application/zip"})
    assert len(zipfile.ZipFile(io.BytesIO(zipped.content)).namelist()) == 30
    for bad in ({"page": 0}, {"page": "x"}, {"itemsPerPage": 31}):
        assert visitor.acube("GET", "/invoices", params=bad).status_code == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "abc"),
        ({"type": "0"}, "ab"),
        ({"type": "1"}, "c"),
        ({"marking": "delivered"}, "a"),
        ([("marking[]", "delivered"), ("marking[]", "accepted-pa")], "ab"),
        ({"document_type": "TD01"}, "abc"),
        ({"document_type[]": "TD04"}, ""),
        ({"toPa": "true"}, "b"),
        ({"toPa": "0"}, "ac"),
        ({"signed": "true"}, ""),
        ({"downloaded": "false"}, "abc"),
        ({"invoice_number": "1/2026"}, "ac"),
        ({"invoice_date[before]": "2026-03-09"}, "ac"),
        ({"invoice_date[strictly_before]": "2026-03-09"}, ""),
        ({"invoice_date[after]": "2026-03-10"}, "b"),
        ({"invoice_date[strictly_after]": "2026-04-02"}, ""),
        ({"created_at[after]": "2026-11-20"}, "abc"),
        ({"created_at[strictly_before]": "2026-11-20T11:00:00Z"}, ""),
        ({"sender": "99999999999,07599810939"}, "b"),
        ({"sender.business_vat_number_code": "07654320071"}, "ac"),
        ({"order[invoice_date]": "desc"}, "bac"),
    ],
)
def test_filters(three: tuple[Visitor, dict[str, str]], query: Any, found: str) -> None:
    visitor, names = three
    rows = visitor.acube("GET", "/invoices", params=query).json()
    assert "".join(names[row["uuid"]] for row in rows) == found
    report = visitor.acube("GET", "/invoices/report", params=query).json()
    assert [row["uuid"] for row in report] == [row["uuid"] for row in rows]


@pytest.fixture(scope="module")
def three() -> Any:
    with visiting() as made:
        keys = [made.document(), made.document(PUBLIC, marking="accepted-pa"), made.document(type="receive")]
        yield made, dict(zip(keys, "abc", strict=True))


def test_downloaded_flags(visitor: Visitor) -> None:
    key = visitor.document()
    body = {"uuids": [key], "downloaded": True}
    assert visitor.acube("POST", "/invoices/downloaded", json=body).status_code == 200
    assert visitor.acube("GET", f"/invoices/{key}").json()["downloaded"] is True
    assert visitor.acube("POST", "/invoices/downloaded", json={"uuids": [key]}).status_code == 400
    assert visitor.acube("POST", "/invoices/downloaded", json={**body, "uuids": ["x"]}).status_code == 404


def test_attachments_are_counted_from_zero(visitor: Visitor) -> None:
    made = content()
    made["fattura_elettronica_body"][0]["allegati"] = [{"nome_attachment": "a.txt", "attachment": "Y2lhbwo="}]
    key = visitor.acube("POST", "/invoices", json=made).json()["uuid"]
    assert visitor.acube("GET", f"/invoices/{key}/attachments/0").content == b"ciao\n"
    assert visitor.acube("GET", f"/invoices/{key}/attachments/1").status_code == 404
    assert visitor.acube("GET", f"/invoices/{key}/attachments/x").status_code == 400


def test_preservation(visitor: Visitor, listener: Listener) -> None:
    visitor.control("webhooks", provider="acube", url=listener.url, events=["legal-storage-receipt"])
    key = visitor.document(marking="sent")
    assert visitor.acube("GET", f"/invoices/{key}/preserved-document").status_code == 404
    assert visitor.acube("POST", f"/invoices/{key}/preserve").status_code == 400
    visitor.acube("POST", f"/simulate/customer-notification/RC/{key}")
    assert visitor.acube("POST", f"/invoices/{key}/preserve").json()["status"] == "sent"
    assert visitor.acube("POST", f"/invoices/{key}/preserve").status_code == 400
    assert visitor.acube("POST", f"/simulate/legal-storage-receipt/{key}").status_code == 200
    done = visitor.acube("GET", f"/invoices/{key}/preserved-document").json()
    assert (done["status"], done["object_id"], done["weight"]) == ("stored", key, len(PRIVATE))
    assert listener.until(lambda rows: len(rows) == 1)[0].data["status"] == "stored"


def test_legal_storage_asked_for_when_sending_starts_by_itself(visitor: Visitor) -> None:
    key = visitor.sent(**{"X-Apply-LegalStorage": "true"})
    visitor.acube("POST", f"/simulate/customer-notification/RC/{key}")
    assert visitor.acube("GET", f"/invoices/{key}/preserved-document").json()["status"] == "sent"
