"""What the content controls look at: the blocks of a document, read once, with their numbers and texts at hand.

A ``Block`` is an element with its children by name; ``Header`` and ``Body`` are what one check gets. Values are read
when asked for: absent or garbled ones are None, and the control that needs them stays silent (the schema has spoken).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from ..document import Document
from ..findings import BodyKey
from ..lazy import lazy
from ..money import parse
from ..xmlio import child
from .amounts import Amounts, complete
from .options import Options

_PARTS: Final = ("DatiTrasmissione", "CedentePrestatore", "CessionarioCommittente")
_GOODS: Final = "DatiBeniServizi"


class Block:
    """One element: ``get`` a child's text, ``number`` or ``day``; ``each`` gives repeated children as blocks.

    There are no comments in it (``plain_root``). Only the texts are kept, for a body may have ten thousand lines;
    ``children`` looks the nodes up again, for findings.
    """

    __slots__ = ("node", "texts")

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        children = node[:]  # type: ignore[index]  # the stubs know no slices; going through a list is faster
        self.texts: dict[str, str | None] = {child.tag: child.text for child in children}

    @property
    def children(self) -> dict[str, etree._Element]:
        """The child nodes by name."""
        return {child.tag: child for child in self.node}

    def get(self, name: str) -> str | None:
        """The text of a child, trimmed; None when it is absent or empty."""
        found = self.texts.get(name)
        return (found.strip() or None) if found else None

    def number(self, name: str) -> Decimal | None:
        """The number in a child, None when it is absent or no number."""
        found = self.texts.get(name)
        return parse(found) if found else None

    def day(self, name: str) -> date | None:
        """The date in a child (its time zone, if any, left aside), None when it is absent or no date."""
        return day_of(self.get(name))

    def has(self, name: str) -> bool:
        """True when the child is there, whatever it holds."""
        return name in self.texts

    def each(self, name: str) -> Iterator[Block]:
        """Every child of that name."""
        if name in self.texts:
            yield from map(Block, self.node.iterchildren(name))

    def sub(self, *path: str) -> Block | None:
        """The block down a path of names, None when it is not there."""
        if path[0] not in self.texts:
            return None
        node = child(self.node, *path)
        return None if node is None else Block(node)


def _firsts(node: etree._Element) -> dict[str, etree._Element]:
    """The first child of each name."""
    children: list[etree._Element] = node[:]  # type: ignore[index,assignment]  # as for a block
    children.reverse()
    return {child.tag: child for child in children}


def plain_root(document: Document) -> etree._Element:
    """The root of a document without comments and processing instructions: its own, or a copy without them.

    A value is then the text of its element, whole. Lines and paths are those of the document.
    """
    root = document.root
    if document.is_lean or next(root.iter(etree.Comment, etree.ProcessingInstruction), None) is None:
        return root
    from copy import deepcopy  # hardly ever needed

    plain = deepcopy(root)
    etree.strip_tags(plain, etree.Comment, etree.ProcessingInstruction)
    return plain


def day_of(value: str | None) -> date | None:
    """The day an ``xs:date`` text names, None for anything else."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


class Part(Block):
    """A block of the header, of which there are few: its child nodes are kept, so that going down costs a look."""

    __slots__ = ("nodes",)

    def __init__(self, node: etree._Element) -> None:
        self.node = node
        self.nodes = _firsts(node)
        self.texts = {tag: child.text for tag, child in self.nodes.items()}

    @property
    def children(self) -> dict[str, etree._Element]:
        """The child nodes by name."""
        return self.nodes

    def down(self, name: str) -> Part | None:
        """The part of that name, None when it is not there."""
        node = self.nodes.get(name)
        return None if node is None else Part(node)


class Party:
    """Seller or buyer: VAT number (country and code), tax code, and the nodes they stand in."""

    def __init__(self, block: Part | None) -> None:
        self.block = block
        self.vat = block.down("IdFiscaleIVA") if block else None
        self.country = self.vat.get("IdPaese") if self.vat else None
        self.code = self.vat.get("IdCodice") if self.vat else None
        self.tax_code = block.get("CodiceFiscale") if block else None

    @property
    def vat_number(self) -> str | None:
        """Country and code together, None when either is missing."""
        return f"{self.country}{self.code}" if self.country and self.code else None


class Reading:
    """A document as the controls see it, read when first asked for, and once.

    It holds header and bodies together, so that neither has to hold the other and they go as soon as it goes.
    fresh: the document was opened just now, so that nobody can have changed its tree: it is what its bytes say.
    """

    def __init__(self, document: Document, options: Options, *, fresh: bool = False) -> None:
        self.document = document
        self.options = options
        self.fresh = fresh

    @lazy
    def header(self) -> Header:
        """What all bodies share."""
        return Header(self.document, self.options)

    def keys(self) -> tuple[BodyKey, ...]:
        """What names the bodies, from what was read of them, else from the document."""
        if "bodies" in self.__dict__:
            return tuple([body.key() for body in self.bodies])
        return tuple([body.key() for body in self.document.bodies])

    @lazy
    def bodies(self) -> list[Body]:
        """The documents of the file, in order."""
        found = self.header.root.iterchildren("FatturaElettronicaBody")
        return [Body(self.header, node, index) for index, node in enumerate(found, 1)]


class Header:
    """What all bodies share, and the document itself. One a file.

    transmission: 1.1 DatiTrasmissione; seller: 1.2 CedentePrestatore; buyer: 1.4 CessionarioCommittente (simplified
    1.3). words: what a control can need: names of the parts and of their children, the CodiceDestinatario.
    """

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options
        self.kind = document.kind
        self.root = plain_root(document)
        self.simplified = document.root_name == "FatturaElettronicaSemplificata"
        node = child(self.root, "FatturaElettronicaHeader")
        self.block = Part(self.root if node is None else node)
        self.transmission, seller, buyer = map(self.block.down, _PARTS)
        self.words = {*self.block.texts, *_code(self.transmission)}
        self.words.update(*[part.texts for part in (self.transmission, seller, buyer) if part])
        self.seller = Party(seller if self.simplified or not seller else seller.down("DatiAnagrafici"))
        self.buyer = Party(buyer and buyer.down("IdentificativiFiscali" if self.simplified else "DatiAnagrafici"))

    @property
    def as_of(self) -> date:
        """The day whose controls apply."""
        return self.options.as_of

    @property
    def received(self) -> date:
        """The day SdI receives the file, in Italy."""
        return self.options.received


def _code(transmission: Block | None) -> tuple[str | None, ...]:
    return (transmission.get("CodiceDestinatario"),) if transmission else ()


class Body:
    """One FatturaElettronicaBody, read once.

    general: 2.1.1 DatiGeneraliDocumento; tipo, numero (as written, blanks kept), data: 2.1.1.1, 2.1.1.4, 2.1.1.3;
    lines: 2.2.1 DettaglioLinee (simplified: 2.2 DatiBeniServizi); summaries: 2.2.2 DatiRiepilogo; funds: 2.1.1.7
    DatiCassaPrevidenziale; payments: 2.4.2 DettaglioPagamento of every 2.4 DatiPagamento.
    """

    def __init__(self, header: Header, node: etree._Element, index: int) -> None:
        self.header = header
        self.node = node
        self.index = index
        self.simplified = header.simplified
        self.parts = _firsts(node)
        top, goods = self.parts.get("DatiGenerali"), self.parts.get(_GOODS)
        general = None if top is None else child(top, "DatiGeneraliDocumento")
        self.general = Block(node if general is None else general)
        self.tipo = self.general.get("TipoDocumento")
        self.numero = self.general.texts.get("Numero") or None
        self.data = self.general.day("Data")
        self.lines = _blocks(node, _GOODS) if self.simplified else _blocks(goods, "DettaglioLinee")
        self.summaries = [] if self.simplified else _blocks(goods, "DatiRiepilogo")
        self.funds = list(self.general.each("DatiCassaPrevidenziale"))
        self.payments = self._payments() if "DatiPagamento" in self.parts else []

    def key(self) -> BodyKey:
        """TipoDocumento, Numero and Data as written, None where absent."""
        found = self.general.texts
        return BodyKey(self.index, *[found.get(name) or None for name in ("TipoDocumento", "Numero", "Data")])

    def _payments(self) -> list[Block]:
        terms = self.node.iterchildren("DatiPagamento")
        return [row for term in terms for row in _blocks(term, "DettaglioPagamento")]

    @lazy
    def words(self) -> set[str | None]:
        """What a control can need: names of elements (parts, and children of what is read here), coded values."""
        top = self.parts.get("DatiGenerali")
        found = {*self.parts, *self.general.texts, self.tipo, *(() if top is None else [part.tag for part in top])}
        found.update(*[block.texts for block in (*self.lines, *self.funds, *self.summaries, *self.payments)])
        for group in self.amounts.groups:
            found.add(group.natura)
            found.update(group.marks)
        return found

    @lazy
    def attachments(self) -> list[Block]:
        """2.5 Allegati."""
        return _blocks(self.node, "Allegati")

    @lazy
    def stated(self) -> Decimal | None:
        """2.1.1.9 ImportoTotaleDocumento."""
        return self.general.number("ImportoTotaleDocumento")

    @lazy
    def gross(self) -> Decimal | None:
        """The sum of the summaries, VAT included; None when there is none or a number is missing."""
        groups = self.amounts.summaries
        taxes = [row.number("Imposta") for row in self.summaries]
        return complete([*(group.total for group in groups), *taxes]) if groups else None

    @lazy
    def amounts(self) -> Amounts:
        """Lines, funds and summaries by rate and Natura, with their amounts."""
        return Amounts(self.lines, self.funds, self.summaries, simplified=self.simplified)


def _blocks(node: etree._Element | None, name: str) -> list[Block]:
    return [] if node is None else list(map(Block, node.iterchildren(name)))
