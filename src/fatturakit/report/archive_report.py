"""The report of a period over the archive: its tables once, as text and as JSON (``fatturakit/archive-report@1``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ..archive.report import ArchiveReport, Line
from ..money import spell
from ..schema.codes import label
from ..sdi.states import STATES
from ..texts import Language, Text
from ._encode import encode
from .screen import Column, Page

SCHEMA: Final = "fatturakit/archive-report@1"
_DIRECTIONS: Final = {
    "sent": Text("emesse", "sent"),
    "received": Text("ricevute", "received"),
    "unknown": Text("di altri", "not ours"),
}


class Table(NamedTuple):
    """One table in words: numbers stand at the end of each row, as many as ``numbers``."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: int


def tables(found: ArchiveReport, lang: Language) -> Iterator[Table]:
    """Every table that has rows."""
    for title, lines, codes, sums in (
        (_BY_TYPE, found.by_type, "TipoDocumento", 1),
        (_BY_RATE, found.by_rate, "Natura", 3),
        (_BY_STATE, found.by_state, "state", 1),
        (_BY_MONTH, found.by_month, "", 1),
        (_WITHHELD, found.withholding, "TipoRitenuta", 1),
    ):
        if lines:
            yield _sums(title, lines, codes, sums, lang)
    yield from filter(lambda table: table.rows, (_stamp(found, lang), _gaps(found, lang), _doubles(found, lang)))
    if found.unmatched:
        rows = [(notice.kind, notice.name, notice.file_name or notice.sdi_id) for notice in found.unmatched]
        yield Table(_UNMATCHED.say(lang), tuple(_WAITING.say(lang).split("|")), rows, 0)


def _sums(title: Text, lines: Sequence[Line], codes: str, sums: int, lang: Language) -> Table:
    heads = (*_SUM_HEADS.say(lang).split("|"), *_AMOUNTS.say(lang).split("|")[-sums:])
    rows = []
    for line in lines:
        direction, *keys, currency = line.keys
        amounts = (line.taxable, line.tax, line.total)[-sums:]
        figures = [f"{spell(amount, lang)} {currency}".strip() for amount in amounts]
        rows.append((_DIRECTIONS[direction].say(lang), _key(keys, codes, lang), str(line.invoices), *figures))
    return Table(title.say(lang), heads, rows, sums + 1)


def _key(keys: Sequence[str], codes: str, lang: Language) -> str:
    if codes == "state":
        return STATES[keys[0]].title.say(lang) if keys[0] in STATES else "-"
    if codes == "Natura":
        rate, nature = keys
        return f"{rate}%" if not nature else f"{rate}% {nature}"
    code = keys[0]
    said = label(codes, code, lang) if codes and code else None
    return f"{code} {said or ''}".strip() or "-"


def _stamp(found: ArchiveReport, lang: Language) -> Table:
    rows = [
        (
            f"{each.year} Q{each.quarter}",
            each.pay_by,
            ", ".join(map(str, each.missing)) or "-",
            str(each.declared),
            spell(each.amount, lang),
        )
        for each in found.stamp
    ]
    return Table(_STAMP.say(lang), tuple(_STAMP_HEADS.say(lang).split("|")), rows, 2)


def _gaps(found: ArchiveReport, lang: Language) -> Table:
    rows = [
        (gap.company, gap.year, gap.series, f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}")
        for gap in found.gaps
    ]
    return Table(_GAPS.say(lang), tuple(_GAP_HEADS.say(lang).split("|")), rows, 0)


def _doubles(found: ArchiveReport, lang: Language) -> Table:
    rows = [(each.code, each.what, ", ".join(map(str, each.documents))) for each in found.doubles]
    return Table(_DOUBLES.say(lang), tuple(_DOUBLE_HEADS.say(lang).split("|")), rows, 0)


def text(page: Page, found: ArchiveReport) -> Iterator[str]:
    """The report on a screen."""
    yield from page.heading(page.words(_TITLE), page.words(_period(found)))
    for table in tables(found, page.lang):
        yield ""
        yield page.paint(page.value(table.title), "bold")
        last = len(table.heads) - table.numbers
        heads = [
            Column(page.value(head), align=">" if place >= last else "<", flexible=place == 1, most=40)
            for place, head in enumerate(table.heads)
        ]
        yield from page.table(heads, [[page.value(cell) for cell in row] for row in table.rows])
    if found.strangers:
        yield ""
        yield page.words(_STRANGERS, count=found.strangers)


def _period(found: ArchiveReport) -> Text:
    first, last = found.period
    if not first and not last:
        return _EVERYTHING
    return Text(f"{first or '…'} – {last or '…'}", f"{first or '…'} – {last or '…'}")


def as_json(found: ArchiveReport) -> str:
    """The report as data: amounts are strings."""
    body = {"schema": SCHEMA, "period": found.period._asdict()}
    return encode(body | {name: _plain(value) for name, value in found._asdict().items() if name != "period"}) + "\n"


def _plain(value: object) -> object:
    names = getattr(value, "_fields", None)
    if names:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


_TITLE: Final = Text("Archivio", "Archive")
_EVERYTHING: Final = Text("tutto", "everything")
_BY_TYPE: Final = Text("Per tipo di documento", "By document type")
_BY_RATE: Final = Text("Per aliquota e natura", "By rate and Natura")
_BY_STATE: Final = Text("Per stato", "By state")
_BY_MONTH: Final = Text("Per mese", "By month")
_WITHHELD: Final = Text("Ritenute", "Withholding")
_STAMP: Final = Text("Imposta di bollo sulle emesse", "Stamp duty on sent invoices")
_GAPS: Final = Text("Numeri mancanti nelle serie", "Numbers missing in series")
_DOUBLES: Final = Text("Doppioni", "Doubles")
_UNMATCHED: Final = Text("Messaggi senza la loro fattura", "Messages without their invoice")
_SUM_HEADS: Final = Text("Verso|Voce|Fatture", "Side|Item|Invoices")
_AMOUNTS: Final = Text("Imponibile|Imposta|Totale", "Taxable|Tax|Total")
_STAMP_HEADS: Final = Text(
    "Trimestre|Da versare entro|Senza bollo (elenco B)|Dichiarate|Euro",
    "Quarter|Pay by|Without stamp (list B)|Declared|Euro",
)
_GAP_HEADS: Final = Text("Azienda|Anno|Serie|Mancano", "Company|Year|Series|Missing")
_DOUBLE_HEADS: Final = Text("Codice|Numero o nome|Documenti", "Code|Number or name|Documents")
_WAITING: Final = Text("Tipo|Messaggio|Di che cosa parla", "Kind|Message|About")
_STRANGERS: Final = Text(
    "Fatture che non sono di nessuna delle proprie aziende: {count}.", "Invoices of none of our companies: {count}."
)
