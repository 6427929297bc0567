"""One audit file to be: its sections on disk, their totals, and the customers, products and taxes they name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ..money import ZERO
from .accounting import Journals
from .lines import Plan
from .papers import Built
from .shelf import Shelf
from .spans import Span
from .taxes import Key
from .variant import Section, Variant
from .writer import Spool, codec, encoded

_PLANS: Final = 8_192
"""Kinds of lines, and customers, a file remembers, so that it looks at each once and not again and again."""


class Totals:
    """A section of one file: its documents on disk and its control totals."""

    def __init__(self, section: Section, encoding: str) -> None:
        self.section, self.spool = section, Spool(encoding)
        self.entries = self.lines = 0
        self.debit = self.credit = self.quantity = ZERO

    def add(self, built: Built) -> None:
        """One document: counted always, summed unless its status keeps it out. Needs exact arithmetic around it."""
        self.entries += 1
        lines = built.lines
        self.lines += lines.rows
        if not built.silent:
            if lines.credit:
                self.credit += lines.credit
            if lines.debit:
                self.debit += lines.debit
            if lines.quantity:
                self.quantity += lines.quantity
        self.spool.write(built.xml)

    def put(self, pieces: list[str], lines: int, side: str, worth: Decimal | None) -> None:
        """The same for a usual document; worth: of its lines on its own side, None when its status keeps it out."""
        self.entries += 1
        self.lines += lines
        if worth is not None:
            if side == "C":
                self.credit += worth
            else:
                self.debit += worth
        self.spool.extend(pieces)

    def parts(self) -> list[str | Spool]:
        """The pieces of the section; none when there is no document."""
        if not self.entries:
            return []
        if self.section.name == "movement":
            sums = f"<NumberOfMovementLines>{self.lines}</NumberOfMovementLines>"
            sums += f"<TotalQuantityIssued>{self.quantity:f}</TotalQuantityIssued>"
        else:
            sums = f"<NumberOfEntries>{self.entries}</NumberOfEntries>"
            sums += f"<TotalDebit>{self.debit:f}</TotalDebit><TotalCredit>{self.credit:f}</TotalCredit>"
        return [f"<{self.section.container}>{sums}\n", self.spool, f"</{self.section.container}>"]


class AuditFile:
    """One file to be. ``copy`` hands its bytes on; counts and totals are in ``sections``."""

    def __init__(self, span: Span, variant: Variant, sections: tuple[Section, ...], encoding: str) -> None:
        self.span, self.variant, self._encoding = span, variant, codec(encoding)
        self.sections = {section.name: Totals(section, self._encoding[0]) for section in sections}
        self.journals = Journals(self._encoding[0])
        self.customers, self.suppliers, self.products = Shelf(), Shelf(), Shelf()
        self.taxes: set[Key] = set()
        self.seen: set[str] = set()
        self._plans: set[Plan] = set()
        self._front = Spool(self._encoding[0])
        self._back: list[str | Spool] = []

    @property
    def documents(self) -> int:
        """How many documents there are in it."""
        return sum(totals.entries for totals in self.sections.values())

    def add(self, built: Built) -> None:
        """Take one document."""
        self.sections[built.section.name].add(built)
        (self.suppliers if built.supplier else self.customers).add(built.supplier or built.customer)
        fresh = built.lines.plans - self._plans
        if fresh:
            self.name(fresh)

    def see(self, customer: str) -> None:
        """Remember a customer that is not among those seen lately."""
        if len(self.seen) > _PLANS:
            self.seen.clear()
        self.seen.add(customer)
        self.customers.add(customer)

    def name(self, plans: set[Plan]) -> None:
        """Remember the products and taxes of lines not seen lately."""
        if len(self._plans) > _PLANS:
            self._plans.clear()
        self._plans |= plans
        for plan in plans:
            if plan.product:
                self.products.add(plan.product)
            if plan.tax.key:
                self.taxes.add(plan.tax.key)

    def finish(
        self, header: str, masters: Callable[[AuditFile, Spool], None], names: dict[str, str], *, books: bool
    ) -> None:
        """Everything that stands before the documents."""
        front = self._front
        front.write(f'<?xml version="1.0" encoding="{self._encoding[1]}"?>\n')
        front.write(f'<AuditFile xmlns="{self.variant.namespace}">\n{header}\n<MasterFiles>\n')
        masters(self, front)
        front.write("</MasterFiles>\n")
        if books:
            self._back += self.journals.parts(names)
        documents = [part for totals in self.sections.values() for part in totals.parts()]
        if documents:
            self._back += ["<SourceDocuments>\n", *documents, "</SourceDocuments>\n"]
        self._back.append("</AuditFile>\n")

    def copy(self, write: Callable[[bytes], object]) -> None:
        """Hand on every byte of the file, in order."""
        self._front.copy(write)
        for part in self._back:
            if isinstance(part, Spool):
                part.copy(write)
            else:
                write(encoded(part, self._encoding[0]))

    def close(self) -> None:
        """Forget everything."""
        self._front.close()
        self.journals.close()
        for totals in self.sections.values():
            totals.spool.close()
