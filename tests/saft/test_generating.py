"""Generated files: valid by both official schemas on every basis; totals, drafts, periods, encodings, outputs."""

from __future__ import annotations

import os
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from fatturakit.errors import InputError, OutputError, UsageError
from fatturakit.saft.converting import convert
from fatturakit.saft.generating import LedgerError, Options, generate, generated
from fatturakit.saft.hashchain import Signer, Verifier, message
from fatturakit.saft.ledger.source import is_ledger
from fatturakit.saft.validating import validate

from ..shared import ROOT, needs_shared
from .ledgers import (
    CREATED,
    LISBON,
    NIF,
    OCTOBER,
    broken,
    complaints,
    content,
    document,
    ledger,
    line,
    made,
    official,
    tree,
)  # fmt: skip

KEYS = ROOT / "fixtures" / "saft"
ENTRIES = [
    {"id": "1", "journal": "V", "archive_number": "1", "date": "2026-10-10", "user": "ana", "description": "Venda",
     "customer": "C1", "lines": 0},
]  # fmt: skip
BOOKS = {
    "accounts": [
        {"id": "21", "description": "Clientes", "category": "GR"},
        {"id": "2111", "description": "Clientes gerais", "category": "GM", "parent": "21", "taxonomy_code": 6},
        {"id": "71", "description": "Vendas", "category": "GR"},
        {"id": "711", "description": "Mercadorias", "category": "GM", "parent": "71", "taxonomy_code": 500},
    ],
    "journals": [{"id": "V", "description": "Vendas & serviços"}],
    "entries": [
        {"id": "1", "journal": "V", "archive_number": "1", "date": "2026-10-10", "user": "ana", "description": "Venda",
         "customer": "C1"},
    ],
    "entry_lines": [
        {"entry": "1", "account": "2111", "side": "D", "amount": "12.30", "system_entry": "2026-10-10T10:00:00"},
        {"entry": "1", "account": "711", "side": "C", "amount": "12.30", "system_entry": "2026-10-10T10:00:00"},
    ],
}  # fmt: skip
RECEIPTS = {
    "receipts": [
        {"number": "RG A/1", "type": "RG", "date": "2026-10-20", "system_entry": "2026-10-20T10:00:00", "user": "ana",
         "customer": "C1", "payment_mechanism": "TB"},
    ],
    "receipt_lines": [{"receipt": "RG A/1", "origin": "FT A/1", "origin_date": "2026-10-10", "amount": "12.30"}],
}  # fmt: skip


@needs_shared
@pytest.mark.parametrize("basis", list("CEFIPRST"))
def test_every_basis_is_valid(basis: str) -> None:
    transport = document("GT A/1", line(unit_price="0", tax_rate=""), movement_start="2026-10-10T11:00:00")
    docs = (document(self_billing="1", status="S"), transport, document("OR A/1"))
    source = ledger(*docs, **BOOKS, **RECEIPTS)
    with generated(source, options=OCTOBER._replace(basis=basis)) as result:
        data = content(result)
        root = tree(result)
    assert not broken(data)
    assert root.findtext("Header/TaxAccountingBasis") == basis
    sections = {node.tag for node in root.findall("SourceDocuments/*")}
    assert sections == {
        "C": {"Payments"},
        "E": {"MovementOfGoods", "WorkingDocuments", "Payments"},
        "R": {"Payments"},
        "S": {"SalesInvoices"},
        "T": {"MovementOfGoods"},
    }.get(basis, {"SalesInvoices", "MovementOfGoods", "WorkingDocuments", "Payments"})
    assert (root.find("GeneralLedgerEntries") is not None) is (basis in "CI")


@needs_shared
def test_the_fixture_is_valid_everywhere(tmp_path: Path) -> None:
    generate(LISBON, year=2026, month=10, to=tmp_path / "saft.xml", created=CREATED, check="always")
    data = (tmp_path / "saft.xml").read_bytes()
    assert not broken(data)
    assert validate(data).verdict.value == "valid"


def test_totals_by_the_law() -> None:
    """Net and unrounded; cancelled and billed ones counted, not summed (billed ones summed among working documents)."""
    docs = [
        document("FT A/1", line(qty="3", unit_price="7.7979")),
        document("FT A/2", line(unit_price="100"), line(unit_price="1.005", side="D")),
        document("FT A/3", line(unit_price="1000"), status="A", reason="erro"),
        document("FT A/4", line(unit_price="10000"), status="F"),
        document("NC A/1", line(unit_price="0.333"), date="2026-10-11"),
        document("OR A/1", line(unit_price="5"), status="F"),
        document("OR A/2", line(unit_price="50"), status="A", reason="erro"),
        document("GT A/1", line(qty="2.5", unit_price="0", tax_rate=""), movement_start="2026-10-10T11:00:00"),
        document("GT A/2", line(qty="9"), status="A", reason="x", movement_start="2026-10-10T11:00:00"),
    ]
    root = made(ledger(*docs))
    sales, work, goods = (root.find(f"SourceDocuments/{name}") for name in _SECTIONS)
    assert [sales.findtext(name) for name in _TOTALS] == ["5", "1.338", "123.3937"]
    assert [work.findtext(name) for name in _TOTALS] == ["2", "0", "5"]
    assert (goods.findtext("NumberOfMovementLines"), goods.findtext("TotalQuantityIssued")) == ("2", "2.5")
    first = sales.find("Invoice/DocumentTotals")
    assert [first.findtext(name) for name in ("TaxPayable", "NetTotal", "GrossTotal")] == ["5.38", "23.39", "28.77"]


_SECTIONS = ("SalesInvoices", "WorkingDocuments", "MovementOfGoods")
_TOTALS = ("NumberOfEntries", "TotalDebit", "TotalCredit")


def test_gross_is_net_plus_tax_exactly() -> None:
    totals = made(ledger(document("FT A/1", line(unit_price="0.125"), line(unit_price="0.125")))).find(
        ".//DocumentTotals"
    )
    values = {node.tag: Decimal(node.text or "") for node in totals}
    assert values["GrossTotal"] == values["NetTotal"] + values["TaxPayable"]
    assert values == {"TaxPayable": Decimal("0.06"), "NetTotal": Decimal("0.25"), "GrossTotal": Decimal("0.31")}


@pytest.mark.parametrize("draft", [{"draft": "true"}, {"draft": True}, {"status": "draft"}, {"status": "Draft"}])
def test_drafts_are_never_exported(draft: dict[str, object]) -> None:
    with generated(ledger(document(), document("FT A/2", **draft)), options=OCTOBER) as result:
        assert b"FT A/2" not in content(result)
        assert result.drafts == 1


@pytest.mark.parametrize(
    ("start", "month", "period", "year"),
    [("1", "2026-10-10", "10", "2026"), ("2", "2026-10-10", "9", "2026"), ("11", "2026-10-10", "12", "2025")],
)
def test_the_period_counts_from_the_fiscal_year(start: str, month: str, period: str, year: str) -> None:
    root = made(ledger(document(date=month), company={"fiscal_year_start_month": start}))
    assert root.findtext(".//Invoice/Period") == period
    assert root.findtext("Header/FiscalYear") == year
    assert root.findtext("Header/StartDate") == "2026-10-01"


def test_a_year_is_twelve_files(tmp_path: Path) -> None:
    docs = (document(), document("FT A/2", date="2026-12-31"), document("FT A/3", date="2027-01-01"))
    generate(ledger(*docs), year=2026, to=tmp_path / "out", created=CREATED)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"SAFT-PT-{NIF}-2026-{month:02}.xml" for month in range(1, 13)]
    assert "FT A/2" in (tmp_path / "out" / names[11]).read_text("cp1252")
    assert not any("FT A/3" in (tmp_path / "out" / name).read_text("cp1252") for name in names)


def test_accounting_of_a_year_is_one_file_of_the_fiscal_year() -> None:
    source = ledger(**BOOKS, company={"fiscal_year_start_month": "4"})
    with generated(source, options=Options(year=2026, basis="C", created=CREATED)) as result:
        root = tree(result)
    assert [root.findtext(f"Header/{name}") for name in ("StartDate", "EndDate")] == ["2026-04-01", "2027-03-31"]
    assert root.findtext("GeneralLedgerEntries/Journal/Transaction/Period") == "7"


def test_two_days(tmp_path: Path) -> None:
    docs = (document(date="2026-10-01"), document("FT A/2", date="2026-10-02"), document("FT A/3", date="2026-10-03"))
    root = made(ledger(*docs), Options(start="2026-10-02", end="2026-10-02", created=CREATED))
    assert [node.text for node in root.iter("InvoiceNo")] == ["FT A/2"]
    for start, end in (("2026-12-31", "2027-01-01"), ("2026-10-02", "2026-10-01"), ("x", "y")):
        with pytest.raises(UsageError):
            made(ledger(*docs), Options(start=start, end=end))


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8"])
def test_encodings(encoding: str) -> None:
    words = "Łódź → € “ção” \x81 & <b>"
    source = ledger(document("FT A/1", line(description=words)))
    with generated(source, options=OCTOBER._replace(encoding=encoding)) as result:
        data, root = content(result), tree(result)
    assert root.findtext(".//Line/Description") == words
    assert data.startswith(b"<?xml")
    assert f'encoding="{encoding}"'.encode() in data[:60].lower()
    assert b"?d" not in data.replace(b"<?xml", b"")
    assert (b"&#321;" in data) is (encoding == "windows-1252")


def test_master_files_hold_what_moved_and_what_lacks() -> None:
    freight = line(product="PORTES", description="Portes de envio")
    source = ledger(document("FT A/1", line(), freight), document("FS A/1", customer=""))
    source["customers"].append(dict(source["customers"][0], id="C2"))
    source["products"].append({"code": "P2", "description": "Nunca vendido"})
    root = made(source)
    assert [node.findtext("CustomerID") for node in root.iter("Customer")] == ["C1", "CONSUMIDOR_FINAL"]
    final = root.findall(".//Customer")[1]
    assert [final.findtext(name) for name in _FINAL] == ["999999990", "Consumidor final", *["Desconhecido"] * 5]
    products = [(node.findtext("ProductCode"), node.findtext("ProductType")) for node in root.iter("Product")]
    assert products == [("P1", "P"), ("PORTES", "O")]


_FINAL = (
    "CustomerTaxID", "CompanyName", "AccountID",
    *(f"BillingAddress/{name}" for name in ("AddressDetail", "City", "PostalCode", "Country")),
)  # fmt: skip


def test_the_chain_is_computed_per_series() -> None:
    docs = [document("FT A/1"), document("FT B/1"), document("FT A/2"), document("FT A/3", status="A", reason="x")]
    receipts = dict(RECEIPTS.items())
    signer = Signer.from_file(KEYS / "throwaway-key.pem")
    root = made(ledger(*docs, **receipts), OCTOBER._replace(signer=signer))
    verifier, before = Verifier.from_file(KEYS / "throwaway-public.pem"), {}
    for node in root.iter("Invoice"):
        number, value = node.findtext("InvoiceNo"), node.findtext("Hash")
        series = number.rpartition("/")[0]
        gross = Decimal(node.findtext("DocumentTotals/GrossTotal"))
        text = message(
            node.findtext("InvoiceDate"), node.findtext("SystemEntryDate"), number, gross, before.get(series, "")
        )
        assert verifier.verifies(text, value)
        assert node.findtext("HashControl") == "1"
        before[series] = value
    assert root.find(".//Payment/Hash") is None


def test_a_chain_goes_on_from_the_month_before() -> None:
    """Through documents outside the span, or from the last hash the ledger knows; never from nothing."""
    signer = Signer.from_file(KEYS / "throwaway-key.pem")
    both = ledger(document("FT A/1", date="2026-09-30"), document("FT A/2"))
    options = OCTOBER._replace(signer=signer)
    root = made(both, options)
    first = signer.sign(message("2026-09-30", "2026-09-30T10:00:00", "FT A/1", Decimal("12.30")))
    expected = signer.sign(message("2026-10-10", "2026-10-10T10:00:00", "FT A/2", Decimal("12.30"), first))
    assert [node.text for node in root.iter("Hash")] == [expected]
    known = ledger(document("FT A/2"), series=[{"series": "FT A", "last_hash": first}])
    assert [node.text for node in made(known, options).iter("Hash")] == [expected]
    assert complaints(ledger(document("FT A/2")), options) == [("SL011", "hash")]


def test_given_signatures_are_kept() -> None:
    given = "A" * 171 + "="
    values = {"hash": given, "hash_control": "9999.1", "source_billing": "I", "atcud": "ABCDEFGH-7"}
    root = made(ledger(document("FT A/7", **values)))
    found = [root.findtext(f".//Invoice/{name}") for name in ("Hash", "HashControl", "ATCUD")]
    assert found == [given, "9999.1", "ABCDEFGH-7"]


def test_a_zip_holds_one_file_and_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        generate(ledger(document()), year=2026, month=10, to=tmp_path / name, created=CREATED)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["a.xml"]
        assert archive.read("a.xml").startswith(b"<?xml")
    first, second = ((tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert first.replace(b"a.xml", b"b.xml") == second


def test_nothing_appears_when_the_ledger_is_wrong(tmp_path: Path) -> None:
    target = tmp_path / "saft.xml"
    wrong = ledger(document("FT A/1", line(unit_price="-1")))
    with pytest.raises(LedgerError) as caught:
        generate(wrong, year=2026, month=10, to=target)
    assert not list(tmp_path.iterdir())
    assert caught.value.exit_code == 1
    forced = generate(wrong, year=2026, month=10, to=target, force=True)
    assert target.exists()
    assert forced.errors
    with pytest.raises(OutputError):
        generate(ledger(document()), year=2026, month=10, to=target)


def test_the_validator_has_the_last_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that generation forgets still stops the file: here gaps in a series."""
    monkeypatch.setattr("fatturakit.saft.chain.Chain._judge_order", lambda *_: None)
    docs = (document("FT A/1"), document("FT A/3"))
    with pytest.raises(LedgerError) as caught:
        generate(ledger(*docs), year=2026, month=10, to=tmp_path / "saft.xml", check="always")
    assert any(row.code.startswith("PT") for row in caught.value.findings)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may list everything")
def test_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    """As a source and as a target."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert not is_ledger(str(closed))
    with pytest.raises(InputError, match="closed"):
        generated(closed)
    with pytest.raises(OutputError, match="closed"):
        convert([], "csv", closed)


def test_unreadable_sources() -> None:
    for source in ("/nonexistent", {"documents": []}, {"company": {}, "docs": []}):
        with pytest.raises(InputError):
            generated(source)
    with pytest.raises(UsageError):
        generated(ledger(), "xx", OCTOBER)
    with pytest.raises(UsageError):
        generated(ledger())
    with pytest.raises(UsageError):
        generated(ledger(), options=OCTOBER._replace(basis="Z"))


@needs_shared
def test_the_official_schema_is_compiled_at_all() -> None:
    """An XSD 1.0 engine makes an empty schema of it: everything below would pass."""
    assert len(official("2022").elements) > 100
