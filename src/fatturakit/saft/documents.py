"""Documents with their lines, as the XML of their section: totals by the law's rules, number, chain and period."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from ..money import CENT, ZERO, cents, near, parse, plus
from ..texts import Text
from .chain import Chain, Paper
from .kinds import Doubt, day, escaped, is_true, moment, one_of, text
from .ledger.joined import Family, Joined
from .ledger.source import Row, Rows
from .ledger.troubles import Troubles
from .lines import Lines, LineWriter, cell_of, cells_of
from .masters import FINAL_ID, Products
from .shape import BLANK, Cells, Record
from .spans import Calendar, Span, period
from .variant import Section, Variant

COMPUTED: Final = (
    "_number", "_atcud", "_status", "_hash", "_hash_control", "_period", "_date", "_customer", "_party", "_lines",
    "_amounts", "_currency", "_currency_amount", "_exchange_rate", "_payment_amount", "_settlement",
)  # fmt: skip
_REPEATING: Final = (
    "_status", "type", "user", "status_user", "source_billing", "self_billing", "cash_vat", "third_party", "eac_code",
    "payment_terms", "payment_mechanism", "withholding_type", "withholding_description", "_currency",
)  # fmt: skip
_NAMES: Final = {
    "sales": ("InvoiceNo", "InvoiceDate"),
    "movement": ("DocumentNumber", "MovementDate"),
    "work": ("DocumentNumber", "WorkDate"),
    "payments": ("PaymentRefNo", "TransactionDate"),
}
_KINDS: Final = {"invoice": "sales", "work": "work", "movement": "movement"}
_FACTS: Final = (
    "number", "date", "type", "status", "draft", "kind", "system_entry", "source_billing", "hash", "hash_control",
    "atcud", "customer", "supplier", "currency", "exchange_rate", "currency_amount", "payment_amount",
    "withholding_amount", "reason", "payment_mechanism",
)  # fmt: skip
_PARTY: Final = text(30)
_MOST_KINDS: Final = 1_000
_NO_CURRENCY: Final = ("", "", "")


class Facts(NamedTuple):
    """The cells of a document that decide something, by the names of their columns."""

    number: str
    date: str
    type: str
    status: str
    draft: str
    kind: str
    system_entry: str
    source_billing: str
    hash: str
    hash_control: str
    atcud: str
    customer: str
    supplier: str
    currency: str
    exchange_rate: str
    currency_amount: str
    payment_amount: str
    withholding_amount: str
    reason: str
    payment_mechanism: str


class Amounts(NamedTuple):
    """The totals of a document, rounded to cents; gross is net plus tax, exactly."""

    tax: Decimal
    net: Decimal
    gross: Decimal


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


class SectionWriter:
    """Writes the documents of one section from the joined tables."""

    def __init__(self, section: Section, joined: Joined, work: Work) -> None:
        self.section, self._work = section, work
        self._troubles = work.troubles
        columns = (*joined.parent.columns, BLANK)
        self._file = joined.parent.file
        rows = joined.children[0] if joined.children else Rows("", (), iter(()))
        self._lines = LineWriter(section, work.variant, rows, work.products, work.troubles)
        self._write = Record(section.shape, (*columns, *COMPUTED), work.troubles, _REPEATING).write
        self._number, self._date = _NAMES[section.name]
        self._chosen = cell_of(columns, {"S": "self_billing", "E": "third_party"}.get(work.basis, ""))
        self._choosing = work.basis in ("S", "E") and section.name == "sales"
        self._correct = one_of(section.types)
        self._moves = section.name == "movement"
        self._ships = section.name == "sales" and "movement_start" in columns
        self._pays = "payment_amount" in columns or "payment_mechanism" in columns
        self._shipping = cells_of(columns, ("ship_to_address", "ship_from_address", "movement_start"))

    def build(self, family: Family, facts: Facts, kind: str, when: str, span: Span | None) -> Built | None:
        """The document as XML; None when it only moves the chain on, or is not of this basis."""
        (row, cells), children = family
        work, troubles = self._work, self._troubles
        if self._choosing and not is_true(self._chosen(cells)):
            return None
        own = "D" if kind in work.variant.debit_types else "C"
        troubles.file = self._lines.file
        lines = self._lines.write(children[0] if children else [], kind, when, own)
        troubles.at(self._file, row)
        if not lines.xml:
            troubles.error("SL008", _NO_LINES, column="number", number=facts.number)
        amounts = self._totals(lines, own)
        entry = self._moment(facts.system_entry)
        source = facts.source_billing.strip().upper() or "P"
        paper = Paper(
            facts.number, kind, self.section.name, when, entry, source, amounts.gross, facts.hash.strip(),
            facts.hash_control.strip(), facts.atcud.strip(),
        )  # fmt: skip
        signed = work.chain.take(paper)
        if span is None:
            return None
        status = facts.status.strip().upper() or "N"
        if status == "A" or kind in work.variant.retired or self._ships or facts.payment_amount:
            self._judge(facts, cells, kind, when, status, amounts)
        customer = facts.customer.strip()
        supplier = facts.supplier.strip() if self.section.name == "movement" and not customer else ""
        if not customer and not supplier:
            customer = FINAL_ID
        cells += (
            f"<{self._number}>{escaped(facts.number)}</{self._number}>",
            f"<ATCUD>{escaped(signed.atcud)}</ATCUD>",
            status,
            f"<Hash>{signed.hash}</Hash>",
            f"<HashControl>{signed.control}</HashControl>",
            f"<Period>{period(when, work.first)}</Period>",
            f"<{self._date}>{when}</{self._date}>",
            customer,
            self._party(customer, supplier) if self._moves else "",
            lines.xml,
            f"<TaxPayable>{amounts.tax}</TaxPayable><NetTotal>{amounts.net}</NetTotal><GrossTotal>{amounts.gross}</GrossTotal>",
            *(self._currency(facts, amounts.gross) if facts.currency else _NO_CURRENCY),
            self._paid(facts, kind, amounts.gross) if kind == "FR" or self._pays else "",
            f"<Settlement><SettlementAmount>{lines.discount:f}</SettlementAmount></Settlement>"
            if lines.discount
            else "",
        )
        element = self.section.element
        xml = f"<{element}>{self._write(cells)}</{element}>\n"
        silent = status in self.section.silent
        return Built(span, self.section, xml, lines, silent, customer, supplier, len(children[0]) if children else 0)

    def _totals(self, lines: Lines, own: str) -> Amounts:
        ours, theirs = (lines.credit, lines.debit) if own == "C" else (lines.debit, lines.credit)
        net = plus(ours, theirs.copy_negate()) if theirs else ours
        if net < 0 and self.section.name == "payments":
            net = net.copy_negate()
        if net < 0 or lines.tax < 0:
            self._troubles.error("SL009", _OPPOSITE, _OPPOSITE_FIX, "amount", net=net, tax=lines.tax)
        net, tax = cents(net.copy_abs()), cents(lines.tax.copy_abs())
        return Amounts(tax, net, plus(net, tax))

    def _moment(self, raw: str) -> str:
        try:
            return moment(raw)
        except Doubt as doubt:  # said where the cell is written
            return doubt.value

    def _party(self, customer: str, supplier: str) -> str:
        element, name = ("SupplierID", supplier) if supplier else ("CustomerID", customer)
        try:
            return f"<{element}>{_PARTY(name)}</{element}>"
        except Doubt as doubt:
            self._troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, element, **doubt.args_)
            return f"<{element}>{doubt.value}</{element}>"

    def _judge(self, facts: Facts, cells: Cells, kind: str, when: str, status: str, amounts: Amounts) -> None:
        if status == "A" and not facts.reason.strip():
            self._troubles.warn("SL003", _NO_REASON, column="reason", number=facts.number)
        until = self._work.variant.retired.get(kind)
        if until and when > until:
            self._troubles.error("SL004", _RETIRED, column="type", type=kind, until=until)
        shipping = self._shipping(cells)
        if self.section.name == "sales" and any(shipping) and not all(shipping):
            self._troubles.warn("SL003", _SHIPPING, column="movement_start", number=facts.number)
        self._judge_payment(facts, kind, amounts.gross)

    def _judge_payment(self, facts: Facts, kind: str, gross: Decimal) -> None:
        if self.section.name != "sales" or not facts.payment_amount:
            return
        paid, due = parse(facts.payment_amount) or ZERO, gross - (parse(facts.withholding_amount) or ZERO)
        wrong = not near(paid, due) if kind == "FR" else paid > due + CENT
        if wrong:
            self._troubles.error("SL009", _PAID, _PAID_FIX, "payment_amount", paid=paid, due=due)

    def _paid(self, facts: Facts, kind: str, gross: Decimal) -> str:
        """PaymentAmount: as stated; of an invoice-receipt and of a receipt, what there is to pay."""
        given = facts.payment_amount.strip()
        there = given or kind == "FR" or facts.payment_mechanism.strip()
        if not there or self.section.name in ("movement", "work"):
            return ""
        due = gross - (parse(facts.withholding_amount) or ZERO)
        if given and parse(given) is None:
            self._troubles.error("SL004", _NUMBER, column="payment_amount", value=given)
        amount = parse(given) if given else due
        if amount is not None and amount < 0:
            self._troubles.error("SL009", _NEGATIVE, column="payment_amount", value=given or due)
        return f"<PaymentAmount>{abs(amount or ZERO):f}</PaymentAmount>"

    def _currency(self, facts: Facts, gross: Decimal) -> tuple[str, str, str]:
        """CurrencyCode, CurrencyAmount and ExchangeRate, empty when the document is in the country's currency."""
        code = facts.currency.strip().upper()
        if not code or code == self._work.variant.currency:
            return "", "", ""
        rate, amount = parse(facts.exchange_rate), parse(facts.currency_amount)
        if rate is None or rate <= 0:
            self._troubles.error("SL009", _NO_RATE, column="exchange_rate", code=code)
            rate = Decimal(1)
        if amount is None:
            amount = cents(gross / rate)
        if not near(amount * rate, gross):
            self._troubles.error("SL009", _RATE, column="exchange_rate", found=cents(amount * rate), gross=gross)
        return code, f"<CurrencyAmount>{amount:f}</CurrencyAmount>", f"<ExchangeRate>{rate:f}</ExchangeRate>"


def _is_draft(status: str) -> bool:
    return status.strip().lower() == "draft"


class Documents:
    """All the documents of a table: each goes to the section of its type. Drafts and other days are left out."""

    def __init__(self, joined: Joined, sections: tuple[Section, ...], work: Work) -> None:
        self._joined, self._work = joined, work
        self._writers = {section.name: SectionWriter(section, joined, work) for section in sections}
        self._sections = [section for section in work.variant.sections if self._of_table(section)]
        self._facts = cells_of((*joined.parent.columns, BLANK), _FACTS)
        self._days: dict[str, str] = {}
        self._kinds: dict[tuple[str, str], tuple[str, SectionWriter | None]] = {}
        self.drafts = self.outside = 0

    def _of_table(self, section: Section) -> bool:
        return (section.name == "payments") is (self._joined.table == "receipts")

    def write(self, take: Callable[[Built], None]) -> None:
        """Hand every document to ``take``, in order."""
        for family in self._joined:
            built = self._one(family)
            if built is not None:
                take(built)

    def _one(self, family: Family) -> Built | None:
        row: Row = family[0]
        self._work.troubles.at(self._joined.parent.file, row[0])
        row[1].append("")
        facts = Facts._make(self._facts(row[1]))
        if (facts.draft and is_true(facts.draft)) or (len(facts.status) > 1 and _is_draft(facts.status)):
            self.drafts += 1
            return None
        when = self._days.get(facts.date) or self._day(facts.date)
        span = self._work.calendar.span(when)
        if span is None:
            self.outside += 1
            if not (self._work.chain.signing and when <= self._work.calendar.spans[-1].end):
                return None
        known = self._kinds.get((facts.type, facts.kind))
        if known is None:
            kind = facts.type.strip().upper()
            known = kind, self._writer(kind, facts.kind)
            if known[1] is not None and len(self._kinds) < _MOST_KINDS:
                self._kinds[facts.type, facts.kind] = known
        return known[1].build(family, facts, known[0], when, span) if known[1] else None

    def _day(self, raw: str) -> str:
        try:
            found = day(raw)
        except Doubt as doubt:
            self._work.troubles.add(doubt.code, doubt.severity, doubt.message, doubt.fix, "date", **doubt.args_)
            return doubt.value
        if len(self._days) > 4_096:
            self._days.clear()
        self._days[raw] = found
        return found

    def _writer(self, kind: str, said: str) -> SectionWriter | None:
        """The writer of a type; None, without a complaint, when its section is not of this accounting basis."""
        wanted = _KINDS.get(said.strip().lower(), said.strip().lower())
        fitting = [section.name for section in self._sections if kind in section.types]
        if wanted in fitting:
            fitting = [wanted]
        if not fitting:
            known = " ".join(code for section in self._sections for code in section.types)
            self._work.troubles.error("SL004", _TYPE, _TYPE_FIX, "type", value=kind, known=known)
            return None
        return self._writers.get(fitting[0])


_NO_LINES: Final = Text("{number} non ha righe.", "{number} has no lines.", "{number} não tem linhas.")
_OPPOSITE: Final = Text(
    "Le righe dal lato opposto superano il documento (netto {net}, imposta {tax}).",
    "The lines on the opposite side exceed the document (net {net}, tax {tax}).",
    "As linhas do lado contrário excedem o documento (líquido {net}, imposto {tax}).",
)
_OPPOSITE_FIX: Final = Text(
    "Emetti una nota di credito (NC).", "Issue a credit note (NC).", "Emita uma nota de crédito (NC)."
)
_NO_REASON: Final = Text(
    "{number} è annullato senza motivo.", "{number} is cancelled without a reason.", "{number} está anulado sem motivo."
)
_RETIRED: Final = Text(
    "Il tipo {type} vale per dati fino al {until}.",
    "The type {type} is for data until {until}.",
    "O tipo {type} vale para dados até {until}.",
)
_SHIPPING: Final = Text(
    "{number} è anche documento di trasporto: servono i due indirizzi e movement_start.",
    "{number} is a transport document too: it takes both addresses and movement_start.",
    "{number} é também documento de transporte: precisa dos dois endereços e de movement_start.",
)
_PAID: Final = Text("Pagato {paid}, da pagare {due}.", "Paid {paid}, to be paid {due}.", "Pago {paid}, a pagar {due}.")
_PAID_FIX: Final = Text(
    "Una FR è pagata per intero; le altre non più del totale meno la ritenuta.",
    "An FR is paid in full; others no more than the total less what is withheld.",
    "Uma FR é paga por inteiro; as outras não mais do que o total menos a retenção.",
)
_NUMBER: Final = Text("«{value}» non è un numero.", "“{value}” is no number.", "«{value}» não é um número.")
_NEGATIVE: Final = Text("{value}: importo negativo.", "{value}: a negative amount.", "{value}: valor negativo.")
_NO_RATE: Final = Text(
    "Documento in {code} senza exchange_rate.",
    "A document in {code} without exchange_rate.",
    "Documento em {code} sem exchange_rate.",
)
_RATE: Final = Text(
    "L'importo in valuta fa {found}, il totale è {gross}.",
    "The amount in currency makes {found}, the total is {gross}.",
    "O valor em moeda dá {found}, o total é {gross}.",
)
_TYPE: Final = Text(
    "«{value}» non è un tipo di documento.",
    "“{value}” is no type of document.",
    "«{value}» não é um tipo de documento.",
)
_TYPE_FIX: Final = Text("Tipi: {known}.", "Types: {known}.", "Tipos: {known}.")
