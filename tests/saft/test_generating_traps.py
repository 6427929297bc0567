"""Everything a ledger gets wrong, one case a line: code and column of what is said; and the traps of the format."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from fatturakit.saft import generating
from fatturakit.saft.generating import LedgerError, generated

from ..shared import needs_shared
from .ledgers import OCTOBER, broken, complaints, content, document, ledger, line, made

FT = "FT A/1"
SHIP = {"movement_start": "2026-10-10T11:00:00"}
WRONG: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("a negative price", document(FT, line(unit_price="-1")), ("SL009", "unit_price")),
    ("a negative quantity", document(FT, line(qty="-1")), ("SL009", "qty")),
    ("a comma", document(FT, line(unit_price="1,5")), ("SL004", "unit_price")),
    ("an exponent", document(FT, line(unit_price="1e3")), ("SL004", "unit_price")),
    ("no price", document(FT, line(unit_price="")), ("SL003", "unit_price")),
    ("more on the other side", document(FT, line(side="D")), ("SL009", "amount")),
    ("an amount that is not qty x price", document(FT, line(amount="11")), ("SL009", "amount")),
    ("an unknown customer", document(FT, customer="C7"), ("SL008", "customer")),
    ("an unknown tax code", document(FT, line(tax_code="ABC")), ("SL010", "tax_code")),
    ("a rate that is none", document(FT, line(tax_rate="17")), ("SL010", "tax_code")),
    ("no rate", document(FT, line(tax_rate="")), ("SL010", "tax_rate")),
    ("zero without a reason", document(FT, line(tax_rate="0")), ("SL010", "exemption_code")),
    ("a reason beside a rate", document(FT, line(exemption_code="M07")), ("SL010", "exemption_code")),
    ("an exempt code with a rate", document(FT, line(tax_code="ISE")), ("SL010", "tax_code")),
    ("a wrong kind of tax", document(FT, line(tax_type="VAT")), ("SL010", "tax_type")),
    ("stamp duty on transport", document("GT A/1", line(tax_type="IS", tax_code="1.1"), **SHIP), ("SL010", "tax_type")),
    ("a base with a price", document(FT, line(tax_base="5")), ("SL009", "tax_base")),
    ("a number of no shape", document("FTA1", type="FT"), ("SL011", "number")),
    ("a caret in the series", document("FT ^A/1"), ("SL011", "number")),
    ("a long number", document("FT " + "A" * 60 + "/1"), ("SL011", "number")),
    ("an unknown type", document(FT, type="XX"), ("SL004", "type")),
    ("a retired type", document("VD A/1"), ("SL004", "type")),
    ("a status of another section", document("OR A/1", status="R"), ("SL004", "_status")),
    ("a day that is none", document(FT, date="2026-02-30"), ("SL004", "date")),
    ("a time zone", document(FT, system_entry="2026-10-10T10:00:00Z"), ("SL004", "system_entry")),
    ("no user", document(FT, user=""), ("SL003", "user")),
    ("a customer's name that is too long an id", document(FT, customer="C" * 31), ("SL004", "_customer")),
    ("an ATCUD of another number", document(FT, atcud="ABCDEFGH-2"), ("SL011", "atcud")),
    ("a short validation code", document(FT, atcud="ABCDEFG-1"), ("SL011", "atcud")),
    ("words as HashControl", document(FT, hash_control="Não certificado"), ("SL011", "hash_control")),
    ("a hash that is too long", document(FT, hash="A" * 173), ("SL011", "hash")),
    ("a currency without a rate", document(FT, currency="USD"), ("SL009", "exchange_rate")),
    ("a currency that is none", document(FT, currency="XYZ", exchange_rate="2"), ("SL004", "_currency")),
    ("an FR that is not paid in full", document("FR A/1", payment_amount="12.00"), ("SL009", "payment_amount")),
    ("more paid than due", document(FT, payment_amount="13.00"), ("SL009", "payment_amount")),
    ("a reference on an invoice", document(FT, line(reference="FT A/0")), ("SL004", "reference")),
    ("an order on a credit note", document("NC A/1", line(order_number="1")), ("SL004", "order_number")),
    ("transport without a start", document("GT A/1"), ("SL003", "movement_start")),
    ("no lines", document(FT) | {"lines": []}, ("SL008", "number")),
    ("a wrong side", document(FT, line(side="X")), ("SL004", "side")),
    ("a wrong flag", document(FT, cash_vat="maybe"), ("SL004", "cash_vat")),
    ("a product code that is too long", document(FT, line(product="P" * 61)), ("SL004", "product")),
]  # fmt: skip
TABLES: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("an Italian number", {"company": {"nif": "07599810939"}}, ("SL004", "nif")),
    ("a wrong check digit", {"company": {"nif": "509999019"}}, ("SL004", "nif")),
    ("a company abroad", {"company": {"country": "IT"}}, ("SL004", "country")),
    ("a postal code of elsewhere", {"company": {"postal_code": "20121"}}, ("SL004", "postal_code")),
    ("a currency of the books", {"company": {"currency": "USD"}}, ("SL004", "currency")),
    ("a product without its company", {"company": {"product_id": "Prova"}}, ("SL004", "product_id")),
    ("a month that is none", {"company": {"fiscal_year_start_month": "13"}}, ("SL004", "fiscal_year_start_month")),
    ("a product twice", {"products": [{"code": "P1", "description": word} for word in "ab"]}, ("SL007", "code")),
    ("a country that is none", {"customers": [{"id": "C1", "name": "N", "country": "XX"}]}, ("SL004", "country")),
    ("a customer twice", {"customers": [{"id": "C1", "name": "N"}, {"id": "C1", "name": "M"}]}, ("SL007", "id")),
    ("a wrong code", {"series": [{"series": "FT A", "validation_code": "A-B"}]}, ("SL011", "validation_code")),
]  # fmt: skip


@pytest.mark.parametrize(("source", "said"), [pytest.param(ledger(row), said, id=name) for name, row, said in WRONG])
def test_wrong_documents(source: dict[str, Any], said: tuple[str, str]) -> None:
    assert said in complaints(source)


@pytest.mark.parametrize(("tables", "said"), [pytest.param(tables, said, id=name) for name, tables, said in TABLES])
def test_wrong_tables(tables: dict[str, Any], said: tuple[str, str]) -> None:
    assert said in complaints(ledger(document(), **tables))


def test_an_error_has_its_place() -> None:
    with pytest.raises(LedgerError) as caught:
        generated(ledger(document(), document("FT A/2", line(), line(unit_price="x"))), options=OCTOBER)
    (found,) = (row for row in caught.value.findings if row.severity.value == "error")
    assert (found.path, found.line, found.field) == ("documents", 2, "unit_price")
    for lang in ("it", "en"):
        assert "x" in found.say(lang)
        assert found.remedy(lang)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (("FT A/1", "FT A/1"), {("SL007", "number")}),
        (("FT A/1", "FT A/01"), {("SL007", "number")}),
        (("FT A/1", "FT A/3"), {("SL011", "number")}),
        (("FT A/2", "FT A/1"), set()),
        (("FT A/9", "FT A/10", "FT A/00011"), set()),
    ],
)
def test_numbers_of_a_series(numbers: tuple[str, ...], said: set[tuple[str, str]]) -> None:
    """Compared as numbers; the order of the table is not the order of the series."""
    found = complaints(ledger(*(document(number) for number in numbers)))
    assert {row for row in found if row[1] == "number"} == said


def test_documents_out_of_order_are_put_in_order() -> None:
    numbers = [f"FT A/{number}" for number in (8, 7, 10, 9)]
    root = made(ledger(*map(document, numbers)))
    assert [node.text for node in root.iter("InvoiceNo")] == [f"FT A/{number}" for number in (7, 8, 9, 10)]


def test_days_do_not_go_back() -> None:
    docs = (document("FT A/1", date="2026-10-11"), document("FT A/2", date="2026-10-10"))
    assert complaints(ledger(*docs)) == [("SL014", "date")]


def test_one_internal_code_serves_one_type() -> None:
    assert complaints(ledger(document("1 A/1", type="FT"), document("1 B/1", type="NC"))) == [("SL011", "number")]
    assert not [
        row
        for row in complaints(ledger(document("1T A/1", type="FT"), document("1N A/1", type="NC")))
        if row[0] != "SL012"
    ]


def test_lines_of_no_document() -> None:
    source = ledger(document())
    source["documents"][0].pop("lines")
    source["lines"] = [line(document=number) for number in ("FT A/1", "FT A/7")]
    assert ("SL008", "document") in complaints(source)


def test_empty_optional_elements_are_left_out() -> None:
    empty = {
        "reason": " ",
        "eac_code": "",
        "comments": "",
        "payment_terms": "",
        "transaction_id": "  ",
        "ship_to_city": "",
    }
    root = made(ledger(document("FT A/1", line(reference="", order_number="", serial_number=""), **empty)))
    assert not [node.tag for node in root.iter(etree.Element) if not len(node) and not (node.text or "").strip()]


def test_credit_notes_are_debits_with_their_reference() -> None:
    root = made(ledger(document("NC A/1", line(reference="FT A/1", reference_reason="Devolução"))))
    assert root.findtext(".//Line/DebitAmount") == "10.00"
    assert root.find(".//Line/CreditAmount") is None
    assert [node.text for node in root.find(".//References")] == ["FT A/1", "Devolução"]


def test_currency_stands_between_totals_and_settlement() -> None:
    values = {"currency": "USD", "exchange_rate": "0.5", "payment_terms": "30 dias"}
    root = made(ledger(document("FT A/1", **values), document("FT A/2", currency="EUR", exchange_rate="1")))
    first, second = root.findall(".//DocumentTotals")
    assert [node.tag for node in first] == ["TaxPayable", "NetTotal", "GrossTotal", "Currency", "Settlement"]
    assert [node.text for node in first.find("Currency")] == ["USD", "24.60", "0.5"]
    assert second.find("Currency") is None


def test_a_receipt_turns_them_round() -> None:
    receipts = [{"number": "RG A/1", "type": "RG", "date": "2026-10-20", "system_entry": "2026-10-20T10:00:00",
                 "user": "ana", "customer": "C1", "currency": "USD", "exchange_rate": "0.5"}]  # fmt: skip
    lines = [{"receipt": "RG A/1", "origin": "FT A/1", "origin_date": "2026-10-10", "amount": "10", "discount": "1"}]
    root = made(ledger(receipts=receipts, receipt_lines=lines))
    assert [node.tag for node in root.find(".//DocumentTotals")][-2:] == ["Settlement", "Currency"]


def test_an_fr_is_paid_less_what_is_withheld() -> None:
    values = {"withholding_type": "IRS", "withholding_amount": "2.50"}
    root = made(ledger(document("FR A/1", **values)))
    assert root.findtext(".//Payment/PaymentAmount") == "9.80"
    assert root.findtext(".//GrossTotal") == "12.30"


def test_stamp_duty_on_a_base() -> None:
    stamp = line(unit_price="0", tax_base="100000", tax_type="IS", tax_code="1.1", tax_rate="0.8")
    totals = made(ledger(document("FT A/1", stamp))).find(".//DocumentTotals")
    assert [node.text for node in totals] == ["800.00", "0.00", "800.00"]


def test_a_fixed_tax_is_per_unit() -> None:
    fixed = line(qty="3", tax_rate="", tax_amount="1.5", tax_type="IS", tax_code="2.1")
    root = made(ledger(document("FT A/1", fixed)))
    assert root.findtext(".//DocumentTotals/TaxPayable") == "4.50"
    assert root.findtext(".//Line/Tax/TaxAmount") == "1.5"


def test_the_tax_table_has_every_tax_once() -> None:
    lines = (
        line(),
        line(tax_rate="23.00"),
        line(tax_code="NOR"),
        line(tax_rate="16", tax_region="PT-AC"),
        line(tax_rate="0", exemption_code="M07"),
    )
    taxes = [{"type": "IVA", "region": "PT", "code": "NOR", "description": "Normal", "expiration": "2030-12-31"}]
    root = made(ledger(document("FT A/1", *lines), taxes=taxes))
    rows = [[node.text for node in entry] for entry in root.iter("TaxTableEntry")]
    assert rows == [
        ["IVA", "PT", "ISE", "Isenta", "0"],
        ["IVA", "PT", "NOR", "Normal", "2030-12-31", "23"],
        ["IVA", "PT-AC", "NOR", "Taxa normal", "16"],
    ]


@pytest.mark.parametrize(("day", "code"), [("2024-09-30", "RED"), ("2024-10-01", "RED")])
def test_a_rate_has_its_days(day: str, code: str) -> None:
    rate = "5" if day < "2024-10" else "4"
    options = OCTOBER._replace(year=int(day[:4]), month=int(day[5:7]))
    source = ledger(document("FT A/1", line(tax_rate=rate, tax_region="PT-MA"), date=day))
    assert made(source, options).findtext(".//Line/Tax/TaxCode") == code


def test_long_texts_are_cut_and_reasons_fit() -> None:
    source = ledger(
        document("FT A/1", line(description="è" * 300, tax_rate="0", exemption_code="M99", exemption_reason="x" * 80))
    )
    root = made(source)
    assert len(root.findtext(".//Line/Description")) == 200
    assert len(root.findtext(".//Line/TaxExemptionReason")) == 60
    assert {("SL005", "description"), ("SL005", "exemption_reason")} <= set(complaints(source))


def test_control_characters_are_taken_out() -> None:
    root = made(ledger(document("FT A/1", line(description="a\x00b\x0bc\nd"))))
    assert root.findtext(".//Line/Description") == "abc d"


def test_the_law_on_conversion_is_said() -> None:
    assert ("SL012", None) in complaints(ledger(document()))


@pytest.mark.parametrize("certificate", ["0", "9999"])
def test_a_certified_program_signs_also_in_a_large_file(
    certificate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Larger files than these are not judged, but this one is likely to be refused."""
    monkeypatch.setattr(generating, "CHECKED", 0)
    target = tmp_path / "saft.xml"
    with generated(ledger(document(), company={"certificate": certificate}), options=OCTOBER) as result:
        with nullcontext() if certificate == "0" else pytest.raises(LedgerError):
            result.write(target)
        assert target.exists() is (certificate == "0")
        assert ("PT7001" in {finding.code for finding in result.findings}) is (certificate != "0")


@needs_shared
def test_forced_files_are_well_formed() -> None:
    """Whatever is wrong with a ledger, what --force writes can be parsed."""
    for name, row, _ in WRONG:
        with generated(ledger(row), options=OCTOBER._replace(force=True)) as result:
            assert etree.fromstring(content(result)) is not None, name


@needs_shared
def test_what_has_no_errors_is_valid() -> None:
    """Warnings never make a file that the official schema refuses."""
    docs = [
        document("FT A/1", line(description="è" * 300), reason="", status="S", self_billing="sim"),
        document(
            "FT A/2",
            line(arc_no="21PT" + "1" * 17, iec_amount="0.5", serial_number="X 1", discount="1", order_number="9"),
        ),
        document("ND A/1", line(reference="FT A/1")),
        document("FS A/1", line(), customer=""),
        document("FT B/1", movement_start="2026-10-10T11:00:00", ship_to_city="Porto", ship_from_id="A"),
        document("FT B/2", status="A"),
        document("FT M/1", source_billing="M", hash_control="1-FTM abc/00001"),
        document("GR A/1", supplier="S1", customer="", **SHIP),
    ]
    suppliers = [{"id": "S1", "name": "Fornecedor", "country": "PT"}]
    with generated(ledger(*docs, suppliers=suppliers), options=OCTOBER) as result:
        assert not broken(content(result))


def test_an_unknown_customer_is_told_with_the_row_that_names_it() -> None:
    with pytest.raises(LedgerError) as told:
        made(ledger(document(), document("FT A/2", customer="C7"), document("FT A/3", customer="C8")))
    found = [(row.path, row.line, row.field, row.args["key"]) for row in told.value.findings if row.code == "SL008"]
    assert found == [("documents", 2, "customer", "C7"), ("documents", 3, "customer", "C8")]
