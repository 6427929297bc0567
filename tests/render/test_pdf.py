"""The PDF: what is inside it, what it is made of, how its pages break."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import nullcontext
from functools import cache
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest

import fatturakit as fk
from fatturakit.render import engine, lettering
from fatturakit.render.options import Look
from fatturakit.render.pdf import merged
from fatturakit.render.themes import theme as named

from ..samples import INVOICE
from ..shared import needs_shared, shared
from .documents import THEMES, fixture

PAGES = {"long": (5, 5, 5), "parcella": (1, 1, 1)}


@cache
def pdf(name: str, theme: str = "standard") -> bytes:
    page = fk.render(fixture(name), theme=theme, shape="pdf")
    assert isinstance(page, bytes)
    return page


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pages(data: bytes) -> list[str]:
    """The text of every page, in reading order."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def many_lines(count: int) -> fk.Document:
    start, end = INVOICE.index("<DettaglioLinee>"), INVOICE.index("</DettaglioLinee>") + len("</DettaglioLinee>")
    line = INVOICE[start:end]
    rows = [
        line.replace("<NumeroLinea>1<", f"<NumeroLinea>{number}<").replace(
            "Tavolo",
            f"inizio{number:03d} "
            + "Tavolo di noce massello con quattro gambe tornite a mano " * 3
            + f"fine{number:03d}",
        )
        for number in range(1, count + 1)
    ]
    return fk.open((INVOICE[:start] + "".join(rows) + INVOICE[end:]).encode(), name="righe.xml")


def test_the_received_file_comes_out_as_it_went_in() -> None:
    document = fixture("0A1C4")
    with opened(pdf("0A1C4")) as found:
        assert found.attachments[document.name].get_file().read_bytes() == document.data
        names = set(found.attachments)
        relations = [str(row.AFRelationship) for row in found.Root.AF]
        assert len(found.Root.AF) == len({row.objgen for row in found.Root.AF}) == len(names) == 3
        assert sorted(relations) == ["/Source", "/Supplement", "/Supplement"]


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_archival_tagged_and_titled(theme: str) -> None:
    with opened(pdf("0A1C4", theme)) as found, found.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert "Fattura differita" in str(metadata["dc:title"])
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "it"
        assert found.Root.OutputIntents
        fonts = [font for page in found.pages for font in page.resources.get("/Font", {}).values()]
        assert fonts
        assert all("Fatturakit-Sans" in str(font.BaseFont) for font in fonts)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert fk.render(fixture("0A1C4"), shape="pdf") == pdf("0A1C4")


@pytest.mark.parametrize("theme", THEMES)
def test_rows_stay_whole_and_heads_return(theme: str) -> None:
    page = fk.render(many_lines(60), theme=theme, shape="pdf")
    assert isinstance(page, bytes)
    found = pages(page)
    assert len(found) > 2
    for number in range(1, 61):
        first, last = (
            next(place for place, text in enumerate(found) if f"{mark}{number:03d}" in text)
            for mark in ("inizio", "fine")
        )
        assert first == last
    for place, text in enumerate(found):
        assert f"Pagina {place + 1} di {len(found)}" in text
        assert "righe.xml" in text
        if "Tavolo" in text:
            assert "Descrizione" in text
        assert ("Falegnameria Colle · Fattura n. 12/A del 03-11-2026" in text) is (place > 0)


@pytest.mark.parametrize("theme", THEMES)
def test_every_body_begins_a_page_and_has_a_bookmark(theme: str) -> None:
    data = pdf("LT003", theme)
    found = pages(data)
    assert [f"Documento {number} di 3" in found[number - 1] for number in (1, 2, 3)] == [True] * 3
    with opened(data) as document, document.open_outline() as outline:
        names = [f"Fattura n. {number}/H del " for number in (101, 102, 103)]
        assert [item.title[:-10] for item in outline.root] == names


def test_merged_files_keep_their_bookmarks_and_sources() -> None:
    documents = [fixture("00001"), fixture("0A1C4"), fixture("NS_001")]
    data = merged([(document, Look()) for document in documents], named("acube"))
    with opened(data) as found, found.open_outline() as outline:
        assert len(outline.root) == 3
        for document in documents:
            assert found.attachments[document.name].get_file().read_bytes() == document.data


@needs_shared
@pytest.mark.parametrize("name", PAGES)
def test_samples_need_few_pages(name: str) -> None:
    document = fk.open(shared("render-refs", "samples", f"{name}.xml"))
    for theme, most in zip(THEMES, PAGES[name], strict=True):
        page = fk.render(document, theme=theme, shape="pdf")
        assert isinstance(page, bytes)
        with opened(page) as found:
            assert len(found.pages) <= most, theme


@pytest.mark.parametrize("theme", ["assosoftware", "acube"])
def test_a_simple_invoice_needs_one_page(theme: str) -> None:
    with opened(pdf("00001", theme)) as found:
        assert len(found.pages) == 1


def test_the_amount_due_is_on_the_first_page() -> None:
    for theme in THEMES:
        page = fk.render(many_lines(60), theme=theme, shape="pdf")
        assert isinstance(page, bytes)
        assert "Netto a pagare" in pages(page)[0]


def test_lines_that_are_kept_are_the_lines_of_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    module = engine.part("weasyprint.text.line_break")
    theirs = module.Layout
    made = pdf("0A1C4", "acube")
    assert module.Layout is theirs
    with lettering.kept_lines(None):
        with lettering.kept_lines(None):
            assert module.Layout is not theirs
        assert module.Layout is theirs
    monkeypatch.setattr(engine.weasyprint(), "__version__", "71.0")
    with lettering.kept_lines(None):  # a version it was not tried with
        assert module.Layout is theirs
    monkeypatch.undo()
    monkeypatch.setattr(import_module("fatturakit.render.pdf"), "kept_lines", lambda fonts: nullcontext())
    assert fk.render(fixture("0A1C4"), theme="acube", shape="pdf") == made


def test_nothing_is_started_and_collection_returns() -> None:
    program = (
        "import gc, subprocess, os\n"
        "def refuse(*a, **k): raise AssertionError('a process was started')\n"
        "subprocess.Popen = refuse; os.system = refuse; os.posix_spawn = refuse\n"
        "import fatturakit as fk\n"
        f"page = fk.render(fk.open({str(fixture('00001').name)!r}), shape='pdf')\n"
        "assert page[:5] == b'%PDF-' and gc.isenabled()\n"
    )
    home = Path(__file__).resolve().parents[2] / "fixtures" / "invoices"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=home, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_of_another_make_fetches_nothing(tmp_path: Path) -> None:
    from fatturakit.render.pdf import from_html

    (tmp_path / "secret.txt").write_text("segreto")
    page = f"<!DOCTYPE html><html><body><p>testo<img src='file://{tmp_path}/secret.txt'><a rel=attachment href='file://{tmp_path}/secret.txt'>x</a></body></html>"
    data = from_html(page)
    assert b"segreto" not in data
    assert re.search(r"testo", pages(data)[0])


def test_files_of_one_name_are_all_inside() -> None:
    first = fixture("00001")
    second = fk.open(first.data.replace(b"<Numero>", b"<Numero>9"), name=first.name)
    with opened(merged([(first, Look()), (second, Look())], named("standard"))) as found:
        inside = [found.attachments[name].get_file().read_bytes() for name in sorted(found.attachments)]
    assert sorted(inside) == sorted([first.data, second.data])
