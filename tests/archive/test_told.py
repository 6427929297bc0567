"""What services told is shown beside the messages of SdI, each once; older archives learn to keep it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import fatturakit
from fatturakit.archive import search
from fatturakit.archive.told import MESSAGE
from fatturakit.cli.main import run

from .. import samples
from . import made

PLACE = "acube http://127.0.0.1"


def kept(archive: fatturakit.Archive, kind: str, state: str, name: str, at: str) -> None:
    about = {"notification": {"uuid": name, "type": state, "file_name": name}}
    row = {
        "place": PLACE,
        "id": name,
        "kind": kind,
        "subject": "u1",
        "state": state,
        "at": at,
        "data": json.dumps(about),
    }
    with archive.store.writing():
        archive.store.run(
            "INSERT INTO remote_events VALUES (:place, :id, :kind, :subject, :state, :at, :data, :at, 0)", row
        )


def said(argv: str, place: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["archive", *argv.split(), "--archive", str(place)]) == 0
    return capsys.readouterr().out


def test_list_and_show_have_the_messages_services_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "a.db"
    with fatturakit.Archive(place) as archive:
        archive.add(("IT01234567890_00001.xml", samples.invoice()))
        with archive.store.writing():
            archive.store.run("INSERT INTO remote_documents VALUES (:place, 'u1', 1, 'sent')", {"place": PLACE})
        kept(archive, MESSAGE, "RC", "x_RC_001.xml", "2026-11-21T10:00:00Z")
        kept(archive, MESSAGE, "??\x1b[31m", "y.xml", "soon")
        kept(archive, "marking", "delivered", "m", "2026-11-21T10:00:01Z")
        (entry,) = archive.list(page=1)
        assert entry.messages == ("??\x1b[31m", "RC")
        assert [each.kind for each in archive.get(1).told] == [MESSAGE, "marking", MESSAGE]
    shown = {
        verb: said(verb, place, capsys)
        for verb in ("list", "list --format json", "list --format csv", "show 1", "show 1 --format json")
    }
    assert "\x1b" not in shown["list"] + shown["show 1"]
    assert json.loads(shown["list --format json"])["documents"][0]["messages"] == ["??\x1b[31m", "RC"]
    assert [each["state"] for each in json.loads(shown["show 1 --format json"])["told"]] == [
        "RC",
        "delivered",
        "??\x1b[31m",
    ]
    assert "x_RC_001.xml (acube)" in shown["show 1"]
    assert "delivered" not in shown["show 1"]
    assert "RC" in shown["list"]


def test_an_archive_made_before_is_completed(tmp_path: Path) -> None:
    place = tmp_path / "old.db"
    with fatturakit.Archive(place) as archive:
        archive.add(("IT01234567890_00001.xml", samples.invoice()))
    with sqlite3.connect(place) as base:
        for what in ("TABLE remote_events", "TABLE remote_documents", "INDEX sides_state_document"):
            base.execute(f"DROP {what}")
    base.close()
    with fatturakit.Archive(place) as archive:
        assert [entry.messages for entry in archive.list()] == [()]


def test_the_first_page_is_had_by_an_index(tmp_path: Path) -> None:
    with fatturakit.Archive(tmp_path / "a.db") as archive:
        archive.add(("IT01234567890_00001.xml", samples.invoice()))
        asked: list[str] = []
        archive.store._base.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        for filters in ({}, {"type": "received"}, {"state": "received"}):
            list(archive.list(page=1, **filters))
            plan = [row[3] for row in archive.store.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")]
            keys = plan[: next(place for place, step in enumerate(plan) if step == "SCAN page")]
            assert "USE TEMP B-TREE FOR ORDER BY" not in keys, plan


def test_a_page_in_the_order_of_dates_is_had_by_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_MUCH", 1)
    with fatturakit.Archive(tmp_path / "a.db") as archive:
        archive.add_company("IT01879020517")
        days = ["2026-03-01", "2024-07-01", "2025-01-01", "2024-07-01"]
        things = [made.sent(place, ("2026-11-03", day)) for place, day in enumerate(days, 1)]
        archive.add(*things)
        asked: list[str] = []
        archive.store._base.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        for filters in ({}, {"type": "sent"}):
            for order, ids in (("invoice_date", [4, 2, 3, 1]), ("-invoice_date", [1, 3, 4, 2])):
                assert [entry.id for entry in archive.list(page=1, order=order, **filters)] == ids
                plan = [row[3] for row in archive.store.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")]
                assert any(step.startswith("SCAN i USING INDEX invoices_day") for step in plan), plan
        assert list(archive.list(page=1, order="invoice_date", type="received")) == []
