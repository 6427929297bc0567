"""An audit file as tables: which rows a record gives. Values stay as written; amounts are text and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .formats import Section
from .hashchain import series_of
from .reader import Record
from .tree import Node, flat, leaf, many, one

Row = dict[str, str]
ORIGIN: Final = ("file", "company")
_MONEY: Final = "debit credit tax_base tax_amount settlement tax_payable net_total gross_total currency_amount"
_BALANCES: Final = "opening_debit opening_credit closing_debit closing_credit amount"
_NUMBERS: Final = "quantity unit_price tax_percentage exchange_rate withholding"
AMOUNTS: Final = frozenset(f"{_MONEY} {_BALANCES} {_NUMBERS}".split())
"""Columns that hold numbers: numbers in XLSX, decimals in Parquet."""
_ADDRESS: Final = {
    "address": "BillingAddress/AddressDetail",
    "city": "BillingAddress/City",
    "postal_code": "BillingAddress/PostalCode",
    "country": "BillingAddress/Country",
}
_CONTACT: Final = {"telephone": "Telephone", "email": "Email", "self_billing": "SelfBillingIndicator"}
_PARTY: Final = {"account": "AccountID", "name": "CompanyName"}
_MASTER: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "Customer": ("customers", {"id": "CustomerID", "tax_id": "CustomerTaxID", **_PARTY, **_ADDRESS, **_CONTACT}),
    "Supplier": ("suppliers", {"id": "SupplierID", "tax_id": "SupplierTaxID", **_PARTY, **_ADDRESS, **_CONTACT}),
    "Product": (
        "products",
        {
            "type": "ProductType",
            "code": "ProductCode",
            "group": "ProductGroup",
            "description": "ProductDescription",
            "number_code": "ProductNumberCode",
        },
    ),
    "TaxTableEntry": (
        "taxes",
        {
            "type": "TaxType",
            "region": "TaxCountryRegion",
            "code": "TaxCode",
            "description": "Description",
            "expires": "TaxExpirationDate",
            "tax_percentage": "TaxPercentage",
            "tax_amount": "TaxAmount",
        },
    ),
    "Account": (
        "accounts",
        {
            "id": "AccountID",
            "description": "AccountDescription",
            "opening_debit": "OpeningDebitBalance",
            "opening_credit": "OpeningCreditBalance",
            "closing_debit": "ClosingDebitBalance",
            "closing_credit": "ClosingCreditBalance",
            "category": "GroupingCategory",
            "parent": "GroupingCode",
            "taxonomy": "TaxonomyCode",
        },
    ),
}
_DOCUMENT: Final = {
    "system_entry": "SystemEntryDate",
    "reason": "DocumentStatus/Reason",
    "source": "DocumentStatus/SourceBilling",
    "customer": "CustomerID",
    "supplier": "SupplierID",
    "period": "Period",
    "atcud": "ATCUD",
    "hash": "Hash",
    "hash_control": "HashControl",
    "transaction": "TransactionID",
    "tax_payable": "DocumentTotals/TaxPayable",
    "net_total": "DocumentTotals/NetTotal",
    "gross_total": "DocumentTotals/GrossTotal",
    "currency": "DocumentTotals/Currency/CurrencyCode",
    "currency_amount": "DocumentTotals/Currency/CurrencyAmount",
    "exchange_rate": "DocumentTotals/Currency/ExchangeRate",
    "withholding": "WithholdingTax/WithholdingTaxAmount",
}
_LINE: Final = {
    "line": "LineNumber",
    "product": "ProductCode",
    "product_description": "ProductDescription",
    "description": "Description",
    "quantity": "Quantity",
    "unit": "UnitOfMeasure",
    "unit_price": "UnitPrice",
    "debit": "DebitAmount",
    "credit": "CreditAmount",
    "tax_base": "TaxBase",
    "tax_type": "Tax/TaxType",
    "tax_region": "Tax/TaxCountryRegion",
    "tax_code": "Tax/TaxCode",
    "tax_percentage": "Tax/TaxPercentage",
    "tax_amount": "Tax/TaxAmount",
    "exemption_code": "TaxExemptionCode",
    "exemption_reason": "TaxExemptionReason",
    "settlement": "SettlementAmount",
    "tax_point": "TaxPointDate",
    "reference": "References/Reference",
    "origin": "SourceDocumentID/OriginatingON",
}
_PAYMENT: Final = {"mechanism": "PaymentMechanism", "amount": "PaymentAmount", "date": "PaymentDate"}
_ENTRY: Final = {
    "record": "RecordID",
    "account": "AccountID",
    "source_document": "SourceDocumentID",
    "system_entry": "SystemEntryDate",
    "description": "Description",
}
_ENTRY_HEAD: Final = {
    "transaction": "TransactionID",
    "period": "Period",
    "date": "TransactionDate",
    "type": "TransactionType",
    "customer": "CustomerID",
    "supplier": "SupplierID",
}
_NAMED: Final = ("section", "number", "series")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    **{name: (*ORIGIN, *paths) for name, paths in _MASTER.values()},
    "documents": (*ORIGIN, *_NAMED, "date", "type", "status", "status_date", *_DOCUMENT),
    "lines": (*ORIGIN, *_NAMED, *_LINE),
    "payments": (*ORIGIN, *_NAMED, *_PAYMENT),
    "ledger": (*ORIGIN, *_ENTRY_HEAD, "side", *_ENTRY, "amount"),
}
"""Every table and its columns."""
LEAVES: Final = frozenset({"documents", "lines", "payments", "ledger"})
"""Tables of which every row counts; in the others a record that comes again is the same one."""


def rows(record: Record, sections: dict[str, Section], origin: Row) -> Iterator[tuple[str, Row]]:
    """The rows of one record, each with the name of its table."""
    section = sections.get(record.name)
    if section is not None and record.home == section.name:
        yield from _document(flat(record.element), section, origin)
    elif record.name in _MASTER:
        name, paths = _MASTER[record.name]
        yield name, origin | _values(flat(record.element), paths)
    elif record.name == "Transaction":
        yield from _ledger(flat(record.element), origin)


def _document(node: Node, section: Section, origin: Row) -> Iterator[tuple[str, Row]]:
    number = leaf(node, section.number)
    series = series_of(number)
    named = origin | {"section": section.name, "number": number, "series": series[0] if series else ""}
    state = one(node, "DocumentStatus")
    own = {
        "date": leaf(node, section.date),
        "type": leaf(node, section.type),
        "status": leaf(state, section.status),
        "status_date": leaf(state, section.status + "Date"),
    }
    yield "documents", named | own | _values(node, _DOCUMENT)
    for line in many(node, "Line"):
        yield "lines", named | _values(line, _LINE)
    for payment in (*many(one(node, "DocumentTotals"), "Payment"), *many(node, "PaymentMethod")):
        yield "payments", named | _values(payment, _PAYMENT)


def _ledger(node: Node, origin: Row) -> Iterator[tuple[str, Row]]:
    head = origin | _values(node, _ENTRY_HEAD)
    lines = one(node, "Lines")
    for side in ("Debit", "Credit"):
        for line in many(lines, side + "Line"):
            yield "ledger", head | {"side": side[0]} | _values(line, _ENTRY) | {"amount": leaf(line, side + "Amount")}


def _values(node: Node, paths: dict[str, str]) -> Row:
    return {name: _value(node, path) for name, path in paths.items()}


def _value(node: Node, path: str) -> str:
    *above, last = path.split("/")
    for name in above:
        node = one(node, name)
    return leaf(node, last)
