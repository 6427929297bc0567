"""What XML can do to a program, at every door it may come in by."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

import fatturakit as fk
from fatturakit.batch import inputs
from fatturakit.envelope.unwrap import unwrap
from fatturakit.limits import DEFAULT, Limits
from fatturakit.saft.validating import validate as validate_saft

from ..envelope.wrapping import element, enclosed, letter, zipped
from ..samples import INVOICE, invoice, lines

SECRET: Final = "segretissimo"


def hostile(kind: str, place: Path) -> bytes:
    """The sample invoice, with a declaration and what uses it."""
    place.write_text(SECRET, encoding="utf-8")
    declared = {
        "file": f'<!ENTITY x SYSTEM "{place.as_uri()}">',
        "network": '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        "parameter": f'<!ENTITY % p SYSTEM "{place.as_uri()}"> %p; <!ENTITY x "y">',
        "external subset": "",
        "bomb": "<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)),
        "quadratic": f"<!ENTITY x '{'a' * 50_000}'>",
    }[kind]
    doctype = f'<!DOCTYPE p SYSTEM "{place.as_uri()}">' if kind == "external subset" else f"<!DOCTYPE p [{declared}]>"
    used = {"bomb": "&a11;", "quadratic": "&x;" * 2_000, "external subset": "z"}.get(kind, "&x;")
    return INVOICE.replace("?>", f"?>{doctype}", 1).replace("Tavolo", used).encode()


DOORS: Final[dict[str, Callable[[bytes], fk.Report]]] = {
    "plain": fk.validate,
    "enclosed": lambda data: fk.validate(enclosed(element(4, data))),
    "zipped": lambda data: fk.validate(zipped({"a.xml": data})),
    "posted": lambda data: fk.validate(letter({"a.xml": data})),
    "utf-16": lambda data: fk.validate(data.decode().replace('encoding="UTF-8"', "").encode("utf-16")),
    "audit file": validate_saft,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ["file", "network", "parameter", "external subset", "bomb", "quadratic"])
def test_no_entity_comes_in(tmp_path: Path, kind: str, door: str) -> None:
    start = time.process_time()
    report = DOORS[door](hostile(kind, tmp_path / "secret.txt"))
    assert report.verdict.value == "unreadable"
    assert SECRET not in str(report.to_dict("it"))
    assert time.process_time() - start < 2


def test_what_the_canonical_form_takes_the_square_of_is_limited() -> None:
    """Attributes of one element, and namespaces in force, have a limit that no invoice comes near."""
    for more in (
        " ".join(f'a{number}="x"' for number in range(300)),
        " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(70)),
    ):
        report = fk.validate(INVOICE.replace("<p:FatturaElettronica ", f"<p:FatturaElettronica {more} ").encode())
        assert report.verdict.value == "unreadable"
        assert fk.open(
            INVOICE.replace("<p:FatturaElettronica ", f"<p:FatturaElettronica {more} ").encode(),
            limits=Limits(attributes=1_000, namespaces=1_000),
        )
    many = lines(200).replace(b"<Descrizione>", b'<Descrizione xmlns="" xml:lang="it">')
    assert fk.open(many).kind == "FPR12"


def _patched(archive: bytes, signature: bytes, offset: int, layout: str, value: int) -> bytes:
    """A field of the first record of a kind overwritten."""
    at = archive.index(signature) + offset
    return archive[:at] + struct.pack(layout, value) + archive[at + struct.calcsize(layout) :]


SOUND: Final = zipped({"a.xml": invoice(), "b.txt": b"x"})
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
LYING: Final = {
    "size in the directory": _patched(SOUND, CENTRAL, 24, "<I", 10),
    "huge size in the directory": _patched(SOUND, CENTRAL, 24, "<I", 0x7FFFFFFF),
    "packed size": _patched(SOUND, CENTRAL, 20, "<I", 3),
    "checksum": _patched(SOUND, CENTRAL, 16, "<I", 1),
    "place of the member": _patched(SOUND, CENTRAL, 42, "<I", 7),
    "place beyond the end": _patched(SOUND, CENTRAL, 42, "<I", 0x7FFFFFFF),
    "no name": _patched(SOUND, CENTRAL, 28, "<H", 0),
    "long name": _patched(SOUND, CENTRAL, 28, "<H", 0xFFFF),
    "other method": _patched(SOUND, CENTRAL, 10, "<H", 99),
    "number of members": _patched(SOUND, END, 10, "<H", 0xFFFF),
    "place of the directory": _patched(SOUND, END, 16, "<I", 0x7FFFFFFF),
    "name in the member": _patched(SOUND, LOCAL, 26, "<H", 0xFFFF),
}


@pytest.mark.parametrize("lie", LYING)
def test_archives_that_lie(tmp_path: Path, lie: str) -> None:
    """Refused or read in truth; as bytes, as a file among the inputs, and inside an attachment."""
    data = LYING[lie]
    with suppress(fk.InputError):
        assert unwrap(data).content == invoice()
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    for item in inputs.expand([str(path)], DEFAULT):
        with suppress(fk.InputError):
            assert item.archive is not None or item.read(DEFAULT) == invoice()


def test_members_that_overlap() -> None:
    """One compressed stream under many names is counted as often as it unfolds."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a>" + b" " * 900_000)
        first = archive.filelist[0]
        for number in range(200):
            twin = zipfile.ZipInfo(f"{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    limits = Limits(zip_bytes=100_000_000)
    with pytest.raises(fk.InputError):
        unwrap(target.getvalue(), limits=limits)
