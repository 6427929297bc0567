"""The sandbox as a whole: its tables, its description, its own doors, accidents, what it keeps, its verb."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx2
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi import checks

from fatturakit.errors import OutputError, UsageError
from fatturakit.sandbox import Running
from fatturakit.sandbox.quirks import QUIRKS, switched
from fatturakit.sandbox.services import SERVICES

from ..cli.run import COMMAND, environment, fatturakit
from ..shared import needs_shared, shared
from .visitor import Visitor, visiting


def test_every_row_has_one_handler() -> None:
    for service in SERVICES:
        assert {row.id for row in service.rows} == set(service.handlers)


@needs_shared
def test_every_row_of_the_facts_is_served() -> None:
    rows = json.loads(shared("facts", "remote-endpoints.json").read_text(encoding="utf-8"))["endpoints"]
    wanted = {row["id"]: (row["method"], row["path"]) for row in rows if row["direction"] == "outbound"}
    served = {row.id: (row.method, row.path) for service in SERVICES for row in service.rows}
    assert wanted == {name: served.get(name) for name in wanted}
    assert len(wanted) == 32


def test_the_description_lists_every_row(visitor: Visitor) -> None:
    document = visitor.http.get(f"{visitor.url}/openapi.json").json()
    listed = {row["operationId"] for path in document["paths"].values() for row in path.values()}
    assert listed == {row.id for service in SERVICES for row in service.rows}
    page = visitor.http.get(f"{visitor.url}/docs").text
    assert all(row.path in page for service in SERVICES for row in service.rows)
    assert all(quirk.name in page for quirk in QUIRKS)


CHECKED = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
    checks.unsupported_method,
]
"""All but the acceptance of whatever has the right types: what an invoice must be, no OpenAPI document can say."""


def credentials(visitor: Visitor, tag: str) -> dict[str, Any]:
    """What lets a generated request in."""
    basic = "Basic " + base64.b64encode(b"ik_test_sandbox:").decode()
    return {
        "A-Cube": {"headers": {"Authorization": f"Bearer {visitor.token}"}},
        "Invoicetronic": {"headers": {"Authorization": basic}},
        "InvoiceXpress": {"params": {"api_key": "sandbox-key"}},
        "OpenAPI.com": {"headers": {"Authorization": "Bearer sandbox-token"}},
    }[tag]


def tried(operation: Any, given: dict[str, Any]) -> None:
    """Generated requests to one row, right and wrong ones."""
    for mode in schemathesis.GenerationMode:

        @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def run(case: Any) -> None:
            case.call_and_validate(checks=CHECKED, **given)

        try:
            run()
        except Unsatisfiable:  # a row that takes nothing cannot be asked wrongly
            assert mode is schemathesis.GenerationMode.NEGATIVE


def test_schemathesis_finds_nothing(visitor: Visitor) -> None:
    schema = schemathesis.openapi.from_url(f"{visitor.url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == sum(len(service.rows) for service in SERVICES)
    for operation in operations:
        tried(operation, credentials(visitor, operation.tags[0]))


@pytest.mark.parametrize("kind", ["status", "empty", "html"])
def test_planned_accidents(visitor: Visitor, kind: str) -> None:
    visitor.control("faults", row="acube.invoices.list", kind=kind, status=503, times=2, headers={"Retry-After": "3"})
    for _ in range(2):
        answer = visitor.acube("GET", "/invoices")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert (answer.content == b"") is (kind == "empty")
        assert answer.headers["content-type"].startswith("text/html") is (kind == "html")
    assert visitor.acube("GET", "/invoices").status_code == 200


@pytest.mark.parametrize("kind", ["half", "reset"])
def test_answers_that_break_off(visitor: Visitor, kind: str) -> None:
    visitor.control("faults", kind=kind)
    with pytest.raises(httpx2.TransportError):
        visitor.export()
    assert visitor.export().status_code == 204


def test_answers_that_do_not_come(visitor: Visitor) -> None:
    visitor.control("faults", kind="hang", seconds=2)
    with pytest.raises(httpx2.TimeoutException):
        visitor.http.get(f"{visitor.url}/invoicetronic/v1/export", timeout=0.2)


@pytest.mark.parametrize(("quirk", "kind"), [("empty-errors", ""), ("html-errors", "text/html")])
def test_errors_of_other_shapes(quirk: str, kind: str) -> None:
    with visiting(quirks=[quirk]) as visitor:
        for answer in (visitor.export("x"), visitor.saft(), visitor.openapi("GET", "/IT-receipts/x")):
            assert answer.status_code >= 400
            assert answer.headers.get("content-type", "").partition(";")[0] == kind


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("clock", {"advance": "x"}),
        ("quirks", {"switch": ["x"]}),
        ("settings", {"x": 1}),
        ("settings", {"credit": "x"}),
        ("faults", {"kind": "x"}),
        ("webhooks", {"provider": "x", "url": "http://127.0.0.1/"}),
        ("documents", {}),
    ],
)
def test_own_doors_say_what_is_wrong(visitor: Visitor, door: str, body: dict[str, Any]) -> None:
    answer = visitor.http.post(f"{visitor.url}/sandbox/{door}", json=body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (400, True)


def test_about(visitor: Visitor) -> None:
    visitor.document()
    found = visitor.http.get(f"{visitor.url}/sandbox").json()
    assert (found["invoices"], set(found["providers"])) == (1, {"acube", "invoicetronic", "invoicexpress", "openapi"})


def test_unknown_quirks_have_a_suggestion() -> None:
    with pytest.raises(UsageError, match="nulll"):
        switched(["nul"])


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    company = {"fiscal_id": "07654320071", "name": "Bar", "email": "bar@example.test", "receipts": True}
    item = {"quantity": 1, "description": "x", "unit_price": 1.15, "vat_rate_code": "22"}
    with visiting(state=state) as visitor:
        sent = visitor.sent()
        draft = visitor.acube("POST", "/invoices/draft", json={}).json()["uuid"]
        gone = visitor.acube("POST", "/invoices/draft", json={}).json()["uuid"]
        visitor.acube("DELETE", f"/invoices/draft/{gone}")
        visitor.openapi("POST", "/IT-configurations", json=company)
        sale = {"fiscal_id": "07654320071", "items": [item], "cash_payment_amount": 1.15}
        visitor.openapi("POST", "/IT-receipts", json=sale)
        before = visitor.acube("GET", f"/invoices/{sent}").json()
        receipts = visitor.openapi("GET", "/IT-receipts").content
    with visiting(state=state) as visitor:
        assert visitor.acube("GET", f"/invoices/{sent}").json() == before
        assert visitor.acube("GET", f"/invoices/draft/{draft}").status_code == 200
        assert visitor.acube("GET", f"/invoices/draft/{gone}").status_code == 404
        assert visitor.openapi("GET", "/IT-receipts").content == receipts
        visitor.wait(60)
        assert visitor.marking(sent) == "sent"


def test_a_taken_port_is_said() -> None:
    with Running() as running, pytest.raises(OutputError):
        Running(port=int(running.url.rpartition(":")[2]))


def test_the_verb(tmp_path: Path) -> None:
    words = [
        *COMMAND,
        "sandbox",
        "--port",
        "0",
        "--format",
        "json",
        "--quirk",
        "sdi-down",
        "--state",
        str(tmp_path / "s.db"),
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert told["url"].startswith("http://127.0.0.1:")
        for _ in range(100):
            try:
                found = httpx2.get(told["url"] + "/sandbox", trust_env=False)
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        assert "sdi-down" in found.json()["quirks"]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    finally:
        process.kill()
        process.communicate()


def test_the_verb_when_it_cannot() -> None:
    assert fatturakit("sandbox", "--quirk", "x").returncode == 2
    listed = fatturakit("sandbox", "--list-quirks", "--lang", "en")
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, len(QUIRKS))
