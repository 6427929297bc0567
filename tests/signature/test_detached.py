"""Signatures beside what they sign: .p7s files, and mail signed as a whole (multipart/signed)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit import storage
from fatturakit.batch.envelopes import verifying
from fatturakit.batch.inputs import expand
from fatturakit.limits import DEFAULT
from fatturakit.signature.verdict import Integrity, Verdict
from fatturakit.signature.verify import verify

from ..cli.run import fatturakit
from ..samples import INVOICE
from .making import authority, openssl, p7m, signer

DATA = INVOICE.encode()
CRLF = INVOICE.replace("\n", "\r\n").encode()
ENV = {"FATTURAKIT_CACHE": "/nonexistent"}


def p7s(content: bytes, folder: Path, form: str = "DER", *options: str) -> bytes:
    """A detached signature by openssl."""
    cert, private, _ = signer().files(folder, "detached")
    (folder / "plain").write_bytes(content)
    words = ["-in", folder / "plain", "-signer", cert, "-inkey", private, "-outform", form, "-out", folder / "made"]
    openssl("cms", "-sign", "-cades", *options, *words)
    return (folder / "made").read_bytes()


@pytest.mark.parametrize("form", ["DER", "PEM"])
@pytest.mark.parametrize("options", [("-binary",), ()])
def test_a_signature_in_a_file_of_its_own(form: str, options: tuple[str, ...], tmp_path: Path) -> None:
    """Over the bytes, or over them as mail writes them; anything else is changed, nothing is not verifiable."""
    signature = p7s(DATA, tmp_path, form, *options)
    found = verify(signature, content=DATA, trust=())
    assert (found.verdict, found.layers) == (Verdict.NOT_VERIFIED, ("p7s", "xml"))
    changed = verify(signature, content=DATA.replace(b">100.00<", b">900.00<"), trust=())
    assert (changed.verdict, changed.ok) == (Verdict.CHANGED, False)
    with pytest.raises(fk.InputError):
        verify(signature, trust=())
    with pytest.raises(fk.InputError):
        verify(p7m(DATA, signer(), folder=tmp_path), content=DATA, trust=())


def test_over_an_envelope(tmp_path: Path) -> None:
    """A signature beside a .p7m: a row for each."""
    envelope = p7m(DATA, signer(), folder=tmp_path)
    rows = verify(p7s(envelope, tmp_path, "DER", "-binary"), content=envelope, trust=()).signers
    assert [(row.level, row.integrity) for row in rows] == [(1, Integrity.INTACT), (2, Integrity.INTACT)]


@pytest.mark.parametrize("content", [DATA, CRLF])
def test_mail_signed_as_a_whole(content: bytes, tmp_path: Path) -> None:
    """The first part with its headers is what was signed; a changed one is never "not signed"."""
    head = b"Content-Type: application/xml; name=f.xml\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    made = p7s(head + content, tmp_path, "SMIME")
    assert b"multipart/signed" in made
    found = verify(made, trust=())
    assert (found.verdict, found.layers) == (Verdict.NOT_VERIFIED, ("smime", "xml"))
    assert fk.unwrap(made).content.strip() == content.replace(b"\n", b"\r\n").replace(b"\r\r", b"\r").strip()
    changed = made.replace(b">100.00<", b">900.00<")
    assert changed != made
    assert verify(changed, trust=()).verdict is Verdict.CHANGED
    from fatturakit.signature.warning import warning

    said = warning(fk.open(changed))
    assert said is not None
    assert said.it.startswith("ATTENZIONE")


def test_on_the_command_line(tmp_path: Path) -> None:
    """Either of the two files finds the other; --content names one that is elsewhere."""
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    (tmp_path / "f.xml").write_bytes(DATA)
    (tmp_path / "f.xml.p7s").write_bytes(p7s(DATA, tmp_path, "DER", "-binary"))
    (tmp_path / "g.p7s").write_bytes((tmp_path / "f.xml.p7s").read_bytes())
    words = ("--trust", "ca.pem", "--format", "json")
    done = fatturakit("verify", "f.xml", "f.xml.p7s", "g.p7s", *words, cwd=tmp_path, **ENV)
    verdicts = [each["verdict"] for each in json.loads(done.stdout)["documents"]]
    assert verdicts == ["intact-trusted", "intact-trusted", "unreadable"]
    assert "--content" in done.stderr
    done = fatturakit("verify", "g.p7s", "--content", "f.xml", *words, cwd=tmp_path, **ENV)
    assert [each["verdict"] for each in json.loads(done.stdout)["documents"]] == ["intact-trusted"]


def test_beside_each_other_in_a_storage(tmp_path: Path) -> None:
    """An address pairs a file and its signature as a folder does, whichever of them is named."""
    pytest.importorskip("fsspec")
    for name, data in (("f.xml", DATA), ("f.xml.p7s", p7s(DATA, tmp_path, "DER", "-binary")), ("alone.xml", DATA)):
        (tmp_path / name).write_bytes(data)
        storage.put(tmp_path / name, f"memory://detached/{name}", force=True)
    found = {}
    for home in ("memory://detached", str(tmp_path)):
        for name in ("f.xml", "f.xml.p7s", "alone.xml"):
            (item,) = expand([f"{home}/{name}"], DEFAULT)
            answer = verifying(DEFAULT, trust=()).one(item)
            assert answer is not None
            found[home, name] = answer.result.layers  # type: ignore[union-attr]
    assert [found["memory://detached", name] for name in ("f.xml", "f.xml.p7s", "alone.xml")] == [
        ("p7s", "xml"),
        ("p7s", "xml"),
        ("xml",),
    ]
    assert found["memory://detached", "f.xml"] == found[str(tmp_path), "f.xml"]
