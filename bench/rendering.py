"""Pages: HTML beside an XSL sheet of the user's, PDF beside WeasyPrint alone on the very same HTML.

Chromium and wkhtmltopdf, where they are installed, print the same page beside.

The sheet of the tax agency is not ours to ship: ``script/bench`` gets a package that carries it, and FATTURAKIT_XSL
names another copy.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cases
import clock
import inputs
from cases import Case, Limit, Result
from clock import CACHE, Effort

SHEET = "FATTURAKIT_XSL"
_NAMED = "Foglio_di_stile_fatturaordinaria_*.xsl"
_PLAIN = "import weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
_MANY = 100
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
_BROWSERS = {"chromium": (*_QUIET, "--print-to-pdf={out}", "{page}"), "wkhtmltopdf": ("--quiet", "{page}", "{out}")}
_OURS = "import fatturakit as fk; fk.render(fk.open(sys.argv[1]), to=sys.argv[2])"


def table(*, quick: bool) -> tuple[Case, ...]:
    """Every case of the group."""
    lines, folders = (20, (2,)) if quick else (1000, (24, 100))
    few, many = partial(inputs.long, 8), partial(inputs.long, lines)
    most = cases.at_most
    return (
        _case("HTML, 8 lines", "XSLT by lxml", most(1.2), partial(_html, few, most(1.2))),
        _case(f"HTML, {lines:,} lines", "XSLT by lxml", most(1.3), partial(_html, many, most(1.3))),
        _case("PDF, 8 lines, warm", "plain WeasyPrint", most(0.9), partial(_pdf, few, most(0.9))),
        _case(f"PDF, {lines:,} lines", "plain WeasyPrint", most(0.65), partial(_pdf, many, most(0.65))),
        _case("PDF, 8 lines, cold", "plain WeasyPrint", most(0.65), partial(_cold, few, most(0.65))),
        *(_case("PDF, 8 lines, cold", name, Limit(), partial(_browser, name, few)) for name in _BROWSERS),
        *(_case(f"{count} PDFs, -j 2", "-j 1", _shared(count), partial(_two, count)) for count in folders),
    )


def _shared(files: int) -> Limit:
    """What two processes must gain; of a few files the start, which nobody shares, is too large a part."""
    return cases.at_least(1.8) if files >= _MANY else Limit()


def _case(name: str, against: str, limit: Limit, measure: Callable[[Effort], Result]) -> Case:
    return Case("pages", name, against, limit, measure)


def _html(source: Callable[[], Path], limit: Limit, effort: Effort) -> Result:
    from lxml import etree

    path = os.environ.get(SHEET) or next((CACHE / "sheet").rglob(_NAMED), None)
    if path is None:
        return Result(None, note="the sheet: not installed")
    data, sheet = source().read_bytes(), etree.XSLT(etree.parse(path))
    theirs = partial(_transformed, sheet, data)
    return cases.compared(clock.pair(partial(_drawn, data, "html"), theirs, effort), limit)


def _transformed(sheet: Any, data: bytes) -> bytes:
    from lxml import etree

    return bytes(sheet(etree.fromstring(data)))


def _drawn(data: bytes, shape: str) -> Any:
    import fatturakit

    return fatturakit.render(fatturakit.open(data), shape=shape)


def _pdf(source: Callable[[], Path], limit: Limit, effort: Effort) -> Result:
    try:
        import weasyprint
    except (ImportError, OSError):
        return Result(None, note="weasyprint: not installed")
    data = source().read_bytes()
    page = str(_drawn(data, "html"))
    pair = clock.pair(partial(_drawn, data, "pdf"), lambda: weasyprint.HTML(string=page).write_pdf(), effort)
    return cases.compared(pair, limit)


def _cold(source: Callable[[], Path], limit: Limit, effort: Effort) -> Result:
    page, out = _page(source), CACHE / "cold.pdf"
    theirs = (sys.executable, "-c", f"import sys; {_PLAIN}", page, out)
    return _processes(source, theirs, limit, effort)


def _browser(name: str, source: Callable[[], Path], effort: Effort) -> Result:
    """What is no Python prints the same page: shown beside, not judged."""
    program = shutil.which(name)
    if program is None:
        return Result(None, note=f"{name}: not installed")
    page, out = _page(source), CACHE / f"{name}.pdf"
    words = [word.format(page=page.as_uri(), out=out) for word in _BROWSERS[name]]
    return _processes(source, (program, *words), Limit(), effort)


def _page(source: Callable[[], Path]) -> Path:
    CACHE.mkdir(exist_ok=True)
    page = CACHE / "cold.html"
    page.write_text(str(_drawn(source().read_bytes(), "html")), encoding="utf-8")
    return page


def _processes(source: Callable[[], Path], theirs: tuple[str | Path, ...], limit: Limit, effort: Effort) -> Result:
    ours = partial(clock.process, (sys.executable, "-c", f"import sys; {_OURS}", source(), CACHE / "ours.pdf"))
    return cases.compared(clock.pair(ours, partial(clock.process, theirs), effort), limit)


def _two(files: int, effort: Effort) -> Result:
    folder = inputs.many(files)
    sides = []
    for jobs in ("2", "1"):
        out = CACHE / f"pages-{jobs}"
        shutil.rmtree(out, ignore_errors=True)
        command = (sys.executable, "-m", "fatturakit", "render", folder, "--to", "pdf", "-j", jobs, "-o", f"{out}/")
        sides.append(clock.process(command))
    two, one = sides
    words = [cases.seconds(side.seconds) for side in sides]
    return Result(one.seconds / two.seconds, *words, cases.load([two], [one]))
