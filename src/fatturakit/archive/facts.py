"""What the archive writes down about an invoice: who, what, when, how much, and the words it can be found by.

Read off the tree in one go, because an archive takes ten thousand documents at a time; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from lxml import etree

from ..document import Document
from ..invoice import model, parties
from ..invoice.reading import Reader
from ..money import ZERO, complete, less, parse, portion
from ..xmlio import child, text

_LEAVES: Final = ("IdPaese", "IdCodice", "CodiceFiscale", "Denominazione", "Nome", "Cognome")
_SUMMARY: Final = ("AliquotaIVA", "Natura", "ImponibileImporto", "Imposta", "EsigibilitaIVA")
_GOODS: Final = "DatiBeniServizi"
_GENERAL: Final = ("DatiGenerali", "DatiGeneraliDocumento")
HUNDRED: Final = Decimal(100)
_SHORT: Final = 30
_NOTHING: Final[dict[str, str]] = {}


class Party(NamedTuple):
    """Name, country and code of the VAT number, tax code; "" for what is not there."""

    name: str = ""
    country: str = ""
    code: str = ""
    tax: str = ""

    @property
    def vat_number(self) -> str:
        """Country and code together, "" without a code."""
        return self.country + self.code if self.code else ""


class Vat(NamedTuple):
    """A summary by rate and Natura."""

    rate: str
    nature: str
    taxable: str
    tax: str
    collection: str


class Invoice(NamedTuple):
    """One FatturaElettronicaBody. total: stated, else the sum of the summaries; withheld: kind and amount."""

    position: int
    type: str
    number: str
    day: str
    currency: str
    total: str | None
    stamp: bool
    stamp_amount: str | None
    art73: bool
    vat: tuple[Vat, ...]
    withheld: tuple[tuple[str, str], ...]


class Facts(NamedTuple):
    """An invoice file. words: what the full text is searched in."""

    seller: Party
    buyer: Party
    destination: str
    issuer: str
    invoices: tuple[Invoice, ...]
    words: str


def facts_of(document: Document) -> Facts:
    """The facts of an invoice file, whatever is missing in it."""
    header = child(document.root, "FatturaElettronicaHeader")
    seller, buyer = _parties(header, simplified=document.root_name == "FatturaElettronicaSemplificata")
    destination, issuer = _text(header, "DatiTrasmissione", "CodiceDestinatario"), _text(header, "SoggettoEmittente")
    words: list[str] = [part for party in (seller, buyer) for part in party if part]
    invoices = tuple([_invoice(body.index, body.element, words) for body in document.bodies])
    return Facts(seller, buyer, destination, issuer, invoices, " ".join(words))


def _text(element: etree._Element | None, *path: str) -> str:
    node = None if element is None else child(element, *path)
    return "" if node is None else text(node).strip()


def _parties(header: etree._Element | None, *, simplified: bool) -> tuple[Party, Party]:
    if header is None:
        return Party(), Party()
    if simplified:
        top = Reader(header)
        return (
            _read(parties.simplified_seller(top.at("CedentePrestatore"))),
            _read(parties.simplified_buyer(top.at("CessionarioCommittente"))),
        )
    return _ordinary(header, "CedentePrestatore"), _ordinary(header, "CessionarioCommittente")


def _ordinary(header: etree._Element, name: str) -> Party:
    """A party of an ordinary invoice: no name comes twice in DatiAnagrafici, so its leaves are looked at as one."""
    block = child(header, name, "DatiAnagrafici")
    if block is None:
        return Party()
    leaf = {node.tag: node.text if len(node) == 0 else text(node) for node in block.iter(*_LEAVES)}
    found = [(leaf.get(tag) or "").strip() for tag in _LEAVES]
    country, code, tax, whole, first, last = found
    return Party(whole or f"{first} {last}".strip(), country, code, tax)


def _read(party: model.Party) -> Party:
    vat = party.vat_number or ""
    return Party(party.name or "", vat[:2], vat[2:], party.codice_fiscale or "")


def _children(element: etree._Element | None) -> dict[str, str]:
    """The texts of the children by name, trimmed; of repeated ones the first."""
    if element is None:
        return _NOTHING
    return {
        node.tag: ((node.text if len(node) == 0 else text(node)) or "").strip()
        for node in element.iterchildren(etree.Element, reversed=True)
    }


def _invoice(position: int, body: etree._Element, words: list[str]) -> Invoice:
    block = child(body, *_GENERAL)
    general = _children(block)
    stamp = _children(child(block, "DatiBollo")) if block is not None and "DatiBollo" in general else _NOTHING
    vat = tuple([row for goods in body.iterchildren(_GOODS) for row in _vat(goods, words)])
    number = general.get("Numero", "")
    words.append(number)
    if block is not None and "Causale" in general:
        words.extend(map(text, block.iterchildren("Causale")))
    return Invoice(
        position=position,
        type=general.get("TipoDocumento", ""),
        number=number,
        day=general.get("Data", "")[:10],
        currency=general.get("Divisa", ""),
        total=_total(general.get("ImportoTotaleDocumento"), vat),
        stamp=(stamp.get("BolloVirtuale", "SI") if stamp else general.get("BolloVirtuale")) == "SI",
        stamp_amount=_number(stamp.get("ImportoBollo")),
        art73=general.get("Art73") == "SI",
        vat=vat,
        withheld=tuple(_withheld(block)) if block is not None and "DatiRitenuta" in general else (),
    )


def _vat(goods: etree._Element, words: list[str]) -> Iterator[Vat]:
    """The summaries of a DatiBeniServizi; the descriptions in it become words."""
    words.extend(map(text, goods.iter("Descrizione")))
    yield from map(_summary, goods.iterchildren("DatiRiepilogo"))
    if child(goods, "Importo") is not None:
        yield _simplified(goods)


def _summary(node: etree._Element) -> Vat:
    row = _children(node)
    rate, nature, taxable, tax, collection = map(row.get, _SUMMARY)
    return Vat(_number(rate) or "", nature or "", _number(taxable) or "0", _number(tax) or "0", collection or "")


def _simplified(goods: etree._Element) -> Vat:
    """A line of a simplified invoice: its amount is gross, its tax stated or to be taken out of it by the rate."""
    row, taxes = _children(goods), _children(child(goods, "DatiIVA"))
    gross = parse(row.get("Importo")) or ZERO
    rate, tax = parse(taxes.get("Aliquota")), parse(taxes.get("Imposta"))
    if tax is None:
        tax = portion(gross, rate, HUNDRED + rate) if rate else ZERO
    return Vat(_number(taxes.get("Aliquota")) or "", row.get("Natura", ""), f"{less(gross, tax):f}", f"{tax:f}", "")


def _withheld(general: etree._Element) -> Iterator[tuple[str, str]]:
    for node in general.iterchildren("DatiRitenuta"):
        row = _children(node)
        yield row.get("TipoRitenuta", ""), _number(row.get("ImportoRitenuta")) or "0"


def _number(written: str | None) -> str | None:
    """A number as the archive keeps it, None for what is none."""
    if not written or (written.isascii() and written.replace(".", "", 1).isdigit() and len(written) < _SHORT):
        return written or None  # as nearly all are written
    return written if parse(written) is not None else None


def _total(stated: str | None, vat: tuple[Vat, ...]) -> str | None:
    if stated and (found := _number(stated)):
        return found
    summed = complete(parse(part) for row in vat for part in (row.taxable, row.tax)) if vat else None
    return None if summed is None else f"{summed:f}"
