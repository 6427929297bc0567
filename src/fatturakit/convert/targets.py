"""What a document can be converted to: one row a target, each with its writer, loaded when it is used.

A writer that makes one output a document has ``each``: ``(Document, How) -> Made``. A writer that puts many documents
into one output has ``all``: ``(Iterable[tuple[str, Document | FatturakitError]], Path | IO, How) -> Tabled``; it gets
the documents lazily, each with its path as shown (an error stands for one that could not be opened), and the file, the
folder or the stream to write, which it writes whole or not at all.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, NamedTuple

from ..findings import Finding


class How(NamedTuple):
    """What was asked of the conversion. options: what only some targets know (``csv_dialect`` …).

    force: existing files are overwritten; jobs: processes, as in ``--jobs`` (both for writers with ``all``).
    """

    dialect: str | None = None
    lossless: bool | str = False
    nulls: bool = False
    options: tuple[tuple[str, str], ...] = ()
    force: bool = False
    jobs: int | None = None

    def option(self, name: str) -> str | None:
        """The value of an option, None when it was not given."""
        return dict(self.options).get(name)


class Made(NamedTuple):
    """One output: its bytes, one line of it for streams of several (JSON), and what there is to say about it."""

    data: bytes
    line: bytes
    findings: tuple[Finding, ...] = ()


class Target(NamedTuple):
    """One target: file extension, writer as "module:function" below this package, and which kind of writer it is."""

    extension: str
    each: str = ""
    all: str = ""

    def writer(self) -> Any:
        """The function that writes, imported now."""
        module, _, name = (self.each or self.all).partition(":")
        return getattr(import_module(f".{module}", __package__), name)


TARGETS: Final[dict[str, Target]] = {
    "json": Target("json", each="outputs:as_json"),
    "xml": Target("xml", each="outputs:as_xml"),
    "csv": Target("csv", all="tables:as_csv"),
    "xlsx": Target("xlsx", all="tables:as_xlsx"),
    "parquet": Target("parquet", all="tables:as_parquet"),
}
