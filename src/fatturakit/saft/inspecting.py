"""An audit file in a few numbers: company, period, sections, VAT by rate, months, best customers; one pass."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final, NamedTuple

from ..limits import DEFAULT, Limits
from .fitting import fitting
from .formats import TOTALS, Section
from .head import head_of
from .model import ZERO, Doc, Line, number
from .reader import Reader, Record
from .source import Source, naming
from .tree import Node, flat, leaf, one

_HEADER: Final = (
    "CompanyName",
    "TaxRegistrationNumber",
    "FiscalYear",
    "StartDate",
    "EndDate",
    "TaxAccountingBasis",
    "DateCreated",
    "ProductID",
    "SoftwareCertificateNumber",
)
_MOST_CUSTOMERS: Final = 200_000
_TOP: Final = 10
_HUNDRED: Final = Decimal(100)


class Tax(NamedTuple):
    """The sales of one rate: type, region, code, rate as written; base and tax, credits minus debits."""

    type: str
    region: str
    code: str
    rate: str
    base: Decimal
    tax: Decimal


class Part(NamedTuple):
    """One section: documents (ledger: transactions), how many do not count, and the two sums of the rest."""

    name: str
    documents: int
    uncounted: int
    debit: Decimal
    credit: Decimal
    declared: dict[str, str]


class Summary(NamedTuple):
    """What ``inspect`` shows. header: its fields; masters: records by table; customers: id, name, net sales."""

    path: str
    kind: str
    version: str
    header: dict[str, str]
    masters: dict[str, int]
    parts: list[Part]
    taxes: list[Tax]
    months: list[tuple[str, Decimal]]
    customers: list[tuple[str, str, Decimal]]


class _Collector:
    """Adds up while records pass."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.masters: Counter[str] = Counter()
        self.parts: dict[str, list[Decimal]] = {}
        self.counts: dict[str, list[int]] = {}
        self.declared: dict[str, dict[str, str]] = {}
        self.taxes: dict[tuple[str, str, str, str], list[Decimal]] = {}
        self.months: dict[str, Decimal] = {}
        self.sales: dict[str, Decimal] = {}
        self.names: dict[str, str] = {}

    def other(self, record: Record, *, known: bool) -> None:
        """A record that is no source document. known: one of the variant's records, not a total or a section's end."""
        name, element = record.name, record.element
        if name in TOTALS:
            self.declared.setdefault(record.home, {})[name] = element.text or ""
        elif name == "Header":
            self.head(flat(element))
        elif name == "Transaction":
            self.transaction(flat(element))
        elif known:
            self.masters[name] += 1
            if name == "Customer":
                self.customer(flat(element))

    def head(self, node: Node) -> None:
        self.header = {name: leaf(node, name) for name in _HEADER if leaf(node, name)}
        if "CompanyName" not in self.header:  # Norway keeps it one level down
            company = one(node, "Company")
            found = {"CompanyName": leaf(company, "Name"), "TaxRegistrationNumber": leaf(company, "RegistrationNumber")}
            chosen = one(node, "SelectionCriteria")
            found |= {"StartDate": leaf(chosen, "SelectionStartDate"), "EndDate": leaf(chosen, "SelectionEndDate")}
            self.header |= {name: value for name, value in found.items() if value}

    def customer(self, node: Node) -> None:
        if len(self.names) < _MOST_CUSTOMERS:
            self.names[leaf(node, "CustomerID")] = leaf(node, "CompanyName") or leaf(node, "Name")

    def document(self, doc: Doc, section: Section) -> None:
        sums = self.parts.setdefault(section.name, [ZERO, ZERO])
        counts = self.counts.setdefault(section.name, [0, 0])
        counts[0] += 1
        if not doc.counted:
            counts[1] += 1
            return
        net = ZERO
        for line in doc.lines:
            debit, credit = line.debit or ZERO, line.credit or ZERO
            sums[0] += debit
            sums[1] += credit
            net += credit - debit
            if section.name == "SalesInvoices":
                self._tax(line, credit - debit, -1 if doc.credit_note else 1)
        if section.name == "SalesInvoices":
            self._sale(doc, net)

    def _sale(self, doc: Doc, net: Decimal) -> None:
        month, customer = doc.date[:7], leaf(doc.node, "CustomerID")
        self.months[month] = self.months.get(month, ZERO) + net
        if customer in self.sales or len(self.sales) < _MOST_CUSTOMERS:
            self.sales[customer] = self.sales.get(customer, ZERO) + net

    def _tax(self, line: Line, net: Decimal, sign: int) -> None:
        """A line under its rate; a tax base (a unit's, says the law) and a fixed tax count for each unit."""
        tax, rate = line.tax, line.percentage
        units = sign * (Decimal(1) if line.quantity is None else line.quantity)
        base = net if line.base is None else line.base * units
        shown = "" if rate is None else f"{rate.normalize():f}"
        key = (leaf(tax, "TaxType"), leaf(tax, "TaxCountryRegion"), leaf(tax, "TaxCode"), shown)
        sums = self.taxes.setdefault(key, [ZERO, ZERO])
        sums[0] += base
        sums[1] += base * (rate or ZERO) / _HUNDRED if line.fixed is None else line.fixed * units

    def transaction(self, node: Node) -> None:
        sums = self.parts.setdefault("GeneralLedgerEntries", [ZERO, ZERO])
        self.counts.setdefault("GeneralLedgerEntries", [0, 0])[0] += 1
        for group in (one(node, "Lines"), node):
            for rows in group.values():
                for row in rows if isinstance(rows, list) else ():
                    sums[0] += _amount(row, "DebitAmount")
                    sums[1] += _amount(row, "CreditAmount")


def _amount(node: Node, name: str) -> Decimal:
    return number(node.get(name)) or number(one(node, name).get("Amount")) or ZERO


def inspect(source: Source, limits: Limits = DEFAULT) -> Summary:
    """The summary of a file; ``InputError`` when it cannot be read to its end."""
    with naming(source):
        return _inspected(source, limits)


def _inspected(source: Source, limits: Limits) -> Summary:
    encoding = fitting(source, limits)
    head = head_of(source, limits, encoding)
    reader = Reader(source, head.variant, limits, None, encoding)
    sections = {(section.name, section.record): section for section in head.variant.sections}
    found = _Collector()
    for record in reader.records():
        section = sections.get((record.home, record.name))
        if section is not None:
            found.document(Doc(section, record.element), section)
        else:
            found.other(record, known=(record.home, record.name) in reader.known)
    if reader.trouble is not None:
        raise reader.trouble
    return _summary(source.shown, head.variant.kind, head.variant.version, found)


def _counts(pair: list[int]) -> tuple[int, int]:
    return pair[0], pair[1]


def _summary(path: str, kind: str, version: str, found: _Collector) -> Summary:
    parts = [
        Part(name, *_counts(found.counts[name]), sums[0], sums[1], found.declared.get(name, {}))
        for name, sums in found.parts.items()
    ]
    best = sorted(found.sales.items(), key=lambda row: (-row[1], row[0]))[:_TOP]
    return Summary(
        path,
        kind,
        version,
        found.header,
        dict(sorted(found.masters.items())),
        parts,
        [Tax(*key, sums[0], sums[1]) for key, sums in sorted(found.taxes.items())],
        sorted(found.months.items()),
        [(key, found.names.get(key, ""), net) for key, net in best],
    )
