"""Many invoices as one ledger in a temporary SQLite file: read in any order, numbered in the order of their days."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from ...errors import UsageError
from ...findings import Finding, Layer, Severity
from ...invoice.model import InvoiceFile, Party
from ...invoice.summary import summarise
from ...texts import Text
from ..ledger.source import Rows as TableRows
from ..ledger.sqlite import Database
from ..ledger.tables import TABLES
from ..ledger.troubles import MOST, Troubles
from ..pt.nif import is_nif
from . import rows as making
from .mapping import DEFAULT
from .mapping import Mapping as Codes

_NO_POSTAL: Final = "0000-000"
_PRODUCT: Final = "fatturakit/fatturakit"


class Collected:
    """A ledger made of invoices. ``add`` them, then read it as any source; ``findings`` says what was lost."""

    def __init__(self, nif: str = "", mapping: Codes = DEFAULT, *, portuguese: bool = True) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="fatturakit-")
        self._path = Path(self._home.name) / "ledger.db"
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;")
        for name in ("company", "customers", "documents", "lines"):
            columns = ", ".join(f'"{column}" TEXT' for column in (*TABLES[name].names, *_OWN.get(name, ())))
            self._database.execute(f"CREATE TABLE {name} ({columns})")
        self._database.execute("CREATE UNIQUE INDEX known ON customers (id)")
        self._nif, self._mapping, self._portuguese = nif, mapping, portuguese
        self._owner: str | None = None
        self._count = 0
        self._opened: Database | None = None
        self.findings: list[Finding] = []

    def add(self, shown: str, file: InvoiceFile) -> None:
        """Take the invoices of one file."""
        owner = making.identifier(file.cedente_prestatore)
        if self._owner is None:
            self._owner = owner
            self._insert("company", self._company(file.cedente_prestatore, shown))
        if owner != self._owner:
            self._say(shown, _OTHER, owner=owner, first=self._owner)
            return
        for invoice in file.bodies:

            def say(message: Text, *, shown: str = shown, number: str = invoice.numero or "-", **args: object) -> None:
                self._say(f"{shown}#{number}", message, **args)

            made = making.rows(file, invoice, self._mapping, say)
            if made is not None:
                self._take(made)

    def left_out(self, shown: str) -> None:
        """Say that something is no invoice."""
        self._say(shown, _NO_INVOICE)

    def _take(self, made: making.Rows) -> None:
        self._count += 1
        key = str(self._count)
        self._insert("documents", made.document | {"number": key})
        columns = ", ".join(made.customer)
        holes = ", ".join("?" * len(made.customer))
        query = f"INSERT OR IGNORE INTO customers ({columns}) VALUES ({holes})"
        self._database.execute(query, list(made.customer.values()))
        for line in made.lines:
            self._insert("lines", line | {"document": key})

    def _insert(self, table: str, row: Mapping[str, str]) -> None:
        holes = ", ".join("?" * len(row))
        query = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({holes})"
        self._database.execute(query, list(row.values()))

    def _company(self, seller: Party, shown: str) -> dict[str, str]:
        own = making.party(seller)
        nif = self._nif or (own["tax_id"] if own["country"] == "PT" else "")
        if self._portuguese:
            nif = self._judged(nif, seller, own, shown)
        return {
            "nif": nif or own["tax_id"],
            "name": own["name"],
            "address_detail": own["address_detail"] or "-",
            "city": own["city"] or "-",
            "postal_code": own["postal_code"],
            "country": own["country"],
            "producer_nif": nif or own["tax_id"],
            "product_id": _PRODUCT,
            "product_version": "1",
            "certificate": "0",
        }

    def _judged(self, nif: str, seller: Party, own: dict[str, str], shown: str) -> str:
        if not is_nif(nif):
            raise UsageError(_NO_NIF, number=seller.vat_number or seller.codice_fiscale or "-", nif=nif or "-")
        if own["country"] != "PT":
            self._say(shown, _SEAT, country=own["country"], postal=own["postal_code"] or "-")
            own |= {"country": "PT", "postal_code": _NO_POSTAL}
        return nif

    def _say(self, place: str, message: Text, **args: object) -> None:
        if len(self.findings) < MOST:
            words = {name: str(value) for name, value in args.items()}
            self.findings.append(Finding("SL015", Severity.WARNING, Layer.ADVICE, message, path=place, args=words))

    def finish(self) -> None:
        """Give every document its number: type, year, place in the order of days."""
        if self._opened is not None:
            return
        if self._owner is None:
            raise UsageError(_NONE)
        self._database.execute("CREATE INDEX by_document ON lines (document)")
        places: dict[str, int] = {}
        self._database.execute("CREATE TABLE numbers (key TEXT PRIMARY KEY, number TEXT)")
        query = "SELECT number, type, date, original FROM documents ORDER BY date, original, rowid"
        for key, kind, day, original in self._database.execute(query).fetchall():
            series = f"{kind} {day[:4]}"
            places[series] = places.get(series, 0) + 1
            number = f"{series}/{places[series]}"
            self._database.execute("INSERT INTO numbers VALUES (?, ?)", (key, number))
            self._say(f"{original}", _NUMBER, original=original, number=number)
        self._database.executescript(_VIEWS)
        self._opened = Database(self._path)

    def tables(self) -> tuple[str, ...]:
        """The names of the tables there are."""
        self.finish()
        return ("company", "customers", "documents", "lines")

    def open(self, table: str, troubles: Troubles) -> TableRows:
        """The rows of one table."""
        self.finish()
        assert self._opened is not None  # noqa: S101 - finish has opened it
        return self._opened.open(table, troubles)


def collected(
    files: Iterable[tuple[str, object]], nif: str = "", mapping: Codes = DEFAULT, *, portuguese: bool = True
) -> Collected:
    """The ledger of documents given as (name, ``Document``); what is no invoice is left out and said."""
    made = Collected(nif, mapping, portuguese=portuguese)
    for shown, document in files:
        content = summarise(document).content  # type: ignore[arg-type]
        if isinstance(content, InvoiceFile):
            made.add(shown, content)
        else:
            made.left_out(shown)
    made.finish()
    return made


_OWN: Final = {"documents": ("original",)}
_VIEWS: Final = """
CREATE INDEX IF NOT EXISTS by_number ON documents (number);
ALTER TABLE documents RENAME TO given_documents;
ALTER TABLE lines RENAME TO given_lines;
CREATE VIEW documents AS SELECT n.number AS number, {documents} FROM numbers n JOIN given_documents d
  ON d.number = n.key ORDER BY n.rowid;
CREATE VIEW lines AS SELECT n.number AS document, {lines} FROM numbers n JOIN given_lines l ON l.document = n.key
  ORDER BY n.rowid, l.rowid;
""".format(
    documents=", ".join(f'd."{name}"' for name in TABLES["documents"].names if name != "number"),
    lines=", ".join(f'l."{name}"' for name in TABLES["lines"].names if name != "document"),
)
_OTHER: Final = Text(
    "La fattura è di {owner}, il file è di {first}: lasciata fuori.",
    "The invoice is of {owner}, the file of {first}: left out.",
)
_NO_NIF: Final = Text(
    "Il cedente ({number}) non ha un NIF portoghese, e «{nif}» non lo è: una partita IVA italiana non sta in un file "
    "portoghese. Dai --nif, oppure --variant oecd per il JSON nella forma OCSE.",
    "The seller ({number}) has no Portuguese NIF, and “{nif}” is none: an Italian VAT number does not fit a Portuguese "
    "file. Give --nif, or --variant oecd for JSON in the shape of the OECD.",
)
_SEAT: Final = Text(
    "La sede è in {country} (CAP {postal}): il file porta PT e 0000-000.",
    "The seat is in {country} (postal code {postal}): the file says PT and 0000-000.",
)
_NUMBER: Final = Text(
    "Il numero {original} è diventato {number}; l'ora di registrazione, che FatturaPA non ha, è mezzanotte.",
    "The number {original} became {number}; the time of entry, which FatturaPA has not, is midnight.",
)
_NO_INVOICE: Final = Text("Non è una fattura: lasciato fuori.", "This is no invoice: left out.")
_NONE: Final = Text("Non c'è nessuna fattura da esportare.", "There is no invoice to export.")
