"""What each format means to its reader, whatever its bytes are."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from lxml import etree
from lxml import html as lxml_html

from fatturakit.errors import UsageError
from fatturakit.findings import Report, Verdict
from fatturakit.report import Summary, Tally, renderer
from fatturakit.report._spool import Spool
from fatturakit.texts import Language

from .cases import ALL, CASES, CLEAN, EVIL, FORMATS, LANGUAGES, LOST, MENDED, ODD, UNSURE, WRONG, render, report

# What must never reach a terminal: controls other than our own line ends, direction overrides, undecodable halves.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufffe\ud800-\udfff]")


@pytest.mark.parametrize(("name", "case", "lang"), ALL)
def test_nothing_a_terminal_would_obey(name: str, case: str, lang: Language) -> None:
    for interrupted in (False, True):
        output = render(name, CASES[case], lang, interrupted=interrupted, verbose=2)
        assert not RAW.search(output)
        output.encode("utf-8")


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_ascii_only(name: str) -> None:
    output = render(name, CASES["many"] + CASES["hostile"], "it", ascii_only=True, verbose=1)
    assert output.isascii()


@pytest.mark.parametrize("name", FORMATS)
def test_colour_is_only_for_text_and_only_on_request(name: str) -> None:
    plain, coloured = render(name, CASES["many"]), render(name, CASES["many"], color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert ("\x1b" in coloured) is (name == "text")


def test_unknown_format() -> None:
    with pytest.raises(UsageError, match="xml"):
        renderer("xml", lang="it")


def test_only_the_module_that_is_needed_is_loaded() -> None:
    code = "import sys; from fatturakit.report import renderer; renderer({!r}, lang='it'); print(*sys.modules)"
    loaded = {
        name: subprocess.run(
            [sys.executable, "-c", code.format(name)], capture_output=True, text=True, check=True
        ).stdout
        for name in ("text", "json")
    }
    assert "jinja2" not in loaded["text"] + loaded["json"]
    assert "fatturakit.report.json" not in loaded["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_clean_document_is_one_line(lang: Language) -> None:
    lines = render("text", (CLEAN,), lang).splitlines()
    assert len(lines) == 2
    assert lines[0].endswith({"it": "  valida", "en": "  valid"}[lang])
    assert lines[1].startswith(
        {"it": "0 errori, 0 avvisi. 3 controlli", "en": "0 errors, 0 warnings. 3 controls"}[lang]
    )


@pytest.mark.parametrize("width", [20, 50, 80, 100])
def test_text_hangs_and_stays_within_the_width(width: int) -> None:
    body = [line for line in render("text", (WRONG,), width=width).splitlines() if line.startswith(" ")]
    column = body[0].index("2.2.1.11")
    assert all(line[:column].strip() == "" or len(line) > column for line in body)
    assert all(len(line) <= max(width, column + 24) or " " not in line[column:] for line in body)


def test_text_verbose_lists_what_was_not_judged() -> None:
    assert "serve l'elenco IPA" not in render("text", (CLEAN,))
    assert "  00311  serve l'elenco IPA" in render("text", (CLEAN,), verbose=1)


def test_text_seconds_only_when_verbose() -> None:
    summary = Summary(1, 0, 0, 0, 0, 0, 0, seconds=1.5)
    assert "1,50" not in "".join(renderer("text", lang="it").end(summary))
    assert "1,50" in "".join(renderer("text", lang="it", verbose=1).end(summary))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_concise_is_one_machine_readable_line_per_finding(lang: Language) -> None:
    for each in (*CASES["many"], ODD):
        lines = render("concise", (each,), lang).split("\n")[:-1]
        assert len(lines) == len(each.findings)
        for line, finding in zip(lines, each.findings, strict=True):
            assert f":{finding.line or 1}: {finding.code} {finding.severity.value} " in line


def test_github_escapes_as_the_toolkit_does() -> None:
    output = render("github", (ODD,), "en")
    assert output.count("\n") == 1
    assert output.startswith("::error file=")
    properties, message = output[2:-1].split("::", 1)
    assert properties.count(",") == 2
    assert "%250A" in message
    assert message.count("%0A") == 1


def junit(reports: tuple[Report, ...], *, interrupted: bool = False) -> etree._Element:
    return etree.fromstring(render("junit", reports, interrupted=interrupted).encode())


@pytest.mark.parametrize("case", list(CASES))
def test_junit_totals_are_those_of_its_cases(case: str) -> None:
    root = junit(CASES[case], interrupted=True)
    suite = root[0]
    counted = [
        len(suite.findall(path)) for path in ("testcase", "testcase/failure", "testcase/error", "testcase/skipped")
    ]
    assert [int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")] == counted
    assert dict(root.attrib) == {**suite.attrib, "name": "fatturakit"}
    assert suite.find("system-err") is not None


@pytest.mark.parametrize(("each", "outcome"), [(CLEAN, None), (WRONG, "failure"), (LOST, "error"), (UNSURE, "skipped")])
def test_junit_outcome(each: Report, outcome: str | None) -> None:
    (case,) = junit((each,)).iter("testcase")
    assert [child.tag for child in case if child.tag != "system-out"] == ([outcome] if outcome else [])
    assert case.get("name") == each.path


def page(reports: tuple[Report, ...], lang: Language) -> etree._Element:
    return lxml_html.document_fromstring(render("html", reports, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", list(CASES))
def test_html_is_accessible_and_self_contained(case: str, lang: Language) -> None:
    root = page(CASES[case], lang)
    assert root.get("lang") == lang
    assert len(root.findall(".//h1")) == 1
    assert not [node.tag for node in root.iter("script", "link", "img", "iframe", "form", "object", "svg")]
    assert all(node.get("scope") in {"col", "row"} for node in root.iter("th"))
    assert all(str(node.get("href")).startswith("#") for node in root.iter("a"))
    assert not [name for node in root.iter() for name in node.attrib if str(name).startswith("on")]
    identifiers = root.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = [*root.xpath("//@aria-labelledby"), *(str(href)[1:] for href in root.xpath("//@href"))]
    assert set(targets) <= set(identifiers)


def test_html_has_a_row_per_document_and_a_detail_where_there_is_something_to_say() -> None:
    root = page(CASES["many"], "it")
    assert len(root.xpath("//section[@aria-labelledby='list']//tbody/tr")) == len(CASES["many"])
    wanted = sum(bool(each.findings or each.repairs) for each in CASES["many"])
    assert len(root.xpath("//article")) == wanted
    assert "byte 0x00 tolto" in root.text_content()  # type: ignore[attr-defined]


def test_html_shows_hostile_values_as_text() -> None:
    text = page((ODD,), "it").text_content()  # type: ignore[attr-defined]
    assert "<script>alert(1)</script>\\n::error::x & \"q\" 'a' \\x1b[31m" in text
    assert EVIL not in text


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", ["ink", "soft", "link", "bad", "warn", "info", "good"])
def test_html_contrast(ink: str) -> None:
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{3,6})\b", render("html", ()))
    colours = {name: value if len(value) == 6 else "".join(char * 2 for char in value) for name, value in found}
    grounds = ["paper", "wash", *([f"{ink}-wash"] if f"{ink}-wash" in colours else [])]
    for ground in grounds:
        assert (luminance(colours[ground]) + 0.05) / (luminance(colours[ink]) + 0.05) >= 4.5


def test_tally_adds_up() -> None:
    tally = Tally()
    for each in CASES["many"]:
        tally.add(each)
    summary = tally.summary(seconds=1.0)
    assert (summary.documents, summary.valid, summary.invalid, summary.unclear, summary.unreadable) == (7, 3, 2, 1, 1)
    assert (summary.errors, summary.warnings, summary.infos, summary.not_evaluated_codes) == (3, 1, 1, 3)


def test_spool_gives_back_what_it_took_also_from_disk() -> None:
    spool = Spool()
    piece = "riga è\r\n" * 100_000
    for _ in range(12):
        spool.write(piece)
    assert "".join(spool.drain()) == piece * 12


def test_long_names_are_cut() -> None:
    huge = report("x.xml", Verdict.VALID, bodies=(MENDED.bodies[0]._replace(numero="9" * 5000),))
    assert len(render("text", (huge,)).splitlines()[0]) < 120
