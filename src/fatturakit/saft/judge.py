"""Every control of a Portuguese (or Angolan) file, in the order its records pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

from ..limits import Limits
from .desk import Desk
from .formats import TOTALS, Format
from .model import Doc
from .place import at
from .reader import Record
from .rules import arithmetic, asserts, numbering
from .rules.codes import Codes
from .rules.numbering import Numbering
from .rules.period import Period
from .rules.policy import Policy
from .rules.references import References
from .rules.sections import Totals, balance
from .rules.signing import Signing
from .tree import Node, flat, leaf

_LEDGER: Final = "GeneralLedgerEntries"


class Judge:
    """Judges the records of one file. fiscal_year_start: the month the fiscal year begins in, when known."""

    def __init__(self, variant: Format, desk: Desk, limits: Limits, fiscal_year_start: int | None = None) -> None:
        self._desk = desk
        self._portuguese = variant.engine == "pt"
        self._sections = {section.record: section for section in variant.sections}
        self._references = References(limits, desk)
        self._numbering = Numbering(limits, desk)
        self._signing = Signing(desk, atcud=self._portuguese)
        self._period = Period(fiscal_year_start)
        self._codes, self._policy = Codes(desk), Policy(desk)
        self._totals: dict[str, Totals] = {}
        self._accounts_open = False
        self._handlers: dict[str, Callable[[Node, etree._Element], None]] = {
            "Header": self._header,
            "Account": self._account,
            "Customer": self._customer,
            "Supplier": self._supplier,
            "Product": self._product,
            "TaxTableEntry": self._tax,
            "Journal": self._journal,
            "Transaction": self._transaction,
        }

    def record(self, record: Record) -> None:
        """One record, whatever it is."""
        name, element = record.name, record.element
        section = self._sections.get(name)
        if section is not None and record.home == section.name:
            self._document(Doc(section, element))
        elif name in self._handlers:
            if self._accounts_open and name != "Account":
                self._accounts_end()
            self._handlers[name](flat(element), element)
        elif name in TOTALS:
            self._section(record.home).declare(name, element)
        else:
            self._section(name).judge(self._desk)
            self._policy_of(name, element)

    def end(self) -> None:
        """What can be said only when everything has passed."""
        self._accounts_end()
        self._numbering.end()

    def size(self, total: int) -> None:
        """The size of the file."""
        if self._portuguese:
            self._policy.size(total)

    def _section(self, name: str) -> Totals:
        return self._totals.setdefault(name, Totals(name))

    def _policy_of(self, part: str, element: etree._Element) -> None:
        if self._portuguese:
            self._policy.present(part, element)

    def _header(self, node: Node, element: etree._Element) -> None:
        self._period.header(node, element, self._desk)
        certificate = leaf(node, "SoftwareCertificateNumber") or leaf(node, "SoftwareValidationNumber")  # Angola
        self._signing.certificate = certificate.strip() or "0"
        if self._portuguese:
            self._codes.header(node, element)
            self._policy.header(node, element)

    def _account(self, node: Node, element: etree._Element) -> None:
        if not self._accounts_open:
            self._accounts_open = True
            parent = element.getparent()
            if parent is not None:
                self._policy_of("GeneralLedgerAccounts", parent)
        self._references.account(node, element)
        if self._portuguese:
            asserts.account(node, element, self._desk)

    def _accounts_end(self) -> None:
        self._accounts_open = False
        self._references.accounts_end()

    def _customer(self, node: Node, element: etree._Element) -> None:
        self._references.master("Customer", "CustomerID", node, element)
        if self._portuguese:
            self._codes.party("Customer", node, element)

    def _supplier(self, node: Node, element: etree._Element) -> None:
        self._references.master("Supplier", "SupplierID", node, element)
        if self._portuguese:
            self._codes.party("Supplier", node, element)

    def _product(self, node: Node, element: etree._Element) -> None:
        self._references.master("Product", "ProductCode", node, element)

    def _tax(self, node: Node, element: etree._Element) -> None:
        self._references.tax_entry(node, element)
        if self._portuguese:
            self._codes.tax_entry(node)

    def _journal(self, node: Node, element: etree._Element) -> None:
        self._references.master("Journal", "JournalID", node, element)

    def _transaction(self, node: Node, element: etree._Element) -> None:
        sides = self._section(_LEDGER).add_transaction(node)
        balance(node, sides, at(element), self._desk) if sides[0] != sides[1] else None
        self._references.transaction(node, element)
        if self._portuguese:
            asserts.transaction(node, element, self._desk)
        expected = " ".join(leaf(node, name) for name in ("TransactionDate", "DocArchivalNumber"))
        self._transaction_id(node, element, expected)

    def _transaction_id(self, node: Node, element: etree._Element, expected: str) -> None:
        """The identifier is made of date, journal and archival number; the journal's own name has not passed yet."""
        parts = leaf(node, "TransactionID").split(" ")
        if len(parts) == 3 and f"{parts[0]} {parts[2]}" != expected:
            found = leaf(node, "TransactionID")
            self._desk.add(numbering.NUMBERING["PT6014"], at(element, "TransactionID"), found=found, expected=expected)

    def _document(self, doc: Doc) -> None:
        desk = self._desk
        self._section(doc.section.name).add(doc, doc.section)
        arithmetic.document(doc, desk)
        self._references.document(doc)
        self._numbering.document(doc)
        self._signing.document(doc)
        self._period.document(doc, desk)
        numbering.line_numbers(doc, desk)
        numbering.moments(doc, desk)
        if self._portuguese:
            asserts.document(doc, desk)
            self._codes.document(doc)
            self._policy.document(doc)
