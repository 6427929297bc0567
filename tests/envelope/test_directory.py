"""The directory of ZIP archives: what ``zipfile`` reads is read, whole and damaged, in memory that does not grow."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from fatturakit.envelope import zipfiles
from fatturakit.envelope.directory import Directory
from fatturakit.errors import InputError
from fatturakit.limits import DEFAULT

NAMES = ("a.xml", "è.xml", "dir/b.xml", "x" * 200, "c.zip", "d/")
KINDS = (zipfile.ZIP_STORED, *3 * [zipfile.ZIP_DEFLATED], zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
Read = list[tuple[str, bytes | None]] | None


def archive(dice: random.Random) -> bytes:
    """Any archive: programs in front, comments, ZIP64, other compressions."""
    stream = io.BytesIO()
    stream.write(b"#!/bin/sh\n" * dice.choice([0, 0, 7]))
    with zipfile.ZipFile(stream, "a") as made:
        for number in range(dice.randint(0, 5)):
            info = zipfile.ZipInfo(f"{number}{dice.choice(NAMES)}")
            info.compress_type, info.comment = dice.choice(KINDS), dice.randbytes(dice.choice([0, 40]))
            info.extra = dice.choice([b"", b"\x99\x99\x04\x00abcd"])
            with made.open(info, "w", force_zip64=dice.random() < 0.3) as member:
                member.write(dice.randbytes(dice.randint(0, 200)) * dice.randint(1, 30))
        made.comment = b"hello PK\5\6"[: dice.choice([0, 9])]
    return stream.getvalue()


def damaged(data: bytes, dice: random.Random) -> bytes:
    bad = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        bad[dice.randrange(len(bad))] = dice.randrange(256)
    return bytes(bad[: dice.choice([len(bad), len(bad), dice.randrange(len(bad))])])


def read(opened: Callable[[], Any], infos: Callable[[Any], Iterable[Any]]) -> Read:
    try:
        made = opened()
        rows = list(infos(made))
    except zipfiles.UNREADABLE:
        return None
    return [(info.filename, _member(made, info)) for info in rows]


def _member(made: Any, info: Any) -> bytes | None:
    try:
        content: bytes = made.read(info)
    except zipfiles.UNREADABLE:
        return None
    return content


def both(data: bytes) -> tuple[Read, Read]:
    theirs = read(lambda: zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile.infolist)
    return theirs, read(lambda: Directory(io.BytesIO(data)), iter)


@pytest.mark.parametrize("seed", range(40))
def test_whole_archives_are_read_as_zipfile_reads_them(seed: int) -> None:
    data = archive(random.Random(seed))
    theirs, ours = both(data)
    assert theirs == ours
    assert ours is not None
    made = Directory(io.BytesIO(data))
    assert [made.at(entry.place) for entry in made] == list(made)


@pytest.mark.parametrize("seed", range(60))
def test_of_damaged_ones_nothing_that_zipfile_saves_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    theirs, ours = both(damaged(archive(dice), dice))
    if theirs is not None:
        assert ours is not None
        kept = {name for name, content in theirs if content is not None}
        assert {name for name, content in ours if content is not None} >= kept


def many(count: int) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(count):
            made.writestr(f"IT01234567890_{number:05}.xml", b"<a/>")
    return stream


def test_the_directory_takes_no_memory() -> None:
    stream = many(5_000)
    tracemalloc.start()
    try:
        found = Directory(stream)
        names = sum(entry.filename.endswith(".xml") for entry in found)
        last = max(entry.place for entry in zipfiles.documents(found, DEFAULT, (".xml",)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert names == 5_000
    assert found.at(last).filename == "IT01234567890_04999.xml"
    assert peak < 500_000, "a tenth of what five thousand records of zipfile take"


def test_what_a_record_promises_beyond_the_limits_is_not_read() -> None:
    stream = many(1)
    entry = next(iter(Directory(stream)))
    huge = entry._replace(compress_size=1 << 40)
    with pytest.raises(InputError) as refused:
        zipfiles.read(Directory(stream), huge, DEFAULT)
    assert refused.value.finding is not None
    assert refused.value.finding.code == "00003"
