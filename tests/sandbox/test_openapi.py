"""OpenAPI.com: tokens and scopes, configurations, the life of receipts, callbacks, quirks."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qs

import pikepdf
import pytest

from .visitor import Listener, Visitor, visiting

ITEM = {"quantity": 2, "description": "Caffè", "unit_price": 1.10, "vat_rate_code": "10"}
SALE = {"fiscal_id": "07654320071", "items": [ITEM], "cash_payment_amount": 2.20}
COMPANY = {"fiscal_id": "07654320071", "name": "Bar", "email": "bar@example.test", "receipts": True}


@pytest.fixture
def bar(visitor: Visitor) -> Visitor:
    assert visitor.openapi("POST", "/IT-configurations", json=COMPANY).status_code == 200
    return visitor


def sold(visitor: Visitor, **changes: Any) -> dict[str, Any]:
    answer = visitor.openapi("POST", "/IT-receipts", json=SALE | changes)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def shown(visitor: Visitor, key: str) -> dict[str, Any]:
    found: dict[str, Any] = visitor.openapi("GET", f"/IT-receipts/{key}").json()["data"]
    return found


def test_tokens_have_scopes_and_an_end(visitor: Visitor) -> None:
    ask: dict[str, Any] = {"scopes": ["GET:test.invoice.openapi.com/IT-receipts"], "ttl": 60}
    auth = ("sandbox@example.test", "sandbox-key")
    made = visitor.http.post(f"{visitor.url}/openapi/tokens", json=ask, auth=auth).json()
    assert {"token", "expireAt", "refreshToken", "scopes"} <= set(made)
    assert visitor.openapi("GET", "/IT-receipts", token=made["token"]).status_code == 200
    assert visitor.openapi("GET", "/IT-configurations", token=made["token"]).status_code == 401
    visitor.wait(60)
    assert visitor.openapi("GET", "/IT-receipts", token=made["token"]).status_code == 401
    old = visitor.http.post(f"{visitor.url}/openapi/token", json=ask, auth=auth).json()
    assert old["expire"] - int(visitor.box.now().timestamp()) == 60


@pytest.mark.parametrize(("ask", "code"), [({}, 70), ({"scopes": "x"}, 80), ({"scopes": ["x"]}, 90)])
def test_tokens_that_are_not_given(visitor: Visitor, ask: dict[str, Any], code: int) -> None:
    auth = ("sandbox@example.test", "sandbox-key")
    answer = visitor.http.post(f"{visitor.url}/openapi/tokens", json=ask, auth=auth)
    assert (answer.status_code, answer.json()["error"], answer.json()["success"]) == (422, code, False)
    assert visitor.http.post(f"{visitor.url}/openapi/token", json=ask, auth=auth).status_code == 406
    assert visitor.http.post(f"{visitor.url}/openapi/tokens", json=ask).status_code == 401


def test_configurations(visitor: Visitor) -> None:
    secret = {"receipts_authentication": {"taxCode": "X", "password": "p", "pin": "1"}}
    made = visitor.openapi("POST", "/IT-configurations", json=COMPANY | secret).json()["data"]
    assert made["receipts_authentication"] == {"taxCode": "X"}
    path = "/IT-configurations/07654320071"
    hook = {"event": "receipt", "callback": {"url": "http://127.0.0.1:9/"}}
    assert visitor.openapi("PATCH", path, json={"api_configurations": [hook]}).json()["data"]["api_configurations"] == [
        hook
    ]
    none = {"api_configurations": [{"event": "receipt", "callback": None}]}
    assert visitor.openapi("PATCH", path, json=none).json()["data"]["api_configurations"] == []
    refused = visitor.openapi("PATCH", path, json={"email": "x@example.test"})
    assert (refused.status_code, refused.json()["error"]) == (400, 670)
    assert [row["fiscal_id"] for row in visitor.openapi("GET", "/IT-configurations").json()["data"]] == ["07654320071"]
    assert visitor.openapi("POST", "/IT-configurations", json=COMPANY).status_code == 400
    assert visitor.openapi("POST", "/IT-configurations", json={}).json()["message"] == "Missing fiscal_id"
    gone = visitor.openapi("DELETE", path)
    assert gone.json()["message"] == "Deleted configuration for id: 07654320071"
    assert (gone.json()["data"], gone.json()["success"], gone.json()["error"]) == ("null", True, None)
    missing = visitor.openapi("GET", path)
    assert (missing.status_code, missing.json()["error"], missing.json()["success"]) == (404, 111, True)


def test_a_company_with_receipts_stays(bar: Visitor) -> None:
    sold(bar)
    assert bar.openapi("DELETE", "/IT-configurations/07654320071").status_code == 400


def test_the_life_of_a_receipt(bar: Visitor) -> None:
    made = sold(bar)
    assert (made["status"], made["type"], made["items"]) == ("new", "sale", [ITEM])
    bar.wait(1)
    assert shown(bar, made["id"])["status"] == "submitted"
    bar.wait(1)
    ready = shown(bar, made["id"])
    (item,) = ready["items"]
    assert (ready["status"], ready["document_number"]) == ("ready", "OPENAPI2026/0000-0001")
    assert (ready["total_amount"], ready["total_taxable_amount"], ready["total_vat_amount"]) == (2.2, 2, 0.2)
    assert (item["unit_price"], item["gross_price"], item["vat_rate"]) == (1, 2.2, "10")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"fiscal_id": None}, 400, 423),
        ({"fiscal_id": "07599810939"}, 404, 111),
        ({"items": []}, 400, 423),
        ({"cash_payment_amount": 1}, 400, "SR020"),
        ({"lottery_code": "ABCD1234"}, 400, "SR032"),
        ({"lottery_code": "ABC"}, 400, "SR030"),
        ({"items": [ITEM | {"vat_rate_code": "21"}]}, 400, "SR013"),
        ({"ticket_restaurant_quantity": 1}, 400, "SR022"),
        ({"invoice_issuing": True}, 400, "SR024"),
    ],
)
def test_receipts_that_are_refused(bar: Visitor, changes: dict[str, Any], status: int, code: int | str) -> None:
    answer = bar.openapi("POST", "/IT-receipts", json=SALE | changes)
    assert (answer.status_code, answer.json()["error"], answer.json()["data"]) == (status, code, "null")
    assert len(bar.box.receipts) == 0


def test_receipts_must_be_allowed_and_paid_for(visitor: Visitor) -> None:
    visitor.openapi("POST", "/IT-configurations", json=COMPANY | {"receipts": False})
    assert visitor.openapi("POST", "/IT-receipts", json=SALE).json()["error"] == "SR043"
    visitor.openapi("PATCH", "/IT-configurations/07654320071", json={"receipts": True})
    visitor.control("settings", credit=1)
    sold(visitor)
    answer = visitor.openapi("POST", "/IT-receipts", json=SALE)
    assert (answer.status_code, answer.json()["error"]) == (402, 611)


def test_a_lottery_receipt(bar: Visitor) -> None:
    made = sold(bar, cash_payment_amount=0, electronic_payment_amount=2.2, lottery_code="ABCD1234")
    assert made["lottery_code"] == "ABCD1234"


def test_returns_count_what_is_left(bar: Visitor) -> None:
    key = sold(bar)["id"]
    bar.wait(2)
    item = shown(bar, key)["items"][0]["id"]
    back = bar.openapi("PATCH", f"/IT-receipts/{key}", json={"items": [{"id": item, "quantity": 1}]})
    made = back.json()["data"]
    assert (made["type"], made["parent_receipt_id"], made["total_amount"]) == ("return", key, 1.1)
    assert set(back.json()) == {"data"}
    assert shown(bar, key)["items"][0]["return"] == 1
    more = bar.openapi("PATCH", f"/IT-receipts/{key}", json={"items": [{"id": item, "quantity": 2}]})
    assert (more.status_code, more.json()["error"]) == (400, "SR053")
    unknown = bar.openapi("PATCH", f"/IT-receipts/{key}", json={"items": [{"id": "1", "quantity": 1}]})
    assert unknown.json()["error"] == "SR052"
    bar.wait(2)
    assert shown(bar, made["id"])["status"] == "ready"


def test_voids_take_a_day(bar: Visitor) -> None:
    key, late = sold(bar)["id"], sold(bar)["id"]
    new = bar.openapi("DELETE", f"/IT-receipts/{key}")
    assert (new.status_code, new.json()["error"]) == (400, "SR051")
    bar.wait(2)
    answer = bar.openapi("DELETE", f"/IT-receipts/{key}").json()
    assert (answer["message"], answer["error"]) == (f"voided receipt: {key}", "nulll")
    assert (answer["data"]["type"], answer["data"]["parent_receipt_id"]) == ("void", key)
    assert bar.openapi("DELETE", f"/IT-receipts/{key}").status_code == 400
    bar.wait(2)
    assert shown(bar, key)["status"] == "voided"
    bar.wait(24 * 60 * 60)
    refused = bar.openapi("DELETE", f"/IT-receipts/{late}")
    assert (refused.status_code, refused.json()["error"]) == (400, "SR050")


def test_receipts_of_the_last_minutes_wait_for_midnight(bar: Visitor) -> None:
    bar.wait(11 * 60 * 60 + 56 * 60)  # from 12:00 to 23:56 in Rome
    key = sold(bar)["id"]
    bar.wait(3 * 60)
    assert shown(bar, key)["status"] == "new"
    bar.wait(3 * 60)
    assert shown(bar, key)["status"] == "ready"
    assert shown(bar, key)["document_date"].startswith("2026-11-20T23:0")  # in UTC


def test_credentials_last_ninety_days(bar: Visitor, listener: Listener) -> None:
    events = ("receipt", "receipt-retry", "receipt-credentials")
    hooks = [{"event": event, "callback": {"url": f"{listener.url}/{event}"}} for event in events]
    path, login = "/IT-configurations/07654320071", {"taxCode": "X", "password": "p", "pin": "1"}
    bar.openapi("PATCH", path, json={"receipts_authentication": login, "api_configurations": hooks})
    bar.wait(91 * 24 * 60 * 60)
    key = sold(bar)["id"]
    bar.wait(1)
    assert shown(bar, key)["status"] == "retry"
    heard = listener.until(lambda rows: len(rows) >= 2)
    assert {row.path.rpartition("/")[2] for row in heard} == {"receipt-retry", "receipt-credentials"}
    bar.openapi("PATCH", path, json={"receipts_authentication": login})
    bar.wait(62)
    assert shown(bar, key)["status"] == "ready"


def test_callbacks_and_their_wrappings(bar: Visitor, listener: Listener) -> None:
    callback: dict[str, Any] = {"url": listener.url, "headers": {"X-Secret": "s3cret"}, "custom": {"shop": 1}}
    hook = {"event": "receipt", "callback": callback}
    bar.openapi("PATCH", "/IT-configurations/07654320071", json={"api_configurations": [hook]})
    key = sold(bar)["id"]
    bar.wait(2)
    heard = listener.until(lambda rows: len(rows) == 2)
    assert [row.data["data"]["data"]["status"] for row in heard] == ["submitted", "ready"]
    assert {row.headers["x-secret"] for row in heard} == {"s3cret"}
    assert heard[0].data["data"]["custom"] == {"shop": 1}
    callback |= {"method": "POST", "field": "receipt"}
    bar.openapi("PATCH", "/IT-configurations/07654320071", json={"api_configurations": [hook]})
    bar.openapi("DELETE", f"/IT-receipts/{key}")
    bar.wait(1)
    form = listener.until(lambda rows: len(rows) == 3)[2]
    assert form.headers["content-type"] == "application/x-www-form-urlencoded"
    assert '"custom":{"shop":1}' in parse_qs(form.body.decode())["receipt"][0]


def test_a_failed_receipt_is_told(bar: Visitor, listener: Listener) -> None:
    hook = {"event": "receipt-error", "callback": {"url": listener.url}}
    bar.openapi("PATCH", "/IT-configurations/07654320071", json={"api_configurations": [hook]})
    key = sold(bar)["id"]
    bar.control(f"receipts/{key}", status="failed", error_code="E1", error_message="no")
    (heard,) = listener.until(lambda rows: len(rows) == 1)
    assert heard.data["data"]["data"]["error_code"] == "E1"


def test_lists_of_receipts(bar: Visitor) -> None:
    keys = [sold(bar)["id"] for _ in range(3)]
    bar.wait(2)
    bar.openapi("DELETE", f"/IT-receipts/{keys[0]}")

    def found(**query: Any) -> int:
        return len(bar.openapi("GET", "/IT-receipts", params=query).json()["data"])

    assert (found(), found(limit=2), found(skip=3), found(limit=2, skip=1)) == (4, 2, 1, 2)
    assert (found(type="void"), found(type="sale,void"), found(status="ready")) == (1, 4, 3)
    assert (found(parent_receipt_id=keys[0]), found(fiscal_id="x"), found(created_at="2026-11-20")) == (1, 0, 4)
    assert (found(**{"created_at[before]": "2026-11-19"}), found(document_number="OPENAPI2026/0000-0002")) == (0, 1)
    for bad in ({"limit": 0}, {"limit": 101}, {"skip": -1}, {"created_at": "x"}):
        assert bar.openapi("GET", "/IT-receipts", params=bad).status_code == 400


def test_a_receipt_on_paper(bar: Visitor) -> None:
    key = sold(bar)["id"]
    bar.wait(2)
    answer = bar.openapi("GET", f"/IT-receipts/{key}", headers={"Content-Type": "application/pdf"})
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        text = paper.pages[0].Contents.read_bytes()
        assert paper.check_pdf_syntax() == []
    assert b"OPENAPI2026/0000-0001" in text
    assert bar.openapi("GET", "/IT-receipts/x").status_code == 404


def test_without_the_quirks() -> None:
    quirks = ["no-nulll", "no-string-null", "no-success-on-404", "no-double-wrap"]
    with visiting(quirks=quirks) as visitor:
        missing = visitor.openapi("GET", "/IT-configurations/x").json()
        assert (missing["data"], missing["success"]) == (None, False)
