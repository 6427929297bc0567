"""``fatturakit split`` and ``join``: names with the next progressives, warnings, exit codes."""

from __future__ import annotations

from pathlib import Path

import fatturakit

from .. import samples
from ..shared import ROOT
from .run import fatturakit as run

LOT = ROOT / "fixtures/invoices/IT07688300081_LT003.xml"
SIGNED = samples.invoice(
    ("</p:FatturaElettronica>", '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></p:FatturaElettronica>')
)


def test_apart_and_together(tmp_path: Path) -> None:
    done = run("split", LOT, "-o", "out/", cwd=tmp_path)
    names = ["IT07688300081_LT004.xml", "IT07688300081_LT005.xml", "IT07688300081_LT006.xml"]
    assert (done.returncode, done.stdout.split()) == (0, [f"out/{name}" for name in names])
    assert [len(fatturakit.open(tmp_path / "out" / name).body) for name in names] == [1, 1, 1]
    assert run("join", *[f"out/{name}" for name in names], "-o", "lot.xml", cwd=tmp_path).returncode == 0
    assert (tmp_path / "lot.xml").read_bytes() == LOT.read_bytes()
    assert run("join", "out/", "-o", "out/", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out/IT07688300081_LT007.xml").read_bytes() == LOT.read_bytes()
    assert run("join", "out/IT07688300081_LT004.xml", cwd=tmp_path).stdout.startswith("<?xml")


def test_a_signature_is_dropped_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "IT01879020517_00009.xml").write_bytes(SIGNED)
    done = run("split", "IT01879020517_00009.xml", "-o", "out/", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "out/IT01879020517_00010.xml\n")
    assert "IT01879020517_00009.xml: the signature does not stay: it covered another file\n" in done.stderr
    assert not fatturakit.open(tmp_path / "out/IT01879020517_00010.xml").is_signed
    assert run("split", "IT01879020517_00009.xml", "-q", "-o", "out/", cwd=tmp_path).stderr == ""


def test_headers_that_differ(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(samples.invoice())
    (tmp_path / "b.xml").write_bytes(samples.invoice(("Falegnameria Colle", "Falegnameria Monte")))
    done = run("join", "a.xml", "b.xml", "-o", "lot.xml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, "1.2.1.3.1 Denominazione" in done.stderr) == (1, True)
    assert not (tmp_path / "lot.xml").exists()


def test_endings(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(samples.invoice())
    (tmp_path / "broken.xml").write_bytes(b"<x")
    assert run("split", "a.xml", cwd=tmp_path).returncode == 2
    assert run("split", "broken.xml", "a.xml", "-o", "out/", cwd=tmp_path).returncode == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["IT01879020517_00001.xml"]
    assert run("join", "broken.xml", "a.xml", "-o", "lot.xml", cwd=tmp_path).returncode == 3
    assert not (tmp_path / "lot.xml").exists()
    receipt = ROOT / "fixtures/messages/IT07712040257_0A1C4_RC_001.xml"
    assert run("split", receipt, "-o", "out/", cwd=tmp_path).returncode == 1
