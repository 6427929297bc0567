"""One story over HTTP from the first draft to the ZIP for the accountant, told by webhooks, ending in equal bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fatturakit
from fatturakit.archive.archive import Archive
from fatturakit.remote.errors import Conflict
from fatturakit.remote.feeding import send_draft, store
from fatturakit.remote.sync import sync
from fatturakit.remote.webhooks import Receiver
from fatturakit.sandbox import Running
from fatturakit.sandbox.records import Hook

from ..cli.run import fatturakit as run
from ..sandbox.visitor import until
from .loopback import Server
from .test_every_row import answering
from .test_sync import invoice

OURS = ("IT01879020517", "IT01234567897")  # the second is the one the sandbox sends invoices to


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with Running() as running:
        yield running


def data(number: int) -> dict[str, Any]:
    """An invoice as the service takes it: what the service writes itself is missing."""
    made = fatturakit.to_json(fatturakit.open(invoice(number)))
    sending = made["fattura_elettronica_header"]["dati_trasmissione"]
    for name in ("id_trasmittente", "progressivo_invio", "formato_trasmissione"):
        del sending[name]
    return made


def drafted(remote: Any) -> str:
    """A draft of the service: written bit by bit, sent, and a draft no more."""
    whole = data(1)
    uuid: str = remote.drafts.create({"fattura_elettronica_header": whole["fattura_elettronica_header"]})
    with pytest.raises(fatturakit.RemoteError):
        remote.drafts.send(uuid)
    remote.drafts.update(uuid, whole)
    remote.drafts.send(uuid)
    for change in (lambda: remote.drafts.update(uuid, whole), lambda: remote.drafts.delete(uuid)):
        with pytest.raises(Conflict):
            change()
    return uuid


def test_from_a_draft_to_the_zip(sandbox: Running, tmp_path: Path) -> None:
    place, box = sandbox.providers["acube"], sandbox.box
    with (
        fatturakit.connect("acube", **place) as remote,
        fatturakit.connect("invoicetronic", **sandbox.providers["invoicetronic"]) as accountant,
        Archive(tmp_path / "a.db") as archive,
    ):
        for company in OURS:
            archive.add_company(company)
        key = remote.call("public_key")["public_key"]
        with Server(answering(Receiver("acube", store=store(archive, remote), public_key=key, window=None))) as server:
            box.hooks.put(Hook(key="k", provider="acube", url=f"{server.url}/hook"))
            there = drafted(remote)
            here = send_draft(archive, archive.drafts.create(data(2)), remote).document
            box.clock.advance(61)
            mine = next(row["uuid"] for row in remote.list(type="0") if row["uuid"] != there)
            remote.call("simulate.notification", type="RC", id=there)
            remote.call("simulate.notification", type="MC", id=mine)
            remote.call("simulate.supplier_invoice")
            until(lambda: archive.count(marking=["delivered", "not-delivered"]) == 2)
            until(lambda: archive.count(type="1") == 1)
            until(lambda: all(row.done and row.status == 200 for row in box.deliveries))
        done = sync(remote, archive)
        assert (done.documents, done.known, done.refused) == (0, 3, []), "the callbacks brought everything"
        assert archive.get(here or 0).entry.state == "not_delivered"
        theirs = accountant.export(tmp_path / "theirs.zip")
        assert theirs is not None
        found = archive.export(tmp_path / "ours.zip")
        assert (found.sent, found.received, found.operations) == (2, 1, 1)
        assert theirs.read_bytes() == (tmp_path / "ours.zip").read_bytes()


def test_a_draft_given_to_a_service_from_the_command_line(sandbox: Running, tmp_path: Path) -> None:
    place = sandbox.providers["acube"]
    env = {f"FATTURAKIT_ACUBE_{name.upper()}": value for name, value in place.items() if name != "base_url"}
    env |= {"FATTURAKIT_CACHE": str(tmp_path / "cache"), "FATTURAKIT_LANG": "en"}
    with Archive(tmp_path / "a.db") as archive:
        uuid = archive.drafts.create(data(1))
        words = (
            "archive",
            "draft",
            "send",
            uuid,
            "--archive",
            "a.db",
            "--via",
            "acube",
            "--base-url",
            place["base_url"],
        )
        shown = run(*words, "--dry-run", cwd=tmp_path, **env)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert shown.stdout.startswith(f"POST {place['base_url']}/invoices\n")
        assert place["password"] not in shown.stdout
        assert archive.drafts.get(uuid).state == "draft"
        done = run(*words, cwd=tmp_path, **env)
        assert (done.returncode, done.stderr) == (0, "It is document 1 of the archive now.\n")
        assert archive.drafts.get(uuid).state == "sent"
        assert done.stdout.strip() == archive.get(1).entry.name
        with fatturakit.connect("acube", **place) as remote:
            assert sync(remote, archive).documents == 0, "known by its identifier"
        neither = run(*words[:6], cwd=tmp_path, **env)
        assert neither.returncode == 2
