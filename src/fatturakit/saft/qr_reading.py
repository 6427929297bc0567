"""The QR codes of the documents of an audit file, read as a stream."""

from __future__ import annotations

import os
from collections.abc import Iterator

from lxml import etree

from ..limits import DEFAULT, Limits
from .head import head_of
from .qr_code import Code, missing, of_document
from .reader import Reader
from .shelf import Shelf
from .source import Source, naming, source_of

_PARTIES = ("Customer", "Supplier")
_DOCUMENTS = ("Invoice", "StockMovement", "WorkDocument", "Payment")


def codes(path: str | os.PathLike[str], limits: Limits = DEFAULT, number: str = "") -> Iterator[Code]:
    """The code of every document of a file, or of the one with ``number`` (``InputError`` when there is none)."""
    source = source_of(path)
    with naming(source):
        yield from _codes(source, limits, number)


def _codes(source: Source, limits: Limits, number: str) -> Iterator[Code]:
    reader = Reader(source, head_of(source, limits).variant, limits)
    header: etree._Element | None = None
    parties = Shelf()
    found = False
    for record in reader.records():
        if record.name == "Header":
            header = _copy(record.element)
        elif record.name in _PARTIES:
            parties.add(*_party(record.element, f"{record.name}ID"))
        elif record.name in _DOCUMENTS and header is not None and number in ("", _number(record.element)):
            found = True
            yield of_document(header, record.element, _known(parties, record.element))
            if number:
                return
    if reader.trouble is not None:
        raise reader.trouble
    if number and not found:
        raise missing(number)


def _copy(element: etree._Element) -> etree._Element:
    """An element of its own: the reader forgets records once they are handed out."""
    from copy import deepcopy

    return deepcopy(element)


def _party(element: etree._Element, key: str) -> tuple[str, str]:
    """A customer or supplier: what names it, and its tax number and country."""

    def of(path: str) -> str:
        return (element.findtext(path) or "").strip()

    return f"{key} {of(f'{{*}}{key}')}", of(f"{{*}}{key.replace('ID', 'TaxID')}") + "\n" + of(
        "{*}BillingAddress/{*}Country"
    )


def _known(parties: Shelf, document: etree._Element) -> tuple[str, str] | None:
    """Tax number and country of the customer of a document, or of the supplier goods go back to."""
    for kind in _PARTIES:
        name = (document.findtext(f"{{*}}{kind}ID") or "").strip()
        found = parties.get(f"{kind}ID {name}") if name else None
        if found is not None:
            number, _, country = found.partition("\n")
            return number, country
    return None


def _number(document: etree._Element) -> str:
    first = next(document.iterchildren(tag=etree.Element), None)
    return "" if first is None else (first.text or "").strip()
