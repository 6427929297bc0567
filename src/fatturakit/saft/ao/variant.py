"""SAF-T (AO) 1.01_01: the same family as Portugal's, without ATCUD, with provinces and its own codes."""

from __future__ import annotations

from typing import Final

from .. import family
from ..kinds import text
from ..shape import Field, Raw
from ..variant import Section, Variant
from . import codes

AT: Final = family.Dialect(
    country="AO",
    currency=codes.CURRENCY,
    company_country="AO",
    postal_pattern="",
    unknown=codes.UNKNOWN,
    region_element="Province",
    atcud=False,
    transport_code="AGTDocCodeID",
    withholdings=codes.WITHHOLDINGS,
    mechanisms=codes.MECHANISMS,
    sources=codes.SOURCES,
    account_pattern=r"[*+\-,./0-9A-Z_a-z]*",
    name=200,
    detail=250,
    building=15,
    postal=10,
    email=255,
    system_id=35,
    source_document=30,
    arc=20,
)
_OWN: Final = (
    Raw("_version"),
    Field("CompanyID", "company_id", text(50), True, fallback="nif"),
    Field("TaxRegistrationNumber", "nif", text(15, 10), True),
)
_CERTIFICATE: Final = Field("SoftwareValidationNumber", "certificate", text(70, pattern=r"\d+/AGT/\d{4}|0"), True, "0")
_FULL_LINE: Final = family.line(AT, full=True)
_SILENT: Final = codes.NOT_IN_TOTALS
SECTIONS: Final = (
    Section("sales", "SalesInvoices", "Invoice", codes.SALES_TYPES, codes.SALES_STATUSES, _SILENT,
            family.invoice(AT, codes.SALES_TYPES, codes.SALES_STATUSES), _FULL_LINE),
    Section("movement", "MovementOfGoods", "StockMovement", codes.MOVEMENT_TYPES, codes.MOVEMENT_STATUSES, _SILENT,
            family.movement(AT, codes.MOVEMENT_TYPES, codes.MOVEMENT_STATUSES), family.line(AT, full=False)),
    Section("work", "WorkingDocuments", "WorkDocument", codes.WORK_TYPES, codes.WORK_STATUSES, _SILENT,
            family.work(AT, codes.WORK_TYPES, codes.WORK_STATUSES), _FULL_LINE),
    Section("payments", "Payments", "Payment", codes.PAYMENT_TYPES, codes.PAYMENT_STATUSES, _SILENT,
            family.receipt(AT, codes.PAYMENT_TYPES, codes.PAYMENT_STATUSES), family.receipt_line()),
)  # fmt: skip
_BILLING: Final = ("sales", "movement", "work", "payments")
VARIANT: Final = Variant(
    name="ao",
    namespace=codes.NAMESPACE,
    country="AO",
    currency=codes.CURRENCY,
    final_consumer=codes.FINAL_CONSUMER,
    unknown=codes.UNKNOWN,
    regions=codes.REGIONS,
    rates=codes.RATES,
    exemptions=codes.EXEMPTIONS,
    tax_names=codes.TAX_NAMES,
    vat_codes=codes.VAT_CODES,
    debit_types=codes.DEBIT_TYPES,
    correcting_types=codes.CORRECTING_TYPES,
    retired={},
    bases={
        "C": ("ledger", "payments"),
        "F": _BILLING,
        "I": ("ledger", *_BILLING),
        "P": _BILLING,
        "R": ("payments",),
        "S": ("sales",),
        "E": _BILLING,
    },
    sections=SECTIONS,
    header=family.header(AT, _OWN, _CERTIFICATE, codes.BASES, producer=20),
    customer=family.party(AT, "Customer"),
    supplier=family.party(AT, "Supplier"),
    product=family.product(customs=False),
    tax=family.tax_entry(),
    account=family.account(AT, codes.GROUPINGS, taxonomy=False),
    entry=family.entry(AT, codes.ENTRY_TYPES),
    entry_line=family.entry_line(AT),
    taxonomy=False,
    atcud_since="",
    conversion=codes.CONVERSION,
    conversion_fix=codes.CONVERSION_FIX,
)
