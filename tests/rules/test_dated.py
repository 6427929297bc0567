"""Codes that a later version of the schemas brought: --as-of an earlier day they are 00200."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.rules.sdi.e00200_schema import SETTLED
from fatturakit.schema.codes import code_list, code_lists

from ..samples import invoice
from ..shared import ROOT, needs_shared, shared

XS = "{http://www.w3.org/2001/XMLSchema}"
VERSIONS = {"1.2.1": "2020-10-01", "1.2.2": "2022-10-01", "1.2.3": "2025-04-01"}
RITENUTA = (
    "<DatiRitenuta><TipoRitenuta>RT01</TipoRitenuta><ImportoRitenuta>20.00</ImportoRitenuta>"
    "<AliquotaRitenuta>20.00</AliquotaRitenuta><CausalePagamento>{}</CausalePagamento></DatiRitenuta>"
)


def judged(data: bytes, day: str) -> list[tuple[str | None, str]]:
    """Field and code of every 00200 by the controls of a day, whatever the day of reception."""
    report = fk.validate(data, received_on="2026-11-21", as_of=date.fromisoformat(day), select=("00200",))
    assert (report.verdict is fk.Verdict.INVALID) is bool(report.findings)
    return [(finding.field, str(finding.args["found"])) for finding in report.findings]


@pytest.mark.parametrize(
    ("change", "field", "last", "first"),
    [
        (("TD01", "TD29"), "2.1.1.1", "2025-03-31", "2025-04-01"),
        (("TD01", "TD28"), "2.1.1.1", "2022-09-30", "2022-10-01"),
        (("TD01", "TD17"), "2.1.1.1", "2020-05-03", "2020-05-04"),
        (("RF01", "RF20"), "1.2.1.8", "2025-03-31", "2025-04-01"),
        (
            ("<Numero>12/A</Numero>", f"<Numero>1</Numero>{RITENUTA.format('ZO')}"),
            "2.1.1.5.4",
            "2020-05-03",
            "2020-05-04",
        ),
    ],
)
def test_the_first_day(change: tuple[str, str], field: str, last: str, first: str) -> None:
    """Rejected the day before, accepted from then on; between the two dates of version 1.6 accepted."""
    assert [place for place, _ in judged(invoice(change), last)] == [field]
    assert judged(invoice(change), first) == []
    assert judged(invoice(), "2018-12-31") == []


def test_every_place_is_named() -> None:
    """Line and summary each have their finding, in both languages, and the rest of the content is judged."""
    natura = invoice(
        ("<AliquotaIVA>22.00</AliquotaIVA>", "<AliquotaIVA>0.00</AliquotaIVA><Natura>N2.2</Natura>"),
        ("<AliquotaIVA>22.00</AliquotaIVA>", "<AliquotaIVA>0.00</AliquotaIVA><Natura>N2.2</Natura>"),
        ("<Imposta>22.00", "<Imposta>5.00"),
    )
    report = fk.validate(natura, received_on="2026-11-21", as_of=date(2020, 5, 3))
    errors = [(f.code, f.field, f.line) for f in report.findings if f.severity is fk.Severity.ERROR]
    assert [error[:2] for error in errors] == [("00200", "2.2.1.14"), ("00200", "2.2.2.2"), ("00421", "2.2.2.6")]
    assert "2020-10-01" in report.findings[0].say("it")
    assert "2020-05-03" in report.findings[0].say("en")
    old = natura.replace(b"N2.2", b"N2")
    assert judged(old, "2020-05-03") == []


def test_simplified() -> None:
    """RF20 came with the simplified schema 1.0.2."""
    data = (ROOT / "fixtures/rules/00460/ok-franchigia.xml").read_bytes()
    assert judged(data, "2025-03-31") == [("1.2.10", "RF20")]
    assert judged(data, "2025-04-01") == []


def test_more_than_fifty_are_00201() -> None:
    """They count among the format errors."""
    natura = "<AliquotaIVA>0.00</AliquotaIVA><Natura>N2.2</Natura>"
    line = invoice().decode().partition("<DettaglioLinee>")[2].partition("</DettaglioLinee>")[0]
    line = f"<DettaglioLinee>{line}</DettaglioLinee>".replace("<AliquotaIVA>22.00</AliquotaIVA>", natura)
    data = invoice(("<DettaglioLinee>", line * 51 + "<DettaglioLinee>"))
    found = fk.validate(data, received_on="2026-11-21", as_of=date(2020, 5, 3), ignore=("FK", "003")).findings
    assert [finding.code for finding in found] == ["00200"] * 50 + ["00201"]


def test_from_the_settled_day_on_nobody_looks() -> None:
    """The day from which the engine need not look is the first of the newest code."""
    days = [code.since for name in code_lists() for code in code_list(name) if code.since]
    assert max(days) == SETTLED


@needs_shared
@pytest.mark.parametrize(("version", "day"), VERSIONS.items())
def test_the_official_schemas_say_the_same(version: str, day: str) -> None:
    """A version of the official schema has, beyond the one before it, just the codes that begin on its day."""
    names = ["1.2", *VERSIONS]
    before, after = (enumerations(name) for name in (names[names.index(version) - 1], version))
    news = {(name, code) for name, codes in after.items() for code in codes - before.get(name, set())}
    began = {(name, c.code) for name in code_lists() for c in code_list(name) if c.since == date.fromisoformat(day)}
    assert news == began


def enumerations(version: str) -> dict[str, set[str]]:
    """The enumerated types of an official schema, under our names."""
    name = "fatturapa-ordinary-1.2.3.xsd" if version == "1.2.3" else f"fatturapa-{version}.xsd"
    types = etree.parse(str(shared("official", name))).getroot().iter(f"{XS}simpleType")
    return {
        kind.get("name", "").removesuffix("Type"): {str(value.get("value")) for value in kind.iter(f"{XS}enumeration")}
        for kind in types
        if kind.get("name")
    }


@pytest.mark.parametrize(
    ("code", "day"),
    [("00320", "2019-07-30"), ("00471", "2020-05-04"), ("00477", "2024-02-01"), ("00327", "2026-05-15")],
)
def test_what_is_not_judged_follows_the_calendar_too(code: str, day: str) -> None:
    """A control that did not exist on a day is not said to be left unjudged by the controls of that day."""
    first = date.fromisoformat(day)
    reports = [fk.validate(invoice(), received_on="2026-11-21", as_of=each) for each in (first - timedelta(1), first)]
    assert [code in {row.code for row in report.not_evaluated} for report in reports] == [False, True]
    later = fk.validate(invoice(), received_on="2026-11-21", as_of=first + timedelta(1))
    assert later.not_evaluated is reports[1].not_evaluated


ROMAN = datetime.fromisoformat("2026-11-20T23:30:00")
MOMENTS = ("2026-11-20", date(2026, 11, 20), ROMAN, datetime(2026, 11, 20, 22, 30, tzinfo=UTC))


@pytest.mark.parametrize("given", MOMENTS)
def test_days_and_moments_as_programs_have_them(given: date | str) -> None:
    """Text, a day, a moment with an offset or, as Europe/Rome, without."""
    late = invoice(("<Data>2026-11-03", "<Data>2026-11-21"))
    assert [finding.code for finding in fk.validate(late, received_on=given, select="00403").findings] == ["00403"]
    assert fk.validate(late, received_on="2026-11-21", as_of=given).as_of == date(2026, 11, 20)


def test_codes_as_programs_have_them() -> None:
    """One prefix, or several in whatever holds them."""
    held = ("</AliquotaIVA>\n      </Dett", "</AliquotaIVA><Ritenuta>SI</Ritenuta>\n      </Dett")  # 00411 besides
    wrong = invoice(("<Imposta>22.00", "<Imposta>5.00"), held)
    for select in ("0042", ["0042"], {"0042"}, ("0042",)):
        assert [finding.code for finding in fk.validate(wrong, select=select).findings] == ["00421"]
        assert "00421" not in [finding.code for finding in fk.validate(wrong, ignore=select).findings]
