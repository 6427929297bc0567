"""Existing XSL style sheets: they run, and reach nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import fatturakit as fk

from .documents import fixture

SHEET = """<?xml version="1.0"?>
<!DOCTYPE xsl:stylesheet [<!ENTITY nbsp "&#160;">]>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="html" encoding="UTF-8"/>
<xsl:template match="/"><html><body><h1>Fattura&nbsp;<xsl:value-of select="//Numero"/></h1>{inside}</body></html>
</xsl:template></xsl:stylesheet>"""


def sheet(folder: Path, inside: str = "") -> Path:
    path = folder / "foglio.xsl"
    path.write_text(SHEET.replace("{inside}", inside), encoding="utf-8")
    return path


def test_a_sheet_makes_the_page(tmp_path: Path) -> None:
    page = fk.render(fixture("00001"), stylesheet=sheet(tmp_path))
    assert isinstance(page, str)
    assert "<h1>Fattura\xa0" in page or "<h1>Fattura&nbsp;" in page
    paper = fk.render(fixture("00001"), stylesheet=sheet(tmp_path), shape="pdf")
    assert isinstance(paper, bytes)
    assert paper.startswith(b"%PDF-")


@pytest.mark.parametrize("where", ["{folder}/secret.xml", "file://{folder}/secret.xml", "http://127.0.0.1:9/x"])
def test_a_sheet_reads_no_file_and_no_network(tmp_path: Path, where: str) -> None:
    (tmp_path / "secret.xml").write_text("<s>segreto</s>")
    inside = f"<xsl:copy-of select=\"document('{where.format(folder=tmp_path)}')\"/>"
    try:
        page = fk.render(fixture("00001"), stylesheet=sheet(tmp_path, inside))
    except fk.UsageError:
        return
    assert "segreto" not in str(page)


def test_what_is_no_sheet_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.xsl").write_text("<niente/>")
    with pytest.raises(fk.UsageError):
        fk.render(fixture("00001"), stylesheet=tmp_path / "x.xsl")


@pytest.mark.parametrize("way", ["include", "import"])
def test_a_sheet_cannot_bring_others(tmp_path: Path, way: str) -> None:
    (tmp_path / "other.xsl").write_text(SHEET.replace("{inside}", "segreto"), encoding="utf-8")
    head, tail = SHEET.replace("{inside}", "").split("<xsl:output", 1)
    (tmp_path / "foglio.xsl").write_text(f'{head}<xsl:{way} href="other.xsl"/><xsl:output{tail}', encoding="utf-8")
    with pytest.raises(fk.UsageError, match="xsl:import"):
        fk.render(fixture("00001"), stylesheet=tmp_path / "foglio.xsl")


def test_a_sheet_that_changed_is_read_again(tmp_path: Path) -> None:
    assert "uno" in str(fk.render(fixture("00001"), stylesheet=sheet(tmp_path, "uno")))
    assert "altro" in str(fk.render(fixture("00001"), stylesheet=sheet(tmp_path, "altro")))
