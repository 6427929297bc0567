"""PT6xxx: numbers without gaps or repetition, in the order of time; dates inside the period of the file."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ...findings import Layer
from ...limits import Limits
from ...texts import Text
from ...xmlio import line_of
from ..desk import Desk
from ..hashchain import series_of
from ..keys import Keys
from ..model import Doc
from ..series import Neighbours, Series
from ..tree import leaf
from .declare import ERROR, WARNING, Place, table
from .references import REFERENCES

_ORDER: Final = Text(
    "Dentro una serie numero, data e momento di registrazione crescono insieme.",
    "In a series number, date and moment of entry grow together.",
    "Numa série, número, data e momento de registo crescem juntos.",
)
_DATE: Final = Text("Correggi la data.", "Mend the date.", "Corrija a data.")
NUMBERING: Final = table(
    Layer.SAFT,
    ("PT6001", ERROR, Text(
        "Serie {series}: {missing} tra {before} e {after}.",
        "Series {series}: {missing} between {before} and {after}.",
        "Série {series}: {missing} entre {before} e {after}.",
    ), Text(
        "Il file deve contenere tutti i documenti della serie, anche annullati.",
        "The file must hold every document of the series, cancelled ones too.",
        "O ficheiro tem de conter todos os documentos da série, também os anulados.",
    )),
    ("PT6002", ERROR, Text(
        "Il numero {number} della serie {series} compare già, scritto in altro modo.",
        "Number {number} of the series {series} occurs already, written another way.",
        "O número {number} da série {series} já aparece, escrito de outra forma.",
    ), Text("Un numero, un documento.", "One number, one document.", "Um número, um documento.")),
    ("PT6003", ERROR, Text(
        "Data {found}, ma {other} ha data {expected}.",
        "Dated {found}, but {other} is dated {expected}.",
        "Data {found}, mas {other} tem data {expected}.",
    ), _ORDER),
    ("PT6004", ERROR, Text(
        "Registrato il {found}, ma {other} il {expected}.",
        "Entered on {found}, but {other} on {expected}.",
        "Registado em {found}, mas {other} em {expected}.",
    ), _ORDER),
    ("PT6005", ERROR, Text(
        "Data {found} fuori dal periodo del file ({start} – {end}).",
        "Dated {found}, outside the period of the file ({start} – {end}).",
        "Data {found} fora do período do ficheiro ({start} – {end}).",
    ), _DATE),
    ("PT6006", ERROR, Text(
        "Period è {found}, ma il mese dell'esercizio (che comincia in {start}) è {expected}.",
        "Period is {found}, but the month of the fiscal year (beginning in {start}) is {expected}.",
        "Period é {found}, mas o mês do exercício (com início em {start}) é {expected}.",
    ), Text("Il mese si conta dall'inizio dell'esercizio.", "The month counts from the start of the fiscal year.",
            "O mês conta-se a partir do início do exercício.")),
    ("PT6007", WARNING, Text(
        "{field}: «{found}» ha fuso orario o frazioni di secondo, che la legge non vuole.",
        "{field}: “{found}” has a time zone or fractions of a second, which the law does not want.",
        "{field}: «{found}» tem fuso horário ou frações de segundo, que a lei não quer.",
    ), Text("Scrivi AAAA-MM-GGThh:mm:ss.", "Write YYYY-MM-DDThh:mm:ss.", "Escreva AAAA-MM-DDThh:mm:ss.")),
    ("PT6008", ERROR, Text(
        "StartDate {found} è dopo EndDate {expected}.",
        "StartDate {found} is after EndDate {expected}.",
        "StartDate {found} é posterior a EndDate {expected}.",
    ), _DATE),
    ("PT6009", WARNING, Text(
        "FiscalYear {found} non è l'anno in cui comincia l'esercizio ({expected}).",
        "FiscalYear {found} is not the year the fiscal year begins in ({expected}).",
        "FiscalYear {found} não é o ano em que começa o exercício ({expected}).",
    ), _DATE),
    ("PT6010", WARNING, Text(
        "Lo stato è del {found}, prima della registrazione ({expected}).",
        "The status is of {found}, before the entry ({expected}).",
        "O estado é de {found}, antes do registo ({expected}).",
    ), _DATE),
    ("PT6011", WARNING, Text(
        "Il trasporto: {field} {found} è prima di {other} {expected}.",
        "The transport: {field} {found} is before {other} {expected}.",
        "O transporte: {field} {found} é anterior a {other} {expected}.",
    ), _DATE),
    ("PT6012", ERROR, Text(
        "Il codice interno «{code}» serve già documenti {other}: non può servire documenti {type}.",
        "The internal code “{code}” already serves documents {other}: it cannot serve {type}.",
        "O código interno «{code}» já serve documentos {other}: não pode servir {type}.",
    ), Text("Un codice interno per ogni tipo di documento.", "One internal code for each type of document.",
            "Um código interno para cada tipo de documento.")),
    ("PT6013", WARNING, Text(
        "LineNumber {found} alla riga {expected}: la numerazione è da 1, senza salti.",
        "LineNumber {found} on line {expected}: lines are numbered from 1, without gaps.",
        "LineNumber {found} na linha {expected}: numeram-se de 1 em diante, sem saltos.",
    ), Text("Rinumera le righe.", "Number the lines again.", "Renumere as linhas.")),
    ("PT6014", WARNING, Text(
        "TransactionID «{found}» non è TransactionDate, JournalID e DocArchivalNumber ({expected}).",
        "TransactionID “{found}” is not TransactionDate, JournalID and DocArchivalNumber ({expected}).",
        "TransactionID «{found}» não é TransactionDate, JournalID e DocArchivalNumber ({expected}).",
    ), Text("Componi l'identificativo dai tre valori.", "Make the identifier from the three values.",
            "Componha o identificador com os três valores.")),
)  # fmt: skip
_PLAIN: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_MOST_GAPS: Final = 20


class Seen(NamedTuple):
    """What is remembered of a document at the end of a run."""

    number: str
    date: str
    entry: str
    line: int | None


class Numbering:
    """Every series of a file: uniqueness, gaps, chronology, and the type each internal code serves."""

    def __init__(self, limits: Limits, desk: Desk) -> None:
        self._desk = desk
        self._most = limits.saft_keys
        self._series: dict[tuple[str, str], Series[Seen]] = {}
        self._widths: dict[tuple[str, str, int], Series[None]] = {}
        self._odd: dict[str, Keys] = {}
        self._types: dict[str, str] = {}

    def document(self, doc: Doc) -> None:
        """One document of any section."""
        found = series_of(doc.number)
        if found is None:
            keys = self._odd.setdefault(doc.section.name, Keys(self._most))
            if doc.number and not keys.add(doc.number):
                self._repeated(doc)
            return
        series, place = found
        self._internal_code(doc, series)
        key = (doc.section.name, series)
        spelt = (*key, len(doc.number) - len(series))
        leading = spelt[2] - 1 > len(str(place))  # zeros: remembered by their spelling
        if leading and not self._widths.setdefault(spelt, Series()).add(place, None).fresh:
            self._repeated(doc)
            return
        seen = Seen(doc.number, doc.date, doc.entry[:19], line_of(doc.element))
        around = self._series.setdefault(key, Series()).add(place, seen)
        if around.fresh:
            self._chronology(doc, around)
        else:
            self._again(doc, key, series, place, spelt[2])

    def _again(self, doc: Doc, key: tuple[str, str], series: str, place: int, width: int) -> None:
        """The same number: the same text, unless one of the two has leading zeros."""
        leading = width - 1 > len(str(place))
        others = any(known[:2] == key for known in self._widths)
        if leading or (others and self._spelt_otherwise(key, place)):
            self._desk.add(NUMBERING["PT6002"], doc.at(doc.section.number), number=place, series=series)
        else:
            self._repeated(doc)

    def _spelt_otherwise(self, key: tuple[str, str], place: int) -> bool:
        return any(
            known[:2] == key and any(run.low <= place <= run.high for run in series.runs)
            for known, series in self._widths.items()
        )

    def _repeated(self, doc: Doc) -> None:
        self._desk.add(REFERENCES["PT4001"], doc.at(doc.section.number), field=doc.section.number, key=doc.number)

    def _internal_code(self, doc: Doc, series: str) -> None:
        code = series.partition(" ")[0]
        known = self._types.setdefault(code, doc.type)
        if known != doc.type:
            self._desk.add(NUMBERING["PT6012"], doc.at(doc.section.type), code=code, other=known, type=doc.type)

    def _chronology(self, doc: Doc, around: Neighbours[Seen]) -> None:
        for other, later in ((around.below, True), (around.above, False)):
            if other is None:
                continue
            if (doc.date < other.date) is later and doc.date != other.date:
                self._out_of_order("PT6003", doc, doc.section.date, doc.date, other.date, other)
            entry = doc.entry[:19]
            if (entry < other.entry) is later and entry != other.entry:
                self._out_of_order("PT6004", doc, "SystemEntryDate", entry, other.entry, other)

    def _out_of_order(self, code: str, doc: Doc, field: str, found: str, expected: str, other: Seen) -> None:
        self._desk.add(NUMBERING[code], doc.at(field), found=found, expected=expected, other=other.number)

    def end(self) -> None:
        """The gaps, when everything has passed."""
        for (section, name), series in self._series.items():
            for before, after in list(zip(series.runs, series.runs[1:], strict=False))[:_MOST_GAPS]:
                first, last = before.high + 1, after.low - 1
                numbers = str(first) if first == last else f"{first} – {last}"
                missing = Text(
                    f"mancano i numeri {numbers}", f"missing numbers {numbers}", f"faltam os números {numbers}"
                )
                place = Place(after.first.line, f"/AuditFile/SourceDocuments/{section}", "")
                args = {"series": name, "before": before.last.number, "after": after.first.number}
                self._desk.add(NUMBERING["PT6001"], place, missing=missing, **args)


def line_numbers(doc: Doc, desk: Desk) -> None:
    """Lines are numbered from 1."""
    for index, line in enumerate(doc.lines, 1):
        found = leaf(line.node, "LineNumber").strip()
        if found != str(index) and found.lstrip("0") != str(index):
            desk.add(NUMBERING["PT6013"], doc.at("Line", "LineNumber", line=index - 1), found=found, expected=index)
            return


def moments(doc: Doc, desk: Desk) -> None:
    """Moments have no zone and no fraction, and follow each other."""
    node = doc.node
    status = leaf(doc.state, doc.section.status + "Date").strip()
    start, end = leaf(node, "MovementStartTime").strip(), leaf(node, "MovementEndTime").strip()
    named = (
        ("SystemEntryDate", doc.entry),
        (doc.section.status + "Date", status),
        ("MovementStartTime", start),
        ("MovementEndTime", end),
    )
    for field, value in named:
        if value and not _PLAIN.fullmatch(value):
            where = ("DocumentStatus", field) if field.endswith("StatusDate") else (field,)
            desk.add(NUMBERING["PT6007"], doc.at(*where), field=field, found=value)
    if status and status[:19] < doc.entry[:19]:
        desk.add(NUMBERING["PT6010"], doc.at("DocumentStatus"), found=status, expected=doc.entry)
    if start:
        _transport(doc, start, end, desk)


def _transport(doc: Doc, start: str, end: str, desk: Desk) -> None:
    place = doc.at("MovementStartTime")
    if end and end[:19] < start[:19]:
        args = {"field": "MovementEndTime", "other": "MovementStartTime"}
        desk.add(NUMBERING["PT6011"], place, found=end, expected=start, **args)
    args = {"field": "MovementStartTime", "other": "SystemEntryDate"}
    if doc.source == "P" and start[:19] < doc.entry[:19]:
        desk.add(NUMBERING["PT6011"], place, found=start, expected=doc.entry, **args)
    elif start[:10] < doc.date[:10]:
        desk.add(NUMBERING["PT6011"], place, found=start, expected=doc.date, **(args | {"other": doc.section.date}))
