"""Files made to harm: refused or judged at once, with a sentence, by everything that reads audit files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from time import process_time

import pytest

from fatturakit import InputError
from fatturakit.saft import convert, inspect, qr, validate

from .small import SMALL

BODY = SMALL[SMALL.index(b"<AuditFile") :]
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'
SECONDS = 5.0
"""Far more than any of them takes; what grows with the square of something takes minutes."""


def packed(*members: tuple[str, bytes]) -> bytes:
    """A ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def in_city(text: bytes) -> bytes:
    return DECLARED + BODY.replace(b"<City>", b"<City>" + text, 1)


MANY = b" ".join(b'a%d="1"' % number for number in range(3_000))
UNREADABLE = {
    "an entity from a file": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + in_city(b"&x;").removeprefix(DECLARED),
        "PT1003",
    ),
    "entities in entities": (b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + BODY, "PT1003"),
    "a DTD on the net": (b'<!DOCTYPE AuditFile SYSTEM "http://x.invalid/y.dtd">' + BODY, "PT1003"),
    "a DOCTYPE after 200 kB": (b"<!--" + b"x" * 200_000 + b"--><!DOCTYPE a []>" + BODY, "PT1003"),
    "an entity nobody declared": (in_city(b"&nbsp;"), "PT1001"),
    "a text of 11 MB": (in_city(b"x" * 11_000_000), "PT1001"),
    "300 levels": (in_city(b"<a>" * 300 + b"</a>" * 300), "PT1001"),
    "a NUL": (in_city(b"\x00"), "PT1001"),
    "a control": (in_city(b"\x01"), "PT1001"),
    "no XML": (b"hello", "PT1001"),
    "nothing": (b"", "PT1002"),
    "two files in a ZIP": (packed(("a.xml", SMALL), ("b.xml", SMALL)), "PT1010"),
    "no XML in a ZIP": (packed(("a.txt", SMALL)), "PT1010"),
    "a ZIP bomb": (packed(("a.xml", b"<AuditFile>" + b" " * 20_000_000)), "PT1011"),
    "half a ZIP": (packed(("a.xml", SMALL))[:1500], "PT1011"),
}
INVALID = {
    "3,000 attributes on the root": (BODY.replace(b"<AuditFile", b"<AuditFile " + MANY, 1), "PT2009"),
    "3,000 attributes on a line": (BODY.replace(b"<Line>", b"<Line " + MANY + b">", 1), "PT2009"),
    "3,000 unknown elements": (in_city(b"").replace(b"</Line>", b"<x/>" * 3_000 + b"</Line>", 1), "PT2002"),
    "200 levels": (in_city(b"<a>" * 200 + b"</a>" * 200), "PT2009"),
}


@pytest.mark.parametrize("name", [*UNREADABLE, *INVALID])
def test_hostile_files_are_judged_at_once(name: str) -> None:
    data, code = (UNREADABLE | INVALID)[name]
    began = process_time()
    report = validate(data)
    assert process_time() - began < SECONDS
    assert report.verdict.value == ("unreadable" if name in UNREADABLE else "invalid")
    assert code in {row.code for row in report.findings}
    assert all(row.say(lang) and row.remedy(lang) for row in report.findings for lang in ("it", "en", "pt"))


@pytest.mark.parametrize("name", UNREADABLE)
def test_every_reader_refuses_them_and_says_which_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "h{ostile}.xml"
    path.write_bytes(UNREADABLE[name][0])
    for read in (lambda: inspect(path), lambda: convert(path, "csv", tmp_path / "out"), lambda: qr(path)):
        with pytest.raises(InputError) as caught:
            read()
        assert caught.value.say("en").startswith(f"{path}: ")
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_an_undeclared_entity_is_named_with_its_line() -> None:
    (finding,) = (row for row in validate(UNREADABLE["an entity nobody declared"][0]).findings if row.code == "PT1001")
    assert "nbsp" in finding.say("en")
    assert finding.line


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    report = validate(packed(("../../evil.xml", SMALL)))
    assert report.verdict.value == "valid"
    assert not (tmp_path.parent.parent / "evil.xml").exists()
