"""Who writes the file: the row of the table company, and the Header made of it."""

from __future__ import annotations

from typing import Final

from ..errors import UsageError
from ..money import canonical
from ..texts import Text
from .ledger.source import Source
from .ledger.troubles import Troubles
from .shape import compiled
from .spans import Span
from .variant import Variant

_COMPUTED: Final = ("_version", "_basis", "_span", "_entity")


class Company:
    """The company's row and what follows from it. basis: given by the caller, else the row's, else F."""

    def __init__(self, source: Source, variant: Variant, troubles: Troubles, basis: str) -> None:
        rows = source.open("company", troubles)
        found = list(rows.rows)
        self._variant, self._troubles, self._file = variant, troubles, rows.file
        self._columns, self._cells = rows.columns, found[0][1] if found else [""] * len(rows.columns)
        self._row = found[0][0] if found else None
        troubles.at(rows.file, self._row)
        if len(found) != 1:
            troubles.error("SL001", _ONE, column="nif", count=len(found))
        self._values = {name: cell.strip() for name, cell in zip(self._columns, self._cells, strict=True)}
        self.nif = self._values.get("nif", "")
        self.first_month = self._first()
        self.key_version = self._values.get("key_version") or "1"
        self.certificate = self._values.get("certificate") or "0"
        self.taxonomy = (self._values.get("taxonomy") or "S").upper()
        self.basis = self._basis(basis)
        self._judge()

    def _first(self) -> int:
        raw = self._values.get("fiscal_year_start_month") or "1"
        number = canonical(raw) or ""
        if number.isdigit() and 1 <= int(number) <= 12:
            return int(number)
        self._troubles.error("SL004", _MONTH, column="fiscal_year_start_month", value=raw)
        return 1

    def _basis(self, asked: str) -> str:
        basis = (asked or self._values.get("basis") or "F").upper()
        if basis not in self._variant.bases:
            raise UsageError(_BASIS, value=basis, known=" ".join(sorted(self._variant.bases)))
        return basis

    def _judge(self) -> None:
        right = self._variant.nif
        if right and self.nif and not right(self.nif):
            self._troubles.error("SL004", _NIF, _NIF_FIX, "nif", value=self.nif)
        if self.taxonomy not in ("S", "M", "N", "O"):
            self._troubles.error("SL004", _TAXONOMY, column="taxonomy", value=self.taxonomy)
            self.taxonomy = "O"
        producer = self._values.get("producer_nif", "")
        if right and producer and not right(producer):
            self._troubles.warn("SL004", _PRODUCER, column="producer_nif", value=producer)
        money = self._values.get("currency", "").upper()
        if money and money != self._variant.currency:
            self._troubles.error("SL004", _CURRENCY, column="currency", value=money, right=self._variant.currency)

    def header(self, span: Span, created: str) -> str:
        """The Header of one file."""
        self._troubles.at(self._file, self._row)
        compose = compiled(self._variant.header, (*self._columns, *_COMPUTED), self._troubles)
        version = self._variant.namespace.rpartition(":")[2].partition("_")[2]
        entity = self._values.get("tax_entity") or ("Sede" if self.basis in ("C", "I") else "Global")
        when = (
            f"<FiscalYear>{span.fiscal_year}</FiscalYear><StartDate>{span.start}</StartDate><EndDate>{span.end}</EndDate>"
            f"<CurrencyCode>{self._variant.currency}</CurrencyCode><DateCreated>{created}</DateCreated>"
        )
        cells = [*self._cells, f"<AuditFileVersion>{version}</AuditFileVersion>", self.basis, when, entity]
        return f"<Header>{compose(cells)}</Header>"


_ONE: Final = Text(
    "La tabella company ha {count} righe: ne serve una.",
    "The table company has {count} rows: it takes one.",
    "A tabela company tem {count} linhas: deve ter uma.",
)
_MONTH: Final = Text(
    "«{value}» non è un mese (1-12).", "“{value}” is no month (1-12).", "«{value}» não é um mês (1-12)."
)
_BASIS: Final = Text(
    "Base «{value}»: è una fra {known}.", "Basis “{value}”: it is one of {known}.", "Base «{value}»: é uma de {known}."
)
_NIF: Final = Text(
    "«{value}» non è un numero fiscale portoghese.",
    "“{value}” is no Portuguese tax number.",
    "«{value}» não é um NIF português.",
)
_NIF_FIX: Final = Text(
    "Un file portoghese è di un soggetto con nove cifre di NIF: scrivilo, o dallo con --nif.",
    "A Portuguese file belongs to somebody with a NIF of nine digits: write it, or give it with --nif.",
    "Um ficheiro português pertence a quem tem um NIF de nove algarismos: escreva-o, ou indique --nif.",
)
_TAXONOMY: Final = Text(
    "«{value}»: taxonomy è S, M, N o O.", "“{value}”: taxonomy is S, M, N or O.", "«{value}»: taxonomy é S, M, N ou O."
)
_PRODUCER: Final = Text(
    "La cifra di controllo di {value} è sbagliata.",
    "The check digit of {value} is wrong.",
    "O dígito de controlo de {value} está errado.",
)
_CURRENCY: Final = Text(
    "La valuta è {right}, non {value}.", "The currency is {right}, not {value}.", "A moeda é {right}, não {value}."
)
