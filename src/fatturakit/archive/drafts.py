"""Drafts: invoices that are not sent yet, as XML or JSON, complete or not; only a draft may change or go.

A draft goes through ``draft`` → ``sending`` → ``sent``. What is validated is what is handed over, and what was handed
over is added to the archive as the document the draft has become.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID, uuid4

from ..batch.judge import validate
from ..convert.parsing import exact, looks_like_json
from ..convert.reading import from_json
from ..convert.roots import dialect_in, unrecognised
from ..document import Document, from_bytes
from ..errors import FindingsError, InputError, UsageError
from ..findings import Report
from ..texts import Text
from ..writing import make_folder, write_whole
from ..xmlio import child, text
from .lookup import find

if TYPE_CHECKING:
    from .archive import Archive

Content = bytes | str | Mapping[str, object] | Document
Hand = Callable[[str, bytes], object]
Fill = Callable[[Mapping[str, object]], Mapping[str, object]]
_FIELDS: Final = "uuid, created_at, updated_at, state, data, name, document"
_SENDER: Final = ("FatturaElettronicaHeader", "DatiTrasmissione")


class NoDraft(UsageError):
    """There is no draft of that identity."""


class DraftConflict(UsageError):
    """It is no longer a draft: it is being sent or was sent."""


class DraftInvalid(FindingsError):
    """SdI would reject it; ``report`` says why."""

    report: Report


class Draft(NamedTuple):
    """One draft. state: draft, sending, sent; data: as it was given; name: the file it is to be, "" by its own header;
    document: the number of the document it has become."""

    uuid: UUID
    created_at: str
    updated_at: str
    state: str
    data: bytes
    name: str
    document: int | None

    @property
    def is_json(self) -> bool:
        """Whether it was given as JSON."""
        return looks_like_json(self.data)


class Taken(NamedTuple):
    """What a service made of a draft: the file as it has it, under the name it gave it."""

    name: str
    data: bytes


class Drafts:
    """The drafts of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._store = archive.store

    def create(self, content: Content, *, name: str = "") -> UUID:
        """A new draft of XML or JSON (the A-Cube dialect, header and body optional); its identity.

        It may be incomplete and wrong; ``InputError`` for what is no invoice at all.
        """
        data, now, uuid = _bytes(content), self._archive.now(), uuid4()
        values = {"uuid": str(uuid), "now": now, "data": data, "name": name}
        with self._store.writing():
            self._store.run(
                f"INSERT INTO drafts ({_FIELDS}) VALUES (:uuid, :now, :now, 'draft', :data, :name, NULL)",  # noqa: S608
                values,
            )
        return uuid

    def __iter__(self) -> Iterator[Draft]:
        """What is still a draft, oldest first."""
        sql = f"SELECT {_FIELDS} FROM drafts WHERE state <> 'sent' ORDER BY created_at, uuid"  # noqa: S608 - our names
        return map(_draft, self._store.stream(sql))

    def get(self, uuid: UUID | str) -> Draft:
        """One draft, sent or not; ``NoDraft`` when there is none."""
        key = _key(uuid)
        rows = self._store.rows(f"SELECT {_FIELDS} FROM drafts WHERE uuid = :uuid", {"uuid": key})  # noqa: S608
        if not rows:
            raise NoDraft(_NONE, uuid=uuid)
        return _draft(rows[0])

    def update(self, uuid: UUID | str, content: Content, *, name: str | None = None) -> None:
        """Replace all of a draft; ``DraftConflict`` when it is none any more. Content as for ``create``."""
        self._open(uuid)
        values = {"data": _bytes(content), "name": name, "now": self._archive.now()}
        self._change(uuid, "SET data = :data, name = COALESCE(:name, name), updated_at = :now", values)

    def delete(self, uuid: UUID | str) -> None:
        """Wipe a draft; ``DraftConflict`` when it is none any more."""
        with self._store.writing():
            key = self._open(uuid)
            self._store.run("DELETE FROM drafts WHERE uuid = :uuid", {"uuid": key})

    def send(
        self, uuid: UUID | str, to: str | os.PathLike[str] | Hand, *, check: bool = True, fill: Fill | None = None
    ) -> Draft:
        """Validate a draft, hand it over, and keep what was handed over as a document; the draft as it is then.

        to: a folder, or a function that takes name and bytes (``remote.feeding.send_draft`` gives it to a service);
        what it answers as ``Taken`` is kept in place of what it was given.
        fill: completes a draft that was given as JSON with what whoever takes it writes itself. Raises
        ``DraftConflict``, ``DraftInvalid`` (nothing has changed), or whatever ``to`` raises: it is a draft again,
        unless nobody knows whether it went (``outcome_unknown``); ``release`` it once you do.
        """
        document = self.document(uuid, check=check, fill=fill)
        data = document.to_bytes()
        self._change(uuid, "SET state = 'sending', updated_at = :now", {"now": self._archive.now()})
        try:
            taken = _hand(to)(document.name, data)
        except BaseException as error:
            if not getattr(error, "outcome_unknown", False):  # else it may have gone: a person decides
                self.release(uuid)
            raise
        return self._sent(uuid, *(taken if isinstance(taken, Taken) else (document.name, data)))

    def document(self, uuid: UUID | str, *, check: bool = True, fill: Fill | None = None) -> Document:
        """The document that would be sent, under its name; ``DraftInvalid`` when SdI would reject it."""
        document = _read(self.get(uuid), fill)
        if check:
            _accepted(document)
        return document

    def release(self, uuid: UUID | str) -> None:
        """Make a draft of one whose sending was interrupted, once it is sure that it did not go."""
        with self._store.writing():
            self.get(uuid)
            sql = "UPDATE drafts SET state = 'draft' WHERE uuid = :uuid AND state = 'sending'"
            self._store.run(sql, {"uuid": _key(uuid)})

    def _sent(self, uuid: UUID | str, name: str, data: bytes) -> Draft:
        with self._store.writing():
            self._archive.add((name, data))
            number = find(self._store, hashlib.sha256(data).hexdigest())
            values = {"uuid": _key(uuid), "document": number, "now": self._archive.now()}
            sql = "UPDATE drafts SET state = 'sent', document = :document, updated_at = :now WHERE uuid = :uuid"
            self._store.run(sql, values)
        return self.get(uuid)

    def _change(self, uuid: UUID | str, what: str, values: Mapping[str, object]) -> None:
        with self._store.writing():
            key = self._open(uuid)
            self._store.run(f"UPDATE drafts {what} WHERE uuid = :uuid", {**values, "uuid": key})

    def _open(self, uuid: UUID | str) -> str:
        """The key of what is still a draft; asked inside a transaction, so that it stays one."""
        draft = self.get(uuid)
        if draft.state != "draft":
            raise DraftConflict(_GOING if draft.state == "sending" else _GONE, uuid=uuid)
        return str(draft.uuid)


def _read(draft: Draft, fill: Fill | None) -> Document:
    """The document a draft is, under the name it is to have."""
    data = _converted(draft.data, fill) if draft.is_json else draft.data
    document = from_bytes(data, draft.name)
    document.name = draft.name or _own_name(document)
    return document


def _converted(data: bytes, fill: Fill | None) -> bytes:
    found = exact(data)
    if fill is None or found.duplicates or not isinstance(found.data, dict):
        return from_json(data).to_bytes()
    return from_json(fill(found.data)).to_bytes()


def _bytes(content: Content) -> bytes:
    if isinstance(content, Document):
        return content.to_bytes()
    if isinstance(content, Mapping):
        content = json.dumps(content, ensure_ascii=False)
    data = content.encode() if isinstance(content, str) else bytes(content)
    _look(data)
    return data


def _look(data: bytes) -> None:
    """``InputError`` unless there is an invoice in it, or what may become one."""
    if not looks_like_json(data):
        profile = from_bytes(data).profile
        if profile is None or not profile.is_invoice:
            raise InputError(_NO_INVOICE)
        return
    found = exact(data).data
    if not isinstance(found, dict) or (found and dialect_in(found) is None):
        raise unrecognised(found)


def _draft(row: tuple[object, ...]) -> Draft:
    uuid, created, updated, state, data, name, document = row
    return Draft(UUID(str(uuid)), str(created), str(updated), str(state), bytes(data), str(name), document)  # type: ignore[call-overload,arg-type]


def _key(uuid: UUID | str) -> str:
    try:
        return str(UUID(str(uuid)))
    except ValueError as error:
        raise NoDraft(_NONE, uuid=uuid) from error


def _hand(to: str | os.PathLike[str] | Hand) -> Hand:
    if callable(to):
        return to
    folder = make_folder(to)
    return lambda name, data: write_whole(folder / name, data)


def _own_name(document: Document) -> str:
    """The name SdI wants: who transmits and the progressive."""
    way = child(document.root, *_SENDER)
    sender = None if way is None else child(way, "IdTrasmittente")
    parts = [(sender, "IdPaese"), (sender, "IdCodice"), (way, "ProgressivoInvio")]
    country, code, number = (_value(above, name) for above, name in parts)
    return f"{country}{code}_{number[-5:]}.xml"


def _value(above: object, name: str) -> str:
    node = None if above is None else child(above, name)  # type: ignore[arg-type]
    return "" if node is None else "".join(char for char in text(node) if char.isalnum())


def _accepted(document: Document) -> None:
    report = validate(document, name=document.name, preflight=True)
    try:
        report.raise_for_findings()
    except FindingsError as error:
        invalid = DraftInvalid(_INVALID, why=error)
        invalid.report = report
        raise invalid from error


_NONE: Final = Text("Non c'è una bozza {uuid}.", "There is no draft {uuid}.")
_NO_INVOICE: Final = Text(
    "Non è una fattura FatturaPA: una bozza è XML o JSON (da YAML: fatturakit new).",
    "This is no FatturaPA invoice: a draft is XML or JSON (from YAML: fatturakit new).",
)
_GONE: Final = Text(
    "{uuid} non è più una bozza: è stata inviata, e ciò che è inviato non cambia.",
    "{uuid} is no longer a draft: it was sent, and what is sent does not change.",
)
_GOING: Final = Text(
    "{uuid} è in corso di invio; se l'invio si è interrotto e non è partita, «archive draft release {uuid}».",
    "{uuid} is being sent; if that was interrupted and it did not go, “archive draft release {uuid}”.",
)
_INVALID: Final = Text("SdI scarterebbe la bozza: {why}", "SdI would reject the draft: {why}")
