"""Four times the document takes about four times the time, whatever it is large in; and memory has an end."""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest

import fatturakit as fk
from fatturakit.convert.parsing import exact
from fatturakit.envelope.safenames import SafeNames
from fatturakit.invoice.compose.source import load
from fatturakit.invoice.summary import summarise
from fatturakit.report import screen_json
from fatturakit.report.screen import Page, Style
from fatturakit.report.screen_summary import screen
from fatturakit.saft.validating import validate as validate_saft

from ..envelope.wrapping import letter, zipped
from ..saft.small import SMALL
from ..samples import invoice
from .grown import SHAPES

STEP, LEAST = 4, 0.06
"""Square work takes 16 times as long; what takes less than ``LEAST`` seconds is not worth a look."""


def _screen(document: fk.Document) -> object:
    summary = summarise(document)
    return [*screen(Page(Style()), "x", summary, None), screen_json.document("x", summary, None)]


def _json(document: fk.Document) -> object:
    return [
        fk.from_json(json.dumps(fk.to_json(document, dialect, lossless=True), default=str))
        for dialect in ("acube", "xml")
    ]


def _attachments(document: fk.Document) -> object:
    names = SafeNames()
    return [names.give(each.name, "x", ".bin") for each in fk.attachments(document)]


def _archive(document: fk.Document) -> object:
    with fk.Archive(":memory:") as archive:
        archive.add(("IT01879020517_00001.xml", document.data))
        return list(archive.list("perche"))


VERBS: Final[dict[str, Callable[[fk.Document], object]]] = {
    "validate": fk.validate,
    "inspect": _screen,
    "json": _json,
    "table": lambda document: fk.to_table([document], io.BytesIO(), format="csv"),
    "rows": lambda document: list(fk.table_rows(document, "lines")),
    "standard": fk.render,
    "assosoftware": lambda document: fk.render(document, theme="assosoftware"),
    "acube": lambda document: fk.render(document, theme="acube"),
    "attachments": _attachments,
    "split": fk.split,
    "archive": _archive,
}


def seconds(act: Callable[[], object]) -> float:
    """The processor time of an act; a refusal is an answer."""
    gc.collect()
    start = time.process_time()
    with warnings.catch_warnings(), suppress(fk.FatturakitError):
        warnings.simplefilter("ignore")
        act()
    return time.process_time() - start


def grows_evenly(small: Callable[[], object], large: Callable[[], object]) -> bool:
    """Whether the larger one takes about ``STEP`` times as long, in the best of two tries."""
    for _ in range(2):
        many = seconds(large)
        if many < LEAST or many < 2.4 * STEP * max(seconds(small), 0.01):
            return True
    return False


OFTEN: Final = ("lines", "references", "attached", "comments")


@pytest.mark.parametrize("shape", OFTEN)
def test_every_verb_grows_evenly(shape: str) -> None:
    small, large = (fk.open(SHAPES[shape](count)) for count in (100, 100 * STEP))
    uneven = [
        verb
        for verb, act in VERBS.items()
        if verb not in {"assosoftware", "acube"}
        and not grows_evenly(lambda act=act: act(small), lambda act=act: act(large))  # type: ignore[misc]
    ]
    assert uneven == []


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_every_verb_grows_evenly_in_the_large(shape: str) -> None:
    small, large = (fk.open(SHAPES[shape](count)) for count in (6_000, 6_000 * STEP))
    for verb, act in VERBS.items():
        assert grows_evenly(lambda act=act: act(small), lambda act=act: act(large)), verb  # type: ignore[misc]


READERS: Final[dict[str, tuple[Callable[[int], bytes], Callable[[bytes], object]]]] = {
    "keys that come twice": (
        lambda count: ("{" + ",".join(f'"k{number}":1' for number in range(count * 9)) + ',"z":1,"z":1}').encode(),
        exact,
    ),
    "entries that come twice": (
        lambda count: ("{" + ",".join(f'"k{number}":1' for number in range(count * 9)) + ',"z":1,"z":1}').encode(),
        load,
    ),
    "entries of YAML": (lambda count: b"".join(b"k%d: 1\n" % number for number in range(count // 2)), load),
    "members": (lambda count: zipped({f"{number}.xml": b"<a/>" for number in range(count)}), fk.validate),
    "parts": (lambda count: letter({f"{number}.xml": b"<a/>" for number in range(count)}), fk.validate),
    "repairs": (lambda count: invoice(("Tavolo", "Tavolo & \x02" * count * 4)), fk.validate),
    "numbered characters": (lambda count: invoice(("Tavolo", "&#0;&#x1;" * count * 4)), fk.validate),
    "products": (
        lambda count: SMALL.replace(b"</Product>", b"</Product>" + _product() * count, 1),
        validate_saft,
    ),
}


def _product() -> bytes:
    start = SMALL.index(b"<Product>")
    return SMALL[start : SMALL.index(b"</Product>") + len(b"</Product>")]


@pytest.mark.parametrize("name", READERS)
def test_every_reader_grows_evenly(name: str) -> None:
    make, read = READERS[name]
    small, large = make(800), make(800 * STEP)
    assert grows_evenly(lambda: read(small), lambda: read(large))


@pytest.mark.parametrize("name", ["a" * 3_000_000, "a/" * 1_500_000, "é" * 1_500_000 + ".pdf", "." * 3_000_000])
def test_long_names(name: str) -> None:
    start = time.process_time()
    assert 0 < len(SafeNames().give(name, "x", ".bin").encode()) < 200
    assert time.process_time() - start < 2


def test_many_equal_names() -> None:
    names = SafeNames()
    assert len({names.give("a.pdf" if number % 2 else "A.PDF", "x") for number in range(40_000)}) == 40_000


BOMBS: Final = """
import io, resource, sys, zipfile
import fatturakit as fk
from fatturakit.saft.validating import validate as validate_saft
fk.validate(b"<a/>")
resource.setrlimit(resource.RLIMIT_AS, (450 << 20, 450 << 20))
def packed(name, size):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as member:
            for _ in range(size):
                member.write(b"<a>" + bytes(1 << 20))
    return target.getvalue()
bomb = packed("a.xml", 100)
lying = bomb.replace((100 * ((1 << 20) + 3)).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
assert lying != bomb
import base64
inner = base64.b64encode(bomb).decode()
invoice = sys.stdin.read().replace("</FatturaElettronicaBody>", "<Allegati><NomeAttachment>a.zip</NomeAttachment>"
    f"<Attachment>{inner}</Attachment></Allegati></FatturaElettronicaBody>")
assert fk.validate(bomb).verdict.value == "unreadable"
assert fk.validate(lying).verdict.value == "unreadable"
assert validate_saft(bomb).verdict.value == "unreadable"
assert all(each.content is None or len(each.content) < 1 << 20 for each in fk.attachments(invoice.encode()))
assert fk.validate(b"<!DOCTYPE a [" + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 9) for n in range(99))
    + b"]><a>&a98;</a>").verdict.value == "unreadable"
assert fk.validate(b"<a>" * 2_000_000).verdict.value == "unreadable"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_bombs_stay_within_memory() -> None:
    """A hundred megabytes in a few kilobytes, lies about it, entities: in a process that may not have much memory."""
    done = subprocess.run([sys.executable, "-c", BOMBS], input=invoice(), capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
