"""One document entry of ``fatturakit/report@1`` per line, for millions of files; no opening line, no summary."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Report
from . import Options, Summary
from ._encode import Entries, encode


class JsonLines:
    """Every line is whole by itself, so an interrupted output is still good to its last line."""

    def __init__(self, options: Options) -> None:
        self._entries = Entries(options.lang)

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        entry = encode(self._entries.entry(report))
        yield f'{entry[:-1]}, "not_evaluated": {self._entries.not_evaluated(report.not_evaluated)}}}\n'

    def end(self, _summary: Summary) -> Iterator[str]:
        return iter(())


def create(options: Options) -> JsonLines:
    """The renderer, as ``renderer("jsonl")`` gives it."""
    return JsonLines(options)
