"""The archive and the services together, over HTTP: idempotent, resumable, and both exports say the same."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fatturakit
from fatturakit.archive.archive import Archive
from fatturakit.remote.errors import NoAnswer, RemoteFailure
from fatturakit.remote.eventlog import EventLog
from fatturakit.remote.events import READERS
from fatturakit.remote.feeding import hand, place, store
from fatturakit.remote.sync import sync
from fatturakit.remote.webhooks import Receiver
from fatturakit.sandbox import Running
from fatturakit.sandbox.records import Hook

from ..cli.run import fatturakit as run
from ..samples import INVOICE
from ..sandbox.visitor import until
from .loopback import Server, half
from .test_every_row import answering


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db") as opened:
        opened.add_company("IT01879020517")
        yield opened


def invoice(number: int) -> bytes:
    return INVOICE.replace("<Numero>", f"<Numero>{number}/").replace(">00001<", f">{number:05d}<").encode()


def send(sandbox: Running, remote: Any, count: int, first: int = 1) -> list[str]:
    uuids = [remote.send(invoice(number)) for number in range(first, first + count)]
    sandbox.box.clock.advance(61)
    return uuids


def test_new_documents_once_and_new_states(sandbox: Running, archive: Archive) -> None:
    with fatturakit.connect("acube", **sandbox.providers["acube"]) as remote:
        uuids = send(sandbox, remote, 32)
        done = sync(remote, archive)
        assert (done.documents, done.known, done.refused) == (32, 0, [])
        assert {entry.state for entry in archive.list()} == {"transmitted"}
        again = sync(remote, archive)
        assert (again.documents, again.known, again.states) == (0, 32, 0)
        remote.call("simulate.notification", type="RC", id=uuids[0])
        remote.call("simulate.notification", type="NS", id=uuids[1])
        done = sync(remote, archive)
        assert (done.states, done.messages) == (2, 2)
        log = EventLog(archive, place(remote))
        (rejected,) = log.about(uuids[1])
        assert (rejected.kind, rejected.state, log.state(uuids[1])) == ("customer-notification", "NS", "NS")
        assert rejected.data["notification"]["message"]["lista_errori"]["Errore"]
        assert archive.count(marking=["delivered"]) == archive.count(marking=["rejected"]) == 1
        assert {entry.messages for entry in archive.list()} == {("RC",), ("NS",), ()}
        (told,) = archive.get(next(entry.id for entry in archive.list() if entry.messages == ("NS",))).told
        assert (told.source, told.state, told.is_message, told.name[-11:]) == ("acube", "NS", True, "_NS_001.xml")
        assert sync(remote, archive, type="1").known == 0


def test_what_was_interrupted_goes_on(sandbox: Running, archive: Archive) -> None:
    with fatturakit.connect("acube", **sandbox.providers["acube"]) as remote:
        send(sandbox, remote, 5)
        seen: list[str] = []

        def step(uuid: str) -> None:
            seen.append(uuid)
            if len(seen) == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            sync(remote, archive, step=step)
        assert archive.count() == 2
        done = sync(remote, archive)
        assert (done.documents, done.known) == (3, 2)


def test_a_draft_of_the_archive_is_sent_by_the_service(sandbox: Running, archive: Archive) -> None:
    with fatturakit.connect("acube", **sandbox.providers["acube"]) as remote:
        draft = archive.drafts.create(invoice(1))
        sent = archive.drafts.send(draft, hand(remote))
        assert sent.state == "sent"
        assert [row["payload"] for row in remote.list()] == [fatturakit.to_json(fatturakit.open(invoice(1)))]
    with fatturakit.connect("acube", **(sandbox.providers["acube"] | {"password": "wrong"})) as remote:
        draft = archive.drafts.create(invoice(2))
        with pytest.raises(RemoteFailure):
            archive.drafts.send(draft, hand(remote))
        assert archive.drafts.get(draft).state == "draft"
    with Server(half()) as server, fatturakit.connect("acube", base_url=server.url, token="t" * 20) as remote:
        with pytest.raises(NoAnswer):
            archive.drafts.send(draft, hand(remote))
        assert archive.drafts.get(draft).state == "sending", "it may have gone"


def test_a_callback_feeds_the_archive(sandbox: Running, archive: Archive) -> None:
    with fatturakit.connect("acube", **sandbox.providers["acube"]) as remote:
        key = remote.call("public_key")["public_key"]
        receiver = Receiver("acube", store=store(archive, remote), public_key=key, window=None)
        with Server(answering(receiver)) as server:
            sandbox.box.hooks.put(Hook(key="k", provider="acube", url=f"{server.url}/hook"))
            (uuid,) = send(sandbox, remote, 1)
            remote.call("simulate.notification", type="RC", id=uuid)
            until(lambda: archive.count(marking=["delivered"]) == 1)
            until(lambda: any(row.done and row.status == 200 for row in sandbox.box.deliveries))
    assert archive.count() == 1


def test_callbacks_that_no_document_can_be_had_for_are_kept_until_sync(
    sandbox: Running, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fatturakit.connect("invoicetronic", **sandbox.providers["invoicetronic"]) as remote:
        log, put = EventLog(archive, place(remote)), store(archive, remote)
        receiver = Receiver("invoicetronic", store=put, unchecked=True)
        event = {"id": 7, "method": "POST", "endpoint": "/v1/receive/3", "resource_id": 3, "date_time": "2026-11-20"}
        for _ in range(2):
            assert receiver.handle("POST", "http://x/", {}, json.dumps(event).encode()).status == 200
        assert [(each.kind, each.subject, each.data) for each in log.waiting()] == [("receive", "3", event)]
        sync(remote, archive)
        assert list(log.waiting()) == []
        monkeypatch.setattr(archive.store, "run", broken)
        event["id"] = 8
        assert receiver.handle("POST", "http://x/", {}, json.dumps(event).encode()).status == 500


def test_callbacks_by_number_feed_the_archive(sandbox: Running, archive: Archive) -> None:
    """Sent, delivered, received: the archive shows each at once, and a callback that comes twice costs once."""
    with (
        fatturakit.connect("acube", **sandbox.providers["acube"]) as sender,
        fatturakit.connect("invoicetronic", **sandbox.providers["invoicetronic"]) as remote,
    ):
        receiver = Receiver("invoicetronic", store=store(archive, remote), secret="s3cret", window=None)
        with Server(answering(receiver)) as server:
            sandbox.box.hooks.put(Hook(key="k", provider="invoicetronic", url=f"{server.url}/hook", secret="s3cret"))
            (uuid,) = send(sandbox, sender, 1)
            until(lambda: archive.count(state=["transmitted"]) == 1)
            sender.call("simulate.notification", type="RC", id=uuid)
            until(lambda: archive.count(state=["delivered"]) == 1)
            sandbox.box.settings["operations"] = 5
            sender.call("simulate.supplier_invoice", invoice(9))
            until(lambda: archive.count() == 2)
            until(lambda: all(row.done for row in sandbox.box.deliveries))
            assert {row.status for row in sandbox.box.deliveries} == {200}
        (told,) = [row for row in sandbox.box.deliveries if '"receive"' in row.body]
        again = store(archive, remote)
        again(READERS["invoicetronic"](json.loads(told.body), told.body.encode()))
        assert sandbox.box.settings["operations"] == 4
        assert list(EventLog(archive, place(remote)).waiting()) == []
        (entry,) = archive.list(state=["delivered"])
        assert archive.get(entry.id).data == invoice(1)


def broken(*_: object) -> int:
    raise OSError("no room")


def test_states_of_a_receipt_in_any_order(sandbox: Running, archive: Archive) -> None:
    with fatturakit.connect("openapi", **sandbox.providers["openapi"]) as remote:
        receiver = Receiver("openapi", store=store(archive, remote), unchecked=True)
        for status, at in (("ready", 1790000300), ("submitted", 1790000200), ("new", 999)):
            body = {"data": {"data": {"id": "r1", "status": status, "update_timestamp": at}, "custom": None}}
            assert receiver.handle("POST", "http://x/", {}, json.dumps(body).encode()).status == 200
        log = EventLog(archive, place(remote))
        assert (log.state("r1"), len(list(log.about("r1"))), log.state("r2")) == ("ready", 3, "")


def test_what_became_of_a_preservation(sandbox: Running, archive: Archive, tmp_path: Path) -> None:
    with fatturakit.connect("acube", **sandbox.providers["acube"]) as remote:
        (uuid,) = send(sandbox, remote, 1)
        remote.call("simulate.notification", type="RC", id=uuid)
        sync(remote, archive)
        archive.preserve([1], tmp_path / "package.zip")
        receiver = Receiver("acube", store=store(archive, remote), unchecked=True)
        told = remote.call("simulate.legal_storage_receipt", id=uuid)
        assert receiver.handle("POST", "http://x/", {}, json.dumps(told).encode()).status == 200
        found = archive.preserved(1)
        assert found is not None
        assert (found.status, found.preserved_object_id) == ("stored", told["preserved_object_id"])


def members(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as opened:
        return sorted((name.rpartition("/")[2], opened.read(name)) for name in opened.namelist())


def test_the_export_of_the_service_and_our_own(sandbox: Running, archive: Archive, tmp_path: Path) -> None:
    places = sandbox.providers
    with fatturakit.connect("acube", **places["acube"]) as remote:
        for uuid in send(sandbox, remote, 3):
            remote.call("simulate.notification", type="RC", id=uuid)
        sync(remote, archive)
    with fatturakit.connect("invoicetronic", **places["invoicetronic"]) as remote:
        theirs = remote.export(tmp_path / "theirs.zip", type="send")
        archive.export(tmp_path / "ours.zip", type="send")
        assert members(theirs) == members(tmp_path / "ours.zip")
        with zipfile.ZipFile(theirs) as one, zipfile.ZipFile(tmp_path / "ours.zip") as other:
            assert sorted(one.namelist()) == sorted(other.namelist())
        with Archive(tmp_path / "b.db") as second:
            assert sync(remote, second, type="send").documents == 3
            assert sync(remote, second, type="send").documents == 0


def test_from_the_command_line(sandbox: Running, tmp_path: Path) -> None:
    place = sandbox.providers["acube"]
    env = {f"FATTURAKIT_ACUBE_{name.upper()}": value for name, value in place.items() if name != "base_url"}
    env |= {"FATTURAKIT_ACUBE_URL": place["base_url"], "FATTURAKIT_CACHE": str(tmp_path / "cache")}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "IT01879020517_00001.xml").write_bytes(invoice(1))
    (tmp_path / "in" / "IT01879020517_00002.xml").write_bytes(invoice(2).replace(b"<CAP>", b"<CAP>X"))
    done = run("remote", "acube", "send", "in", cwd=tmp_path, **env)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count('"uuid"') == 1
    assert "00002.xml" in done.stderr
    for new, known in ((1, 0), (0, 1)):
        done = run("remote", "acube", "sync", "a.db", "--lang", "en", cwd=tmp_path, **env)
        assert (done.returncode, done.stdout) == (0, "")
        assert f"New: {new}. There already: {known}." in done.stderr
    assert place["password"] not in done.stderr
    done = run("remote", "acube", "list", "--type", "0", "--max", "5", cwd=tmp_path, **env)
    assert done.stdout.count("\n") == 1
