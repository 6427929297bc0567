"""The attachments of documents, for people and for programs (``fatturakit/attachments@1``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..batch.seals import Seal
from ..envelope.squeezed import CLOSED
from ..errors import InputError
from ..invoice.attachments import Attachment
from ..texts import Language, Text
from ._encode import encode
from .screen import Column, Page

SCHEMA: Final = "fatturakit/attachments@1"


class Row(NamedTuple):
    """One attachment, the file it was written to (None when it was not), and what its content is known by."""

    attachment: Attachment
    path: str | None
    seal: Seal | None


class AsText:
    """A table a document."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._documents = self._files = 0

    def begin(self) -> str:
        """Nothing stands before the documents."""
        return ""

    def document(self, shown: str, rows: Sequence[Row]) -> str:
        """The name and the table; nothing for a document without attachments."""
        self._documents += 1
        self._files += len(rows)
        if not rows:
            return ""
        page = self._page
        heads = [Column(title.say(page.lang), align) for title, align in _HEADS]
        heads[1] = heads[1]._replace(flexible=True)
        lines = [page.name(shown), *page.table(heads, [self._cells(row) for row in rows], height=2), ""]
        return "".join(f"{line}\n" for line in page.finished(lines))

    def unreadable(self, shown: str, error: InputError) -> str:
        """Said on stderr already."""
        self._documents += 1
        return ""

    def end(self) -> str:
        """How many there were."""
        files = _FILE if self._files == 1 else _FILES
        documents = _DOCUMENT if self._documents == 1 else _DOCUMENTS
        lang = self._page.lang
        return files.say(lang, {"n": self._files}) + documents.say(lang, {"n": self._documents}) + "\n"

    def _cells(self, row: Row) -> tuple[str, ...]:
        page, found = self._page, row.attachment
        size = "" if row.seal is None else f"{row.seal.size:,}".replace(",", "," if page.lang == "en" else ".")
        marks = [_PROGRAM] if found.executable else []
        marks += [_BROKEN] if found.content is None else []
        marks += [_CLOSED] if found.kind in CLOSED else []
        remark = ", ".join(mark.say(page.lang) for mark in marks)
        return str(found.body), page.value(found.name), page.value(found.kind), size, page.value(remark)


class AsJson:
    """One object; a list of attachments a document."""

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self._next = ""

    def begin(self) -> str:
        """The schema's name."""
        return f'{{"schema": "{SCHEMA}",\n "documents": ['

    def document(self, shown: str, rows: Sequence[Row]) -> str:
        """The entry of a readable document."""
        return self._entry({"path": shown, "attachments": [self._row(row) for row in rows]})

    def unreadable(self, shown: str, error: InputError) -> str:
        """The entry of an input that could not be opened."""
        code = error.finding.code if error.finding else None
        return self._entry({"path": shown, "error": {"code": code, "message": error.say(self._lang)}})

    def end(self) -> str:
        """The end of the list."""
        return "\n ]}\n"

    def _entry(self, entry: dict[str, object]) -> str:
        before, self._next = self._next, ","
        return f"{before}\n  {encode(entry)}"

    def _row(self, row: Row) -> dict[str, object]:
        found = row.attachment
        return {
            "body": found.body,
            "name": found.name,
            "type": found.kind,
            "declared": found.declared,
            "compression": found.compression,
            "description": found.description,
            "executable": found.executable,
            "unopened": found.kind in CLOSED,
            "bytes": row.seal.size if row.seal else None,
            "sha256": row.seal.sha256 if row.seal else None,
            "finding": found.finding.to_dict(self._lang) if found.finding else None,
            "output": row.path,
        }


_HEADS: Final = (
    (Text("Fattura", "Invoice"), ">"),
    (Text("Nome", "Name"), "<"),
    (Text("Tipo", "Type"), "<"),
    (Text("Byte", "Bytes"), ">"),
    (Text("Nota", "Note"), "<"),
)
_PROGRAM: Final = Text("PROGRAMMA: non aprirlo", "PROGRAM: do not open")
_CLOSED: Final = Text("archivio non aperto: serve 7-Zip", "archive, not opened: use 7-Zip")
_BROKEN: Final = Text("danneggiato", "damaged")
_FILE: Final = Text("1 allegato", "1 attachment")
_FILES: Final = Text("{n} allegati", "{n} attachments")
_DOCUMENT: Final = Text(" in 1 documento.", " in 1 document.")
_DOCUMENTS: Final = Text(" in {n} documenti.", " in {n} documents.")
