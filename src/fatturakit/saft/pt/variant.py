"""SAF-T (PT) 1.04_01, both revisions of its schema: the points in which Portugal differs, and its sections."""

from __future__ import annotations

from typing import Final

from .. import family
from ..kinds import integer, text
from ..shape import Field, Raw
from ..variant import Section, Variant
from . import codes
from .nif import is_nif

AT: Final = family.Dialect(
    country="PT",
    currency=codes.CURRENCY,
    company_country="PT",
    postal_pattern=r"\d{4}-\d{3}",
    unknown=codes.UNKNOWN,
    region_element="Region",
    atcud=True,
    transport_code="ATDocCodeID",
    withholdings=codes.WITHHOLDINGS,
    mechanisms=codes.MECHANISMS,
    sources=codes.SOURCES,
    account_pattern="[^^]*",
    name=100,
    detail=210,
    building=10,
    postal=20,
    email=254,
    system_id=60,
    source_document=60,
    arc=21,
)
_OWN: Final = (
    Raw("_version"),
    Field("CompanyID", "company_id", text(50, pattern=r"(\d{9})+|[^^]+ [\d/]+"), True, fallback="nif"),
    Field("TaxRegistrationNumber", "nif", integer(100_000_000, 999_999_999), True),
)
_CERTIFICATE: Final = Field("SoftwareCertificateNumber", "certificate", integer(0, 10**9), True, "0")
_SALES: Final = codes.SALES_TYPES + codes.RETIRED_SALES + codes.INSURANCE_TYPES
_WORK: Final = codes.WORK_TYPES + codes.RETIRED_WORK + codes.INSURANCE_TYPES
_FULL_LINE: Final = family.line(AT, full=True)


def _silent(name: str) -> tuple[str, ...]:
    return codes.NOT_IN_TOTALS[name]


SECTIONS: Final = (
    Section("sales", "SalesInvoices", "Invoice", _SALES, codes.SALES_STATUSES, _silent("sales"),
            family.invoice(AT, _SALES, codes.SALES_STATUSES), _FULL_LINE),
    Section("movement", "MovementOfGoods", "StockMovement", codes.MOVEMENT_TYPES, codes.MOVEMENT_STATUSES,
            _silent("movement"), family.movement(AT, codes.MOVEMENT_TYPES, codes.MOVEMENT_STATUSES),
            family.line(AT, full=False)),
    Section("work", "WorkingDocuments", "WorkDocument", _WORK, codes.WORK_STATUSES, _silent("work"),
            family.work(AT, _WORK, codes.WORK_STATUSES), _FULL_LINE),
    Section("payments", "Payments", "Payment", codes.PAYMENT_TYPES, codes.PAYMENT_STATUSES, _silent("payments"),
            family.receipt(AT, codes.PAYMENT_TYPES, codes.PAYMENT_STATUSES), family.receipt_line()),
)  # fmt: skip
_BILLING: Final = ("sales", "movement", "work", "payments")
BASES: Final = {
    "C": ("ledger", "payments"),
    "E": ("sales", "movement", "work", "payments"),
    "F": _BILLING,
    "I": ("ledger", *_BILLING),
    "P": _BILLING,
    "R": ("payments",),
    "S": ("sales",),
    "T": ("movement",),
}
"""What stands in a file of each accounting basis."""
VARIANT: Final = Variant(
    name="pt",
    namespace=codes.NAMESPACE,
    country="PT",
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
    retired=dict.fromkeys(codes.RETIRED_SALES, codes.RETIRED_SALES_UNTIL)
    | dict.fromkeys(codes.RETIRED_WORK, codes.RETIRED_WORK_UNTIL)
    | codes.RETIRED_EXEMPTIONS,
    bases=BASES,
    sections=SECTIONS,
    header=family.header(AT, _OWN, _CERTIFICATE, codes.BASES, producer=30),
    customer=family.party(AT, "Customer"),
    supplier=family.party(AT, "Supplier"),
    product=family.product(customs=True),
    tax=family.tax_entry(),
    account=family.account(AT, codes.GROUPINGS, taxonomy=True),
    entry=family.entry(AT, codes.ENTRY_TYPES),
    entry_line=family.entry_line(AT),
    taxonomy=True,
    atcud_since=codes.ATCUD_SINCE,
    conversion=codes.CONVERSION,
    conversion_fix=codes.CONVERSION_FIX,
    nif=is_nif,
)
