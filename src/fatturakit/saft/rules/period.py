"""The dates of the header (PT6005, PT6006, PT6008, PT6009) and the month each document belongs to."""

from __future__ import annotations

from datetime import date
from typing import Final

from lxml import etree

from ..desk import Desk
from ..model import Doc
from ..place import at
from ..tree import Node, leaf
from .numbering import NUMBERING

_LONG: Final = 10
_YEAR: Final = 360


class Period:
    """The period of a file. first_month: of the fiscal year, None while it is unknown.

    A monthly file does not say when the fiscal year begins: then ``Period`` is judged only if the caller knows
    (``fiscal_year_start``), or the file spans the year.
    """

    def __init__(self, fiscal_year_start: int | None = None) -> None:
        self.start = self.end = ""
        self.first_month = fiscal_year_start

    def header(self, node: Node, element: etree._Element, desk: Desk) -> None:
        """Take the header's dates and judge them."""
        self.start, self.end = leaf(node, "StartDate").strip(), leaf(node, "EndDate").strip()
        first, last = _day(self.start), _day(self.end)
        if first is None or last is None:
            self.start = self.end = ""
            return
        if first > last:
            desk.add(NUMBERING["PT6008"], at(element, "StartDate"), found=self.start, expected=self.end)
            self.start = self.end = ""  # no day is between them
        elif (last - first).days > _YEAR:
            self.first_month = self.first_month or first.month
        year = leaf(node, "FiscalYear").strip()
        begins = self._begins(first)
        if begins and _is_number(year) and int(year) != begins:
            desk.add(NUMBERING["PT6009"], at(element, "FiscalYear"), found=year, expected=begins)

    def _begins(self, first: date) -> int:
        """The year the fiscal year of a day began in, 0 when its first month is unknown."""
        if self.first_month is None:
            return 0
        return first.year if first.month >= self.first_month else first.year - 1

    def document(self, doc: Doc, desk: Desk) -> None:
        """The date of a document and its Period."""
        day = doc.date[:10]
        if day and self.start and not self.start[:10] <= day <= self.end[:10]:
            desk.add(NUMBERING["PT6005"], doc.at(doc.section.date), found=day, start=self.start, end=self.end)
        period = leaf(doc.node, "Period").strip()
        if self.first_month is None or not _is_number(period) or not _is_number(day[5:7]):
            return
        expected = (int(day[5:7]) - self.first_month) % 12 + 1
        if int(period) != expected:
            desk.add(NUMBERING["PT6006"], doc.at("Period"), found=period, expected=expected, start=self.first_month)


def _is_number(text: str) -> bool:
    """True for a few plain digits: what is longer, or of another script, is the schema's to refuse."""
    return text.isdecimal() and text.isascii() and len(text) < _LONG


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
