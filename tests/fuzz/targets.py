"""What is fuzzed: one entry point a reader, each taking any bytes.

An entry point returns; a refusal (``FatturakitError``) is an answer, any other exception is a crash. The same entry
points run under atheris (``script/fuzz TARGET``) and, with seeded mutations, in every test run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import fatturakit as fk
from fatturakit import receipts
from fatturakit.batch import inputs
from fatturakit.convert.parsing import exact
from fatturakit.document import open_document
from fatturakit.envelope.safenames import SafeNames
from fatturakit.envelope.unwrap import unwrap as unwrapped
from fatturakit.errors import FatturakitError, InputError
from fatturakit.invoice.compose import compose as composed
from fatturakit.invoice.compose.source import load
from fatturakit.invoice.summary import summarise
from fatturakit.limits import Limits
from fatturakit.report.screen import Page, Style
from fatturakit.report.screen_summary import screen
from fatturakit.saft.validating import Options
from fatturakit.saft.validating import validate as validate_saft

from ..shared import ROOT

LIMITS: Final = Limits(
    document_bytes=2_000_000, unwrapped_bytes=8_000_000, zip_bytes=8_000_000, attachment_bytes=4_000_000
)
DIALECTS: Final = (None, "acube", "invoicetronic", "xml")
THEMES: Final = ("standard", "assosoftware", "acube")
Target = Callable[[bytes], None]


def unwrap(data: bytes) -> None:
    """Content or a refusal that explains itself, never anything else."""
    try:
        found = unwrapped(data, "fuzz", limits=LIMITS)
    except InputError as error:
        explains_itself(error)
    else:
        assert found.steps[-1].size == len(found.content)
        assert found.recovered == any(envelope.recovered for envelope in found.envelopes)


def explains_itself(error: InputError) -> None:
    """A refusal has a code and a sentence in both languages."""
    finding = error.finding
    assert finding
    assert finding.code in {"00003", "00102", "00106", "00200"}
    assert finding.say("it")
    assert finding.say("en")


def read(data: bytes) -> None:
    """A report on anything; what was mended is within the document and SdI's opinion of it is there too."""
    report = fk.validate(data, limits=LIMITS)
    assert report.verdict.value in {"valid", "invalid", "unclear", "unreadable"}
    for repair in report.repairs:
        assert repair.message.say("it", repair.args)
        assert repair.offset is None or repair.offset >= 0
    try:
        document = open_document(data, limits=LIMITS)
    except InputError:
        assert report.verdict.value == "unreadable"
    else:
        assert document.received == data
        assert all(repair.offset is None or repair.offset <= len(document.data) for repair in document.repairs)


def document(data: bytes) -> None:
    """What opens can be shown, converted, tabled and rendered, or is refused in words."""
    found = open_document(data, limits=LIMITS)
    for each in fk.attachments(found, limits=LIMITS):
        assert each.size is None or each.size <= LIMITS.attachment_bytes
    list(screen(Page(Style()), "fuzz.xml", summarise(found), None))
    for dialect in DIALECTS[1:]:
        with refusing(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fk.to_json(found, str(dialect), nulls=True)
            fk.from_json(fk.to_json(found, str(dialect), lossless=True))
    list(fk.table_rows(found))
    fk.render(found, theme=THEMES[len(data) % 3])


def json(data: bytes) -> None:
    """A document or its findings from anything, in any dialect; what is written can be read."""
    made = fk.from_json(data[1:], DIALECTS[data[0] % 4] if data else None, limits=LIMITS)
    assert open_document(made.data, limits=LIMITS).root_name == made.root_name


def receipt(data: bytes) -> None:
    """A report on any JSON."""
    parsed = exact(data, LIMITS)
    for report in (
        receipts.validate(parsed.data, duplicates=parsed.duplicates),
        receipts.validate_return(parsed.data, parsed.data),
        receipts.validate_void(parsed.data),
    ):
        assert report.to_dict("it")


def compose(data: bytes) -> None:
    """An invoice or all its problems; the first byte says JSON or YAML."""
    made = composed(load(data[1:], "fuzz.json" if data[:1] < b"\x80" else "fuzz.yaml"), folder="/nonexistent")
    assert open_document(made.data).root_name == made.root_name


def message(data: bytes) -> None:
    """What SdI sends: read, judged, shown, and told from the other messages."""
    report = fk.validate(data, name="IT01879020517_00001_NS_001.xml", limits=LIMITS)
    assert report.to_dict("en")
    found = open_document(data, name="IT01879020517_00001_NS_001.xml", limits=LIMITS)
    list(screen(Page(Style(lang="en")), "fuzz.xml", summarise(found), None))


def saft(data: bytes) -> None:
    """A report on any audit file."""
    report = validate_saft(data, Options(limits=LIMITS))
    assert report.to_dict("it")


def container(data: bytes) -> None:
    """Every document in an archive or a letter, or why there is none."""
    with file_of(data, "fuzz.zip" if data[:1] == b"P" else "fuzz.eml") as path:
        for item in inputs.expand([str(path)], LIMITS):
            with refusing():
                assert item.archive is not None or len(item.read(LIMITS)) <= LIMITS.document_bytes


def archive(data: bytes) -> None:
    """Added or refused, and a second time known; the archive stays sound."""
    with fk.Archive(scratch() / "fuzz.db", limits=LIMITS) as base:
        first = base.add(("IT01879020517_00001.xml", data))
        again = base.add(("IT01879020517_00001.xml", data))
        assert not again.documents
        assert not again.messages
        assert len(first.refused) == len(again.refused)


def signature(data: bytes) -> None:
    """A verdict on the signatures of anything."""
    found = fk.verify(data, trust=(), limits=LIMITS)
    assert found.verdict.value


def names(data: bytes) -> None:
    """A file name that every system takes, whatever was asked for; no two the same."""
    wanted, given = data.decode("utf-8", "replace"), SafeNames()
    made = [given.give(wanted, "allegato", ".bin") for _ in range(3)]
    assert len({name.lower() for name in made}) == 3
    for name in made:
        assert 0 < len(name.encode()) < 250
        assert not set('/\\:*?"<>|\0\n\r') & set(name)
        assert name.strip(" .") == name
        assert name.partition(".")[0].lower() not in {"con", "nul", "com1", "lpt9"}


def ledger(data: bytes) -> None:
    """A ledger with a table of any rows (which, says the length of the first line) as an audit file, or its errors."""
    head, _, rest = data.partition(b"\n")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=scratch()))
    try:
        for path in LEDGER:
            shutil.copy(path, folder)
        table = LEDGER[len(head) % len(LEDGER)].stem
        if data[:1] == b"{":
            (folder / f"{table}.csv").unlink()
            (folder / f"{table}.jsonl").write_bytes(data)
        else:
            (folder / f"{table}.csv").write_bytes(rest)
        fk.saft.generate(folder, variant="pt", year=2026, month=10, to=folder / "saft.xml")
    finally:
        shutil.rmtree(folder)


LEDGER: Final = tuple(sorted((ROOT / "fixtures" / "saft" / "lisbon").glob("*.csv")))
TARGETS: Final[dict[str, Target]] = {
    each.__name__: each
    for each in (
        *(unwrap, read, document, json, receipt, compose, message, saft, container, archive, signature, names, ledger),
    )
}


def run(name: str, data: bytes) -> None:
    """One entry point on one input, as a fuzzer calls it."""
    with refusing():
        TARGETS[name](data)


@contextmanager
def refusing() -> Iterator[None]:
    """A refusal is an answer, when it says something in both languages."""
    said: tuple[str, ...] = ()
    try:
        yield
    except FatturakitError as error:
        said = error.say("it"), error.say("en")
    assert all(said)


@contextmanager
def file_of(data: bytes, name: str) -> Iterator[Path]:
    """The bytes in a file of their own."""
    handle, made = tempfile.mkstemp(suffix=name, dir=scratch())
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    try:
        yield Path(made)
    finally:
        Path(made).unlink()


@cache
def scratch() -> Path:
    """A folder for this run, in memory where there is such a thing, gone with the process."""
    memory = Path("/dev/shm")
    kept = tempfile.TemporaryDirectory(prefix="fatturakit-fuzz-", dir=memory if memory.is_dir() else None)
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: Final[list[Any]] = []
