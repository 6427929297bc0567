"""The general ledger of a file: accounts, and entries with their debits and credits, journal by journal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ..money import ZERO, parse, plus
from ..texts import Text
from .kinds import Doubt, amount, day, escaped, integer, text
from .ledger.cells import cell_of, cells_of
from .ledger.joined import Joined
from .ledger.source import Row, Source
from .ledger.troubles import Troubles
from .shape import Cells, compiled
from .shelf import Shelf
from .spans import Calendar, Span, period
from .variant import Variant
from .writer import Spool

_PERIOD: Final = integer(1, 16)
_JOURNAL: Final = text(30, pattern="[^ ]{1,30}")
_ARCHIVE: Final = text(20, pattern="[^ ]{1,20}")
_LINE_COMPUTED: Final = ("_line_no", "_description", "_amount")
_ENTRY_COMPUTED: Final = ("_transaction_id", "_period", "_date", "_party", "_lines")


class Accounts:
    """The chart of accounts: written whole, and asked whether an account is there."""

    def __init__(self, source: Source, variant: Variant, taxonomy: str, troubles: Troubles) -> None:
        self._source, self._variant, self._taxonomy, self._troubles = source, variant, taxonomy, troubles
        self.known = Shelf()
        if "accounts" in source.tables():
            rows = source.open("accounts", troubles)
            take = cell_of(rows.columns, "id")
            for number, cells in rows.rows:
                troubles.at(rows.file, number)
                if not self.known.add(take(cells).strip()):
                    troubles.error("SL007", _TWICE, column="id", key=take(cells))

    def write(self, spool: Spool) -> None:
        """GeneralLedgerAccounts, when the ledger has any."""
        if "accounts" not in self._source.tables():
            return
        rows = self._source.open("accounts", Troubles())
        compose = compiled(self._variant.account, rows.columns, self._troubles)
        facts = cells_of(rows.columns, ("category", "parent", "taxonomy_code"))
        pieces = 0
        for number, cells in rows.rows:
            self._troubles.at(rows.file, number)
            self._judge(*(cell.strip() for cell in facts(cells)))
            spool.write(self._opening() if not pieces else "")
            spool.write(f"<Account>{compose(cells)}</Account>\n")
            pieces += 1
        spool.write("</GeneralLedgerAccounts>" if pieces else "")

    def _opening(self) -> str:
        taxonomy = f"<TaxonomyReference>{self._taxonomy}</TaxonomyReference>" if self._variant.taxonomy else ""
        return f"<GeneralLedgerAccounts>{taxonomy}"

    def _judge(self, category: str, parent: str, taxonomy: str) -> None:
        category = category.upper()
        if self._variant.taxonomy and (category == "GM") is not bool(taxonomy):
            self._troubles.error("SL004", _TAXONOMY, column="taxonomy_code", category=category)
        if (category in ("GR", "AR")) is bool(parent):
            self._troubles.error("SL004", _PARENT, column="parent", category=category)
        if parent and parent not in self.known:
            self._troubles.error("SL008", _NO_ACCOUNT, column="parent", key=parent)


class Journals:
    """GeneralLedgerEntries of one file. customers, suppliers: those its entries name."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._journals: dict[str, Spool] = {}
        self.entries = 0
        self.debit = self.credit = ZERO

    def add(self, journal: str, xml: str, debit: Decimal, credit: Decimal) -> None:
        """One entry of a journal."""
        if journal not in self._journals:
            self._journals[journal] = Spool(self._encoding)
        self._journals[journal].write(xml)
        self.entries += 1
        self.debit, self.credit = plus(self.debit, debit), plus(self.credit, credit)

    def parts(self, names: dict[str, str]) -> list[str | Spool]:
        """The pieces of the section, in order."""
        head = (
            f"<GeneralLedgerEntries><NumberOfEntries>{self.entries}</NumberOfEntries><TotalDebit>{self.debit:f}</TotalDebit>"
            f"<TotalCredit>{self.credit:f}</TotalCredit>"
        )
        found: list[str | Spool] = [head]
        for journal, spool in sorted(self._journals.items()):
            description = escaped(names.get(journal) or journal)[:200]
            found += [f"<Journal><JournalID>{journal}</JournalID><Description>{description}</Description>", spool]
            found.append("</Journal>")
        return [*found, "</GeneralLedgerEntries>"]

    def close(self) -> None:
        """Forget everything."""
        for spool in self._journals.values():
            spool.close()


class Entries:
    """The entries of the ledger on their way into files."""

    def __init__(
        self, joined: Joined, variant: Variant, accounts: Accounts, calendar: Calendar, first: int, troubles: Troubles
    ) -> None:
        self._joined, self._accounts, self._calendar, self._first = joined, accounts, calendar, first
        self._troubles = troubles
        columns = joined.parent.columns
        lines = joined.children[0].columns if joined.children else ()
        self._lines_file = joined.children[0].file if joined.children else ""
        self._write = compiled(variant.entry, (*columns, *_ENTRY_COMPUTED), troubles)
        self._write_line = compiled(variant.entry_line, (*lines, *_LINE_COMPUTED), troubles)
        names = ("journal", "date", "archive_number", "period", "customer", "supplier", "description")
        self._facts = cells_of(columns, names)
        self._line_facts = cells_of(lines, ("side", "amount", "account"))
        self._seen = Shelf()

    def write(self, journals: dict[Span, Journals], parties: dict[Span, tuple[Shelf, Shelf]]) -> None:
        """Put every entry into the file of its day."""
        for family in self._joined:
            (row, cells), children = family
            self._troubles.at(self._joined.parent.file, row)
            journal, date, archive, number, customer, supplier, description = (
                cell.strip() for cell in self._facts(cells)
            )
            when = self._checked(day, date, "date")
            span = self._calendar.span(when)
            if span is None:
                continue
            lines, debit, credit = self._lines(children[0] if children else [], description)
            self._troubles.at(self._joined.parent.file, row)
            self._judge(debit, credit, lines)
            journal = self._checked(_JOURNAL, journal, "journal")
            name = f"{when} {journal} {self._checked(_ARCHIVE, archive, 'archive_number')}"
            if not self._seen.add(name):
                self._troubles.error("SL007", _TWICE, column="archive_number", key=name)
            place = self._checked(_PERIOD, number, "period") if number else str(period(when, self._first))
            cells += (
                name,
                place,
                when,
                self._party(customer, supplier, parties[span]),
                f"<Lines>{lines}</Lines>",
            )
            journals[span].add(journal, f"<Transaction>{self._write(cells)}</Transaction>\n", debit, credit)

    def _party(self, customer: str, supplier: str, used: tuple[Shelf, Shelf]) -> str:
        for name, shelf, element in ((customer, used[0], "CustomerID"), (supplier, used[1], "SupplierID")):
            if name:
                shelf.add(name)
                return f"<{element}>{escaped(name)}</{element}>"
        return ""

    def _lines(self, rows: Sequence[Row], description: str) -> tuple[str, Decimal, Decimal]:
        pieces, sums = [], {"D": ZERO, "C": ZERO}
        there = {"D": 0, "C": 0}
        for place, (number, cells) in enumerate(rows, 1):
            self._troubles.at(self._lines_file, number)
            side, xml, value = self._line(cells, place, description)
            sums[side] = plus(sums[side], value)
            there[side] += 1
            pieces.append(xml)
        if rows and not all(there.values()):
            self._troubles.error("SL009", _ONE_SIDE, column="side")
        return "".join(pieces), sums["D"], sums["C"]

    def _line(self, cells: Cells, place: int, description: str) -> tuple[str, str, Decimal]:
        side, money, account = (cell.strip() for cell in self._line_facts(cells))
        side = side.upper()[:1]
        if side not in ("D", "C"):
            self._troubles.error("SL004", _SIDE, column="side", value=side)
            side = "D"
        if account not in self._accounts.known:
            self._troubles.error("SL008", _NO_ACCOUNT, column="account", key=account)
        value = self._checked(amount, money, "amount")
        element = "Debit" if side == "D" else "Credit"
        cells += (str(place), description, f"<{element}Amount>{value}</{element}Amount>")
        return side, f"<{element}Line>{self._write_line(cells)}</{element}Line>", parse(value) or ZERO

    def _judge(self, debit: Decimal, credit: Decimal, lines: str) -> None:
        if not lines:
            self._troubles.error("SL008", _NO_LINES, column="id")
        elif debit != credit:
            self._troubles.error("SL009", _UNEVEN, column="id", debit=debit, credit=credit)

    def _checked(self, kind: object, raw: str, column: str) -> str:
        try:
            value: str = kind(raw)  # type: ignore[operator]
        except Doubt as doubt:
            self._troubles.doubt(doubt, column)
            return doubt.value
        return value


def journal_names(source: Source, troubles: Troubles) -> dict[str, str]:
    """The descriptions of the journals."""
    if "journals" not in source.tables():
        return {}
    rows = source.open("journals", troubles)
    take = cells_of(rows.columns, ("id", "description"))
    return {name.strip(): description.strip() for name, description in (take(cells) for _, cells in rows.rows)}


_TWICE: Final = Text("«{key}» c'è due volte.", "“{key}” is there twice.", "«{key}» está repetido.")
_TAXONOMY: Final = Text(
    "taxonomy_code è dei conti GM, e solo loro (qui {category}).",
    "taxonomy_code is for GM accounts only (here {category}).",
    "taxonomy_code é só para contas GM (aqui {category}).",
)
_PARENT: Final = Text(
    "I conti GR e AR non hanno parent, gli altri sì (qui {category}).",
    "Accounts GR and AR have no parent, all others have (here {category}).",
    "As contas GR e AR não têm conta superior, todas as outras têm (aqui {category}).",
)
_NO_ACCOUNT: Final = Text(
    "Il conto «{key}» non è in accounts.",
    "The account “{key}” is not in accounts.",
    "A conta «{key}» não está em accounts.",
)
_ONE_SIDE: Final = Text(
    "Servono almeno un dare e un avere.",
    "It takes at least one debit and one credit.",
    "É preciso pelo menos um débito e um crédito.",
)
_SIDE: Final = Text("side è D o C, non «{value}».", "side is D or C, not “{value}”.", "side é D ou C, não «{value}».")
_NO_LINES: Final = Text("La registrazione non ha righe.", "The entry has no lines.", "O lançamento não tem linhas.")
_UNEVEN: Final = Text(
    "Dare {debit}, avere {credit}.", "Debit {debit}, credit {credit}.", "Débito {debit}, crédito {credit}."
)
