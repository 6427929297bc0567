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

_DOCUMENTS = ("Invoice", "StockMovement", "WorkDocument", "Payment")


def codes(path: str | os.PathLike[str], limits: Limits = DEFAULT, number: str = "") -> Iterator[Code]:
    """The code of every document of a file, or of the one with ``number`` (``InputError`` when there is none)."""
    source = source_of(path)
    with naming(source):
        yield from _codes(source, limits, number)


def _codes(source: Source, limits: Limits, number: str) -> Iterator[Code]:
    reader = Reader(source, head_of(source, limits).variant, limits)
    header: etree._Element | None = None
    customers = Shelf()
    found = False
    for record in reader.records():
        if record.name == "Header":
            header = _copy(record.element)
        elif record.name == "Customer":
            customers.add(*_customer(record.element))
        elif record.name in _DOCUMENTS and header is not None and number in ("", _number(record.element)):
            found = True
            yield of_document(header, record.element, _known(customers, record.element))
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


def _customer(element: etree._Element) -> tuple[str, str]:
    def of(path: str) -> str:
        return (element.findtext(path) or "").strip()

    return of("{*}CustomerID"), of("{*}CustomerTaxID") + "\n" + of("{*}BillingAddress/{*}Country")


def _known(customers: Shelf, document: etree._Element) -> dict[str, tuple[str, str]]:
    name = (document.findtext("{*}CustomerID") or "").strip()
    found = customers.get(name)
    if found is None:
        return {}
    number, _, country = found.partition("\n")
    return {name: (number, country)}


def _number(document: etree._Element) -> str:
    first = next(document.iterchildren(tag=etree.Element), None)
    return "" if first is None else (first.text or "").strip()
