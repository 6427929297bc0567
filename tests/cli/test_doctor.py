"""``fatturakit doctor``: what is here, what is missing and the line that brings it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from fatturakit import __version__
from fatturakit.cli import _packages, doctor
from fatturakit.report.screen import Page, Style, columns
from fatturakit.report.screen_doctor import Check, healthy, screen

from ..samples import NAME, invoice
from .run import fatturakit


def test_healthy() -> None:
    done = fatturakit("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"fatturakit {__version__}")
    assert not done.stderr
    for word in ("lxml", "libxml2", "xmlschema", "click", "jinja2", "asn1crypto", "python-stdnum", "Pango", "1.2.3"):
        assert word in done.stdout


def test_json() -> None:
    data = json.loads(fatturakit("doctor", "--format", "json").stdout)
    assert (data["schema"], data["healthy"]) == ("fatturakit/doctor@1", True)
    assert data["python"][0]["name"] == ".".join(map(str, sys.version_info[:3]))
    assert len(data["schemas"]) == 6
    *own, trusted = data["data"]
    assert {row["status"] for row in data["schemas"] + own} == {"ok"}
    assert trusted["advice"] == "fatturakit trust update"
    assert {row["name"] for row in data["extras"]} >= {"pdf", "sign", "remote", "table"}
    assert all(row["advice"] == "" or "pip install" in row["advice"] for row in data["extras"])


def test_english() -> None:
    assert "Packages" in fatturakit("doctor", "--lang", "en").stdout


def test_output_file(tmp_path: Path) -> None:
    assert fatturakit("doctor", "-o", "d.txt", cwd=tmp_path).returncode == 0
    assert fatturakit("doctor", "-o", "d.txt", cwd=tmp_path).returncode == 6
    assert (tmp_path / "d.txt").read_text(encoding="utf-8").startswith("fatturakit")


def test_configuration(tmp_path: Path) -> None:
    (tmp_path / "fatturakit.toml").write_text('lang = "en"\n')
    done = fatturakit("doctor", "--show-config", cwd=tmp_path, FATTURAKIT_ACUBE_TOKEN="s3cr3t")
    assert str(tmp_path / "fatturakit.toml") in "".join(done.stdout.split())
    assert "en (from the file)" in done.stdout
    assert "fail_on" in done.stdout
    assert "FATTURAKIT_ACUBE_TOKEN" in done.stdout
    assert "s3cr3t" not in done.stdout
    assert "from the file" not in fatturakit("doctor", "--show-config", "--isolated", cwd=tmp_path).stdout


@pytest.mark.parametrize("verb", [("doctor",), ("inspect", NAME)])
def test_nothing_but_the_core_is_loaded(tmp_path: Path, verb: tuple[str, ...]) -> None:
    (tmp_path / NAME).write_bytes(invoice())
    program = (
        "import sys; from fatturakit.cli.main import run; code = run(sys.argv[1:]);"
        "late = {'weasyprint', 'pyhanko', 'signxml', 'httpx2', 'pyarrow', 'xmlschema'} & set(sys.modules);"
        "print(late, file=sys.stderr); sys.exit(code or bool(late))"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", program, *verb],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr


LACKING = [
    (lambda patch: patch.setattr(_packages.metadata, "version", _none), "packages"),
    (lambda patch: patch.setattr("fatturakit.resources.folder", _fails), "data"),
    (lambda patch: patch.setattr("fatturakit.schema.compiled.fast", _fails), "schemas"),
    (lambda patch: patch.setattr(doctor.tempfile, "TemporaryFile", _fails), "system"),
]


def _none(name: str) -> str:
    raise _packages.metadata.PackageNotFoundError(name)


def _fails(*_: object) -> None:
    raise FileNotFoundError("gone")


@pytest.mark.parametrize(("lack", "section"), LACKING, ids=[section for _, section in LACKING])
def test_what_the_core_lacks(monkeypatch: pytest.MonkeyPatch, lack: object, section: str) -> None:
    assert callable(lack)
    lack(monkeypatch)
    checks = [check for look in doctor.LOOKS for check in look()]
    broken = [check for check in checks if check.status == "broken"]
    assert section in {check.section for check in broken}
    assert all(check.advice for check in broken)
    assert not healthy(checks)


def test_a_broken_core_exits_with_4(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.metadata as m\nold = m.version\n"
        "m.version = lambda name: '0.1' if name == 'click' else old(name)\n"
    )
    done = fatturakit("doctor", PYTHONPATH=str(tmp_path))
    assert done.returncode == 4
    assert "pip install 'click>=" in done.stdout


@pytest.mark.parametrize(
    ("found", "least", "older"), [("6.1.3", "6.1", False), ("6.0", "6.1", True), ("10", "9.9", False)]
)
def test_versions(found: str, least: str, older: bool) -> None:
    assert _packages.older(found, least) is older


def test_requirements_are_those_of_our_metadata() -> None:
    known = {(name, extra) for name, _, extra in _packages.requirements()}
    assert ("lxml", None) in known
    assert ("weasyprint", "pdf") in known


def test_long_values_fold() -> None:
    checks = [Check(section="data", name="x", value="word " * 60, status="missing", advice="pip install x")]
    assert all(columns(line) <= 80 for line in screen(Page(Style()), "1", checks))
