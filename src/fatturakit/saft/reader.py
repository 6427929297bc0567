"""An audit file as a stream of records: one pass, constant memory, the schema judged by libxml2 on the way.

A record is handed out when it is complete and emptied afterwards; of a row of records only the last stays in the tree
as an empty stub, so that what is left at the end is the skeleton of the file. libxml2 says *that* something is wrong
and not where: records that ended since its log grew are marked as suspects, for others to look into.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from ..errors import InputError
from ..limits import Limits
from ..xmlio import pull_parser
from .encoding import Watch
from .formats import TOTALS, Format
from .head import syntax
from .source import Source, chunks

MOST_LOGGED: Final = 20_000


class Record(NamedTuple):
    """One record: the container it stands in, its name, its element, and whether the schema may be broken in it."""

    home: str
    name: str
    element: etree._Element
    suspect: bool


class Reader:
    """Reads one source. schema: a compiled XSD 1.0, None to read without judging; encoding: read the bytes so."""

    def __init__(
        self,
        source: Source,
        variant: Format,
        limits: Limits,
        schema: Any = None,
        encoding: str | None = None,
    ) -> None:
        self._source, self._limits = source, limits
        self._schema, self._encoding = schema, encoding
        spaced = "{" + variant.namespace + "}"
        self.known = frozenset(variant.records)
        self._known = {(spaced + home, spaced + name): (home, name) for home, name in variant.records}
        self._parents = {spaced + section.name for section in variant.sections} | {spaced + "GeneralLedgerEntries"}
        self._totals = {spaced + name: name for name in TOTALS}
        self._tags = (spaced + "AuditFile", *{tag for _, tag in self._known}, *self._totals, *self._parents)
        self._spaced = len(spaced)
        self.watch = Watch(mend=encoding is not None)
        self.trouble: InputError | None = None
        self.root: etree._Element | None = None
        self.broken = self.overrun = False

    def records(self) -> Iterator[Record]:
        """Every record in order; totals and ends of sections too. ``trouble`` says why it ended early."""
        parser = pull_parser(("end",), self._tags, self._schema, self._encoding)
        logged, suspect = 0, False
        with self._source.open(self._limits) as stream:
            for piece in chunks(stream, self._limits):
                fed = self._feed(parser, self.watch.seen(piece))
                count = len(parser.feed_error_log) if self._schema is not None else 0
                grown, logged, self.broken = count > logged, count, count > 0
                suspect = suspect or grown
                for record in self._told(parser, suspect):
                    yield record
                    suspect = grown
                    self._forget(record)
                if not fed or count > MOST_LOGGED:
                    self.overrun = fed
                    break
        if self.root is None and not self.overrun:
            self.trouble = self._scanned()

    def _told(self, parser: Any, suspect: bool) -> Iterator[Record]:
        known, totals, start = self._known, self._totals, self._spaced
        for _, element in parser.read_events():
            parent, tag = element.getparent(), element.tag
            home = "" if parent is None else parent.tag
            found = known.get((home, tag))
            if found is not None:
                yield Record(found[0], found[1], element, suspect or (self.broken and found[1] == "Journal"))
            elif parent is None and tag == self._tags[0]:
                self.root = element
            elif (tag in totals and home in self._parents) or tag in self._parents:
                yield Record(home[start:], tag[start:], element, suspect)

    def _forget(self, record: Record) -> None:
        element = record.element
        if len(element) == 0 and record.name in self._totals.values():
            return
        parent = element.getparent()
        if parent is None or element.tag in self._parents:
            return
        element.clear(keep_tail=True)  # type: ignore[call-arg]
        before = element.getprevious()
        if record.name == "Header":  # stands once: another one has to show
            return
        if before is not None and before.tag == element.tag and not (before.tail and before.tail.strip()):
            parent.remove(before)

    def _feed(self, parser: Any, piece: bytes) -> bool:
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError:
            return False
        return True

    def _scanned(self) -> InputError:
        """What is wrong with a file that did not come to its end, from a second look.

        A parser that judges by a schema swallows fatal errors and begins anew, so one that does not is asked.
        """
        parser, ended = pull_parser(("end",), ("none",), None, self._encoding), False
        watch = Watch(mend=self._encoding is not None)
        try:
            with self._source.open(self._limits) as stream:
                for piece in chunks(stream, self._limits):
                    parser.feed(watch.seen(piece))
            ended = True
            parser.close()
        except etree.XMLSyntaxError as error:
            line, column = error.position
            first = next((row for row in parser.feed_error_log if row.level_name == "FATAL"), None)
            if first is not None and not line:
                return syntax(first.message, first.line, first.column, code=first.type)
            return syntax(error.msg or "", line, column, code=getattr(error, "code", 0), ended=ended)
        return syntax("", 0, 0, code=0)
