"""The tables an audit file becomes: their columns, each with the path of its element inside its record."""

from __future__ import annotations

from typing import Final

from .formats import MOVEMENTS, PAYMENTS, SALES, WORK, Section

Paths = dict[str, str]
ORIGIN: Final = ("file", "company")
_MONEY: Final = (
    "debit credit tax_base tax_amount settlement tax_payable net_total gross_total currency_amount iec_amount"
)
_BALANCES: Final = "opening_debit opening_credit closing_debit closing_credit amount deductible_taxes"
_NUMBERS: Final = "quantity unit_price tax_percentage exchange_rate withholding"
AMOUNTS: Final = frozenset(f"{_MONEY} {_BALANCES} {_NUMBERS}".split())
"""Columns that hold numbers: numbers in XLSX, decimals in Parquet."""


def _address(home: str, name: str = "") -> Paths:
    """The columns of the address in ``home``; name: what stands before theirs."""
    fields = {
        "building": "BuildingNumber",
        "street": "StreetName",
        "address": "AddressDetail",
        "city": "City",
        "postal_code": "PostalCode",
        "region": "Region",
        "province": "Province",
        "country": "Country",
    }
    return {name + column: f"{home}/{field}" for column, field in fields.items()}


def _party(kind: str) -> Paths:
    return {
        "id": kind + "ID",
        "tax_id": kind + "TaxID",
        "account": "AccountID",
        "name": "CompanyName",
        **_address("BillingAddress"),
        "contact": "Contact",
        "telephone": "Telephone",
        "fax": "Fax",
        "email": "Email",
        "website": "Website",
        "self_billing": "SelfBillingIndicator",
    }


MASTERS: Final[dict[str, tuple[str, Paths]]] = {
    "Customer": ("customers", _party("Customer")),
    "Supplier": ("suppliers", _party("Supplier")),
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
    "Journal": ("journals", {"id": "JournalID", "description": "Description"}),
}
HEADER: Final[Paths] = {
    "version": "AuditFileVersion",
    "company_id": "CompanyID",
    "tax_registration": "TaxRegistrationNumber",
    "basis": "TaxAccountingBasis",
    "name": "CompanyName",
    "business_name": "BusinessName",
    **_address("CompanyAddress"),
    "fiscal_year": "FiscalYear",
    "start_date": "StartDate",
    "end_date": "EndDate",
    "currency": "CurrencyCode",
    "created": "DateCreated",
    "tax_entity": "TaxEntity",
    "producer": "ProductCompanyTaxID",
    "certificate": "SoftwareCertificateNumber",
    "validation": "SoftwareValidationNumber",
    "product": "ProductID",
    "product_version": "ProductVersion",
    "comment": "HeaderComment",
    "telephone": "Telephone",
    "fax": "Fax",
    "email": "Email",
    "website": "Website",
}
_OWN: Final = ("date", "type", "status", "status_date", "source")
_DOCUMENT: Final[Paths] = {
    "system_entry": "SystemEntryDate",
    "reason": "DocumentStatus/Reason",
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
    "withholding_type": "WithholdingTax/WithholdingTaxType",
    "withholding_description": "WithholdingTax/WithholdingTaxDescription",
    "user": "SourceID",
    "status_user": "DocumentStatus/SourceID",
    "self_billing": "SpecialRegimes/SelfBillingIndicator",
    "cash_vat": "SpecialRegimes/CashVATSchemeIndicator",
    "third_party": "SpecialRegimes/ThirdPartiesBillingIndicator",
    "eac_code": "EACCode",
    "settlement": "DocumentTotals/Settlement/SettlementAmount",
    "settlement_discount": "DocumentTotals/Settlement/SettlementDiscount",
    "settlement_date": "DocumentTotals/Settlement/SettlementDate",
    "payment_terms": "DocumentTotals/Settlement/PaymentTerms",
    "description": "Description",
    "system_id": "SystemID",
    "comments": "MovementComments",
    "movement_start": "MovementStartTime",
    "movement_end": "MovementEndTime",
    "at_doc_code": "ATDocCodeID",
    "ship_to_id": "ShipTo/DeliveryID",
    "ship_to_date": "ShipTo/DeliveryDate",
    **_address("ShipTo/Address", "ship_to_"),
    "ship_from_id": "ShipFrom/DeliveryID",
    "ship_from_date": "ShipFrom/DeliveryDate",
    **_address("ShipFrom/Address", "ship_from_"),
}
_LINE: Final[Paths] = {
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
    "reference_reason": "References/Reason",
    "origin_date": "SourceDocumentID/InvoiceDate",
    "origin_description": "SourceDocumentID/Description",
    "order_number": "OrderReferences/OriginatingON",
    "order_date": "OrderReferences/OrderDate",
    "serial_number": "ProductSerialNumber/SerialNumber",
    "arc_no": "CustomsInformation/ARCNo",
    "iec_amount": "CustomsInformation/IECAmount",
}
_PAYMENT: Final[Paths] = {"mechanism": "PaymentMechanism", "amount": "PaymentAmount", "date": "PaymentDate"}
INNER: Final[dict[str, tuple[str, Paths]]] = {
    "Line": ("lines", _LINE),
    "DocumentTotals/Payment": ("payments", _PAYMENT),
    "PaymentMethod": ("payments", _PAYMENT),
}
"""What stands inside a document as often as need be: its table and columns."""
ENTRY: Final[Paths] = {
    "transaction": "TransactionID",
    "period": "Period",
    "date": "TransactionDate",
    "type": "TransactionType",
    "customer": "CustomerID",
    "supplier": "SupplierID",
    "entry_description": "Description",
    "user": "SourceID",
    "archive_number": "DocArchivalNumber",
    "posting_date": "GLPostingDate",
}
ENTRY_LINE: Final[Paths] = {
    "record": "RecordID",
    "account": "AccountID",
    "source_document": "SourceDocumentID",
    "system_entry": "SystemEntryDate",
    "description": "Description",
}
PURCHASE: Final[Paths] = {
    "number": "InvoiceNo",
    "date": "InvoiceDate",
    "type": "PurchaseType",
    "supplier": "SupplierID",
    "period": "Period",
    "user": "SourceID",
    "hash": "Hash",
    "tax_payable": "DocumentTotals/TaxPayable",
    "net_total": "DocumentTotals/NetTotal",
    "gross_total": "DocumentTotals/GrossTotal",
    "deductible_taxes": "DocumentTotals/DeductibleTaxes",
}


def document(section: Section) -> Paths:
    """The columns of the documents of a section."""
    status = f"DocumentStatus/{section.status}"
    source = "DocumentStatus/" + ("SourceBilling" if section.signed else "SourcePayment")
    return dict(zip(_OWN, (section.date, section.type, status, status + "Date", source), strict=True)) | _DOCUMENT


DOCUMENTS: Final = {section: document(section) for section in (SALES, MOVEMENTS, WORK, PAYMENTS)}
_NAMED: Final = ("section", "number", "series")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "header": (*ORIGIN, *HEADER),
    **{name: (*ORIGIN, *paths) for name, paths in MASTERS.values()},
    "documents": (*ORIGIN, *_NAMED, *_OWN, *_DOCUMENT),
    "lines": (*ORIGIN, *_NAMED, *_LINE),
    "payments": (*ORIGIN, *_NAMED, *_PAYMENT),
    "purchases": (*ORIGIN, *PURCHASE),
    "ledger": (*ORIGIN, "journal", *ENTRY, "side", *ENTRY_LINE, "amount"),
    "details": (*ORIGIN, *_NAMED, "line", "path", "value"),
}
"""Every table and its columns; ``details`` takes every value that has no column, so that none is lost."""
LEAVES: Final = frozenset({"header", "documents", "lines", "payments", "purchases", "ledger", "details"})
"""Tables of which every row counts; in the others a record that comes again is the same one."""
