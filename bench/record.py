"""The record read back: ``RESULTS.md`` as rows, so that its picture can be drawn again without measuring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cases import Case, Limit, Result
from show import RESULTS

_ROW = re.compile(
    r"\| (?P<group>[^:|]+): (?P<name>[^|]+) \| (?P<against>[^|]+) \| (?P<ratio>[\d.]+)x \| (?P<limit>[^|]+) \|"
)
_GROUP = re.compile(r"\| ([a-z]+): ")
_LIMIT = re.compile(r"([<>]=) ([\d.]+)x")


def rows(path: Path = RESULTS) -> Iterator[tuple[Case, Result]]:
    """Every case of the record that has a ratio; such a case cannot be measured."""
    for found in _ROW.finditer(path.read_text(encoding="utf-8")):
        limit = _LIMIT.match(found["limit"])
        judged = Limit(limit[1], float(limit[2])) if limit else Limit()
        yield Case(found["group"], found["name"], found["against"], judged, _not), Result(float(found["ratio"]))


def lines(path: Path = RESULTS) -> Iterator[tuple[str, str]]:
    """Every row as it stands there, with its group."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = _GROUP.match(line)
        if found:
            yield found[1], line


def _not(_: object) -> Result:
    raise RuntimeError("a row that was read back cannot be measured")
