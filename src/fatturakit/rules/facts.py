"""What the content controls look at: the blocks of a document, read once, with their numbers and texts at hand.

A ``Block`` is an element with its children by name; ``Header`` and ``Body`` are what one check gets. Values are read
when asked for: absent or garbled ones are None, and the control that needs them stays silent (the schema has spoken).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from lxml import etree

from ..document import Document
from ..money import parse
from ..xmlio import child, text
from .options import Options

_LINES: Final = ("DatiBeniServizi", "DettaglioLinee")


class Block:
    """One element: ``get`` a child's text, ``number`` or ``day``; ``each`` gives repeated children as blocks."""

    __slots__ = ("children", "node")

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        children: dict[str, etree._Element] = {}
        for element in node.iterchildren():
            children.setdefault(element.tag, element)
        self.children = children

    def get(self, name: str) -> str | None:
        """The text of a child, trimmed; None when it is absent or empty."""
        node = self.children.get(name)
        if node is None:
            return None
        return (text(node) or "").strip() or None

    def number(self, name: str) -> Decimal | None:
        """The number in a child, None when it is absent or no number."""
        node = self.children.get(name)
        return None if node is None else parse(node.text if len(node) == 0 else text(node))

    def day(self, name: str) -> date | None:
        """The date in a child (its time zone, if any, left aside), None when it is absent or no date."""
        return day_of(self.get(name))

    def has(self, name: str) -> bool:
        """True when the child is there, whatever it holds."""
        return name in self.children

    def each(self, name: str) -> Iterator[Block]:
        """Every child of that name."""
        if name in self.children:
            yield from map(Block, self.node.iterchildren(name))

    def sub(self, *path: str) -> Block | None:
        """The block down a path of names, None when it is not there."""
        node = child(self.node, *path)
        return None if node is None else Block(node)


def day_of(value: str | None) -> date | None:
    """The day an ``xs:date`` text names, None for anything else."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


class Party:
    """Seller or buyer: VAT number (country and code), tax code, and the nodes they stand in."""

    def __init__(self, block: Block | None) -> None:
        self.block = block
        self.vat = block.sub("IdFiscaleIVA") if block else None
        self.country = self.vat.get("IdPaese") if self.vat else None
        self.code = self.vat.get("IdCodice") if self.vat else None
        self.tax_code = block.get("CodiceFiscale") if block else None

    @property
    def vat_number(self) -> str | None:
        """Country and code together, None when either is missing."""
        return f"{self.country}{self.code}" if self.country and self.code else None


class Header:
    """What all bodies share, and the document itself. One a file."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options
        self.kind = document.kind
        self.simplified = document.root_name == "FatturaElettronicaSemplificata"
        node = child(document.root, "FatturaElettronicaHeader")
        self.block = Block(document.root if node is None else node)

    @cached_property
    def transmission(self) -> Block | None:
        """1.1 DatiTrasmissione."""
        return self.block.sub("DatiTrasmissione")

    @cached_property
    def seller(self) -> Party:
        """1.2 CedentePrestatore."""
        path = ("CedentePrestatore",) if self.simplified else ("CedentePrestatore", "DatiAnagrafici")
        return Party(self.block.sub(*path))

    @cached_property
    def buyer(self) -> Party:
        """1.4 CessionarioCommittente (simplified: 1.3)."""
        inner = "IdentificativiFiscali" if self.simplified else "DatiAnagrafici"
        return Party(self.block.sub("CessionarioCommittente", inner))


class Body:
    """One FatturaElettronicaBody and what the controls compute from it."""

    def __init__(self, header: Header, node: etree._Element, index: int) -> None:
        self.header = header
        self.node = node
        self.index = index
        self.simplified = header.simplified
        general = child(node, "DatiGenerali", "DatiGeneraliDocumento")
        self.general = Block(node if general is None else general)

    @cached_property
    def tipo(self) -> str | None:
        """2.1.1.1 TipoDocumento."""
        return self.general.get("TipoDocumento")

    @cached_property
    def numero(self) -> str | None:
        """2.1.1.4 Numero as written, blanks kept."""
        node = self.general.children.get("Numero")
        return None if node is None else text(node) or None

    @cached_property
    def data(self) -> date | None:
        """2.1.1.3 Data."""
        return self.general.day("Data")

    @cached_property
    def lines(self) -> list[Block]:
        """2.2.1 DettaglioLinee; simplified: 2.2 DatiBeniServizi."""
        if self.simplified:
            return [Block(node) for node in self.node.iterchildren("DatiBeniServizi")]
        goods = child(self.node, "DatiBeniServizi")
        return [] if goods is None else [Block(node) for node in goods.iterchildren("DettaglioLinee")]

    @cached_property
    def summaries(self) -> list[Block]:
        """2.2.2 DatiRiepilogo."""
        goods = child(self.node, "DatiBeniServizi")
        return [] if goods is None else [Block(node) for node in goods.iterchildren("DatiRiepilogo")]

    @cached_property
    def funds(self) -> list[Block]:
        """2.1.1.7 DatiCassaPrevidenziale."""
        return list(self.general.each("DatiCassaPrevidenziale"))

    @cached_property
    def sources(self) -> list[tuple[Block, str]]:
        """Lines and funds, each with the name of its taxable amount: what the summaries sum up."""
        return [(line, "PrezzoTotale") for line in self.lines] + [
            (fund, "ImportoContributoCassa") for fund in self.funds
        ]
