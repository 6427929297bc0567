"""Reports on their way between processes: what many of them share travels once a chunk, and is one object again."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, Final, NamedTuple

from ..findings import NotEvaluated, Report
from ..rules.between import Key
from . import safe

Rows = tuple[NotEvaluated, ...]
_NAMES: Final = ("path", "kind", "verdict", "as_of", "bodies", "layers", "repairs", "findings")
_values: Final = attrgetter(*_NAMES)
_REMEMBERED: Final = 256
_packed: Final[dict[int, tuple[Rows, bytes]]] = {}
_unpacked: Final[dict[bytes, Rows]] = {}


class Parcel(NamedTuple):
    """Reports without their rows of controls not evaluated; ``rows``, pickled, stand beside, one for all alike."""

    reports: list[tuple[tuple[Any, ...], int, tuple[Key, ...]] | None]
    rows: list[bytes]


def pack(judged: Iterable[tuple[Report, tuple[Key, ...]] | None]) -> Parcel:
    """The reports, each with the keys of its document, made small; None stays None."""
    places: dict[bytes, int] = {}
    packed = [
        None if one is None else (_values(one[0]), places.setdefault(_data(one[0].not_evaluated), len(places)), one[1])
        for one in judged
    ]
    return Parcel(packed, list(places))


def unpack(parcel: Parcel) -> Iterator[tuple[Report, tuple[Key, ...]] | None]:
    """What was packed; equal rows of any two parcels are the same tuple."""
    rows = [_rows(data) for data in parcel.rows]
    for one in parcel.reports:
        if one is None:
            yield None
            continue
        values, place, keys = one
        yield Report(**dict(zip(_NAMES, values, strict=True)), not_evaluated=rows[place]), keys


def _data(rows: Rows) -> bytes:
    """``rows`` pickled; a tuple met before (and kept, so that its identity stays its own) costs a look."""
    known = _packed.get(id(rows))
    if known is None:
        if len(_packed) >= _REMEMBERED:
            _packed.clear()
        known = _packed[id(rows)] = (rows, pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))
    return known[1]


def _rows(data: bytes) -> Rows:
    known = _unpacked.get(data)
    if known is None:
        if len(_unpacked) >= _REMEMBERED:
            _unpacked.clear()
        known = _unpacked[data] = safe.loads(data)
    return known
