"""What an export may carry beside the documents: messages, pages as PDF, tables as CSV, a list of SHA-256."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..document import Document, from_bytes
from ..envelope.names import split
from ..envelope.safenames import SafeNames
from ..errors import FatturakitError, InputError
from .store import Store
from .zips import ZipStream

MANIFEST: Final = "sha256sums.txt"
TABLES: Final = "csv"


class Extras:
    """Puts documents into a ZIP, and beside them what was asked for."""

    def __init__(self, store: Store, wanted: tuple[str, ...], target: ZipStream) -> None:
        self._store = store
        self._wanted = wanted
        self._target = target
        self._sums: list[str] = []
        self._paths: list[tuple[str, int]] = []
        self._names: dict[str, SafeNames] = {}
        self.undrawn: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        """Put one file in and note its digest."""
        self._target.add(path, data)
        if "manifest" in self._wanted:
            self._sums.append(f"{hashlib.sha256(data).hexdigest()}  {path}\n")

    def beside(self, path: str, document: int, data: bytes) -> None:
        """What belongs to the document just added."""
        folder = path.rpartition("/")[0]
        if "csv" in self._wanted:
            self._paths.append((path, document))
        if "messages" in self._wanted:
            self._messages(folder, document)
        if "pdf" in self._wanted:
            self._page(folder, path, data)

    def _page(self, folder: str, path: str, data: bytes) -> None:
        """The document as PDF; one that cannot be drawn is noted and stops nothing."""
        from ..batch.pages import render

        name = path.rpartition("/")[2]
        try:
            drawn = render(from_bytes(data, name), shape="pdf")
        except InputError:
            self.undrawn.append(path)
            return
        names = self._names.setdefault(folder, SafeNames())
        self.add(f"{folder}/{names.give(f'{split(name)[0]}.pdf', 'page.pdf', '.pdf')}", bytes(drawn or b""))  # type: ignore[arg-type]

    def _messages(self, folder: str, document: int) -> None:
        from .export import messages_of

        names = self._names.setdefault(f"{folder}/messages", SafeNames())
        for name, data in messages_of(self._store, document):
            self.add(f"{folder}/messages/{names.give(name, 'message.xml', '.xml')}", data)

    def end(self) -> None:
        """What stands for all: the tables and the list."""
        if "csv" in self._wanted:
            for path in self._tables():
                self.add(f"{TABLES}/{path.name}", path.read_bytes())
        if "manifest" in self._wanted:
            self._target.add(MANIFEST, "".join(sorted(self._sums, key=lambda line: line[66:])).encode())

    def _tables(self) -> Iterator[Path]:
        from ..convert.tables import to_table

        with tempfile.TemporaryDirectory() as folder:
            to_table(self._documents(), f"{folder}/csv/", format="csv")
            yield from sorted(Path(folder, "csv").glob("*.csv"))

    def _documents(self) -> Iterator[tuple[str, Document | FatturakitError]]:
        from .export import best

        for path, document in self._paths:
            try:
                yield path, from_bytes(best(self._store, document)[1], path.rpartition("/")[2])
            except FatturakitError as error:
                yield path, error
