"""The arithmetic of the content controls: official examples, boundaries, and consistent invoices that raise nothing."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from pathlib import Path

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.rules.amounts import CALCULUS, line_total, plain, tax, working
from fatturakit.rules.facts import Block

from ..samples import INVOICE, invoice
from ..shared import ROOT

ARITHMETIC = ("00400", "00401", "00419", "00421", "00422", "00423", "00424", "00429", "00430", "00443", "00444")
RECEIVED = "2026-11-21"
POINT = re.compile(r"(?<![N.\d])\d+\.\d")
REVIEWED = (*ARITHMETIC, "00411", "00413", "00414", "00415", "00420", "00437", "00438", "00445", "00460", "00474")


KO = [path for code in REVIEWED for path in sorted((ROOT / "fixtures" / "rules" / code).glob("ko-*.xml"))]


def found(data: bytes) -> dict[str, str]:
    """Code to severity, of the controls on amounts."""
    with localcontext(Context(prec=3)):  # the caller's context changes nothing
        report = fk.validate(data, received_on=RECEIVED, select=ARITHMETIC)
    worst = sorted(report.findings, key=lambda finding: finding.severity.rank)
    return {finding.code: finding.severity.value for finding in worst}


def sconto(tipo: str, percentage: str = "", amount: str = "") -> str:
    """A ScontoMaggiorazione."""
    inner = f"<Percentuale>{percentage}</Percentuale>" if percentage else ""
    inner += f"<Importo>{amount}</Importo>" if amount else ""
    return f"<ScontoMaggiorazione><Tipo>{tipo}</Tipo>{inner}</ScontoMaggiorazione>"


def line(price: str, quantity: str = "", *adjustments: str) -> Block:
    """A DettaglioLinee."""
    inner = f"<Quantita>{quantity}</Quantita>" if quantity else ""
    inner += f"<PrezzoUnitario>{price}</PrezzoUnitario>" if price else ""
    return Block(etree.fromstring(f"<DettaglioLinee>{inner}{''.join(adjustments)}</DettaglioLinee>"))


CASE_A = [sconto("SC", amount=amount) for amount in ("10.05", "5.25", "4.70")]
CASE_B = [sconto("SC", percentage) for percentage in ("8.50", "5.15", "3.00")]
CASE_C = [sconto("SC", "8.50"), sconto("SC", "5.15", "23.56"), sconto("SC", amount="15.00"), sconto("SC", "2.00")]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (line("500.00", "100.00", *CASE_A), "48000.00"),
        (line("500.00", "100.00", *CASE_B), "42092.05875"),
        (line("500.00", "100.00", *CASE_C), "41056.12"),
        (line("81.97", "11"), "901.67"),
        (line("81.97"), "81.97"),
        (line("100.00", "", sconto("MG", "10.00"), sconto("SC", "10.00")), "99.00"),
        (line("-90.00", "2.00", sconto("SC", "10.00")), "-162.00"),
        (line("-90.00", "2.00", sconto("SC", "10.00", "9.00")), "-198.00"),
        (line("0.33333333", "3.00000000"), "0.99999999"),
        (line("100.00", "1.00", sconto("SC", "0.00")), "100.00"),
        (line(""), None),
        (line("12,50"), None),
        (line("100.00", "due"), None),
        (line("100.00", "1.00", sconto("SC")), None),
        (line("100.00", "1.00", sconto("XX", "1.00")), None),
        (line("100.00", "1.00", sconto("SC", amount="1,5")), None),
        (line("100.00", "1.00", sconto("SC", "5.00", "poco")), None),
    ],
)
def test_line_total(block: Block, expected: str | None) -> None:
    """The official cases of 00423, and the edges; None where a value cannot be read."""
    with localcontext(CALCULUS):
        result = line_total(block)
    assert result == (None if expected is None else Decimal(expected))


def test_line_total_without_signs() -> None:
    """Read without its sign, an Importo shrinks (SC) or grows (MG) the price, negative prices too."""
    assert line_total(line("-90.00", "2.00", sconto("SC", "10.00", "9.00")), unsigned=True) == -162
    assert line_total(line("5.00", "2.00", sconto("SC", amount="-1.71")), unsigned=True) == Decimal("6.58")
    assert line_total(line("-5.00", "1.00", sconto("MG", amount="1.00")), unsigned=True) == -6


def test_line_total_survives_absurd_lines() -> None:
    """Thousands of adjustments, digits by the dozen: an answer or none, and no crash."""
    many = [sconto("SC", "99.9999999999999999999999")] * 400
    assert line_total(line("9" * 40, "9" * 40, *many)) is not None
    growing = [sconto("MG", "9" * 40)] * 400
    assert plain(line_total(line("1.00", "1.00", *growing)) or Decimal(0)).endswith("e+15200")


def test_working_shows_the_numbers_of_the_document() -> None:
    """Quantity times price with its adjustments; long cascades are cut."""
    assert working(line("81.97", "11")) == "11 × 81.97"
    assert working(line("50.00", "", sconto("SC", "10.00"), sconto("MG", amount="2.5"))) == "1 × (50.00 − 10.00% + 2.5)"
    assert working(line("50.00", "2", *[sconto("SC", "1.00")] * 9)).endswith("− 1.00% …)")


@pytest.mark.parametrize(
    ("rate", "base", "expected"),
    [
        ("100.00", "1500.2448", "1500.24"),
        ("100.00", "1500.2458", "1500.25"),
        ("22.00", "11.48", "2.53"),
        ("10.00", "0.05", "0.01"),
        ("10.00", "-0.05", "-0.01"),
        ("0.00", "100.00", "0.00"),
    ],
)
def test_tax(rate: str, base: str, expected: str) -> None:
    """The official examples of 00421: half a cent goes up, away from zero."""
    with localcontext(CALCULUS):
        assert tax(Decimal(rate), Decimal(base)) == Decimal(expected)


LINE = "<PrezzoUnitario>100.00</PrezzoUnitario>"
TOTAL = "<PrezzoTotale>100.00<"
BASE = "<ImponibileImporto>100.00<"
TAX = "<Imposta>22.00<"
RATE = "<AliquotaIVA>22.00<"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], {}),
        ([(TAX, "<Imposta>22.01<")], {"00421": "warning"}),
        ([(TAX, "<Imposta>21.99<")], {"00421": "warning"}),
        ([(TAX, "<Imposta>22.02<")], {"00421": "error"}),
        ([(BASE, "<ImponibileImporto>101.00<"), (TAX, "<Imposta>22.22<")], {"00422": "warning"}),
        ([(BASE, "<ImponibileImporto>101.01<"), (TAX, "<Imposta>22.22<")], {"00422": "error"}),
        ([(BASE, "<Arrotondamento>1.01</Arrotondamento><ImponibileImporto>101.01<"), (TAX, "<Imposta>22.22<")], {}),
        ([(BASE, "<Arrotondamento>-1.01</Arrotondamento><ImponibileImporto>100.00<")], {"00422": "error"}),
        ([(TOTAL, "<PrezzoTotale>100.009<")], {}),
        ([(TOTAL, "<PrezzoTotale>100.01<")], {"00423": "warning"}),
        ([(TOTAL, "<PrezzoTotale>100.0101<")], {"00423": "error"}),
        ([(RATE, "<AliquotaIVA>22.0<")], {}),
        ([(RATE, "<AliquotaIVA>ventidue<")], {}),
        ([(RATE, "<AliquotaIVA>10.00<")], {"00443": "error", "00422": "error"}),
        ([(TOTAL, "<PrezzoTotale>cento<")], {}),
        ([(BASE + "/ImponibileImporto>", "<ImponibileImporto/>")], {}),
        ([(TAX, "<Imposta>22,00<")], {}),
    ],
)
def test_boundaries(changes: list[tuple[str, str]], expected: dict[str, str]) -> None:
    """One amount changed, one answer; what cannot be read raises nothing here."""
    assert found(invoice(*changes)) == expected


def test_italian_sentences_have_a_comma() -> None:
    """The sentence as an Italian writes numbers; what goes into the file, and the values for programs, with a point."""
    data = invoice(("<PrezzoUnitario>100.00<", "<Quantita>11.00</Quantita><PrezzoUnitario>9.09<"))
    (finding,) = fk.validate(data, received_on=RECEIVED, select=("00423",)).findings
    sentence = "riga 1: PrezzoTotale 100,00, calcolato 99,99 (11,00 × 9,09): differenza 0,01, pari alla tolleranza"
    assert finding.say("it") == sentence
    assert "computed 99.99 (11.00 × 9.09)" in finding.say("en")
    assert "<PrezzoTotale>99.99</PrezzoTotale>" in finding.remedy("it")
    assert finding.to_dict("it")["message"] == sentence
    values = {
        "line_number": "1",
        "found": "100.00",
        "expected": "99.99",
        "working": "11.00 × 9.09",
        "difference": "0.01",
    }
    assert finding.to_dict("it")["args"] == finding.to_dict("en")["args"] == values


@pytest.mark.parametrize("path", KO, ids=str)
def test_no_italian_sentence_has_a_point_in_a_number(path: Path) -> None:
    """Not one of the controls on amounts forgets it."""
    found = fk.validate(path.read_bytes(), received_on=path.stem.partition("@")[2] or RECEIVED, select=REVIEWED)
    sentences = [finding.say("it") for finding in found.findings]
    assert sentences
    assert [said for said in sentences if POINT.search(said)] == []


NUMBERS = ("PrezzoUnitario", "PrezzoTotale", "AliquotaIVA", "ImponibileImporto", "Imposta")
GARBAGE = ("", " ", "abc", "1e5", "NaN", "-", "9" * 60, "1,00", "<x/>", "<!-- c -->", "9" * 40)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbled_numbers_raise_nothing_and_crash_nothing(name: str, garbage: str) -> None:
    """Whatever stands where a number should, the answer is a report; the schema speaks of it, the sums stay silent."""
    start, end = INVOICE.index(f"<{name}>") + len(name) + 2, INVOICE.index(f"</{name}>")
    data = (INVOICE[:start] + garbage + INVOICE[end:]).encode()
    assert fk.validate(data, received_on=RECEIVED).verdict is fk.Verdict.INVALID
    if garbage != "9" * 40:
        assert found(data) == {}


@pytest.mark.parametrize("name", ["DettaglioLinee", "DatiRiepilogo", "DatiBeniServizi", "DatiGenerali"])
def test_missing_blocks_raise_nothing_and_crash_nothing(name: str) -> None:
    """A body without lines, summaries or both is the schema's business alone."""
    end = f"</{name}>"
    data = (INVOICE[: INVOICE.index(f"<{name}>")] + INVOICE[INVOICE.index(end) + len(end) :]).encode()
    assert fk.validate(data, received_on=RECEIVED, select=REVIEWED).findings == ()
