"""The documents of a table: each goes to the section of its type and the file of its day; drafts to none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final

from ..money import exactly
from ..texts import Text
from .clean import Clean
from .filling import AuditFile
from .kinds import Doubt, day, is_true
from .ledger.cells import cell_of, cells_of, some_of
from .ledger.joined import Family, Joined
from .papers import STYLE, Day, SectionWriter, Style, Work
from .shape import Cells
from .spans import Span, period
from .usual import UsualDocuments
from .usual_lines import UsualLines
from .variant import Section

_KINDS: Final = {"invoice": "sales", "work": "work", "movement": "movement"}
_MOST_STYLES: Final = 1_000
_BLOCK: Final = 64
"""Documents read at a time: what reads them may calculate as it likes, what writes them does so exactly."""


class Documents:
    """All the documents of a table. drafts: how many were left out for being one; outside: for their day."""

    def __init__(
        self, joined: Joined, sections: tuple[Section, ...], work: Work, files: Mapping[Span, AuditFile]
    ) -> None:
        self._joined, self._work, self._files = joined, work, files
        lines = UsualLines(joined.children[0].columns if joined.children else ())
        self._usual = UsualDocuments(joined, lines, work, self._known, files)
        self._writers = {section.name: SectionWriter(section, joined, lines, work) for section in sections}
        self._sections = [section for section in work.variant.sections if self._of_table(section)]
        columns = joined.parent.columns
        self._file, self._troubles = joined.parent.file, work.troubles
        self._date, self._key = cell_of(columns, "date"), some_of(columns, STYLE)
        self._draft = cells_of(columns, ("draft", "status")) if {"draft", "status"} & set(columns) else None
        self._deciding = cells_of(
            columns, ("type", "kind", "status", "source_billing", "currency", "payment_mechanism")
        )
        self._days: Clean[Day] = Clean(self._on)
        self._styles: dict[tuple[str, ...], Style] = {}
        self.drafts = self.outside = 0

    def _of_table(self, section: Section) -> bool:
        return (section.name == "payments") is (self._joined.table == "receipts")

    def write(self) -> None:
        """Write every document into its file, in order."""
        families, usual = iter(self._joined), self._usual
        while block := list(islice(families, _BLOCK)):
            for (_, cells), _ in block:
                cells.append("")
            with exactly():
                for family, seen in zip(block, usual.look(block), strict=True):
                    if not usual.take(family, seen):
                        self._one(family)

    def _known(self, cells: Cells) -> tuple[Style, Day] | None:
        """The style and day of a document that is no draft, when there was nothing to say about them before."""
        style, day = self._styles.get(self._key(cells)), self._days[self._date(cells)]
        if style is None or day is None or (self._draft and _is_draft(*self._draft(cells))):
            return None
        return style, day

    def _one(self, family: Family) -> None:
        row, cells = family[0]
        troubles = self._troubles
        troubles.file, troubles.row = self._file, row
        if self._draft and _is_draft(*self._draft(cells)):
            self.drafts += 1
            return
        raw = self._date(cells)
        on = self._days[raw] or self._doubtful(raw)
        if on.span is None:
            self.outside += 1
            if not (self._work.chain.signing and on.when <= self._work.calendar.spans[-1].end):
                return
        style = self._styles.get(self._key(cells)) or self._style(cells)
        built = style.writer.build(family, style, on) if style.writer else None
        if built:
            self._files[built.span].add(built)

    def _on(self, raw: str) -> Day:
        when = day(raw)
        return Day(when, self._work.calendar.span(when), str(period(when, self._work.first)))

    def _doubtful(self, raw: str) -> Day:
        """A day that is none, said every time."""
        try:
            return self._on(raw)
        except Doubt as doubt:
            self._work.troubles.doubt(doubt, "date")
            return self._on(doubt.value)

    def _style(self, cells: Cells) -> Style:
        """The style of a document; kept unless there was something to say about it."""
        before = self._work.troubles.said
        kind, said, status, source, currency, mechanism = (cell.strip() for cell in self._deciding(cells))
        writer = self._writer(kind.upper(), said.lower())
        style = Style(writer, kind.upper(), status.upper() or "N", source.upper() or "P")
        if writer:
            writer.complete(style, currency, mechanism)
        if self._work.troubles.said == before:
            if len(self._styles) >= _MOST_STYLES:
                self._styles.clear()
            self._styles[self._key(cells)] = style
        return style

    def _writer(self, kind: str, said: str) -> SectionWriter | None:
        """The writer of a type; None, without a complaint, when its section is not of this accounting basis."""
        wanted = _KINDS.get(said, said)
        fitting = [section.name for section in self._sections if kind in section.types]
        if wanted in fitting:
            fitting = [wanted]
        if not fitting:
            known = " ".join(code for section in self._sections for code in section.types)
            self._work.troubles.error("SL004", _TYPE, _TYPE_FIX, "type", value=kind, known=known)
            return None
        return self._writers.get(fitting[0])


def _is_draft(draft: str, status: str) -> bool:
    return (draft != "" and is_true(draft)) or (len(status) > 1 and status.strip().lower() == "draft")


_TYPE: Final = Text(
    "«{value}» non è un tipo di documento.",
    "“{value}” is no type of document.",
    "«{value}» não é um tipo de documento.",
)
_TYPE_FIX: Final = Text("Tipi: {known}.", "Types: {known}.", "Tipos: {known}.")
