"""One document with its lines as the XML of its section: totals by the law's rules, number, chain and period.

Most documents state no more than a number, days, a customer and a signature. What those of one type, status and user
have in common is a template with gaps, made once (``Style``). All others go through ``RareDocuments``.
"""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple

from ..money import cents
from ..texts import Text
from .chain import Chain, Paper
from .clean import Clean
from .kinds import Doubt, escaped, is_true, moment, text
from .ledger.cells import BLANK, cell_of, cells_of, some_of
from .ledger.joined import Family, Joined
from .ledger.source import Rows
from .ledger.troubles import Troubles
from .lines import Lines, LineWriter
from .masters import FINAL_ID, Products
from .rare_documents import COMPUTED as RARE
from .rare_documents import RareDocuments
from .shape import Cells, Record
from .spans import Calendar, Span
from .variant import Section, Variant

_REPEATING: Final = (
    "type", "user", "status_user", "source_billing", "self_billing", "cash_vat", "third_party", "eac_code",
    "payment_terms", "payment_mechanism", "withholding_type", "withholding_description",
)  # fmt: skip
STYLE: Final = (*_REPEATING, "status", "draft", "kind", "currency")
"""The columns in which documents of one style agree."""
_MOVING: Final = ("number", "system_entry", "status_date", "customer", "hash", "hash_control", "atcud")
_OWN: Final = (
    "_number", "_atcud", "_hash", "_hash_control", "_period", "_date", "_tax", "_net", "_gross", "_lines", "_customer",
)  # fmt: skip
_GAPS: Final = (*_OWN, "status_date", "system_entry")
"""What a usual document has of its own."""
_COMPUTED: Final = (*_OWN, "_party", "_status", "_settlement", *RARE)
_USUAL: Final = ("sales", "work")
_PARTY: Final = text(30)


class Built(NamedTuple):
    """A document on its way into a file."""

    span: Span
    section: Section
    xml: str
    lines: Lines
    silent: bool
    customer: str
    supplier: str
    rows: int


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

    own: C or D, the side of their lines; plain: nothing to judge or complete; frame: what stands between what usual ones have of their own.
    """

    __slots__ = ("frame", "kind", "own", "plain", "silent", "source", "status", "writer")

    def __init__(self, writer: SectionWriter | None, kind: str, status: str, source: str) -> None:
        self.writer, self.kind, self.status, self.source = writer, kind, status, source
        self.own, self.plain, self.silent = "C", False, False
        self.frame: tuple[str, ...] = ()


class SectionWriter:
    """Writes the documents of one section from the joined tables. Needs exact arithmetic around it."""

    def __init__(self, section: Section, joined: Joined, work: Work) -> None:
        self.section, self._work, self._troubles = section, work, work.troubles
        table, self._file = joined.parent.columns, joined.parent.file
        columns = (*table, BLANK)
        rows = joined.children[0] if joined.children else Rows("", (), iter(()))
        self._lines = LineWriter(section, work.variant, rows, work.products, work.troubles)
        repeating = (*_REPEATING, "_status", "_currency")
        self._record = Record(section.shape, (*columns, *_COMPUTED), work.troubles, repeating)
        self._rare = RareDocuments(section, table, work.variant, work.troubles)
        self._facts = cells_of(columns, _MOVING)
        self._supplier = cell_of(columns, "supplier" if section.name == "movement" else "")
        self._chosen = cell_of(columns, {"S": "self_billing", "E": "third_party"}.get(work.basis, ""))
        self._choosing = work.basis in ("S", "E") and section.name == "sales"
        taken = {*STYLE, *_MOVING, "date"}
        self._beyond = some_of(table, [name for name in table if name not in taken])
        self._pick = itemgetter(*(_GAPS.index(name) for name in self._record.order(_GAPS)), len(_GAPS))
        self._parties, self._absolute = Clean(_PARTY), section.name == "payments"

    def complete(self, style: Style, currency: str, mechanism: str) -> None:
        """Put into a style what its section and the law make of it."""
        variant, kind = self._work.variant, style.kind
        national = currency.strip().upper() in ("", variant.currency)
        rare = style.status == "A" or kind == "FR" or kind in variant.retired or mechanism
        style.own = "D" if kind in variant.debit_types else "C"
        style.plain = self.section.name in _USUAL and national and not rare
        style.silent = style.status in self.section.silent

    def build(self, family: Family, style: Style, day: Day) -> Built | None:
        """The document as XML; None when it only moves the chain on, or is not of this basis."""
        (row, cells), tables = family
        if self._choosing and not is_true(self._chosen(cells)):
            return None
        children, when = tables[0] if tables else [], day.when
        number, entry, state, customer, hash_, control, atcud = self._facts(cells)
        troubles = self._troubles
        troubles.file = self._lines.file
        lines = self._lines.write(children, style.kind, when, style.own)
        troubles.file, troubles.row = self._file, row
        if not lines.xml:
            troubles.error("SL008", _NO_LINES, column="number", number=number)
        net = lines.credit - lines.debit if style.own == "C" else lines.debit - lines.credit
        tax, net = lines.tax, abs(net) if self._absolute else net
        if net < 0 or tax < 0:
            troubles.error("SL009", _OPPOSITE, _OPPOSITE_FIX, "amount", net=net, tax=tax)
        tax, net = cents(abs(tax)), cents(abs(net))
        gross, entered = net + tax, _moment(entry)
        signed = self._work.chain.take(
            Paper(
                number, style.kind, self.section.name, when, entered, style.source, gross, hash_.strip(),
                control.strip(), atcud.strip(),
            )
        )  # fmt: skip
        if day.span is None:
            return None
        customer, supplier = customer.strip(), self._supplier(cells).strip()
        if customer or not supplier:
            customer, supplier = customer or FINAL_ID, ""
        stated = _moment(state) if state else entered
        own = (
            escaped(number), signed.atcud, signed.hash, signed.control, day.period, when, str(tax), str(net), str(gross),
            lines.xml, self._parties[customer], stated, entered, "",
        )  # fmt: skip
        usual = style.plain and own[10] and entered == entry and (not state or stated == state)
        if usual and not any(self._beyond(cells)):
            frame = style.frame or self._frame(style, cells)
            xml = "".join(chain.from_iterable(zip(frame, self._pick(own), strict=True)))
        else:
            rare = self._rare.completed(cells, style.kind, style.status, when, gross)
            party = self._party(customer, supplier)
            xml = self._written([*cells, *own[:10], customer, party, style.status, _settled(lines), *rare])
        return Built(day.span, self.section, xml, lines, style.silent, customer, supplier, len(children))

    def _frame(self, style: Style, cells: Cells) -> tuple[str, ...]:
        """The frame of usual documents of a style; kept unless there was something to say about it."""
        before = self._troubles.said
        whole = [*cells, *(style.status if name == "_status" else "" for name in _COMPUTED)]
        first, *others, last = self._record.frame(whole, dict.fromkeys(_GAPS, ""))
        frame = (f"<{self.section.element}>{first}", *others, f"{last}</{self.section.element}>\n")
        if self._troubles.said == before:
            style.frame = frame
        return frame

    def _written(self, cells: Cells) -> str:
        return f"<{self.section.element}>{self._record.write(cells)}</{self.section.element}>\n"

    def _party(self, customer: str, supplier: str) -> str:
        """CustomerID or SupplierID of a transport document."""
        if self.section.name != "movement":
            return ""
        element, name = ("SupplierID", supplier) if supplier else ("CustomerID", customer)
        try:
            return f"<{element}>{_PARTY(name)}</{element}>"
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
