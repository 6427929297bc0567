"""Seeded damage to seeds, for where no fuzzer is: bits, bytes, pieces gone, doubled and exchanged, telling words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Final

BINARY: Final = (b"\x30\x80", b"\x24\x80", b"\x00\x00", b"\x04\x84\xff\xff\xff\xff", b"\n", b"<")


def mutated(seed: int, originals: Sequence[bytes], words: Sequence[bytes] = BINARY) -> Iterator[bytes]:
    """One of ``originals`` after another, each damaged in a few places, for ever."""
    dice = random.Random(seed)
    while True:
        data = bytearray(dice.choice(originals))
        for _ in range(dice.choice((1, 1, 2, 5))):
            at = dice.randrange(min(len(data), dice.choice((40, len(data))))) if data else 0
            dice.choice(WAYS)(data, at, dice, words)
        yield bytes(data)


def _flip(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[at] ^= 1 << dice.randrange(8)


def _lose(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    del data[at : at + dice.randrange(1, 20)]


def _insert(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    data[at:at] = dice.randbytes(dice.randrange(1, 8))


def _cut(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    del data[at:]


def _overwrite(data: bytearray, at: int, dice: random.Random, words: Sequence[bytes]) -> None:
    data[at : at + 4] = dice.choice(words)


def _double(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    data[at:at] = data[at : at + dice.randrange(200)]


def _say(data: bytearray, at: int, dice: random.Random, words: Sequence[bytes]) -> None:
    """A word in place of a value: what stands between two delimiters."""
    start = max(data.rfind(mark, 0, at) for mark in (b">", b'"', b":", b",")) + 1
    ends = [found for mark in (b"<", b'"', b"\n", b",") if (found := data.find(mark, start)) >= 0]
    data[start : min(ends, default=start)] = dice.choice(words)


def _exchange(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    """Two lines in each other's place."""
    lines = bytes(data).split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def _drop(data: bytearray, at: int, dice: random.Random, _: Sequence[bytes]) -> None:
    """A line gone."""
    start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at) + 1
    if end:
        del data[start:end]


Way = Callable[[bytearray, int, random.Random, Sequence[bytes]], None]
WAYS: Final[tuple[Way, ...]] = (*(_flip, _lose, _insert, _cut, _overwrite, _double), *(_say, _say, _exchange, _drop))
