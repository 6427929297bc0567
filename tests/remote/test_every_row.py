"""Every endpoint, by its method of the library, over HTTP on this machine against the sandbox; and nothing left out."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import fatturakit
from fatturakit.remote.errors import Conflict, Refused, RemoteFailure
from fatturakit.remote.events import Event
from fatturakit.remote.webhooks import Receiver
from fatturakit.sandbox import Running
from fatturakit.sandbox.records import Hook

from ..samples import INVOICE
from ..sandbox.visitor import until
from ..shared import needs_shared, shared
from .loopback import Call, Server, reply
from .test_credentials import Clock

RECEIPT = {
    "fiscal_id": "01234567897",
    "items": [{"quantity": 2, "description": "Caffè", "unit_price": 1.5, "vat_rate_code": "10"}],
    "cash_payment_amount": 0,
    "electronic_payment_amount": 3,
}
COMPANY = {"fiscal_id": "01234567897", "name": "Bar", "email": "bar@example.it", "receipts": True}


class World(NamedTuple):
    """A sandbox, a client for each provider, and a folder."""

    sandbox: Running
    clients: dict[str, Any]
    home: Path

    @property
    def acube(self) -> Any:
        return self.clients["acube"]

    @property
    def openapi(self) -> Any:
        return self.clients["openapi"]

    def sent(self) -> str:
        uuid: str = self.acube.send(INVOICE.encode())
        self.sandbox.box.clock.advance(61)
        return uuid

    def told(self, uuid: str, kind: str) -> str:
        self.acube.call("simulate.notification", type=kind, id=uuid)
        return uuid

    def receipt(self) -> str:
        if not list(self.openapi.configurations.list()):
            self.openapi.configurations.create(COMPANY)
        made: str = self.openapi.receipts.create(RECEIPT)["id"]
        self.sandbox.box.clock.advance(30)
        for _ in range(5):
            self.sandbox.box.clock.advance(30)
            if self.openapi.receipts.get(made)["status"] == "ready":
                break
        return made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Running() as sandbox:
        places = sandbox.providers
        places["invoicexpress"]["clock"] = Clock()  # its waits take no time
        clients = {name: fatturakit.connect(name, **place) for name, place in places.items()}
        yield World(sandbox, clients, tmp_path)
        for client in clients.values():
            client.close()


def export(world: World) -> None:
    world.told(world.sent(), "RC")
    path = world.clients["invoicetronic"].export(world.home / "a.zip", type="send")
    assert [name.partition("/send/")[0] for name in zipfile.ZipFile(path).namelist()] == ["IT01879020517"]
    assert world.clients["invoicetronic"].export(world.home / "b.zip", year=1999, month=1) is None


def listing(world: World) -> None:
    uuids = {world.sent() for _ in range(3)}
    assert {row["uuid"] for row in world.acube.list(type="0")} == uuids
    assert all(isinstance(row["payload"], dict) for row in world.acube.list())
    path = world.acube.download(world.home / "list.zip")
    assert len(zipfile.ZipFile(path).namelist()) == 3


def create(world: World) -> None:
    assert world.acube.get(world.sent())["marking"] == "sent"
    data = fatturakit.to_json(fatturakit.open(INVOICE.encode()))
    for name in ("id_trasmittente", "progressivo_invio", "formato_trasmissione"):
        del data["fattura_elettronica_header"]["dati_trasmissione"][name]
    assert world.acube.get(world.acube.send(data))["type"] == 0
    with pytest.raises(fatturakit.FindingsError):
        world.acube.send(INVOICE.replace("<CAP>", "<CAP>X").encode())
    with pytest.raises(Refused) as caught:
        world.acube.send(INVOICE.replace("<CAP>", "<CAP>X").encode(), check=False)
    assert caught.value.violations


def convert(world: World) -> None:
    data = world.acube.convert(INVOICE.encode())
    assert data == fatturakit.to_json(fatturakit.open(INVOICE.encode()))
    assert fatturakit.to_json(fatturakit.open(world.acube.convert(data))) == data


def downloaded(world: World) -> None:
    uuid = world.sent()
    world.acube.downloaded([uuid])
    assert world.acube.get(uuid)["downloaded"] is True
    assert [row["uuid"] for row in world.acube.list(downloaded=True)] == [uuid]


def drafts(world: World) -> None:
    drafts = world.acube.drafts
    uuid = drafts.create({"fattura_elettronica_header": {}})
    assert [row["uuid"] for row in drafts.list()] == [uuid]
    with pytest.raises((Refused, Conflict)):
        drafts.send(uuid)
    drafts.update(uuid, INVOICE.encode())
    assert drafts.get(uuid)["payload"]["fattura_elettronica_body"]
    drafts.send(uuid)
    for late in (lambda: drafts.send(uuid), lambda: drafts.delete(uuid), lambda: drafts.update(uuid, INVOICE.encode())):
        with pytest.raises(Conflict):
            late()
    other = drafts.create(INVOICE.encode())
    assert drafts.delete(other) is None
    assert list(drafts.list()) == []


def report(world: World) -> None:
    world.sent()
    assert len(list(world.acube.report())) == 1


def validate(world: World) -> None:
    world.acube.validate(INVOICE.encode())
    with pytest.raises(Refused):
        world.acube.validate(INVOICE.replace("<CAP>", "<CAP>X").encode())
    assert list(world.acube.list()) == []


def get(world: World) -> None:
    uuid = world.sent()
    assert fatturakit.open(world.acube.get(uuid, "xml")).kind == "FPR12"
    assert fatturakit.open(world.acube.get(uuid, "raw")).kind == "FPR12"
    assert world.acube.download(world.home / "raw.xml", uuid).read_bytes() == world.acube.get(uuid, "raw")
    assert b"attenzione" in world.acube.get(uuid, "html", theme="acube", head_notes="attenzione")
    assert world.acube.get(uuid, "pdf", theme="standard").startswith(b"%PDF")


def archive_rejected(world: World) -> None:
    uuid = world.told(world.sent(), "NS")
    assert [row["uuid"] for row in world.acube.list(rejected_to_fix=True)] == [uuid]
    world.acube.archive_rejected(uuid)
    assert list(world.acube.list(rejected_to_fix=True)) == []
    with pytest.raises(Conflict):
        world.acube.archive_rejected(world.sent())


def notify(world: World) -> None:
    assert called(world, lambda: world.acube.notify(world.sent())) >= {"supplier-invoice"}


def notifications_notify(world: World) -> None:
    uuid = world.told(world.sent(), "RC")
    assert called(world, lambda: world.acube.notifications_notify(uuid)) >= {"customer-notification"}


def notifications(world: World) -> None:
    uuid = world.told(world.sent(), "RC")
    assert [each["type"] for each in world.acube.notifications(uuid)] == ["RC"]
    assert world.acube.notifications(uuid, "xml").lstrip().startswith(b"<")


def attachment(world: World) -> None:
    attached = "<Allegati><NomeAttachment>a.txt</NomeAttachment><Attachment>Y2lhbwo=</Attachment></Allegati>"
    uuid = world.acube.send(
        INVOICE.replace("</FatturaElettronicaBody>", f"{attached}</FatturaElettronicaBody>").encode()
    )
    assert world.acube.attachment(uuid, 0) == b"ciao\n"
    with pytest.raises(RemoteFailure, match="404"):
        world.acube.attachment(uuid, 1)


def preserve(world: World) -> None:
    with pytest.raises(Refused):
        world.acube.preserve(world.sent())
    uuid = world.told(world.sent(), "RC")
    world.acube.preserve(uuid)
    assert world.acube.preserved(uuid)["object_id"] == uuid


def saft(world: World) -> None:
    remote, told = world.clients["invoicexpress"], []
    world.sandbox.box.settings["saft_polls"] = 1
    (made,) = remote.saft(2026, 10, world.home / "saft", progress=told.append)
    assert made.name == "saft.xml"
    assert b"<AuditFile" in made.read_bytes()
    assert [(each.month, each.asked) for each in told] == [(10, 1)]


def configurations(world: World) -> None:
    companies = world.openapi.configurations
    assert companies.create(COMPANY)["fiscal_id"] == "01234567897"
    assert len(list(companies.list())) == 1
    assert companies.update("01234567897", {"receipts": False})["receipts"] is False
    with pytest.raises(Refused) as caught:
        companies.update("01234567897", {"email": "x@y.it"})
    assert caught.value.code == "670"
    assert companies.get("01234567897")["name"] == "Bar"
    assert companies.delete("01234567897") is None
    with pytest.raises(RemoteFailure) as missing:
        companies.get("01234567897")
    assert (missing.value.status, missing.value.code) == (404, "111")


def receipts(world: World) -> None:
    found = world.receipt()
    item = world.openapi.receipts.get(found)["items"][0]
    returned = world.openapi.receipts.return_(found, {"items": [{"id": item["id"], "quantity": 1}]})
    assert (returned["type"], returned["parent_receipt_id"]) == ("return", found)
    voided = world.openapi.receipts.void(world.receipt())
    assert voided["type"] == "void"
    assert len(list(world.openapi.receipts.list(limit=2))) == 4
    assert len(list(world.openapi.receipts.list(type=["void", "return"]))) == 2
    assert world.openapi.receipts.get(found, "pdf").startswith(b"%PDF")
    with pytest.raises(fatturakit.FindingsError):
        world.openapi.receipts.create({**RECEIPT, "lottery_code": "short"})


def callbacks(world: World) -> None:
    seen: list[Event] = []
    receiver = Receiver("openapi", store=seen.append, secret="s3cret-header", header="X-Secret")
    with Server(answering(receiver)) as server:
        hook = {"url": f"{server.url}/here", "headers": {"X-Secret": "s3cret-header"}, "custom": {"mine": 1}}
        event = [{"event": "receipt", "callback": hook}]
        world.openapi.configurations.create({**COMPANY, "api_configurations": event})
        found = world.receipt()
        item = world.openapi.receipts.get(found)["items"][0]
        world.openapi.receipts.return_(found, {"items": [{"id": item["id"], "quantity": 1}]})
        world.openapi.receipts.void(world.receipt())
        world.sandbox.box.clock.advance(120)
        until(lambda: {each.kind for each in seen} >= {"receipt", "return", "void"})
    assert {"ready", "submitted"} <= {each.state for each in seen}


def answering(receiver: Receiver) -> Callable[[Call], bytes]:
    def plan(call: Call) -> bytes:
        url = f"http://{call.headers['host']}{call.target}"
        return reply(receiver.handle(call.method, url, call.headers, call.body).status)

    return plan


def called(world: World, act: Callable[[], Any]) -> set[str]:
    """The kinds of events that came, signed, after something was done."""
    seen: list[Event] = []
    key = world.acube.call("public_key")["public_key"]
    receiver = Receiver("acube", store=seen.append, public_key=key, window=None)
    with Server(answering(receiver)) as server:
        hook = {"provider": "acube", "url": f"{server.url}/hook"}
        world.sandbox.box.hooks.put(Hook(key="k", **hook))
        act()
        until(lambda: bool(seen))
    return {event.kind for event in seen}


ROWS: dict[str, Callable[[World], None]] = {
    "invoicetronic.export": export,
    "acube.invoices.list": listing,
    "acube.invoices.create": create,
    "acube.invoices.convert": convert,
    "acube.invoices.downloaded": downloaded,
    **dict.fromkeys([f"acube.drafts.{verb}" for verb in ("list", "create", "get", "update", "delete", "send")], drafts),
    "acube.invoices.report": report,
    "acube.invoices.validate": validate,
    "acube.invoices.get": get,
    "acube.invoices.archive_rejected": archive_rejected,
    "acube.invoices.notifications_notify": notifications_notify,
    "acube.invoices.notify": notify,
    "acube.invoices.preserved_document": preserve,
    "acube.invoices.attachment": attachment,
    "acube.invoices.preserve": preserve,
    "acube.invoices.notifications": notifications,
    "invoicexpress.export_saft": saft,
    **dict.fromkeys(
        [f"openapi.configurations.{verb}" for verb in ("list", "create", "get", "update", "delete")], configurations
    ),
    **dict.fromkeys([f"openapi.receipts.{verb}" for verb in ("list", "create", "get", "return", "void")], receipts),
    **dict.fromkeys([f"openapi.callback.{verb}" for verb in ("create", "return", "void")], callbacks),
}


@needs_shared
def test_no_row_is_left_out() -> None:
    facts = json.loads(shared("facts", "remote-endpoints.json").read_text(encoding="utf-8"))
    assert set(ROWS) == {row["id"] for row in facts["endpoints"]}


@pytest.mark.parametrize("act", dict.fromkeys(ROWS.values()), ids=lambda act: act.__name__)
def test_a_row(act: Callable[[World], None], world: World) -> None:
    """And what it says it exercises was asked for: the rows of the act, seen by the client."""
    seen: set[str] = set()
    for client in world.clients.values():
        client._driver._once = counted(client._driver._once, seen)
    act(world)
    wanted = {name for name, each in ROWS.items() if each is act and ".callback." not in name}
    assert wanted <= seen


def counted(once: Callable[[Any], Any], seen: set[str]) -> Callable[[Any], Any]:
    def counting(request: Any) -> Any:
        seen.add(request.row.id)
        return once(request)

    return counting


def test_the_same_without_waiting(tmp_path: Path) -> None:
    async def work(place: dict[str, Any]) -> tuple[int, str]:
        async with fatturakit.connect("acube", asynchronous=True, **place) as remote:
            uuids = await asyncio.gather(*(remote.send(INVOICE.encode()) for _ in range(3)))
            found = [row["uuid"] async for row in remote.list()]
            assert set(found) == set(uuids)
            draft = await remote.drafts.create(INVOICE.encode())
            return len(found), (await remote.drafts.get(draft))["uuid"]

    with Running() as sandbox:
        count, draft = asyncio.run(work(sandbox.providers["acube"]))
    assert count == 3
    assert draft
