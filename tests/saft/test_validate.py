"""Each control by one change to a file that has nothing wrong, and the traps of the format."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from fatturakit.findings import Finding, Report, Severity, Verdict
from fatturakit.limits import Limits
from fatturakit.saft.desk import MORE
from fatturakit.saft.rules import declare
from fatturakit.saft.source import source_of
from fatturakit.saft.validating import Options, validate

from .small import HASH, NS, SMALL

TEXT = SMALL.decode()


def changed(old: str, new: str, count: int = 1) -> bytes:
    assert old in TEXT, old
    return TEXT.replace(old, new, count).encode()


def codes(report: Report, *severities: Severity) -> set[str]:
    return {row.code for row in report.findings if not severities or row.severity in severities}


KNOWN = codes(validate(SMALL))


def test_the_file_has_nothing_wrong() -> None:
    assert {"PT7005"} == KNOWN
    assert validate(SMALL).verdict is Verdict.VALID


FIRST, SECOND = "<InvoiceNo>FT A/1</InvoiceNo>", "<InvoiceNo>FT A/2</InvoiceNo>"
DATE = "<InvoiceDate>2025-03-10</InvoiceDate>"
NOTE = "<Reference>FT A/1</Reference>\n<Reason>Erro</Reason>"
ERRORS = {
    # structure, beyond what the differential test covers
    "negative amount": ("<UnitPrice>10.5<", "<UnitPrice>-10.5<", {"PT2007", "PT5001"}),
    "empty optional element": ("<Contact>Rita<", "<Contact><", {"PT2006"}),
    "blanks around a date are legal": (DATE, DATE.replace("2025", " 2025"), set()),
    "settlement before currency in an invoice": ("<Settlement>\n<SettlementDiscount>", "<Settlement>\n<X/><SettlementDiscount>", {"PT2002"}),
    "document currency EUR": ("<CurrencyCode>USD<", "<CurrencyCode>EUR<", {"PT2004"}),
    "header currency": ("<CurrencyCode>EUR<", "<CurrencyCode>USD<", {"PT2004"}),
    "HashControl in words": ("<HashControl>1<", "<HashControl>Não certificado<", {"PT2003"}),
    "short reason": ("Isento artigo 9.º", "Isen", {"PT2005"}),
    "long reason": ("Isento artigo 9.º", "x" * 61, {"PT2005"}),
    # the asserts
    "A1": ("\n<TaxonomyCode>7</TaxonomyCode>", "", {"PT3001"}),
    "A2": ("\n<GroupingCode>21</GroupingCode>", "", {"PT3002"}),
    "L2 without reason": ("<TaxExemptionReason>Isento artigo 9.º</TaxExemptionReason>\n<TaxExemptionCode>M07</TaxExemptionCode>", "", {"PT3012"}),
    "L2 with rate": ("<TaxPercentage>0</TaxPercentage>\n</Tax>\n<TaxExemption", "<TaxPercentage>6</TaxPercentage>\n</Tax>\n<TaxExemption", {"PT3012", "PT5003"}),
    "L3": ("\n<TaxExemptionCode>M07</TaxExemptionCode>", "", {"PT3013"}),
    "L4 and L5": ("</UnitPrice>\n<TaxPointDate>", "</UnitPrice>\n<TaxBase>5</TaxBase>\n<TaxPointDate>", {"PT3014", "PT3015", "PT5003"}),
    "P2": ("<PaymentRefNo>RG R/1</PaymentRefNo>", "<PaymentRefNo>RG R/1</PaymentRefNo>", set()),
    "debits only": (re.search(r"<CreditLine>.*?</CreditLine>\n", TEXT, re.DOTALL)[0], "", {"PT2010", "PT5006"}),  # type: ignore[index]
    "two parties": ("<GLPostingDate>2025-03-10</GLPostingDate>", "<GLPostingDate>2025-03-10</GLPostingDate>\n<SupplierID>S1</SupplierID>", {"PT2002"}),
    # keys
    "repeated customer": ("<SupplierID>S1</SupplierID>", "<SupplierID>S1</SupplierID>", set()),
    "missing customer": ("<CustomerID>C1</CustomerID>\n<ShipTo>", "<CustomerID>C9</CustomerID>\n<ShipTo>", {"PT4011"}),
    "missing supplier": ("<SupplierID>S1</SupplierID>\n<SourceID>", "<SupplierID>S9</SupplierID>\n<SourceID>", {"PT4012"}),
    "missing product": ("<ProductCode>P1</ProductCode>\n<ProductDescription>Pão de milho</ProductDescription>\n<Quantity>", "<ProductCode>P9</ProductCode>\n<ProductDescription>Pão de milho</ProductDescription>\n<Quantity>", {"PT4013"}),
    "missing account": ("<AccountID>211</AccountID>\n<SourceDocumentID>", "<AccountID>999</AccountID>\n<SourceDocumentID>", {"PT4014"}),
    "two documents with one number": (SECOND, FIRST, {"PT4001", "PT7004"}),
    # arithmetic
    "line": ("<CreditAmount>21.00<", "<CreditAmount>22.00<", {"PT5001", "PT5002", "PT5003", "PT5006"}),
    "net": ("<NetTotal>42.00<", "<NetTotal>42.50<", {"PT5002"}),
    "tax": ("<TaxPayable>4.83<", "<TaxPayable>4.90<", {"PT5003"}),
    "gross": ("<GrossTotal>46.83<", "<GrossTotal>46.90<", {"PT5004"}),
    "net and gross": (
        "<NetTotal>42.00</NetTotal>\n<GrossTotal>46.83<",
        "<NetTotal>42.50</NetTotal>\n<GrossTotal>50.00<",
        {"PT5002", "PT5004", "PT5010"},
    ),
    "number of documents counts the cancelled": ("<NumberOfEntries>3<", "<NumberOfEntries>2<", {"PT5005"}),
    "totals are net": ("<TotalCredit>42<", "<TotalCredit>46.83<", {"PT5006"}),
    "billed documents are not in sales totals": ("<InvoiceStatus>A<", "<InvoiceStatus>F<", set()),
    "normal ones are": ("<InvoiceStatus>A<", "<InvoiceStatus>N<", {"PT5006"}),
    "currency": ("<ExchangeRate>0.5<", "<ExchangeRate>2<", {"PT5010"}),
    "payments of FR": ("<InvoiceType>FT</InvoiceType>", "<InvoiceType>FR</InvoiceType>", {"PT6012"}),
    "credit note on the wrong side": ("<InvoiceType>NC<", "<InvoiceType>FT<", {"PT5011"}),
    "quantity issued": ("<TotalQuantityIssued>2<", "<TotalQuantityIssued>9<", {"PT5006"}),
    # numbering and dates
    "gap": (SECOND, "<InvoiceNo>FT A/4</InvoiceNo>", {"PT6001", "PT7004"}),
    "same number written twice": (SECOND, "<InvoiceNo>FT A/01</InvoiceNo>", {"PT6002", "PT7004"}),
    "before the number before": (f"{SECOND}", f"{SECOND}", set()),
    "outside the period": (DATE, "<InvoiceDate>2026-03-10</InvoiceDate>", {"PT6005", "PT6003"}),
    "period": ("<Period>3</Period>\n<InvoiceDate>", "<Period>4</Period>\n<InvoiceDate>", {"PT6006"}),
    "start after end": ("<StartDate>2025-01-01<", "<StartDate>2026-01-01<", {"PT6008"}),
    "one code, two types": ("<InvoiceNo>NC N/1<", "<InvoiceNo>FT N/1<", {"PT6012"}),
    # signature
    "no hash": (HASH.replace("AAA", "FT1", 1), "0", {"PT7001"}),
    "long hash": (HASH, HASH + "=", {"PT2005"}),
    "short hash": (HASH.replace("AAA", "FT1", 1), "abc", {"PT7002"}),
    "ATCUD number": ("<ATCUD>ABCD2345-1<", "<ATCUD>ABCD2345-7<", {"PT7004"}),
    "short ATCUD": ("<ATCUD>ABCD2345-1<", "<ATCUD>ABC-1<", {"PT7006"}),
    "another code in the series": ("<ATCUD>ABCD2345-2<", "<ATCUD>ABCD9999-2<", {"PT7007"}),
    "the same hash twice": (HASH.replace("AAA", "FT2", 1), HASH.replace("AAA", "FT1", 1), {"PT7008"}),
    # codes
    "company's NIF": ("<TaxRegistrationNumber>599999993<", "<TaxRegistrationNumber>599999999<", {"PT8001"}),
    "retired type": ("<InvoiceType>FT<", "<InvoiceType>VD<", {"PT8007", "PT6012"}),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS)
def test_errors(case: str) -> None:
    old, new, expected = ERRORS[case]
    assert codes(validate(changed(old, new)), Severity.ERROR) == expected


WARNINGS = {
    "a section total that was rounded": ("<TotalCredit>42<", "<TotalCredit>42.01<", "PT5007"),
    "tax not in the table": ("<TaxCode>NOR</TaxCode>\n<TaxPercentage>23</TaxPercentage>\n</Tax>", "<TaxCode>INT</TaxCode>\n<TaxPercentage>23</TaxPercentage>\n</Tax>", "PT4021"),
    "rate of another region": ("<TaxPercentage>23</TaxPercentage>\n</Tax>", "<TaxPercentage>22</TaxPercentage>\n</Tax>", "PT8004"),
    "description of the product": ("<ProductDescription>Pão de milho</ProductDescription>\n<Quantity>", "<ProductDescription>Outro</ProductDescription>\n<Quantity>", "PT4023"),
    "time zone": ("</EACCode>\n<SystemEntryDate>2025-03-10T10:00:00<", "</EACCode>\n<SystemEntryDate>2025-03-10T10:00:00Z<", "PT6007"),
    "fraction of a second": ("</EACCode>\n<SystemEntryDate>2025-03-10T10:00:00<", "</EACCode>\n<SystemEntryDate>2025-03-10T10:00:00.5<", "PT6007"),
    "fiscal year": ("<FiscalYear>2025<", "<FiscalYear>2024<", "PT6009"),
    "status before entry": ("<InvoiceStatusDate>2025-03-10T10", "<InvoiceStatusDate>2025-03-10T09", "PT6010"),
    "transport before entry": ("<MovementStartTime>2025-03-10T11", "<MovementStartTime>2025-03-10T09", "PT6011"),
    "line numbers": ("<LineNumber>2<", "<LineNumber>3<", "PT6013"),
    "identifier of a transaction": ("<DocArchivalNumber>1<", "<DocArchivalNumber>2<", "PT6014"),
    "manual control on a produced document": ("<HashControl>1<", "<HashControl>1-FTM abc/00001<", "PT7003"),
    "no ATCUD": ("<ATCUD>ABCD2345-1<", "<ATCUD>0<", "PT7005"),
    "producer's NIF": ("<ProductCompanyTaxID>599999993<", "<ProductCompanyTaxID>599999999<", "PT8002"),
    "tax code of another type": ("<TaxCode>NOR<", "<TaxCode>NS<", "PT4021"),
    "unknown exemption": ("<TaxExemptionCode>M07<", "<TaxExemptionCode>M98<", "PT8005"),
    "retired exemption": ("<TaxExemptionCode>M07<", "<TaxExemptionCode>M08<", "PT8006"),
    "company abroad": ("<Country>PT<", "<Country>ES<", "PT8008"),
    "certificate 0": ("<SoftwareCertificateNumber>9999<", "<SoftwareCertificateNumber>0<", "PT9001"),
    "ledger in a billing file": ("<TaxAccountingBasis>I<", "<TaxAccountingBasis>F<", "PT9003"),
    "credit note without what it corrects": (f"<References>\n{NOTE}\n</References>\n", "", "PT9005"),
    "cancelled without reason": ("<InvoiceStatus>A</InvoiceStatus>\n<InvoiceStatusDate>2025-03-10T10:00:00</InvoiceStatusDate>\n<Reason>Nota</Reason>", "<InvoiceStatus>A</InvoiceStatus>\n<InvoiceStatusDate>2025-03-10T10:00:00</InvoiceStatusDate>", "PT9006"),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNINGS)
def test_warnings(case: str) -> None:
    old, new, expected = WARNINGS[case]
    report = validate(changed(old, new))
    assert expected in codes(report, Severity.WARNING) - (KNOWN if expected != "PT7005" else set())


def test_an_rc_receipt_needs_tax_on_some_line_and_is_warned_about_the_others() -> None:
    tax = re.search(r"<Tax>.*?</Tax>\n", TEXT[TEXT.index("RC R/1") :], re.DOTALL)
    assert tax
    start = TEXT.index("RC R/1")
    without = TEXT[:start] + TEXT[start:].replace(tax[0], "", 1)
    assert codes(validate(without.encode()), Severity.ERROR) == {"PT3022"}
    second = re.search(r"<Line>.*?</Line>\n", without[start:], re.DOTALL)
    assert second
    doubled = TEXT[:start] + TEXT[start:].replace("<Line>", second[0].replace("21<", "0<") + "<Line>", 1)
    assert "PT3021" in codes(validate(doubled.encode()), Severity.WARNING)
    assert "PT3022" not in codes(validate(doubled.encode()))


def test_documents_may_come_in_any_order() -> None:
    first, second = (re.search(rf"<Invoice>\n<InvoiceNo>FT A/{n}.*?</Invoice>\n", TEXT, re.DOTALL) for n in (1, 2))
    assert first
    assert second
    turned = TEXT.replace(first[0] + second[0], second[0] + first[0])
    assert codes(validate(turned.encode())) == KNOWN


def test_chronology_follows_numbers_not_the_file() -> None:
    start = TEXT.index(SECOND)
    earlier = TEXT[:start] + TEXT[start:].replace(DATE, "<InvoiceDate>2025-03-09</InvoiceDate>", 1)
    assert codes(validate(earlier.encode()), Severity.ERROR) == {"PT6003"}


def test_period_of_a_monthly_file_needs_the_start_of_the_year() -> None:
    monthly = changed("<Period>3</Period>\n<InvoiceDate>", "<Period>9</Period>\n<InvoiceDate>").replace(
        b"<StartDate>2025-01-01", b"<StartDate>2025-03-01"
    )
    assert "PT6006" not in codes(validate(monthly))
    assert "PT6006" in codes(validate(monthly, Options(fiscal_year_start=1)))


@pytest.mark.parametrize(
    ("control", "accepted"),
    [("1-FTM a/b/00001", {"2016"}), ("1-FTM abc/00001", {"2016", "2022"})],
    ids=["slash", "plain"],
)
def test_revisions_differ(control: str, accepted: set[str]) -> None:
    data = changed("<HashControl>1<", f"<HashControl>{control}<")
    found = {name for name in ("2016", "2022") if "PT2003" not in codes(validate(data, Options(revision=name)))}
    assert found == accepted


def test_the_revision_is_that_of_the_day_the_file_was_made() -> None:
    data = changed("<HashControl>1<", "<HashControl>1-FTM a/b/00001<")
    old = data.replace(b"<DateCreated>2026", b"<DateCreated>2020")
    assert "PT2003" in codes(validate(data))
    assert "PT2003" not in codes(validate(old))


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


LATIN = TEXT.replace("UTF-8", "Windows-1252", 1)
READING = {
    "Windows-1252": (LATIN.encode("cp1252"), Verdict.VALID, set()),
    "a byte order mark": (b"\xef\xbb\xbf" + SMALL, Verdict.VALID, {"PT1006"}),
    "UTF-16": (TEXT.replace("UTF-8", "UTF-16").encode("utf-16"), Verdict.VALID, {"PT1006"}),
    "nothing declared": (SMALL.split(b"\n", 1)[1], Verdict.VALID, {"PT1007"}),
    "UTF-8 called Windows-1252": (LATIN.encode(), Verdict.VALID, {"PT1005"}),
    "Windows-1252 called UTF-8": (TEXT.encode("cp1252"), Verdict.INVALID, {"PT1004"}),
    "Windows-1252 not called anything": (TEXT.split("\n", 1)[1].encode("cp1252"), Verdict.INVALID, {"PT1004"}),
    "a mark and Windows-1252": (b"\xef\xbb\xbf" + LATIN.encode("cp1252"), Verdict.INVALID, {"PT1004", "PT1006"}),
    "some UTF-8 in Windows-1252": (LATIN.encode("cp1252").replace(b"Rita", "Ríta".encode(), 1), Verdict.VALID, {"PT1015"}),
    "capitals in Windows-1252": (LATIN.replace("Rita", "RITÃ» É").encode("cp1252"), Verdict.VALID, set()),
    "both in one file": (SMALL.replace(b"Rita", "Ríta".encode("cp1252"), 1), Verdict.INVALID, {"PT1004"}),
    "a byte without a meaning": (LATIN.encode("cp1252").replace(b"Rita", b"R\x81ta", 1), Verdict.INVALID, {"PT1008"}),
    "truncated": (SMALL[: len(SMALL) // 2], Verdict.UNREADABLE, {"PT1002"}),
    "truncated in its header": (SMALL[:200], Verdict.UNREADABLE, {"PT1002"}),
    "not well-formed": (SMALL.replace(b"</Invoice>", b"</Invoic>", 1), Verdict.UNREADABLE, {"PT1001"}),
    "an entity": (SMALL.replace(b"Rita", b"&rita;", 1), Verdict.UNREADABLE, {"PT1001"}),
    "a DOCTYPE": (SMALL.replace(b"<AuditFile", b"<!DOCTYPE a [<!ENTITY b 'c'>]><AuditFile", 1), Verdict.UNREADABLE, {"PT1003"}),
    "an unknown encoding": (SMALL.replace(b"UTF-8", b"KLINGON", 1), Verdict.UNREADABLE, {"PT1009"}),
    "nothing": (b"", Verdict.UNREADABLE, {"PT1002"}),
    "something else": (b"<a/>", Verdict.UNREADABLE, {"PT1013"}),
    "another version": (SMALL.replace(b"PT_1.04", b"PT_1.03"), Verdict.UNREADABLE, {"PT1013"}),
    "no namespace": (SMALL.replace(f' xmlns="{NS}"'.encode(), b""), Verdict.UNREADABLE, {"PT1013"}),
    "a ZIP": (zipped(("a/saft.xml", SMALL)), Verdict.VALID, set()),
    "a ZIP with other things": (zipped(("a.xml", SMALL), ("b.txt", b"x"), ("__MACOSX/a.xml", b"")), Verdict.VALID, set()),
    "a ZIP with two": (zipped(("a.xml", SMALL), ("b.xml", SMALL)), Verdict.UNREADABLE, {"PT1010"}),
    "a ZIP with none": (zipped(("b.txt", b"x")), Verdict.UNREADABLE, {"PT1010"}),
    "a ZIP bomb": (zipped(("a.xml", b" " * 9_000_000)), Verdict.UNREADABLE, {"PT1011"}),
    "a broken ZIP": (zipped(("a.xml", SMALL))[:900], Verdict.UNREADABLE, {"PT1011"}),
}  # fmt: skip


@pytest.mark.parametrize("case", READING)
def test_reading(case: str) -> None:
    data, verdict, expected = READING[case]
    report = validate(data)
    assert (report.verdict, {code for code in codes(report) if code not in KNOWN}) == (verdict, expected)


def test_a_file_that_is_missing() -> None:
    (finding,) = validate("/no/such/file.xml").findings
    assert finding.code == "PT1012"
    assert "não existe" in finding.say("pt")


def test_limits() -> None:
    assert codes(validate(SMALL, Options(limits=Limits(saft_bytes=1000)))) == {"PT1014"}
    many = validate(TEXT.replace("<ATCUD>", "<ATCUD>-").encode(), Options(limits=Limits(saft_findings=2)))
    assert sum(row.code == "PT7006" for row in many.findings) == 2
    (more,) = [row for row in many.findings if row.code in MORE]
    assert more.args == {"number": "5", "code": "PT7006"}


def test_select_and_ignore() -> None:
    data = changed("<NetTotal>42.00<", "<NetTotal>42.50<")
    assert codes(validate(data, Options(select=("PT5",)))) == {"PT5002"}
    assert codes(validate(data, Options(ignore=("PT5", "PT7")))) == set()


LACKING = {
    "a name": ("CompanyName", "Header", "<CompanyName>"),
    "a hash": ("Hash", "Invoice", "<Hash>"),
    "a total at the end": ("GrossTotal", "DocumentTotals", "<GrossTotal>"),
    "one of two": ("CreditAmount", "Line", "<DebitAmount>, <CreditAmount>"),
}


@pytest.mark.parametrize("case", LACKING)
def test_what_is_missing_is_named(case: str) -> None:
    name, parent, expected = LACKING[case]
    header, ledger, sales = TEXT.partition("</GeneralLedgerEntries>")
    if parent == "Header":
        header = re.sub(f"<{name}>.*?</{name}>", "", header, count=1)
    report = validate((header + ledger + re.sub(f"<{name}>.*?</{name}>", "", sales, count=1)).encode())
    finding = named(report, "PT2001")
    assert [row.code for row in report.findings if row.code.startswith("PT2")] == ["PT2001"]
    assert finding.args == finding.args | {"parent": parent, "expected": expected}


def test_another_name_for_the_final_consumer_is_noted() -> None:
    given = TEXT.replace("<Country>PT</Country>", "<Country>Desconhecido</Country>")
    assert "PT8010" not in codes(validate(given.encode()))
    assert "PT8010" in codes(validate(given.replace("Consumidor final", "Ana", 1).encode()))
    assert "PT8010" not in codes(
        validate(given.replace("Consumidor final", "Ana", 1).replace("Desconhecido</Country>", "PT</Country>").encode())
    )


def named(report: Report, code: str) -> Finding:
    return next(row for row in report.findings if row.code == code)


def test_a_finding_says_where_and_both_numbers_in_three_languages() -> None:
    finding = named(validate(changed("<NetTotal>42.00<", "<NetTotal>42.50<")), "PT5002")
    assert finding.say("it") == "FT A/1: NetTotal: scritto 42.50, calcolato 42."
    assert finding.say("en") == "FT A/1: NetTotal: written 42.50, computed 42."
    assert finding.say("pt") == "FT A/1: NetTotal: escrito 42.50, calculado 42."
    assert finding.path == (
        '/AuditFile/SourceDocuments/SalesInvoices/Invoice[InvoiceNo="FT A/1"]/DocumentTotals/NetTotal'
    )
    assert TEXT.splitlines()[(finding.line or 0) - 1].startswith("<NetTotal>42.00")


def test_every_control_speaks_three_languages() -> None:
    from tools.compile_saft_rules import controls

    for control in controls():
        for text in (control.message, control.fix):
            assert all(text) or not any(text), control.code
            places = [set(re.findall(r"\{(\w+)\}", words)) for words in text]
            assert places[0] == places[1] == places[2], control.code


def test_memory_does_not_hold_records() -> None:
    report = validate(source_of(SMALL), Options(limits=Limits(saft_keys=1)))
    assert codes(report) == KNOWN
    assert declare.NOWHERE.line is None
