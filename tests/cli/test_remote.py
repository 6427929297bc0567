"""``fatturakit remote`` as a user calls it: what would be sent, what is sent, endings, and no secret anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..remote.loopback import Call, Server, reply
from ..remote.test_failures import WHOLE
from ..samples import INVOICE
from .run import fatturakit

TOKEN = "token-nobody-may-see"
KEY = "key-nobody-may-see"
ENV = {
    "FATTURAKIT_ACUBE_TOKEN": TOKEN,
    "FATTURAKIT_OPENAPI_TOKEN": TOKEN,
    "FATTURAKIT_INVOICETRONIC_KEY": KEY,
    "FATTURAKIT_INVOICEXPRESS_KEY": KEY,
    "FATTURAKIT_LANG": "en",
}
RECEIPT = {
    "fiscal_id": "01234567897",
    "items": [{"quantity": 1, "description": "Caffè", "unit_price": 1.1, "vat_rate_code": "10"}],
    "cash_payment_amount": 1.1,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "IT01879020517_00001.xml").write_text(INVOICE, encoding="utf-8")
    (tmp_path / "wrong.xml").write_text(INVOICE.replace("<CAP>", "<CAP>X"), encoding="utf-8")
    (tmp_path / "receipt.json").write_text(json.dumps(RECEIPT), encoding="utf-8")
    (tmp_path / "odd.json").write_text(json.dumps({**RECEIPT, "lottery_code": "short"}), encoding="utf-8")
    (tmp_path / "company.json").write_text(json.dumps({"fiscal_id": "1", "receipts_authentication": {"pin": KEY}}))
    (tmp_path / "taken.zip").touch()
    return tmp_path


FILE = "IT01879020517_00001.xml"
COMMANDS = [
    [
        "acube",
        "list",
        "--marking",
        "sent",
        "--marking",
        "a new one",
        "--no-downloaded",
        "--sender",
        "IT1",
        "--sender",
        "2",
    ],
    ["acube", "send", FILE, "--legal-storage"],
    ["acube", "send", FILE, "--send-as", "json"],
    ["acube", "convert", FILE],
    ["acube", "get", "u/../x", "--format", "pdf", "--theme", "acube", "--head-notes", "a & b\nc"],
    ["acube", "drafts", "create", FILE],
    ["acube", "drafts", "update", "u", FILE],
    ["acube", "drafts", "send", "u"],
    ["acube", "downloaded", "a", "b", "--no"],
    ["acube", "attachment", "u", "0"],
    ["acube", "report", "--created-at-after", "2026-01-01"],
    ["openapi", "receipts", "create", "receipt.json"],
    ["openapi", "receipts", "get", "1", "--format", "pdf"],
    ["openapi", "receipts", "void", "1"],
    ["openapi", "configurations", "create", "company.json"],
    ["invoicetronic", "export", "--year", "2026", "--month", "11", "-o", "out.zip"],
    ["invoicexpress", "saft", "--year", "2026", "--month", "10", "-o", "saft.xml", "--account", "acme"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: "-".join(words[:3]))
def test_a_dry_run_shows_exactly_what_is_sent(words: list[str], home: Path) -> None:
    with Server(reply(404)) as server:
        place = ["--base-url", server.url]
        shown = fatturakit("remote", *words, *place, "--dry-run", cwd=home, **ENV)
        assert (shown.returncode, server.calls) == (0, []), shown.stderr
        sent = fatturakit("remote", *words, *place, cwd=home, **ENV)
        assert sent.returncode == 5, sent.stderr
    assert TOKEN not in shown.stdout + shown.stderr + sent.stdout + sent.stderr
    assert KEY not in shown.stdout + shown.stderr + sent.stdout + sent.stderr
    head, _, body = shown.stdout.partition("\n\n")
    assert wire(server.calls[0], server.url) == (head.splitlines()[0], {line.lower() for line in head.splitlines()[1:]})
    assert masked(server.calls[0].body.decode()).strip() == body.strip()


def masked(text: str) -> str:
    return text.replace(TOKEN, "***").replace(KEY, "***")


def wire(call: Call, place: str) -> tuple[str, set[str]]:
    headers = {f"{name}: {value}".lower() for name, value in call.headers.items() if name != "authorization"}
    if "authorization" in call.headers:
        headers.add(f"authorization: {call.headers['authorization'].partition(' ')[0]} ***".lower())
    return masked(f"{call.method} {place}{call.target}"), headers


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["acube", "send", "wrong.xml"], 1, "00200"),
        (["acube", "send", "missing.xml"], 3, "missing.xml"),
        (["openapi", "receipts", "create", "odd.json"], 1, ""),
        (["acube", "get"], 2, "ID"),
        (["acube", "get", ".."], 2, ".."),
        (["acube", "list", "--type", "7"], 2, "7"),
        (["acube", "list", "--created-at-before", "ieri"], 2, "ieri"),
        (["acube", "export"], 2, "export"),
        (["nobody", "list"], 2, "nobody"),
        (["invoicetronic", "export", "--year", "2026", "-o", "x.zip"], 2, "quarter"),
        (["invoicetronic", "export"], 2, "-o"),
        (["invoicetronic", "export", "-o", "taken.zip"], 6, "taken.zip"),
        (["invoicexpress", "saft", "--month", "1", "-o", "x"], 2, "--year"),
        (["invoicexpress", "saft", "--year", "2026", "--month", "13", "-o", "x", "--account", "a"], 2, "13"),
    ],
)
def test_endings_without_a_request(words: list[str], code: int, said: str, home: Path) -> None:
    with Server(reply(200)) as server:
        place = (
            [] if words[0] == "nobody" or (words[1] == "export" and words[0] == "acube") else ["--base-url", server.url]
        )
        done = fatturakit("remote", *words, *place, cwd=home, **ENV)
    assert (done.returncode, server.calls) == (code, []), done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_check_sends_it_all_the_same(home: Path) -> None:
    with Server(reply(202, {"uuid": "u-1"})) as server:
        words = ("remote", "acube", "send", "wrong.xml", FILE, "--no-check", "--base-url", server.url)
        done = fatturakit(*words, cwd=home, **ENV)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"path": "wrong.xml", "uuid": "u-1"},
        {"path": FILE, "uuid": "u-1"},
    ]


def test_missing_credentials(home: Path) -> None:
    done = fatturakit("remote", "acube", "get", "u", cwd=home, FATTURAKIT_LANG="en")
    assert done.returncode == 2
    assert "FATTURAKIT_ACUBE_PASSWORD" in done.stderr


def test_an_export_and_none(home: Path) -> None:
    answers = iter([reply(200, WHOLE, "application/zip"), b"HTTP/1.1 204 No Content\r\n\r\n"])
    with Server(lambda call: next(answers)) as server:
        for name, there in (("a.zip", True), ("b.zip", False)):
            words = ("remote", "invoicetronic", "export", "-o", name, "--base-url", server.url)
            done = fatturakit(*words, cwd=home, **ENV)
            assert (done.returncode, (home / name).exists()) == (0, there), done.stderr
    assert "No documents" in done.stderr


def test_the_help_needs_no_client(home: Path) -> None:
    for words in (["remote", "-h"], ["remote", "openapi", "-h"], ["remote", "acube", "list", "-h"]):
        done = fatturakit(*words, cwd=home)
        assert done.returncode == 0
        assert "Usage" in done.stdout or "Uso" in done.stdout
