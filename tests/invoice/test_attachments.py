"""Attachments: decoded, named by their bytes, unpacked within limits; what is broken is said."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile

import pytest

import fatturakit as fk
from fatturakit.envelope.safenames import SafeNames
from fatturakit.invoice.attachments import attachments
from fatturakit.limits import Limits

from ..envelope.wrapping import zipped
from ..samples import invoice

PDF = b"%PDF-1.7\n..."


def attached(*blocks: str) -> bytes:
    return invoice(("</FatturaElettronicaBody>", "".join(blocks) + "</FatturaElettronicaBody>"))


def block(name: str, content: bytes | str, **more: str) -> str:
    text = content if isinstance(content, str) else base64.b64encode(content).decode()
    rest = "".join(f"<{tag}>{value}</{tag}>" for tag, value in more.items())
    return f"<Allegati><NomeAttachment>{name}</NomeAttachment>{rest}<Attachment>{text}</Attachment></Allegati>"


@pytest.mark.parametrize(
    ("name", "content", "kind", "executable"),
    [
        ("a.pdf", PDF, "PDF", False),
        ("a", b"\x89PNG\r\n\x1a\n", "PNG", False),
        ("a.jpg", b"\xff\xd8\xff\xe0", "JPG", False),
        ("a.pdf", b"MZ\x90\x00", "EXE", True),
        ("a.pdf", b"\x7fELF", "PROGRAM", True),
        ("a.sh", b"#!/bin/sh", "PROGRAM", True),
        ("fattura.pdf.EXE", b"ciao", "TXT", True),
        ("a.docx", b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "DOCX", False),
        ("a.p7m", b"0\x82\x01\x00\x06\x09", "P7M", False),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML", False),
        ("a.html", b"<html><body/>", "HTML", False),
        ("a.bin", bytes(40), "BIN", False),
        ("a.txt", b"", "", False),
    ],
)
def test_what_it_is(name: str, content: bytes, kind: str, executable: bool) -> None:
    (found,) = fk.attachments(attached(block(name, content)))
    assert (found.name, found.kind, found.executable, found.content) == (name, kind, executable, content)
    assert (found.body, found.size, found.finding) == (1, len(content), None)


def test_base64_with_white_space() -> None:
    written = "\n  ".join(base64.encodebytes(PDF * 20).decode().splitlines())
    (found,) = fk.attachments(attached(block("a.pdf", f"\n  {written}\n")))
    assert found.content == PDF * 20


@pytest.mark.parametrize("broken", ["JVBERi0x!Lj", "JVBER", "à", "JV=BERi0x"])
def test_broken_base64_is_a_finding(broken: str) -> None:
    """Nothing is guessed: no content, and a finding at the place."""
    good, bad = fk.attachments(attached(block("a.pdf", PDF), block("b.pdf", broken)))
    assert good.finding is None
    assert (bad.content, bad.size) == (None, None)
    assert bad.finding
    assert (bad.finding.code, bad.finding.field) == ("00200", "2.5.5")
    assert "b.pdf" in bad.finding.say("it")


def test_compressed_ones_are_opened() -> None:
    data = attached(
        block("docs.zip", zipped({"x/a.pdf": PDF, "__MACOSX/._a": b"?", "b.exe": b"MZ"}), AlgoritmoCompressione="ZIP")
    )
    first, second = fk.attachments(data)
    assert (first.name, first.kind, first.content, first.compression) == ("docs.zip!x/a.pdf", "PDF", PDF, "ZIP")
    assert second.executable
    (whole,) = fk.attachments(data, unpack=False)
    assert (whole.name, whole.kind) == ("docs.zip", "ZIP")


def tarred(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


SQUEEZED: dict[str, tuple[bytes, list[tuple[str, bytes]]]] = {
    "a.pdf.gz": (gzip.compress(PDF, mtime=0), [("a.pdf", PDF)]),
    "b.txt.GZ": (gzip.compress(b"uno", mtime=0) + gzip.compress(b"due", mtime=0) + bytes(9), [("b.txt", b"unodue")]),
    "a.pdf.bz2": (bz2.compress(PDF), [("a.pdf", PDF)]),
    "a.pdf.xz": (lzma.compress(PDF), [("a.pdf", PDF)]),
    "t.tar": (tarred(("x/a.pdf", PDF)), [("x/a.pdf", PDF)]),
    "t.tgz": (gzip.compress(tarred(("a.pdf", PDF), ("b.exe", b"MZ")), mtime=0), [("a.pdf", PDF), ("b.exe", b"MZ")]),
}


@pytest.mark.parametrize("name", SQUEEZED)
def test_other_compressions_are_opened(name: str) -> None:
    """gzip, bzip2, xz, tar and both together; links in archives are nothing; cut ones are left, with a finding."""
    packed, inside = SQUEEZED[name]
    found = fk.attachments(attached(block(name, packed)))
    assert [(each.name, each.content) for each in found] == [(f"{name}!{inner}", content) for inner, content in inside]
    assert not any(each.finding for each in found)
    (whole,) = fk.attachments(attached(block(name, packed)), unpack=False)
    assert (whole.name, whole.content) == (name, packed)
    (cut,) = fk.attachments(attached(block(name, packed[: min(len(packed) // 3, 515)])))
    assert (cut.name, cut.finding is not None) == (name, True)


def test_bombs_of_other_compressions() -> None:
    """Nothing is expanded beyond the limit, and all attachments of a document together have one too."""
    for bomb in (gzip.compress(b"0" * 9_000_000), bz2.compress(b"0" * 9_000_000), lzma.compress(b"0" * 9_000_000)):
        (found,) = attachments(attached(block("a.bin", bomb)), limits=Limits(attachment_bytes=1_000_000))
        assert (found.content, found.finding is not None) == (bomb, True)
    several = attached(*(block(f"{number}.gz", gzip.compress(b"0" * 400_000)) for number in range(4)))
    rows = attachments(several, limits=Limits(unwrapped_bytes=1_000_000))
    assert [each.finding is not None for each in rows] == [False, False, True, True]


@pytest.mark.parametrize(
    ("content", "kind"), [(b"Rar!\x1a\x07\x01\x00", "RAR"), (b"7z\xbc\xaf\x27\x1c\x00", "7Z"), (b"\x1f\x9d\x90", "Z")]
)
def test_archives_that_are_not_opened_are_said(content: bytes, kind: str) -> None:
    """Recognised, handed out as they are, no error."""
    from fatturakit.report.attached import AsText, Row
    from fatturakit.report.screen import Page, Style

    (found,) = fk.attachments(attached(block("a.dat", content)))
    assert (found.kind, found.content, found.finding) == (kind, content, None)
    page = Page(Style(lang="en", width=100, color=False, ascii_only=False, verbose=0))
    assert "not opened" in AsText(page).document("f.xml", [Row(found, None, None)])


def test_limits_of_compressed_ones() -> None:
    """Too many files, too much data, a bomb or a damaged archive: left as it is, with a finding."""
    many = attached(block("a.zip", zipped({f"{n}.txt": b"x" * 100 for n in range(9)})))
    for limits in (Limits(attachment_files=8), Limits(attachment_bytes=800)):
        (found,) = attachments(many, limits=limits)
        assert found.finding
        assert found.kind == "ZIP"
        assert found.content
    (bomb,) = attachments(attached(block("a.zip", zipped({"a.txt": b"0" * 30_000_000}))))
    assert bomb.content is None
    assert bomb.finding
    (cut,) = attachments(attached(block("a.zip", zipped({"a.txt": b"0" * 300})[:-9])))
    assert cut.finding


def test_every_invoice_of_a_lot() -> None:
    whole = attached(block("a.pdf", PDF)).decode()
    start, end = whole.index("  <FatturaElettronicaBody>"), whole.index("</p:FatturaElettronica>")
    lot = whole[:end] + whole[start:end] + whole[end:]
    assert [found.body for found in fk.attachments(lot.encode())] == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("..", "allegato"),
        ("", "allegato"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("fattura\u202efdp.exe", "fatturafdp.exe"),
        ('a<b>:"|?*.pdf', "a_b_.pdf"),
        ("-rf", "_-rf"),
        ("...a. ", "a"),
        ("è più.pdf", "è più.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_safe_names(wanted: str, given: str) -> None:
    assert SafeNames().give(wanted, "allegato") == given


def test_safe_names_collide_never() -> None:
    """Also where capitals do not count."""
    names = SafeNames()
    assert [names.give("a.pdf", "x"), names.give("A.PDF", "x"), names.give("b", "x", ".png")] == [
        "a.pdf",
        "A-2.PDF",
        "b.png",
    ]
