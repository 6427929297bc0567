"""Documents against each other (00404): owner, number, year, class, and what is no repetition."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.batch import run
from fatturakit.batch.inputs import expand
from fatturakit.document import from_bytes
from fatturakit.limits import DEFAULT
from fatturakit.rules.between import Sent, keys_of
from fatturakit.rules.engine import judge
from fatturakit.rules.facts import Reading
from fatturakit.rules.options import Options, moment

from ..samples import INVOICE, administration, invoice
from ..shared import ROOT

TAX_CODE = "<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>"
SELLER = "<DatiAnagrafici>\n        <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01879020517"
BUYER = "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>07654320071</IdCodice></IdFiscaleIVA>"
OTHER_SELLER = (SELLER, SELLER.replace("01879020517", "07412580362"))
FOREIGN = (SELLER, SELLER.replace(">IT<", ">DE<"))
OTHER_FOREIGN = (SELLER, SELLER.replace(">IT<", ">DE<").replace("01879020517", "1234"))
ART73 = ("</Numero>", "</Numero><Art73>SI</Art73>")
ISSUED_BY_BUYER = (
    "  </FatturaElettronicaHeader>",
    "<SoggettoEmittente>CC</SoggettoEmittente></FatturaElettronicaHeader>",
)
Changes = list[tuple[str, str]]


def compared(files: Iterable[tuple[str, bytes]], **more: object) -> list[fk.Report]:
    """The reports of one call, in order."""
    options = Options(received_on=moment("2026-11-21"), **more)  # type: ignore[arg-type]
    sent, reports = Sent(), []
    for path, data in files:
        document = from_bytes(data, path.rpartition("/")[2])
        reading = Reading(document, options)
        reports.append(sent.compared(judge(reading, path), keys_of(reading)))
    return reports


def repeated(first: bytes, second: bytes, **more: object) -> list[fk.Finding]:
    """What 00404 says of the second."""
    one, two = compared([("IT01879020517_00001.xml", first), ("IT01879020517_00002.xml", second)], **more)
    assert "00404" not in {finding.code for finding in one.findings}
    return [finding for finding in two.findings if finding.code == "00404"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([], [], True),
        ([], [("2026-11-03", "2026-01-31")], True),
        ([], [("2026-11-03", "2025-11-03")], False),
        ([], [("12/A", "12/B")], False),
        ([], [("12/A", "12/a")], False),
        ([], [("TD01", "TD24")], True),
        ([], [("TD01", "TD04")], False),
        ([("TD01", "TD04")], [("TD01", "TD04")], True),
        ([], [OTHER_SELLER], False),
        ([], [(TAX_CODE, BUYER)], True),
        ([ART73], [ART73], True),
        ([ART73], [ART73, ("2026-11-03", "2026-11-04")], False),
        ([ART73], [], False),
        ([("TD01", "TD17"), FOREIGN, (TAX_CODE, BUYER)], [("TD01", "TD17"), OTHER_FOREIGN, (TAX_CODE, BUYER)], True),
        ([FOREIGN, (TAX_CODE, BUYER)], [OTHER_FOREIGN, (TAX_CODE, BUYER)], False),
        ([(TAX_CODE, BUYER)], [("TD01", "TD16"), (TAX_CODE, BUYER)], False),
        ([ISSUED_BY_BUYER], [], True),  # towards private buyers the seller stays the owner
    ],
)
def test_two_documents(first: Changes, second: Changes, expected: bool) -> None:
    """The later one has the error, naming the earlier file."""
    found = repeated(invoice(*first), invoice(*second))
    assert [(each.severity, each.args["other"]) for each in found] == (
        [("error", "IT01879020517_00001.xml")] if expected else []
    )


def test_the_finding() -> None:
    """Place and words are those of Numero; the verdict follows."""
    one, two = compared([("a.xml", invoice()), ("b.xml", invoice())])
    assert (one.verdict, two.verdict) == (fk.Verdict.VALID, fk.Verdict.INVALID)
    finding = two.findings[-1]
    path = "/p:FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero"
    assert (finding.path, finding.field, finding.body, finding.layer) == (path, "2.1.1.4", 1, "sdi")
    assert finding.line == INVOICE[: INVOICE.index("<Numero>")].count("\n") + 1
    assert finding.say("en") == "Document 12/A of 2026-11-03 is already there, with the same number and year, in a.xml"


def test_before_july_2021_the_supplier_owned_integrations() -> None:
    both = [[("TD01", "TD17"), each, (TAX_CODE, BUYER), ("2026", "2021")] for each in (FOREIGN, OTHER_FOREIGN)]
    for day, count in (("2021-07-01", 0), ("2021-07-02", 1)):
        assert len(repeated(*(invoice(*each) for each in both), as_of_date=moment(day).date())) == count


def test_towards_the_administration_the_buyer_may_own() -> None:
    """FPA12 with SoggettoEmittente CC, by the list of controls."""
    changes = [ISSUED_BY_BUYER, (TAX_CODE, BUYER)]
    assert len(repeated(administration(*changes), administration(*changes, OTHER_SELLER))) == 1
    assert repeated(administration(*changes), administration((TAX_CODE, BUYER))) == []


def test_until_2020_the_buyer_owned_what_it_wrote_for_anybody() -> None:
    """SoggettoEmittente CC, towards companies too (version 1.6.2 ended it)."""
    changes = [ISSUED_BY_BUYER, (TAX_CODE, BUYER), ("2026-11-03", "2020-06-01")]
    for day, count in (("2020-12-31", 1), ("2021-01-01", 0)):
        both = invoice(*changes), invoice(*changes, OTHER_SELLER)
        assert len(repeated(*both, as_of_date=moment(day).date())) == count


def test_credit_notes_have_numbers_of_their_own_since_may_2020() -> None:
    """Before version 1.6 a number was a number."""
    both = invoice(("2026-11-03", "2020-02-01")), invoice(("2026-11-03", "2020-02-01"), ("TD01", "TD04"))
    for day, count in (("2020-05-03", 1), ("2020-05-04", 0)):
        assert len(repeated(*both, as_of_date=moment(day).date())) == count


def test_no_repetition() -> None:
    """The same path again, copies of one lot's body (00409), no number, no owner; a rejected file only warns."""
    lot = INVOICE[INVOICE.index("  <FatturaElettronicaBody>") : INVOICE.index("</p:FatturaElettronica>")]
    double = INVOICE.replace(lot, lot * 2).encode()
    (report,) = compared([("a.xml", double)])
    assert {finding.code for finding in report.findings if finding.severity is fk.Severity.ERROR} == {"00409"}
    for files in (
        [("a.xml", invoice()), ("a.xml", invoice())],
        [("a.xml", invoice(("<Numero>12/A</Numero>", ""))), ("b.xml", invoice(("<Numero>12/A</Numero>", "")))],
        [("a.xml", invoice(("<Data>2026-11-03", "<Data>x"))), ("b.xml", invoice(("<Data>2026-11-03", "<Data>x")))],
    ):
        assert "00404" not in {finding.code for report in compared(files) for finding in report.findings}
    _, again = compared([("a.xml", invoice(("<Imposta>22.00", "<Imposta>2.00"))), ("b.xml", invoice())])
    assert ("00404", fk.Severity.WARNING) in [(each.code, each.severity) for each in again.findings]
    assert again.verdict is fk.Verdict.VALID


def test_the_same_name_elsewhere_only_warns() -> None:
    """An invoice kept with its signed copy, or in two folders, is no second sending."""
    first, *others = compared([(name, invoice()) for name in ("in/a.xml", "copy/a.xml", "x.zip!b/a.xml.p7m")])
    for report in others:
        (finding,) = [each for each in report.findings if each.code == "00404"]
        assert (finding.severity, finding.args["other"], report.verdict) == ("warning", first.path, fk.Verdict.VALID)
    names = ("IT01879020517_00001.xml.p7m", "x.zip!IT01879020517_00001.xml", "a/IT01879020517_00001.XML")
    for name in names:  # 00002 speaks of these
        both = compared([("in/IT01879020517_00001.xml", invoice()), (name, invoice())])
        assert "00404" not in {finding.code for report in both for finding in report.findings}


def test_the_body_that_repeats_is_named() -> None:
    """In a lot by its place, in a simplified invoice by its own root."""
    lot = INVOICE[INVOICE.index("  <FatturaElettronicaBody>") : INVOICE.index("</p:FatturaElettronica>")]
    two = INVOICE.replace(lot, lot.replace("12/A", "7/A").replace("2026-11-03", "2026-11-04") + lot).encode()
    (finding,) = repeated(invoice(), two)
    assert (finding.body, finding.args["found"], finding.args["date"]) == (2, "12/A", "2026-11-03")
    assert str(finding.path).startswith("/p:FatturaElettronica/FatturaElettronicaBody[2]/")
    light = (ROOT / "fixtures" / "simplified" / "IT07700930097_00S01.xml").read_bytes()
    (finding,) = repeated(light, light)
    assert str(finding.path).startswith("/p:FatturaElettronicaSemplificata/FatturaElettronicaBody[1]/")


def test_excluded_and_other_documents_have_no_keys() -> None:
    assert repeated(invoice(), invoice(), ignore=("00404",)) == []
    assert repeated(invoice(), invoice(), select=("00403",)) == []
    old = ROOT / "fixtures" / "old" / "IT07610580578_V1100.xml"
    notice = ROOT / "fixtures" / "messages" / "IT07654320071_00001_MC_001.xml"
    for path in (old, notice):
        assert keys_of(Reading(from_bytes(path.read_bytes()), Options())) == ()


def test_our_fixtures_do_not_repeat_each_other() -> None:
    folders = ("invoices", "simplified")
    paths = [path for folder in folders for path in sorted((ROOT / "fixtures" / folder).glob("*.xml"))]
    reports = compared([(str(path), path.read_bytes()) for path in paths])
    assert [report.path for report in reports if report.verdict is fk.Verdict.INVALID] == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_in_a_call(tmp_path: Path, jobs: int) -> None:
    """For any number of processes the later file, in the order of the inputs, names the earlier."""
    for number in range(60):
        (tmp_path / f"IT01879020517_{number:05}.xml").write_bytes(invoice(("12/A", f"{number % 58}/A")))
    reports = list(run.reports(expand([str(tmp_path)], DEFAULT), Options(received_on=moment("2026-11-21")), jobs))
    others = {Path(each.path).name: [finding.args["other"] for finding in each.findings] for each in reports}
    assert {name: other for name, other in others.items() if other} == {
        f"IT01879020517_{number:05}.xml": [str(tmp_path / f"IT01879020517_{number - 58:05}.xml")] for number in (58, 59)
    }


def test_comments_inside_a_number_do_not_shorten_it() -> None:
    """Two numbers that begin alike and hold a comment are two numbers."""
    files = [(f"{end}.xml", invoice(("12/A", f"12<!-- x -->/{end}"))) for end in "AB"]
    assert "00404" not in {finding.code for report in compared(files) for finding in report.findings}
