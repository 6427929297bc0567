"""The master files: the customers, suppliers, products and taxes that documents name, completed where they lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from ..findings import Severity
from ..texts import Text
from .kinds import Doubt, clean, text, unescaped
from .ledger.source import Source
from .ledger.troubles import Troubles
from .mentions import Mention, mentions
from .shape import Cells, compiled
from .shelf import Shelf
from .taxes import Key
from .variant import Variant

_DESCRIPTION: Final = text(200, 2, cut=True)
_CN: Final = text(8, 8, pattern=r"\d{8}")
_UN: Final = text(4, 4, pattern=r"\d{4}")
_TYPES: Final = ("P", "S", "O", "E", "I")
OTHER: Final = "O"
FINAL_ID: Final = "CONSUMIDOR_FINAL"
_TOLD: Final = 100
"""Of so many that are missing the place is looked up."""


class Products:
    """The products of the ledger, and those that only lines know (freight, advances)."""

    def __init__(self, source: Source, variant: Variant, troubles: Troubles) -> None:
        self._source, self._variant, self._troubles = source, variant, troubles
        self._known, self._extra = Shelf(), Shelf()
        if "products" in source.tables():
            self._read()

    def _read(self) -> None:
        rows = self._source.open("products", self._troubles)
        if not {"code", "description"} <= set(rows.columns):
            return
        code, description = rows.columns.index("code"), rows.columns.index("description")
        for number, cells in rows.rows:
            self._troubles.at(rows.file, number)
            name = cells[code].strip()
            if name and not self._known.add(name, self._fit(cells[description])):
                self._troubles.error("SL007", _TWICE, column="code", key=name)

    def _fit(self, raw: str) -> str:
        """A description as both the product and its lines have it."""
        value = clean(raw)
        try:
            _DESCRIPTION(value)
        except Doubt as doubt:
            kept = unescaped(doubt.value)
            if doubt.severity is Severity.WARNING or len(kept) >= 2:
                self._troubles.doubt(doubt, "description")
                return kept
            return (kept or "-").ljust(2, ".")
        return value

    def description(self, code: str, line: str, kind: str) -> str:
        """The description of a product; one that is not in the ledger becomes one, as the line has it."""
        found = self._known.get(code)
        if found is None:
            found = self._extra.get(code)
            if found is None:
                return self._derived(code, line, kind)
            found = found[1:]
        return found

    def _derived(self, code: str, line: str, kind: str) -> str:
        description = self._fit(line or code)
        letter = kind.strip().upper() or OTHER
        if letter not in _TYPES:
            self._troubles.error("SL004", _TYPE, column="product_type", value=kind)
            letter = OTHER
        if code:
            self._extra.add(code, letter + description)
            if self._troubles.once("product", code):
                self._troubles.add("SL008", Severity.INFO, _NO_PRODUCT, column="product", key=code, type=letter)
        return description

    def write(self, used: Shelf, write: Callable[[str], None]) -> None:
        """The products that are ``used``, in the order of the ledger, then those it lacks."""
        if "products" in self._source.tables():
            self._write_known(used, write)
        columns = ("code", "type", "description", "_customs")
        compose = compiled(self._variant.product, columns, self._troubles)
        for code in self._extra:
            if code in used:
                letter, description = (self._extra.get(code) or OTHER)[:1], (self._extra.get(code) or "")[1:]
                write(f"<Product>{compose([code, letter, description, ''])}</Product>\n")

    def _write_known(self, used: Shelf, write: Callable[[str], None]) -> None:
        rows = self._source.open("products", Troubles())
        if not {"code", "description"} <= set(rows.columns):
            return
        compose = compiled(self._variant.product, (*rows.columns, "_customs"), self._troubles)
        code, description = rows.columns.index("code"), rows.columns.index("description")
        lists = [(rows.columns.index(name), *rest) for name, *rest in _LISTS if name in rows.columns]
        written = Shelf()
        for number, cells in rows.rows:
            self._troubles.at(rows.file, number)
            name = cells[code].strip()
            if name in used and written.add(name):
                cells[description] = self._known.get(name) or cells[description]
                write(f"<Product>{compose([*cells, self._customs(cells, lists)])}</Product>\n")

    def _customs(self, cells: Cells, lists: Sequence[Sequence[object]]) -> str:
        inside = "".join(self._codes(cells, *each) for each in lists)  # type: ignore[arg-type]
        return f"<CustomsDetails>{inside}</CustomsDetails>" if inside else ""

    def _codes(self, cells: Cells, place: int, element: str, kind: Callable[[str], str]) -> str:
        if element == "CNCode" and self._variant.country != "PT":
            return ""
        found = []
        for code in cells[place].replace(",", " ").replace(";", " ").split():
            try:
                found.append(f"<{element}>{kind(code)}</{element}>")
            except Doubt as doubt:
                self._troubles.doubt(doubt, element)
        return "".join(found)


_LISTS: Final = (("cn_codes", "CNCode", _CN), ("un_numbers", "UNNumber", _UN))


class Parties:
    """Customers or suppliers. table: "customers" or "suppliers"."""

    def __init__(self, source: Source, variant: Variant, table: str, troubles: Troubles) -> None:
        self._source, self._variant, self._table, self._troubles = source, variant, table, troubles
        self._element = "Customer" if table == "customers" else "Supplier"
        self._shape = variant.customer if table == "customers" else variant.supplier

    def write(self, used: Shelf, write: Callable[[str], None], *, everyone: bool = False) -> None:
        """Those that are ``used`` (or everyone); one that is not in the ledger is an error."""
        written = Shelf()
        if self._table in self._source.tables():
            self._write_known(used, written, write, everyone=everyone)
        lacking = [name for name in islice((name for name in used if name not in written), _TOLD) if name != FINAL_ID]
        places = mentions(self._source, self._table.removesuffix("s"), lacking)
        for name in used:
            if name not in written:
                write(self._missing(name, places.get(name) or Mention(self._table, None, "id")))

    def _write_known(self, used: Shelf, written: Shelf, write: Callable[[str], None], *, everyone: bool) -> None:
        rows = self._source.open(self._table, self._troubles)
        if "id" not in rows.columns:
            return
        compose = compiled(self._shape, rows.columns, self._troubles)
        place = rows.columns.index("id")
        tax = rows.columns.index("tax_id") if "tax_id" in rows.columns else None
        country = rows.columns.index("country") if "country" in rows.columns else None
        for number, cells in rows.rows:
            name = cells[place].strip()
            if name and (everyone or name in used):
                self._troubles.at(rows.file, number)
                if not written.add(name):
                    self._troubles.error("SL007", _TWICE, column="id", key=name)
                    continue
                if tax is not None:
                    self._judge(cells[tax].strip(), cells[country].strip() if country is not None else "")
                write(f"<{self._element}>{compose(cells)}</{self._element}>\n")

    def _judge(self, number: str, country: str) -> None:
        right = self._variant.nif
        if right and number and country.upper() == self._variant.country and not right(number):
            self._troubles.warn("SL010", _NIF, column="tax_id", value=number)

    def _missing(self, name: str, mention: Mention) -> str:
        if self._table == "customers" and name == FINAL_ID:
            cells = [FINAL_ID, self._variant.final_consumer, "Consumidor final"]
        else:
            self._troubles.at(mention.file, mention.row)
            self._troubles.error("SL008", _MISSING, _MISSING_FIX, mention.column, key=name, table=self._table)
            cells = [name, self._variant.unknown, self._variant.unknown]
        compose = compiled(self._shape, ("id", "tax_id", "name"), self._troubles)
        return f"<{self._element}>{compose(cells)}</{self._element}>\n"


class TaxTable:
    """The taxes that lines have; descriptions and last days come from the ledger where it has them."""

    def __init__(self, source: Source, variant: Variant, troubles: Troubles) -> None:
        self._variant, self._troubles = variant, troubles
        self._said: dict[tuple[str, str, str], tuple[str, str]] = {}
        if "taxes" in source.tables():
            rows = source.open("taxes", troubles)
            places = {name: place for place, name in enumerate(rows.columns)}
            for number, cells in rows.rows:
                troubles.at(rows.file, number)
                self._take({name: cells[place].strip() for name, place in places.items()})

    def _take(self, row: dict[str, str]) -> None:
        key = (row.get("type", ""), row.get("region") or self._variant.country, row.get("code", ""))
        self._said.setdefault(key, (row.get("description", ""), row.get("expiration", "")))

    def write(self, used: set[Key], write: Callable[[str], None]) -> None:
        """The TaxTable of the taxes ``used``, in order of their codes; nothing when there is none."""
        if not used:
            return
        compose = compiled(self._variant.tax, ("_key", "description", "expiration", "_rate"), self._troubles)
        write("<TaxTable>\n")
        for key in sorted(used):
            description, expiration = self._said.get(key[:3], ("", ""))
            names = self._variant.tax_names
            description = description or names.get(key.code, names.get(key.type, key.code))
            element = "TaxAmount" if key.fixed else "TaxPercentage"
            head = f"<TaxType>{key.type}</TaxType><TaxCountryRegion>{key.region}</TaxCountryRegion>"
            head += f"<TaxCode>{key.code}</TaxCode>"
            cells = [head, description, expiration, f"<{element}>{key.rate}</{element}>"]
            write(f"<TaxTableEntry>{compose(cells)}</TaxTableEntry>\n")
        write("</TaxTable>\n")


_TWICE: Final = Text("«{key}» c'è due volte.", "“{key}” is there twice.", "«{key}» está repetido.")
_TYPE: Final = Text(
    "Tipo di prodotto «{value}»: P S O E I.",
    "Type of product “{value}”: P S O E I.",
    "Tipo de produto «{value}»: P S O E I.",
)
_NO_PRODUCT: Final = Text(
    "Il prodotto «{key}» non è in products: ricavato dalla riga, tipo {type}.",
    "The product “{key}” is not in products: taken from the line, type {type}.",
    "O produto «{key}» não está em products: tirado da linha, tipo {type}.",
)
_NIF: Final = Text(
    "Il numero fiscale «{value}» non è valido.",
    "The tax number “{value}” is not valid.",
    "O número fiscal «{value}» não é válido.",
)
_MISSING: Final = Text(
    "«{key}» non è nella tabella {table}.",
    "“{key}” is not in the table {table}.",
    "«{key}» não está na tabela {table}.",
)
_MISSING_FIX: Final = Text(
    "Aggiungi «{key}» a {table}; un consumatore finale ha la colonna customer vuota.",
    "Add “{key}” to {table}; a final consumer has an empty column customer.",
    "Junte «{key}» a {table}; o consumidor final tem a coluna customer vazia.",
)
