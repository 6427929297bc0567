"""The figures of an audit file against a model that adds up lines by itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from fatturakit import saft

from .ledgers import document, ledger, line

STAMP = {"tax_type": "IS", "tax_code": "1.1", "tax_rate": "0.8", "unit_price": "0", "tax_base": "100.00", "qty": "2"}
FIXED = {"tax_type": "IS", "tax_code": "23.2", "tax_amount": "0.50", "tax_rate": "", "qty": "3"}
AZORES = {"tax_region": "PT-AC", "tax_rate": "16"}


def summary(tmp_path: Path, *documents: dict[str, Any]) -> Any:
    path = tmp_path / "saft.xml"
    saft.generate(ledger(*documents), month=10, year=2026, to=path, check="always")
    return saft.inspect(path)


def test_cancelled_and_billed_invoices_and_notes(tmp_path: Path) -> None:
    note = line(unit_price="4", reference="FT A/1", reference_reason="Devolução")
    found = summary(
        tmp_path,
        document("FT A/1", line(), line(**AZORES), line(unit_price="1", side="D")),
        document("FT A/2", status="A", reason="Erro"),
        document("FT A/3", status="F"),
        document("NC A/1", note, customer=""),
    )
    (sales,) = found.parts
    assert (sales.documents, sales.uncounted, sales.debit, sales.credit) == (4, 2, 5, 20)
    assert {(tax.region, tax.rate): (tax.base, tax.tax) for tax in found.taxes} == {
        ("PT", "23"): (Decimal(5), Decimal("1.15")),
        ("PT-AC", "16"): (Decimal(10), Decimal("1.6")),
    }
    assert found.months == [("2026-10", Decimal(15))]
    assert [(name, net) for _, name, net in found.customers] == [("Cliente", 19), ("Consumidor final", -4)]


def test_tax_bases_and_fixed_taxes(tmp_path: Path) -> None:
    found = summary(tmp_path, document("FT A/1", line(), line(**STAMP), line(**FIXED)))
    assert {tax.code: (tax.base, tax.tax) for tax in found.taxes} == {
        "NOR": (Decimal(10), Decimal("2.3")),
        "1.1": (Decimal(200), Decimal("1.6")),
        "23.2": (Decimal(30), Decimal("1.5")),
    }
