"""``fatturakit/report@1`` as one JSON document; its schema is ``docs/report.schema.json``.

One document is one block, one finding one line, so that a person can read it and a diff stays small.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._version import __version__
from ..findings import Report
from . import Options, Summary
from ._encode import Entries, encode


class Json:
    """Streams the ``documents`` array; ``summary`` comes last because it is known last."""

    def __init__(self, options: Options) -> None:
        self._entries = Entries(options.lang)
        self._between = "\n"

    def begin(self) -> Iterator[str]:
        tool = encode({"name": "fatturakit", "version": __version__})
        yield f'{{"schema": "fatturakit/report@1",\n "tool": {tool},\n "documents": ['

    def document(self, report: Report) -> Iterator[str]:
        entry = self._entries.entry(report)
        yield f"{self._between}  {_block(entry)},\n"
        yield f'   "not_evaluated": {self._entries.not_evaluated(report.not_evaluated)}}}'
        self._between = ",\n"

    def end(self, summary: Summary) -> Iterator[str]:
        yield f'],\n "summary": {encode(summary.to_dict())}}}\n'


def _block(entry: dict[str, object]) -> str:
    """The entry, still open at its end: simple values on the first line, every list below."""
    simple = {name: value for name, value in entry.items() if not isinstance(value, list)}
    lists = [f',\n   "{name}": {_list(value)}' for name, value in entry.items() if isinstance(value, list)]
    return encode(simple)[:-1] + "".join(lists)


def _list(items: list[object]) -> str:
    if not items:
        return "[]"
    if isinstance(items[0], dict):
        return "[\n" + ",\n".join(f"    {encode(item)}" for item in items) + "]"
    return encode(items)


def create(options: Options) -> Json:
    """The renderer, as ``renderer("json")`` gives it."""
    return Json(options)
