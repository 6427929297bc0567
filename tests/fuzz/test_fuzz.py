"""The fuzzing harnesses on their seeds, and envelopes damaged in every way, without a fuzzer."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Iterator

import pytest

from fatturakit.envelope.unwrap import unwrap
from fatturakit.errors import InputError

from ..envelope.wrapping import chunks, element, enclosed, letter, zipped
from ..samples import INVOICE, invoice
from ..shared import SHARED, needs_shared, shared
from . import fuzz_read, fuzz_unwrap

XML = invoice()
PLAIN = enclosed(element(4, XML), after=element(0xA0, element(0x30, bytes(range(256)) * 4)) + b"\x31\x00")
SEEDS = (
    PLAIN,
    enclosed(
        chunks(XML, 300, indefinite=True), indefinite=True, after=element(0xA0, element(0x30, bytes(700))) + b"\x31\x00"
    ),
    enclosed(chunks(XML, 40)),
    enclosed(element(4, PLAIN)),
    base64.encodebytes(PLAIN),
    b"-----BEGIN PKCS7-----\n" + base64.encodebytes(PLAIN) + b"-----END PKCS7-----\n",
    letter({"a.xml.p7m": PLAIN, "b_MT_001.xml": b"<x/>"}),
    zipped({"a.xml.p7m": PLAIN}),
    XML,
    INVOICE.replace("Tavolo", "Caffè\x02").encode("cp1252"),
    INVOICE.replace("Tavolo", "Caffè").encode("utf-16"),
)
SOUND = frozenset([XML, PLAIN])


def mutated(seed: int, originals: tuple[bytes, ...] = SEEDS) -> Iterator[bytes]:
    """One of ``originals`` after another, each damaged in a few places, for ever."""
    dice = random.Random(seed)
    while True:
        data = bytearray(dice.choice(originals))
        for _ in range(dice.choice((1, 1, 2, 5))):
            _damage(data, dice)
        yield bytes(data)


def _damage(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(min(len(data), dice.choice((40, len(data))))) if data else 0
    how = dice.randrange(6)
    if how == 0 and data:
        data[at] ^= 1 << dice.randrange(8)
    elif how == 1:
        del data[at : at + dice.randrange(1, 20)]
    elif how == 2:
        data[at:at] = dice.randbytes(dice.randrange(1, 8))
    elif how == 3:
        del data[at:]
    elif how == 4:
        data[at : at + 4] = dice.choice(
            (b"\x30\x80", b"\x24\x80", b"\x00\x00", b"\x04\x84\xff\xff\xff\xff", b"\n", b"<")
        )
    else:
        data[at:at] = data[at : at + dice.randrange(200)]


@pytest.mark.parametrize("harness", [fuzz_unwrap.check, fuzz_read.check], ids=["unwrap", "read"])
def test_seeds(harness: object) -> None:
    for seed in SEEDS:
        harness(seed)  # type: ignore[operator]


def _mutations(count: int, seed: int) -> None:
    worst, found = 0.0, mutated(seed)
    for _ in range(count):
        data = next(found)
        start = time.process_time()
        fuzz_unwrap.check(data)
        worst = max(worst, time.process_time() - start)
        _no_silent_change(data)
    assert worst < 2


def _no_silent_change(data: bytes) -> None:
    """What comes out unmarked was there: as it stands, or in the pieces and letters of an intact wrapping."""
    try:
        result = unwrap(data, limits=fuzz_unwrap.LIMITS)
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


def test_mutated_documents_are_judged() -> None:
    found = mutated(77)
    for _ in range(60):
        fuzz_read.check(next(found))


@pytest.mark.slow
def test_mutated_documents_are_judged_all() -> None:
    found = mutated(78)
    for _ in range(3_000):
        fuzz_read.check(next(found))


@needs_shared
@pytest.mark.slow
def test_mutated_public_envelopes() -> None:
    """The envelopes others made, damaged."""
    assert SHARED
    originals = tuple(path.read_bytes() for path in sorted(shared("corpus", "p7m-made").glob("*.p7m")))
    found = mutated(5, tuple(data for data in originals if data))
    for _ in range(5_000):
        fuzz_unwrap.check(next(found))


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
