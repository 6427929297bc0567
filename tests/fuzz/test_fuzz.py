"""The entry points of the fuzzers on seeds and seeded damage: no crash, no hang, nothing changed in silence."""

from __future__ import annotations

import time

import pytest

from fatturakit.envelope.unwrap import unwrap
from fatturakit.errors import InputError

from ..shared import SHARED, needs_shared, shared
from . import targets
from .mutation import mutated
from .seeds import ENVELOPES, PLAIN, SEEDS, XML, words

SOUND = frozenset([XML, PLAIN])
SAMPLES = {
    **dict.fromkeys(targets.TARGETS, 40),
    "unwrap": 0,
    "read": 40,
    "document": 12,
    "archive": 15,
    "saft": 8,
    "ledger": 10,
    "names": 300,
    "json": 100,
}


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds(name: str) -> None:
    for seed in SEEDS[name]():
        targets.run(name, seed)
    targets.run(name, b"")


def _damaged(name: str, amount: int, seed: int) -> None:
    found = mutated(seed, SEEDS[name](), words(name))
    for _ in range(amount):
        data = next(found)
        start = time.process_time()
        targets.run(name, data)
        assert time.process_time() - start < 5, data


@pytest.mark.parametrize("name", targets.TARGETS)
def test_damage(name: str) -> None:
    """The sample of every run; ``script/fuzz`` has the rest."""
    _damaged(name, SAMPLES[name], 20261121)


@pytest.mark.slow
@pytest.mark.parametrize("name", targets.TARGETS)
def test_damage_all(name: str) -> None:
    _damaged(name, SAMPLES[name] * 50, 78)


def _mutations(count: int, seed: int) -> None:
    worst, found = 0.0, mutated(seed, ENVELOPES)
    for _ in range(count):
        data = next(found)
        start = time.process_time()
        targets.run("unwrap", data)
        worst = max(worst, time.process_time() - start)
        _no_silent_change(data)
    assert worst < 2


def _no_silent_change(data: bytes) -> None:
    """What comes out unmarked was there: as it stands, or in the pieces and letters of an intact wrapping."""
    try:
        result = unwrap(data, limits=targets.LIMITS)
    except InputError:
        return
    if result.recovered or result.content in SOUND or result.content in data:
        return
    assert result.steps[:-1], "content that is neither in the data nor in a layer of it"
    for envelope in result.envelopes:
        assert _enclosed(envelope.data) == envelope.content


class Node:
    """An ASN.1 element read the plain, recursive way, as a second opinion."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.tag, first, self.start = data, data[at], data[at + 1], at + 2
        self.endless = first == 0x80
        if first > 0x80:
            self.start += first & 0x7F
            first = int.from_bytes(data[at + 2 : self.start], "big")
        self.stop = self.start + first if not self.endless else self.children()[-1].after
        self.after = self.stop + 2 * self.endless

    def children(self) -> list[Node]:
        found, at = [], self.start
        while self.data[at : at + 2] != b"\0\0" if self.endless else at < self.stop:
            found.append(Node(self.data, at))
            at = found[-1].after
        return found

    def content(self) -> bytes:
        if not self.tag & 0x20:
            return self.data[self.start : self.stop]
        return b"".join(child.content() for child in self.children())


def _enclosed(data: bytes) -> bytes:
    """The content of an envelope, piece by piece."""
    signed_data = Node(data, 0).children()[1].children()[0]
    return signed_data.children()[2].children()[1].children()[0].content()


def test_mutated_envelopes() -> None:
    """A seeded sample: no crash, no hang, nothing changed in silence."""
    _mutations(600, 20261121)


@pytest.mark.slow
def test_mutated_envelopes_all() -> None:
    _mutations(20_000, 4)


@needs_shared
@pytest.mark.slow
def test_mutated_public_envelopes() -> None:
    """The envelopes others made, damaged."""
    assert SHARED
    originals = tuple(path.read_bytes() for path in sorted(shared("corpus", "p7m-made").glob("*.p7m")))
    found = mutated(5, tuple(data for data in originals if data))
    for _ in range(5_000):
        targets.run("unwrap", next(found))


def test_truncation_is_never_mended() -> None:
    """Every prefix of a document and of its envelope is refused, recovered whole, or nothing."""
    for data in (XML, PLAIN):
        for cut in range(0, len(data), 37):
            try:
                result = unwrap(data[:cut])
            except InputError:
                continue
            assert result.content == XML or (data is XML and result.content == data[:cut])


def test_cut_documents_do_not_open() -> None:
    import fatturakit as fk

    for mark in (b"", b"\n", b"\xef\xbb\xbf\xef\xbb\xbf"):
        for cut in range(200, len(XML.rstrip()), 101):
            report = fk.validate(mark + XML[:cut])
            assert report.verdict.value == "unreadable"
