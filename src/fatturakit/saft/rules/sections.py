"""The totals of each section (PT5005 to PT5007), added up while its documents pass."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lxml import etree

from ...xmlio import line_of
from ..desk import Desk
from ..formats import Section
from ..model import ZERO, Doc, number
from ..place import path_of
from ..tree import Node, leaf, many, one
from .arithmetic import ARITHMETIC, CENT, plain, transaction_sides
from .declare import Place

_COUNTS: Final = ("NumberOfEntries", "NumberOfMovementLines")


class Totals:
    """What one section declares and what its documents add up to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documents = self.entries = 0
        self.debit = self.credit = self.quantity = ZERO
        self._declared: dict[str, tuple[str, Place]] = {}

    def declare(self, name: str, element: etree._Element) -> None:
        """A total as the file states it."""
        self._declared[name] = (element.text or "", Place(line_of(element), path_of(element)))

    def add(self, doc: Doc, section: Section) -> None:
        """One document."""
        self.documents += 1
        self.entries += len(doc.lines) if section.name == "MovementOfGoods" else 1
        if doc.counted:
            for line in doc.lines:
                if line.debit is not None:
                    self.debit += line.debit
                if line.credit is not None:
                    self.credit += line.credit
                if line.quantity is not None:
                    self.quantity += line.quantity

    def add_transaction(self, node: Node) -> tuple[Decimal, Decimal]:
        """One ledger transaction; its two sides."""
        lines = one(node, "Lines")
        debit = transaction_sides(many(lines, "DebitLine"), "DebitAmount")
        credit = transaction_sides(many(lines, "CreditLine"), "CreditAmount")
        self.documents += 1
        self.entries += 1
        self.debit += debit
        self.credit += credit
        return debit, credit

    def judge(self, desk: Desk) -> None:
        """Compare, when the section is over."""
        sums = {"TotalDebit": self.debit, "TotalCredit": self.credit, "TotalQuantityIssued": self.quantity}
        for name, (text, place) in self._declared.items():
            said = number(text)
            if said is None:
                continue
            args = {"section": self.name, "total": name, "found": said}
            if name in _COUNTS:
                if said != self.entries:
                    desk.add(ARITHMETIC["PT5005"], place, expected=self.entries, **args)
            elif said != sums[name]:
                near = abs(said - sums[name]) <= CENT * max(1, self.documents)
                desk.add(ARITHMETIC["PT5007" if near else "PT5006"], place, expected=plain(sums[name]), **args)


def balance(node: Node, sides: tuple[Decimal, Decimal], place: Place, desk: Desk) -> None:
    """Whether a ledger transaction balances."""
    debit, credit = sides
    if debit != credit:
        where = place._replace(document=leaf(node, "TransactionID"))
        desk.add(ARITHMETIC["PT5012"], where, found=plain(debit), expected=plain(credit))
