"""What the archive holds, for people and for programs: rows of a list, one document, what was added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..archive.facts import Party
from ..archive.records import Entry, Notice, as_dict
from ..archive.sides import REASONS
from ..archive.told import Told
from ..convert.tables.spec import Cells, Kind, Sheet
from ..convert.tables.spec import Column as TableColumn
from ..convert.tables.values import as_date
from ..sdi.kinds import KINDS
from ..texts import Language, Text
from ._encode import encode
from .screen import Column, Page
from .screen_values import amount, day, moment

SCHEMA: Final = "fatturakit/archive-list@1"
_DIRECTIONS: Final = {
    "sent": Text("emessa", "sent"),
    "received": Text("ricevuta", "received"),
    "unknown": Text("di altri", "not ours"),
}
_HEADS: Final = (
    (Text("N.", "No."), ">"),
    (Text("Verso", "Side"), "<"),
    (Text("Data", "Date"), "<"),
    (Text("Numero", "Number"), "<"),
    (Text("Controparte", "Other party"), "<"),
    (Text("Totale", "Total"), ">"),
    (Text("Stato", "State"), "<"),
    (Text("Messaggi", "Messages"), "<"),
)


def table(page: Page, entries: Iterable[Entry]) -> Iterator[str]:
    """A row an entry; the other party is the one that is not ours."""
    rows = [_row(page, entry) for entry in entries]
    heads = [
        Column(page.words(title), align=align, flexible=number == 4, most=26)
        for number, (title, align) in enumerate(_HEADS)
    ]
    if rows:
        yield from page.table(heads, rows)


def _row(page: Page, entry: Entry) -> list[str]:
    return [
        str(entry.id),
        page.words(_DIRECTIONS[entry.direction]),
        page.value(day(entry.day, page.lang)),
        page.value(entry.number) + (f" (+{entry.bodies - 1})" if entry.bodies > 1 else ""),
        page.value(other(entry)),
        amount(page, None if entry.total is None else f"{entry.total:f}"),
        page.words(entry.meaning.title) if entry.meaning else "",
        page.value(" ".join(entry.messages)),
    ]


def other(entry: Entry) -> str:
    """The name of the other party; of a document that is not ours, both."""
    if entry.direction == "unknown":
        return f"{_named(entry.seller)} → {_named(entry.buyer)}"
    return _named(entry.buyer if entry.direction == "sent" and entry.reason != "self" else entry.seller)


def _named(party: Party) -> str:
    return party.name or party.vat_number or party.tax or "?"


def as_json(entries: Iterable[Entry]) -> Iterator[str]:
    """``{"schema": …, "documents": […]}``, an entry a line."""
    yield f'{{"schema": "{SCHEMA}",\n "documents": ['
    for number, entry in enumerate(entries):
        yield (",\n  " if number else "\n  ") + encode(as_dict(entry))
    yield "\n ]}\n"


_COLUMNS: Final[tuple[tuple[str, Kind, str, str], ...]] = (
    ("id", "integer", "Numero interno", "Id"),
    ("uuid", "text", "UUID", "UUID"),
    ("direction", "text", "Verso", "Direction"),
    ("company", "text", "Azienda", "Company"),
    ("name", "text", "File", "File"),
    ("transmission_format", "text", "Formato", "Format"),
    ("sdi_file_id", "text", "Identificativo SdI", "SdI identifier"),
    ("seller_name", "text", "Cedente", "Seller"),
    ("seller_vat", "text", "P. IVA cedente", "Seller VAT number"),
    ("seller_tax", "text", "C.F. cedente", "Seller tax code"),
    ("buyer_name", "text", "Cessionario", "Buyer"),
    ("buyer_vat", "text", "P. IVA cessionario", "Buyer VAT number"),
    ("buyer_tax", "text", "C.F. cessionario", "Buyer tax code"),
    ("document_type", "text", "Tipo", "Type"),
    ("invoice_number", "text", "Numero", "Number"),
    ("invoice_date", "date", "Data", "Date"),
    ("invoices", "integer", "Fatture nel file", "Invoices in the file"),
    ("currency", "text", "Divisa", "Currency"),
    ("total", "decimal", "Totale", "Total"),
    ("stamp", "boolean", "Bollo", "Stamp duty"),
    ("signed", "boolean", "Firmato", "Signed"),
    ("state", "text", "Stato", "State"),
    ("definitive", "boolean", "Definitivo", "Definitive"),
    ("marking", "text", "Marking A-Cube", "A-Cube marking"),
    ("since", "text", "Dal", "Since"),
    ("due", "date", "Termine", "Due"),
    ("messages", "text", "Messaggi", "Messages"),
    ("downloaded_at", "text", "Scaricato il", "Downloaded at"),
    ("read_at", "text", "Letto il", "Read at"),
    ("created_at", "text", "Aggiunto il", "Added at"),
)
SHEET: Final = Sheet(
    "archive",
    Text("Archivio", "Archive"),
    tuple(TableColumn(name, kind, label=Text(it, en), width=16) for name, kind, it, en in _COLUMNS),
)


def cells(entry: Entry) -> Cells:
    """An entry as a row of ``SHEET``."""
    plain = as_dict(entry) | {
        "seller_name": entry.seller.name,
        "seller_vat": entry.seller.vat_number,
        "seller_tax": entry.seller.tax,
        "buyer_name": entry.buyer.name,
        "buyer_vat": entry.buyer.vat_number,
        "buyer_tax": entry.buyer.tax,
        "invoice_date": as_date(entry.day),
        "total": entry.total,
        "due": entry.due,
        "messages": " ".join(entry.messages),
    }
    return tuple(plain[name] or (plain[name] if kind != "text" else None) for name, kind, *_ in _COLUMNS)  # type: ignore[misc]


def timeline(page: Page, entry: Entry, notices: Iterable[Notice], told: Iterable[Told] = ()) -> Iterator[str]:
    """Where a document stands, why it is on this side, what to do, and what SdI has said so far, itself or by a
    service; what a service told of a file that is there is not said twice."""
    notices = list(notices)
    side = page.words(_DIRECTIONS[entry.direction])
    why = page.words(REASONS[entry.reason])
    yield from page.labelled(_SIDE, [f"{side} {entry.company}: {why}" if entry.company else f"{side}: {why}"])
    if entry.meaning:
        since = f" ({moment(entry.since, page.lang)})" if entry.since else ""
        final = page.words(_FINAL if entry.definitive else _OPEN)
        yield from page.labelled(_STATE, [f"{page.words(entry.meaning.title)}{since}, {final}"])
        yield from page.labelled(_NEXT, [page.words(entry.meaning.next)])
        if entry.due and entry.meaning.term.it:
            last = day(entry.due.isoformat(), page.lang)
            yield from page.labelled(_TERM, [f"{last}: {page.words(entry.meaning.term)}"])
    names = {notice.name for notice in notices}
    rows = [(notice.moment, _notice(page, notice)) for notice in notices]
    rows += [(each.moment, _told(page, each)) for each in told if each.is_message and each.name not in names]
    yield from page.labelled(_MESSAGES, [line for _, line in sorted(rows, key=lambda row: row[0])])


def _notice(page: Page, notice: Notice) -> str:
    answer = f" {notice.answer}" if notice.answer else ""
    return f"{_when(page, notice.moment)}{notice.kind}{answer}  {_title(page, notice.kind)}{page.name(notice.name)}"


def _told(page: Page, told: Told) -> str:
    what = f"{page.value(told.state)}  {_title(page, told.state)}{page.name(told.name)}"
    return f"{_when(page, told.moment)}{what} ({page.value(told.source)})"


def _when(page: Page, at: str) -> str:
    return f"{moment(at, page.lang)}  " if at else ""


def _title(page: Page, kind: str) -> str:
    return f"{page.words(KINDS[kind].title)}  " if kind in KINDS else ""


def notice_dict(notice: Notice) -> dict[str, object]:
    """A message as plain data."""
    return {name: value for name, value in notice._asdict().items() if value not in {None, ""}}


def reason_words(reason: str, lang: Language) -> str:
    """Why a document is on a side."""
    return REASONS[reason].say(lang)


_SIDE: Final = Text("Verso", "Side")
_STATE: Final = Text("Stato", "State")
_NEXT: Final = Text("Da fare", "To do")
_TERM: Final = Text("Termine", "Term")
_MESSAGES: Final = Text("Messaggi", "Messages")
_FINAL: Final = Text("definitivo", "definitive")
_OPEN: Final = Text("non definitivo", "not definitive")
