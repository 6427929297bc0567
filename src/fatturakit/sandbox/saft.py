"""A small audit file (SAF-T PT 1.04_01) of one month: one invented invoice, totals that add up."""

from __future__ import annotations

from calendar import monthrange
from typing import Any, Final

from lxml import etree

_NAMESPACE: Final = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
_NAMES: Final[dict[str | None, str]] = {None: _NAMESPACE}
_ADDRESS: Final = {"AddressDetail": "Rua Inventada 1", "City": "Lisboa", "PostalCode": "1000-001", "Country": "PT"}
_TAX: Final = {"TaxType": "IVA", "TaxCountryRegion": "PT", "TaxCode": "NOR"}


def audit_file(month: str) -> bytes:
    """The file of a month ("2026-11"), the same bytes every time."""
    root = etree.Element(f"{{{_NAMESPACE}}}AuditFile", nsmap=_NAMES)  # type: ignore[arg-type]  # the stubs forget None
    _fill(root, {"Header": _header(month), "MasterFiles": _MASTERS, "SourceDocuments": _documents(month)})
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _fill(parent: etree._Element, values: dict[str, Any]) -> None:
    for name, value in values.items():
        child = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}")
        if isinstance(value, dict):
            _fill(child, value)
        else:
            child.text = value


def _header(month: str) -> dict[str, Any]:
    year, _, number = month.partition("-")
    return {
        "AuditFileVersion": "1.04_01",
        "CompanyID": "500000000",
        "TaxRegistrationNumber": "500000000",
        "TaxAccountingBasis": "F",
        "CompanyName": "Banco de Ensaio, Lda",
        "CompanyAddress": _ADDRESS,
        "FiscalYear": year,
        "StartDate": f"{month}-01",
        "EndDate": f"{month}-{monthrange(int(year), int(number))[1]}",
        "CurrencyCode": "EUR",
        "DateCreated": f"{month}-{monthrange(int(year), int(number))[1]}",
        "TaxEntity": "Global",
        "ProductCompanyTaxID": "500000000",
        "SoftwareCertificateNumber": "0",
        "ProductID": "sandbox/fatturakit",
        "ProductVersion": "1",
    }


_MASTERS: Final = {
    "Customer": {
        "CustomerID": "1",
        "AccountID": "Desconhecido",
        "CustomerTaxID": "999999990",
        "CompanyName": "Consumidor final",
        "BillingAddress": _ADDRESS,
        "SelfBillingIndicator": "0",
    },
    "Product": {
        "ProductType": "S",
        "ProductCode": "P1",
        "ProductDescription": "Ensaio",
        "ProductNumberCode": "P1",
    },
    "TaxTable": {"TaxTableEntry": {**_TAX, "Description": "Taxa normal", "TaxPercentage": "23"}},
}


def _documents(month: str) -> dict[str, Any]:
    totals = {"NumberOfEntries": "1", "TotalDebit": "0.00", "TotalCredit": "100.00"}
    return {"SalesInvoices": {**totals, "Invoice": _invoice(month)}}


def _invoice(month: str) -> dict[str, Any]:
    moment = f"{month}-01T10:00:00"
    return {
        "InvoiceNo": f"FT {month.replace('-', '')}/1",
        "ATCUD": "0",
        "DocumentStatus": {
            "InvoiceStatus": "N",
            "InvoiceStatusDate": moment,
            "SourceID": "1",
            "SourceBilling": "P",
        },
        "Hash": "0",
        "HashControl": "0",
        "Period": str(int(month[5:])),
        "InvoiceDate": f"{month}-01",
        "InvoiceType": "FT",
        "SpecialRegimes": {
            "SelfBillingIndicator": "0",
            "CashVATSchemeIndicator": "0",
            "ThirdPartiesBillingIndicator": "0",
        },
        "SourceID": "1",
        "SystemEntryDate": moment,
        "CustomerID": "1",
        "Line": {
            "LineNumber": "1",
            "ProductCode": "P1",
            "ProductDescription": "Ensaio",
            "Quantity": "1",
            "UnitOfMeasure": "UN",
            "UnitPrice": "100.00",
            "TaxPointDate": f"{month}-01",
            "Description": "Ensaio",
            "CreditAmount": "100.00",
            "Tax": {**_TAX, "TaxPercentage": "23"},
        },
        "DocumentTotals": {"TaxPayable": "23.00", "NetTotal": "100.00", "GrossTotal": "123.00"},
    }
