"""A source document as the controls see it: what every kind has under one name, its lines with their numbers read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from .formats import Section
from .place import at
from .rules.declare import Place
from .tree import Node, flat, leaf, many, one

ZERO: Final = Decimal(0)


def number(text: object) -> Decimal | None:
    """A decimal as written in the file; None when it is missing or is none."""
    if not isinstance(text, str):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


class Line:
    """One line: its node and the numbers in it, None where missing.

    percentage: of the tax; fixed: its TaxAmount; base: TaxBase.
    """

    __slots__ = ("base", "credit", "debit", "fixed", "node", "percentage", "price", "quantity", "tax")

    def __init__(self, node: Node) -> None:
        get = node.get
        self.node = node
        self.debit = number(get("DebitAmount"))
        self.credit = number(get("CreditAmount"))
        self.quantity = number(get("Quantity"))
        self.price = number(get("UnitPrice"))
        self.base = number(get("TaxBase")) if "TaxBase" in node else None
        self.tax = one(node, "Tax")
        self.percentage = number(self.tax.get("TaxPercentage"))
        self.fixed = number(self.tax.get("TaxAmount")) if "TaxAmount" in self.tax else None


class Doc:
    """One document. number, date, type, status, entry: as written, "" when missing; counted: in the section totals."""

    __slots__ = (
        "counted",
        "date",
        "element",
        "entry",
        "lines",
        "node",
        "number",
        "section",
        "source",
        "state",
        "status",
        "totals",
        "type",
    )

    def __init__(self, section: Section, element: etree._Element) -> None:
        node = flat(element)
        self.section, self.element, self.node = section, element, node
        self.number = leaf(node, section.number)
        self.date = leaf(node, section.date).strip()
        self.type = leaf(node, section.type)
        self.entry = leaf(node, "SystemEntryDate").strip()
        self.state = one(node, "DocumentStatus")
        self.status = leaf(self.state, section.status)
        self.source = leaf(self.state, "SourceBilling") or leaf(self.state, "SourcePayment")
        self.counted = self.status not in section.excluded
        self.lines = [Line(line) for line in many(node, "Line")]
        self.totals = one(node, "DocumentTotals")

    def at(self, *path: str, line: int = 0) -> Place:
        """The place of an element below the document; line: which ``Line``, from 0."""
        return at(self.element, *path, index=line, document=self.number)

    @property
    def credit_note(self) -> bool:
        """Whether its own side is the debit."""
        return self.type in {"NC", "TD", "DA", "RE"}
