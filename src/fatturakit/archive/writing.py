"""One portion of documents and messages written into the tables, inside a transaction that is already open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from .prepared import Prepared
from .sides import sides_of
from .state import beginning, companies
from .store import Store, among, listed

_COLUMNS: Final = {
    "blobs": "id sha256 size data",
    "documents": "id content blob name kind signed created_at seller_name seller_country seller_code seller_tax "
    "buyer_name buyer_country buyer_code buyer_tax destination issuer",
    "invoices": "document position type number day currency total stamp stamp_amount art73 vat withheld",
    "sides": "document company direction reason state definitive since",
    "messages": "id content blob name kind audience created_at sdi_id file_name stem hash moment answer number year "
    "position how",
    "files": "blob name stem source added_at document message",
}
_INSERT: Final = {
    table: f"INSERT INTO {table} ({columns.replace(' ', ', ')}) VALUES {listed(columns.split())}"  # noqa: S608
    for table, columns in _COLUMNS.items()
}
_INSERT["files"] += " ON CONFLICT DO NOTHING"


class Writing:
    """What is to be written. documents, messages: identities of the new ones; touched: documents new or met again;
    stems, digests: what messages may know the new files by."""

    def __init__(self, store: Store, now: str) -> None:
        self.store = store
        self.now = now
        self.documents: list[int] = []
        self.messages: list[int] = []
        self.touched: list[int] = []
        self.stems: set[str] = set()
        self.digests: set[bytes] = set()
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _INSERT}
        self._words: list[dict[str, Any]] = []
        self._ours = companies(store)

    def add(self, prepared: Iterable[Prepared]) -> None:
        """Write everything of a portion."""
        portion = list(prepared)
        blobs = self._known("blobs", "sha256", (each.received.sha256 for each in portion))
        documents = self._known("documents", "content", (each.content for each in portion if each.parties))
        messages = self._known("messages", "content", (each.content for each in portion if not each.parties))
        following = {table: self._last(table) for table in ("blobs", "documents", "messages")}
        for each in portion:
            blob = self._blob(each, blobs, following)
            if each.parties:
                self._file(each, blob, document=self._document(each, blob, documents, following))
            else:
                self._file(each, blob, message=self._message(each, blob, messages, following))
        self._write()

    def _known(self, table: str, column: str, keys: Iterable[bytes]) -> dict[bytes, int]:
        sql = f"SELECT {column}, id FROM {table} WHERE {column} IN {{keys}}"  # noqa: S608 - our own names
        return {bytes(key): number for key, number in among(self.store, sql, keys)}

    def _last(self, table: str) -> int:
        return int(self.store.rows(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0])  # noqa: S608 - our own names

    def _blob(self, each: Prepared, blobs: dict[bytes, int], following: dict[str, int]) -> int:
        key, data = each.received.sha256, each.received.data
        if key not in blobs:
            following["blobs"] += 1
            blobs[key] = following["blobs"]
            self._rows["blobs"].append({"id": blobs[key], "sha256": key, "size": len(data), "data": data})
        return blobs[key]

    def _document(self, each: Prepared, blob: int, documents: dict[bytes, int], following: dict[str, int]) -> int:
        if each.content not in documents:
            following["documents"] += 1
            documents[each.content] = following["documents"]
            self.documents.append(following["documents"])
            self._describe(following["documents"], each, blob)
        self.touched.append(documents[each.content])
        return documents[each.content]

    def _describe(self, document: int, each: Prepared, blob: int) -> None:
        self._rows["documents"].append(
            {"id": document, "content": each.content, "blob": blob, "created_at": self.now, **each.columns}
        )
        self._rows["invoices"] += [{"document": document, **row} for row in each.invoices]
        self._words.append({"document": document, "text": self.store.words(each.words)})
        seller, buyer = each.parties
        kind = each.columns["kind"]
        for side in sides_of([row["type"] for row in each.invoices], seller, buyer, self._ours):
            self._rows["sides"].append({"document": document, **side._asdict(), **beginning(side.direction, kind)})

    def _message(self, each: Prepared, blob: int, messages: dict[bytes, int], following: dict[str, int]) -> int:
        if each.content not in messages:
            following["messages"] += 1
            messages[each.content] = following["messages"]
            self.messages.append(following["messages"])
            self._rows["messages"].append(
                {
                    "id": messages[each.content],
                    "content": each.content,
                    "blob": blob,
                    "created_at": self.now,
                    **each.columns,
                }
            )
        return messages[each.content]

    def _file(self, each: Prepared, blob: int, document: int | None = None, message: int | None = None) -> None:
        received = each.received
        self._rows["files"].append(
            {
                "blob": blob,
                "name": received.name,
                "stem": each.stem,
                "source": received.source,
                "added_at": self.now,
                "document": document,
                "message": message,
            }
        )
        if document is not None:
            self.stems.add(each.stem)
            self.digests.add(received.sha256)

    def _write(self) -> None:
        for table, rows in self._rows.items():
            self.store.run_many(_INSERT[table], rows)
        self.store.run_many(self.store.dialect.add_words, self._words)
