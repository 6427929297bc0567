"""The archive benchmark: taking documents in, finding them among many, and the ZIP for the accountant."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import clock
import inputs
from cases import Case, Limit, Result, at_least, at_most, seconds
from clock import Effort
from lxml import etree

import fatturakit as fk

BUYER = "IT07000990015"  # of every invoice of ``inputs``
_MILLISECOND = 1e-3


def table(*, quick: bool) -> tuple[Case, ...]:
    """The rows of this benchmark; a search is compared with the time it may take."""
    files, many = (40, 80) if quick else (10_000, 100_000)
    found = f"among {many:,}"
    limit = Limit("<=", 1)
    return (
        Case("archive", f"{files:,} files taken in", "lxml reads and parses", at_most(3), partial(_take, files)),
        Case("archive", f"a number {found}", "1 ms", limit, partial(_search, many, _key, 1)),
        Case("archive", f"a file name {found}", "1 ms", limit, partial(_search, many, _name, 1)),
        Case("archive", f"three words {found}", "2 ms", limit, partial(_search, many, _words, 2)),
        Case("archive", f"the first page {found}", "2 ms", limit, partial(_search, many, _page, 2)),
        Case("archive", f"ZIP of {files:,}", "zipfile", at_least(1.1), partial(_export, files, False)),
        Case("archive", f"ZIP of {files:,}, isal", "zipfile", at_least(3), partial(_export, files, True)),
    )


def _rounds(effort: Effort) -> int:
    return 1 if effort is clock.QUICK else 3


def _timed(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


@contextmanager
def _archive() -> Iterator[fk.Archive]:
    with tempfile.TemporaryDirectory() as folder, fk.Archive(Path(folder, "bench.db")) as archive:
        archive.add_company(BUYER)
        yield archive


def _take(files: int, effort: Effort) -> Result:
    home = inputs.many(files)
    mine, theirs = [], []
    for _ in range(_rounds(effort)):
        theirs.append(_timed(partial(_bare, home)))
        with _archive() as archive:
            mine.append(_timed(partial(archive.add, str(home))))
    ratio, fastest = median(a / b for a, b in zip(mine, theirs, strict=True)), min(mine) / min(theirs)
    rates = (f"{files / median(side):,.0f}/s" for side in (mine, theirs))
    return Result(ratio, *rates, f"fastest {fastest:.2f}x; one process")


def _bare(home: Path) -> None:
    for path in sorted(home.glob("*.xml")):
        etree.fromstring(path.read_bytes())


def _search(many: int, look: Callable[[fk.Archive, int], object], most: int, effort: Effort) -> Result:
    """The median of different searches, each for something that is there."""
    count = 20 if effort is clock.QUICK else 300
    with _archive() as archive:
        archive.add(*_made(many))
        taken = median(_timed(partial(look, archive, number * many // count)) for number in range(count))
    return Result(taken / (most * _MILLISECOND), seconds(taken), f"{most} ms", f"median of {count}")


def _made(many: int) -> Iterator[tuple[str, bytes]]:
    """Documents that need no place on the disk; every one has a word of its own."""
    for serial in range(many):
        data = inputs.invoice(2, serial).replace(b"Fornitura di prova", b"Fornitura lotto%d di prova" % serial)
        yield inputs.file_name(serial), data


def _key(archive: fk.Archive, serial: int) -> None:
    assert list(archive.list(invoice_number=f"{serial + 1}/2026", page=1))


def _name(archive: fk.Archive, serial: int) -> None:
    assert archive.get(inputs.file_name(serial)).entries


def _words(archive: fk.Archive, serial: int) -> None:
    assert list(archive.list(f"fornitura lotto{serial} pannello", page=1))


def _page(archive: fk.Archive, serial: int) -> None:
    assert len(list(archive.list(page=1 + serial % 2))) == 30


def _export(files: int, fast: bool, effort: Effort) -> Result:
    home = inputs.many(files)
    mine, theirs = [], []
    with _archive() as archive, tempfile.TemporaryDirectory() as scratch:
        archive.add(str(home))
        for _ in range(_rounds(effort)):
            theirs.append(_timed(partial(_zipped, home, Path(scratch, "theirs.zip"))))
            mine.append(_timed(partial(archive.export, Path(scratch, "ours.zip"), fast=fast, force=True)))
    ratio, fastest = median(b / a for a, b in zip(mine, theirs, strict=True)), min(theirs) / min(mine)
    rates = (f"{files / median(side):,.0f}/s" for side in (mine, theirs))
    return Result(ratio, *rates, f"fastest {fastest:.2f}x")


def _zipped(home: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(home.glob("*.xml")):
            out.write(path, path.name)
