"""The national variants of the audit file that can be read: a variant is a row here and a schema.

A record is what the engine judges in one piece and then forgets: a document, a customer, a ledger transaction.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Section(NamedTuple):
    """One kind of source document and the names of what they all have.

    name: the container; record: the document; number, date, type, status: its fields; excluded: the statuses that do
    not count in the totals; signed: whether its documents carry a hash.
    """

    name: str
    record: str
    number: str
    date: str
    type: str
    status: str
    excluded: frozenset[str]
    signed: bool = True


class Format(NamedTuple):
    """One country's format.

    kind: as in reports; schemas: revision and file, the current one first; engine: the rules that exist for it ("pt"
    those of Portugal, "ao" those of Angola, "" the schema only); sections: its source documents; others: records that
    only the schema judges, as (container, record).
    """

    name: str
    kind: str
    version: str
    namespace: str
    schemas: tuple[tuple[str, str], ...]
    engine: str
    sections: tuple[Section, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def records(self) -> tuple[tuple[str, str], ...]:
        """Every record as (container, record)."""
        documents = tuple((section.name, section.record) for section in self.sections)
        return (*_MASTER, *documents, *self.others) if self.sections else _FINANCIAL


_MASTER: Final = (
    ("AuditFile", "Header"),
    ("GeneralLedgerAccounts", "Account"),
    ("MasterFiles", "Customer"),
    ("MasterFiles", "Supplier"),
    ("MasterFiles", "Product"),
    ("TaxTable", "TaxTableEntry"),
    ("GeneralLedgerEntries", "Journal"),
    ("Journal", "Transaction"),
)
_FINANCIAL: Final = (
    ("AuditFile", "Header"),
    ("GeneralLedgerAccounts", "Account"),
    ("Customers", "Customer"),
    ("Suppliers", "Supplier"),
    ("Products", "Product"),
    ("TaxTable", "TaxTableEntry"),
    ("GeneralLedgerEntries", "Journal"),
    ("Journal", "Transaction"),
)
TOTALS: Final = ("NumberOfEntries", "TotalDebit", "TotalCredit", "NumberOfMovementLines", "TotalQuantityIssued")
_CANCELLED: Final = frozenset({"A"})
_NOT_COUNTED: Final = frozenset({"A", "F"})
SALES: Final = Section(
    "SalesInvoices", "Invoice", "InvoiceNo", "InvoiceDate", "InvoiceType", "InvoiceStatus", _NOT_COUNTED
)
MOVEMENTS: Final = Section(
    "MovementOfGoods",
    "StockMovement",
    "DocumentNumber",
    "MovementDate",
    "MovementType",
    "MovementStatus",
    _CANCELLED,
)
WORK: Final = Section(
    "WorkingDocuments", "WorkDocument", "DocumentNumber", "WorkDate", "WorkType", "WorkStatus", _CANCELLED
)
PAYMENTS: Final = Section(
    "Payments", "Payment", "PaymentRefNo", "TransactionDate", "PaymentType", "PaymentStatus", _CANCELLED, signed=False
)
_ALL: Final = (SALES, MOVEMENTS, WORK, PAYMENTS)

PT: Final = Format(
    "PT",
    "SAFT-PT",
    "1.04_01",
    "urn:OECD:StandardAuditFile-Tax:PT_1.04_01",
    (("2022", "saft-pt-1.04_01-2022.xsd"), ("2016", "saft-pt-1.04_01-2016.xsd")),
    "pt",
    _ALL,
)
AO: Final = Format(
    "AO",
    "SAFT-AO",
    "1.01_01",
    "urn:OECD:StandardAuditFile-Tax:AO_1.01_01",
    (("1.01_01", "saft-ao-1.01_01.xsd"),),
    "ao",
    _ALL,
    (("PurchaseInvoices", "Invoice"),),
)
NO: Final = Format(
    "NO",
    "SAFT-NO",
    "1.30",
    "urn:StandardAuditFile-Taxation-Financial:NO",
    (("1.30", "saft-no-1.30.xsd"),),
    "",
)
FORMATS: Final = (PT, AO, NO)


def format_of(namespace: str) -> Format | None:
    """The variant of a namespace, None for one we do not read."""
    return next((variant for variant in FORMATS if variant.namespace == namespace), None)
