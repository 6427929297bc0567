"""One document with its lines as the XML of its section: totals by the law's rules, number, chain and period.

This is the way of any document; most can go a shorter one (``usual``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from ..money import cents
from ..texts import Text
from .chain import Chain, Paper
from .kinds import Doubt, escaped, is_true, moment, text
from .ledger.cells import BLANK, cell_of, cells_of
from .ledger.joined import Family, Joined
from .ledger.source import Rows
from .ledger.troubles import Troubles
from .lines import Lines, LineWriter
from .masters import FINAL_ID, Products
from .rare_documents import COMPUTED as RARE
from .rare_documents import RareDocuments
from .shape import Cells, Record
from .spans import Calendar, Span
from .usual_lines import UsualLines
from .variant import Section, Variant

_REPEATING: Final = (
    "type", "user", "status_user", "source_billing", "self_billing", "cash_vat", "third_party", "eac_code",
    "payment_terms", "payment_mechanism", "withholding_type", "withholding_description",
)  # fmt: skip
STYLE: Final = (*_REPEATING, "status", "draft", "kind", "currency")
"""The columns in which documents of one style agree."""
_MOVING: Final = ("number", "system_entry", "customer", "hash", "hash_control", "atcud")
_OWN: Final = (
    "_number", "_atcud", "_hash", "_hash_control", "_period", "_date", "_tax", "_net", "_gross", "_lines", "_customer",
)  # fmt: skip
COMPUTED: Final = (*_OWN, "_party", "_status", "_settlement", *RARE)
_USUAL: Final = ("sales", "work")
PARTY: Final = text(30)


class Built(NamedTuple):
    """A document on its way into a file."""

    span: Span
    section: Section
    xml: str
    lines: Lines
    silent: bool
    customer: str
    supplier: str


class Work(NamedTuple):
    """What a section needs beside the ledger. first: month in which the fiscal year begins; basis: S and E choose."""

    variant: Variant
    calendar: Calendar
    first: int
    chain: Chain
    products: Products
    troubles: Troubles
    basis: str


class Day(NamedTuple):
    """A day, the file it belongs to (None: to none) and its period."""

    when: str
    span: Span | None
    period: str


class Style:
    """What documents of one type, status and user have in common. writer: None when they are not of this basis.

    own: C or D, the side of their lines; plain: nothing to judge or complete, they may be usual ones.
    """

    __slots__ = ("kind", "own", "plain", "silent", "source", "status", "writer")

    def __init__(self, writer: SectionWriter | None, kind: str, status: str, source: str) -> None:
        self.writer, self.kind, self.status, self.source = writer, kind, status, source
        self.own, self.plain, self.silent = "C", False, False


class SectionWriter:
    """Writes the documents of one section from the joined tables. Needs exact arithmetic around it."""

    def __init__(self, section: Section, joined: Joined, usual: UsualLines, work: Work) -> None:
        self.section, self._work, self._troubles = section, work, work.troubles
        table, self._file = joined.parent.columns, joined.parent.file
        columns = (*table, BLANK)
        rows = joined.children[0] if joined.children else Rows("", (), iter(()))
        self.lines = LineWriter(section, work.variant, rows, usual, work.products, work.troubles)
        repeating = (*_REPEATING, "_status", "_currency")
        self._record = Record(section.shape, (*columns, *COMPUTED), work.troubles, repeating)
        self._rare = RareDocuments(section, table, work.variant, work.troubles)
        self._facts = cells_of(columns, _MOVING)
        self._supplier = cell_of(columns, "supplier" if section.name == "movement" else "")
        self._chosen = cell_of(columns, {"S": "self_billing", "E": "third_party"}.get(work.basis, ""))
        self._choosing = work.basis in ("S", "E") and section.name == "sales"

    def complete(self, style: Style, currency: str, mechanism: str) -> None:
        """Put into a style what its section and the law make of it."""
        variant, kind = self._work.variant, style.kind
        national = currency.strip().upper() in ("", variant.currency)
        rare = style.status == "A" or kind == "FR" or kind in variant.retired or mechanism
        style.own = "D" if kind in variant.debit_types else "C"
        style.plain = self.section.name in _USUAL and national and style.source != "M" and not rare
        style.silent = style.status in self.section.silent

    def build(self, family: Family, style: Style, day: Day) -> Built | None:
        """The document as XML; None when it only moves the chain on, or is not of this basis."""
        (row, cells), tables = family
        if self.left_out(cells):
            return None
        number, entry, customer, hash_, control, atcud = self._facts(cells)
        troubles = self._troubles
        troubles.file = self.lines.file
        lines = self.lines.write(tables[0] if tables else [], style.kind, day.when, style.own)
        troubles.file, troubles.row = self._file, row
        if not lines.rows:
            troubles.error("SL008", _NO_LINES, column="number", number=number)
        net, tax = map(cents, self._positive(lines.net, lines.tax))
        signed = self._work.chain.take(
            Paper(
                number, style.kind, self.section.name, day.when, _moment(entry), style.source, net + tax, hash_.strip(),
                control.strip(), atcud.strip(),
            )
        )  # fmt: skip
        if day.span is None:
            return None
        customer, supplier = customer.strip(), self._supplier(cells).strip()
        if customer or not supplier:
            customer, supplier = customer or FINAL_ID, ""
        rare = self._rare.completed(cells, style.kind, style.status, day.when, net + tax)
        own = (
            escaped(number), signed.atcud, signed.hash, signed.control, day.period, day.when, str(tax), str(net),
            str(net + tax), lines.xml, customer, self._party(customer, supplier), style.status, _settled(lines),
        )  # fmt: skip
        xml = f"<{self.section.element}>{self._record.write([*cells, *own, *rare])}</{self.section.element}>\n"
        return Built(day.span, self.section, xml, lines, style.silent, customer, supplier)

    def left_out(self, cells: Cells) -> bool:
        """Whether a document is not of this accounting basis."""
        return self._choosing and not is_true(self._chosen(cells))

    def _positive(self, net: Decimal, tax: Decimal) -> tuple[Decimal, Decimal]:
        """Totals without their sign: below zero are those of a document whose opposite lines exceed it."""
        net = abs(net) if self.section.name == "payments" else net
        if net < 0 or tax < 0:
            self._troubles.error("SL009", _OPPOSITE, _OPPOSITE_FIX, "amount", net=net, tax=tax)
        return abs(net), abs(tax)

    def _party(self, customer: str, supplier: str) -> str:
        """CustomerID or SupplierID of a transport document."""
        if self.section.name != "movement":
            return ""
        element, name = ("SupplierID", supplier) if supplier else ("CustomerID", customer)
        try:
            return f"<{element}>{PARTY(name)}</{element}>"
        except Doubt as doubt:
            self._troubles.doubt(doubt, element)
            return f"<{element}>{doubt.value}</{element}>"


def _settled(lines: Lines) -> str:
    """What a receipt grants off its lines."""
    if not lines.discount:
        return ""
    return f"<Settlement><SettlementAmount>{lines.discount:f}</SettlementAmount></Settlement>"


def _moment(raw: str) -> str:
    try:
        return moment(raw)
    except Doubt as doubt:  # said where the cell is written
        return doubt.value


_NO_LINES: Final = Text("{number} non ha righe.", "{number} has no lines.", "{number} não tem linhas.")
_OPPOSITE: Final = Text(
    "Le righe dal lato opposto superano il documento (netto {net}, imposta {tax}).",
    "The lines on the opposite side exceed the document (net {net}, tax {tax}).",
    "As linhas do lado contrário excedem o documento (líquido {net}, imposto {tax}).",
)
_OPPOSITE_FIX: Final = Text(
    "Emetti una nota di credito (NC).", "Issue a credit note (NC).", "Emita uma nota de crédito (NC)."
)
