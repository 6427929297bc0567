"""Pieces of a page that join several values: people, addresses, references, discounts, other data of a line.

``html`` of a ``Joined`` is made of the texts of fields and the words of the catalogue, which are HTML already.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from ..lazy import lazy
from .output import quote
from .speech import Words
from .tree import NOTHING, Field, Joined, Node, Nothing, children_of, fields_of, join, spec_of

Maybe = Node | Nothing
_DIGITS: Final = 1_000  # of a line number; the format has four
_BATCH: Final = "ASWLOTTSCA"
TECHNICAL: Final = frozenset(["ASWRELSTD", "ASWSWHOUSE"])
"""Marks of the software that wrote a file: no data of the invoice."""


class Party:
    """Somebody on an invoice, ordinary or simplified: the joined values; ``node`` has the rest."""

    def __init__(self, node: Any) -> None:
        facts = node.DatiAnagrafici
        self.node = node
        places = (facts.Anagrafica, facts, node, node.AltriDatiIdentificativi, node.IdentificativiFiscali)
        self._places = [children_of(place) for place in places if place]

    def __bool__(self) -> bool:
        return bool(self.node)

    def find(self, name: str) -> Any:
        """The first value of that name among the places where a party's facts may stand."""
        for place in self._places:
            if name in place:
                return place[name]
        return NOTHING

    @lazy
    def name(self) -> Joined:
        """The business name, else title, first name and surname."""
        business = self.find("Denominazione")
        return join(business) if business else self._person("Titolo", "Nome", "Cognome")

    @property
    def by_surname(self) -> Joined:
        """As AssoSoftware writes it: surname first."""
        return join(self.find("Denominazione")) if not self.is_person else self._person("Titolo", "Cognome", "Nome")

    def _person(self, *names: str) -> Joined:
        return join(*map(self.find, names), between=" ")

    @property
    def is_person(self) -> bool:
        """Known by first name and surname."""
        return not self.find("Denominazione")

    @property
    def vat(self) -> Joined:
        """Country and number in one."""
        number = self.find("IdFiscaleIVA")
        return join(number.IdPaese, number.IdCodice)

    @property
    def tax_code(self) -> Any:
        """Codice fiscale."""
        return self.find("CodiceFiscale")

    @property
    def regime(self) -> Any:
        """Regime fiscale."""
        return self.find("RegimeFiscale")

    @property
    def address(self) -> Joined:
        """Street, number, postcode, town, province, country."""
        return address(self.find("Sede"))

    def rows(self, words: Words) -> list[tuple[Any, Any]]:
        """Label and value of what identifies a party, those that are there."""
        rows = (
            (words.vat_id, self.vat),
            (words.tax_code, self.tax_code),
            (words.name_person if self.is_person else words.name, self.name),
            (words.regime, self.regime),
            (words.seat, self.address),
        )
        return [row for row in rows if row[1]]


def address(seat: Any) -> Joined:
    """An address on one line: ``Via Roma 12, 20121 Milano (MI) IT``."""
    fields = (seat.Indirizzo, seat.NumeroCivico, seat.CAP, seat.Comune, seat.Provincia, seat.Nazione)
    street, number, postcode, town, province, country = [field.text for field in fields]
    inside = f"({province})" if seat.Provincia else ""
    road, place = " ".join(filter(None, (street, number))), " ".join(filter(None, (postcode, town, inside, country)))
    return Joined(", ".join(filter(None, (road, place))), [field for field in fields if isinstance(field, Field)])


def adjustment(node: Any) -> Joined:
    """A discount or surcharge with its code and sign: ``SC -10,00%``."""
    fields = [value for value in (node.Tipo, node.Percentuale, node.Importo) if isinstance(value, Field)]
    return Joined(_adjusted(node.Tipo.raw.strip(), node.Percentuale.text, node.Importo.text), fields)


@lru_cache(1024)
def _adjusted(kind: str, *amounts: str) -> str:
    sign = {"SC": "-", "MG": "+"}.get(kind, "")
    said = " ".join(f"{'' if amount.startswith('-') else sign}{amount}" for amount in amounts if amount)
    return f"<small>{quote(kind)}</small> {said}" if kind else said


def other_data(node: Any, words: Words, *, technical: bool) -> Joined | None:
    """AltriDatiGestionali in one line; None for what only concerns software, unless ``technical`` is wanted."""
    kind = node.TipoDato.raw.strip().upper()
    if kind in TECHNICAL and not technical:
        for field in fields_of(node):
            field.printed = True
        return None
    friendly = words.get(f"adg_{kind}")
    head = f"{friendly} ({node.TipoDato.text})" if friendly else node.TipoDato.text
    values = [value for value in (node.RiferimentoTesto, node.RiferimentoNumero, node.RiferimentoData) if value]
    said = _batch(node, words) if kind == _BATCH else _dated(node, values, words)
    fields = [node.TipoDato, *values] if node.TipoDato else values
    return Joined(f"{head}: {said}" if values else head, [field for field in fields if isinstance(field, Field)])


def reference(node: Any, words: Words, *, lines: bool = True) -> Joined:
    """Another document that is named: ``Ordine 66 del 01-09-2026, CUP: …, CIG: … (righe 1, 2)``."""
    name = spec_of(node).name
    number = node.IdDocumento or node.NumeroDDT or node.NumeroFatturaPrincipale or node.NumeroFR
    html = f"{words.get(f'ref_{name}') or node.label} {number.text}"
    fields = [number]
    for label, value in (
        (f" {words.of_date}", node.Data or node.DataDDT or node.DataFatturaPrincipale or node.DataFR),
        (f", {words.item}", node.NumItem),
        (f", {words.job}", node.CodiceCommessaConvenzione),
        (f", {words.cup}:", node.CodiceCUP),
        (f", {words.cig}:", node.CodiceCIG),
        (":", node.ElementiRettificati),
    ):
        if value:
            html += f"{label} {value.text}"
            fields.append(value)
    numbers = [field for field in node.RiferimentoNumeroLinea if isinstance(field, Field)]
    if lines and numbers:
        html += f" ({line_list(numbers, words)})"
    return Joined(html, [field for field in (*fields, *numbers) if isinstance(field, Field)])


def _dated(node: Any, values: list[Any], words: Words) -> str:
    """Values one behind the other, a date with its word."""
    return " ".join(
        f"{words.of_date} {value.text}" if value is node.RiferimentoData else value.text for value in values
    )


def _batch(node: Any, words: Words) -> str:
    """A batch as AssoSoftware's convention means it: its name, when it expires, how much of it."""
    rows = (
        (words.batch, node.RiferimentoTesto),
        (words.expiry, node.RiferimentoData),
        (words.batch_quantity, node.RiferimentoNumero),
    )
    return ", ".join(f"{label} {value.text}" for label, value in rows if value)


def line_list(numbers: list[Field], words: Words) -> str:
    """``righe 1–14, 20``: every line, three or more in a row as a range."""
    label = words.line_word if len(numbers) == 1 else words.lines_word
    return f"{label} {', '.join(map(quote, _ranges([field.raw.strip() for field in numbers])))}"


def _ranges(numbers: list[str]) -> Iterator[str]:
    run: list[str] = []
    for number in numbers:
        if run and not _follows(run[-1], number):
            yield from _run(run)
            run = []
        run.append(number)
    yield from _run(run)


def _run(run: list[str]) -> list[str]:
    return [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run


def _follows(first: str, second: str) -> bool:
    short = len(first) < _DIGITS and len(second) < _DIGITS
    return short and first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


def consecutive(places: list[int]) -> bool:
    """Whether lines stand one below the other."""
    return bool(places) and all(second == first + 1 for first, second in pairwise(places))


def stamp(node: Any, words: Words) -> Joined | None:
    """``SI - 2,00 (assolto ai sensi del DM 17-06-2014)``; None without DatiBollo."""
    fields = [field for field in (node.BolloVirtuale, node.NumeroBollo, node.ImportoBollo) if isinstance(field, Field)]
    if not fields:
        return None
    said = " - ".join(field.text for field in fields)
    law = f" ({words.stamp_law})" if node.BolloVirtuale.raw.strip() == "SI" else ""
    return Joined(said + law, fields)
