"""Where a finding is: the line, and a path that names documents by their number and lines by their place."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ..xmlio import line_of
from .rules.declare import Place
from .tree import local_name

_NAMES: Final = {
    "Invoice": ("InvoiceNo",),
    "StockMovement": ("DocumentNumber",),
    "WorkDocument": ("DocumentNumber",),
    "Payment": ("PaymentRefNo",),
    "Customer": ("CustomerID",),
    "Supplier": ("SupplierID",),
    "Product": ("ProductCode",),
    "Account": ("AccountID",),
    "Journal": ("JournalID",),
    "Transaction": ("TransactionID",),
}
_REPEATED: Final = frozenset({"Line", "DebitLine", "CreditLine", "WithholdingTax", "TaxTableEntry"})


def path_of(element: etree._Element) -> str:
    """``/AuditFile/SourceDocuments/SalesInvoices/Invoice[InvoiceNo="FT A/1"]/Line[2]/Tax``."""
    steps = [_step(node) for node in (*reversed(list(element.iterancestors())), element)]
    return "/" + "/".join(steps)


def _step(node: etree._Element) -> str:
    name = local_name(str(node.tag))
    for field in _NAMES.get(name, ()):
        for child in node:
            if isinstance(child.tag, str) and local_name(child.tag) == field and child.text:
                return f'{name}[{field}="{child.text[:80]}"]'
    if name in _REPEATED:
        return f"{name}[{1 + sum(1 for _ in node.itersiblings(node.tag, preceding=True))}]"
    return name


def at(element: etree._Element, *path: str, index: int = 0, document: str = "") -> Place:
    """The place of what lies below a record: the ``index``-th child of the first name (from 0), then first children."""
    node = element
    for depth, name in enumerate(path):
        wanted = index if depth == 0 else 0
        found = [child for child in node if isinstance(child.tag, str) and local_name(child.tag) == name]
        if len(found) <= wanted:
            break
        node = found[wanted]
    return Place(line_of(node), path_of(node), document)
