"""``fatturakit unwrap`` and ``attachments`` as a user calls them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from ..envelope.wrapping import chunks, element, enclosed, letter, zipped
from ..samples import invoice
from .run import fatturakit

XML = invoice(("Tavolo", "Tavolo è più"))
PLAIN = enclosed(chunks(XML, 300, indefinite=True), indefinite=True)
NAME = "IT01879020517_00001.xml.p7m"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(base64.encodebytes(PLAIN))
    return tmp_path


def test_one_document(home: Path) -> None:
    """The bytes on stdout, the chain on stderr."""
    done = fatturakit("unwrap", NAME, cwd=home)
    assert done.stdout.encode() == XML
    size = f"{len(XML):,}".replace(",", ".")
    assert done.stderr == f"{NAME}: base64 → CMS → XML {size} byte\n"
    assert done.returncode == 0
    assert fatturakit("unwrap", NAME, "-q", "--lang", "en", cwd=home).stderr == ""
    assert fatturakit("unwrap", "-", stdin=(home / NAME).read_bytes()).stdout.encode() == XML


def test_bytes_are_not_touched(home: Path) -> None:
    """No line end and no encoding is changed on the way out."""
    payload = XML.replace(b"\n", b"\r\n").decode().encode("utf-16")
    (home / "a.p7m").write_bytes(enclosed(element(4, payload)))
    assert fatturakit("unwrap", "a.p7m", "-o", "out.xml", cwd=home).returncode == 0
    assert (home / "out.xml").read_bytes() == payload
    assert fatturakit("unwrap", "a.p7m", "-o", "out.xml", cwd=home).returncode == 6
    assert fatturakit("unwrap", "a.p7m", "-o", "out.xml", "--force", cwd=home).returncode == 0


def test_a_folder_of_everything(home: Path) -> None:
    """Good ones are written, refused ones do not stop them, and the table tells about each."""
    (home / "cut.p7m").write_bytes(PLAIN[:500])
    (home / "tail.p7m").write_bytes(PLAIN[:-3])
    (home / "mail.eml").write_bytes(letter({"postacert.eml": letter({NAME: PLAIN})}))
    (home / "many.zip").write_bytes(zipped({"a/x.xml": XML, "b/x.xml": XML}))
    (home / "page.p7m").write_bytes(enclosed(element(4, b"%PDF-1.7")))
    done = fatturakit("unwrap", ".", "-o", "out/", "--lang", "en", cwd=home)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "7 documents: 6 opened (1 of them recovered), 1 refused." in done.stderr
    written = {path.name: path.read_bytes() for path in (home / "out").iterdir()}
    stem = NAME.partition(".")[0]
    assert written.pop("page.pdf") == b"%PDF-1.7"
    assert set(written) == {f"{stem}.xml", f"{stem}-2.xml", "tail.xml", "x.xml", "x-2.xml"}
    assert set(written.values()) == {XML}
    shown = fatturakit("unwrap", NAME, "cut.p7m", "mail.eml", "--lang", "en", cwd=home)
    assert "3 documents: 2 opened (0 of them recovered), 1 refused." in shown.stdout
    assert "e-mail → e-mail → CMS → XML" in shown.stdout


def test_json(home: Path) -> None:
    (home / "tail.p7m").write_bytes(PLAIN[:-3])
    (home / "cut.p7m").write_bytes(PLAIN[:500])
    done = fatturakit("unwrap", NAME, "tail.p7m", "cut.p7m", "--format", "json", "-o", "out/", cwd=home)
    data = json.loads(done.stdout)
    assert data["schema"] == "fatturakit/unwrap@1"
    good, tail, cut = data["documents"]
    assert good["layers"] == ["base64", "cms", "xml"]
    assert good["steps"][-1] == {"layer": "xml", "bytes": len(XML)}
    assert Path(good["output"]) == Path("out") / "IT01879020517_00001.xml"
    assert (good["recovered"], tail["recovered"]) == (False, True)
    assert cut["error"]["code"] == "00102"
    assert done.returncode == 3


def test_strict(home: Path) -> None:
    (home / "tail.p7m").write_bytes(PLAIN[:-3])
    done = fatturakit("unwrap", "tail.p7m", cwd=home)
    assert (done.returncode, done.stdout.encode()) == (0, XML)
    assert "firma non verificabile" in done.stderr
    done = fatturakit("unwrap", "tail.p7m", "--strict", cwd=home)
    assert (done.returncode, done.stdout) == (3, "")
    assert fatturakit("validate", "tail.p7m", "--strict", cwd=home).returncode == 3
    assert fatturakit("validate", "tail.p7m", cwd=home).returncode == 1


def test_one_file_for_several_is_a_usage_error(home: Path) -> None:
    (home / "out").write_bytes(b"mine")
    done = fatturakit("unwrap", NAME, NAME, "-o", "out", cwd=home)
    assert done.returncode == 2
    assert (home / "out").read_bytes() == b"mine"


def test_every_verb_opens_it(home: Path) -> None:
    for words in (("validate", NAME), ("inspect", NAME), (NAME,)):
        done = fatturakit(*words, cwd=home)
        assert done.returncode == 0, done.stderr
        assert "12/A" in done.stdout
    report = json.loads(fatturakit("validate", NAME, "--format", "json", cwd=home).stdout)
    assert report["documents"][0]["layers"] == ["base64", "cms", "xml"]


def test_attachments(home: Path) -> None:
    """Listed; extracted under safe names; a broken one is a finding and the rest goes on."""
    blocks = "".join(
        f"<Allegati><NomeAttachment>{name}</NomeAttachment><Attachment>{text}</Attachment></Allegati>"
        for name, text in (("../x.pdf", "JVBERi0xLjc="), ("run.exe", "TVo="), ("bad.pdf", "JVB!"))
    )
    data = invoice(("</FatturaElettronicaBody>", blocks + "</FatturaElettronicaBody>"))
    (home / "a.xml.p7m").write_bytes(enclosed(element(4, data)))
    done = fatturakit("attachments", "a.xml.p7m", "-o", "out/", "--lang", "en", cwd=home)
    assert done.returncode == 1
    assert "PROGRAM: do not open" in done.stdout
    assert "bad.pdf" in done.stderr
    assert {path.name: path.read_bytes() for path in (home / "out").iterdir()} == {
        "x.pdf": b"%PDF-1.7",
        "run.exe": b"MZ",
    }
    assert not (home / "x.pdf").exists()
    listed = json.loads(fatturakit("attachments", "a.xml.p7m", "--format", "json", cwd=home).stdout)
    assert listed["schema"] == "fatturakit/attachments@1"
    assert [each["type"] for each in listed["documents"][0]["attachments"]] == ["PDF", "EXE", ""]
    assert fatturakit("attachments", "missing.xml", cwd=home).returncode == 3
