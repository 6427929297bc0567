"""Documents that state no more than a number, days, a customer and a signature, with lines that are usual ones too.

What those of one type, status, user and day have in common is made once (``Track``); what is of one alone is looked up
or fills a gap. A document that is not quite usual is left alone before anything was done or said about it: it goes the
long way through ``papers``, which leads to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import itemgetter
from typing import Final, NamedTuple

from ..money import cents
from .clean import Clean
from .filling import AuditFile, Totals
from .kinds import is_moment
from .ledger.cells import BLANK, any_of, cells_of, some_of
from .ledger.joined import Family, Joined
from .ledger.source import Row
from .ledger.troubles import Troubles
from .lines import LineWriter
from .masters import FINAL_ID
from .papers import COMPUTED, PARTY, STYLE, Day, Style, Work
from .shape import Cells, Record
from .spans import Span
from .usual_lines import ORDINALS, Amounts, UsualBook, UsualLines
from .variant import Section

_FACTS: Final = ("number", "system_entry", "status_date", "customer", "hash", "hash_control", "atcud")
_GAPS: Final = (
    "_number", "_atcud", "status_date", "_hash", "_hash_control", "system_entry", "_customer", "_lines", "_tax", "_net",
    "_gross",
)  # fmt: skip
"""What a usual document has of its own, in the order of its elements."""
_CELLS: Final[Callable[[Row], Cells]] = itemgetter(1)
_TRACKS: Final = 4_096
_PLANS: Final = 8_192

Known = Callable[[Cells], tuple[Style, Day] | None]
Seen = tuple["Track | None", Amounts | None]
"""The track of a document, and what its lines come to; None for what is not known."""


class Track(NamedTuple):
    """What usual documents of one style and day have in common.

    point: their day, where lines have one; book: what was learnt of lines in their file.
    """

    when: str
    kind: str
    section: str
    own: str
    counted: bool
    point: str
    lines: LineWriter
    book: UsualBook
    file: AuditFile
    totals: Totals
    frame: tuple[str, ...]


class UsualDocuments:
    """Writes such documents. known: style and day of a document, None while nobody has looked at one like it."""

    def __init__(
        self, joined: Joined, lines: UsualLines, work: Work, known: Known, files: Mapping[Span, AuditFile]
    ) -> None:
        table = joined.parent.columns
        self._columns = (*table, BLANK)
        self._lines, self._known, self._files, self._next = lines, known, files, work.chain.next
        self._key = some_of(table, (*STYLE, "date"))
        self._facts = cells_of(self._columns, _FACTS)
        self._beyond = any_of(table, {*STYLE, *_FACTS, "date"})
        self._customers = Clean(_customer)
        self._tracks: dict[tuple[str, ...], Track | None] = {}
        self._books: dict[tuple[int, int], UsualBook] = {}
        self._records: dict[str, tuple[Record, bool]] = {}
        self._silent = Troubles()

    def look(self, families: Sequence[Family]) -> list[Seen]:
        """What is known of documents before they are written: their tracks, and what their lines come to."""
        tracks = [self._track(family) for family in families]
        found = [(track, family[1][0]) for track, family in zip(tracks, families, strict=True) if track]
        counts = [len(rows) for _, rows in found]
        amounts = self._together(found, counts) if found else iter(())
        return [(track, next(amounts)) if track else (None, None) for track in tracks]

    def _together(self, found: list[tuple[Track, list[Row]]], counts: list[int]) -> Iterator[Amounts | None]:
        """What the lines of each document come to."""
        written = self._lines.written(
            list(map(_CELLS, chain.from_iterable(rows for _, rows in found))),
            chain.from_iterable(map(repeat, (track.book for track, _ in found), counts)),
            chain.from_iterable(map(repeat, (track.point for track, _ in found), counts)),
            list(chain.from_iterable([ORDINALS[:count] for count in counts])),
        )
        ends = list(accumulate(counts))
        return map(written.part, [0, *ends], ends)

    def take(self, family: Family, seen: Seen) -> bool:
        """Write a document into its file; False, with nothing done or said, when it is not a usual one."""
        track, amounts = seen
        if track is None:  # the documents before it may have taught something
            track = self._track(family)
            if track is None:
                return False
        (_, cells), tables = family
        when, kind, section, own, counted, _, lines, book, file, totals, frame = track
        number, entry, state, customer, hash_, control, atcud = self._facts(cells)
        name = self._customers[customer]
        if not (name and is_moment(entry, when) and (state in ("", entry) or is_moment(state, when))):
            return False
        if amounts is None and self._learn(track, tables[0]):
            amounts = lines.usual(tables[0], book, when)
        signed = self._next(section, kind, when, entry, number, hash_, control, atcud) if amounts else None
        if not amounts or not signed:
            return False
        (xml, exact, tax), (hash_, control, atcud) = amounts, signed
        net, tax = cents(exact), cents(tax)
        a, b, c, d, e, f, g, h, i, j, k, z = frame
        head = f"{a}{number}{b}{atcud}{c}{state or entry}{d}{hash_}{e}{control}{f}{entry}{g}{name[1]}{h}"
        tail = f"{i}{tax!s}{j}{net!s}{k}{net + tax!s}{z}"
        totals.put([head, *xml, tail], len(xml), own, exact if counted else None)
        if name[0] not in file.seen:
            file.see(name[0])
        return True

    def _track(self, family: Family) -> Track | None:
        """The track of a document; None when it cannot be a usual one, or nothing is known of its style yet."""
        (_, cells), tables = family
        if not tables or not 0 < len(tables[0]) <= len(ORDINALS) or (self._beyond and any(self._beyond(cells))):
            return None
        try:
            return self._tracks[self._key(cells)]
        except KeyError:
            known = self._known(cells)
        if known is None:
            return None
        if len(self._tracks) >= _TRACKS:
            self._tracks.clear()
        found = self._tracks[self._key(cells)] = self._made(cells, *known)
        return found

    def _made(self, cells: Cells, style: Style, day: Day) -> Track | None:
        writer = style.writer
        if writer is None or day.span is None or not style.plain or writer.left_out(cells):
            return None
        frame = self._frame(writer.section, cells, style, day)
        file, lines, name = self._files[day.span], writer.lines, writer.section.name
        book = self._books.setdefault((id(file), id(lines.book(day.when, style.own))), {})
        if frame is None:
            return None
        counted, totals = not style.silent, file.sections[name]
        point = lines.point(day.when)
        return Track(day.when, style.kind, name, style.own, counted, point, lines, book, file, totals, frame)

    def _frame(self, section: Section, cells: Cells, style: Style, day: Day) -> tuple[str, ...] | None:
        """What stands between the gaps; None when there is something to say about it."""
        record, coded = self._records.get(section.name) or self._record(section)
        silent, before = self._silent, self._silent.said
        whole = {"_status": style.status, "_date": day.when, "_period": day.period}
        first, *others, last = record.frame(
            [*cells, *(whole.get(name, "") for name in COMPUTED)], dict.fromkeys(_GAPS, "")
        )
        if not coded:
            others.insert(0, "")
        return (
            None if silent.said > before else (f"<{section.element}>{first}", *others, f"{last}</{section.element}>\n")
        )

    def _record(self, section: Section) -> tuple[Record, bool]:
        """How a section writes its documents, and whether they have an ATCUD."""
        record = Record(section.shape, (*self._columns, *COMPUTED), self._silent)
        found = self._records[section.name] = record, "_atcud" in record.order(_GAPS)
        return found

    def _learn(self, track: Track, rows: list[Row]) -> bool:
        """Put into the book of a track what is known of lines now that others have been written; whether it is new."""
        plans, book, key = track.lines.book(track.when, track.own), track.book, track.lines.key
        before = len(book)
        for name in (key(cells) for _, cells in rows):
            plan = plans.get(name)
            if plan and plan.usual and name not in book:
                track.file.name({plan})
                book[name] = plan.usual
        if len(book) > _PLANS:
            book.clear()
        return len(book) > before


def _customer(raw: str) -> tuple[str, str]:
    """A customer, and how the XML names it."""
    name = raw.strip() or FINAL_ID
    return name, PARTY(name)
