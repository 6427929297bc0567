"""What a reader finds on a page, and what the XML says should be there: both brought into one shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from fatturakit.document import Document
from fatturakit.render.values import as_written, form_of
from fatturakit.schema.table import table
from fatturakit.xmlio import local

SOFTWARE = {"ASWRELSTD", "ASWSWHOUSE"}
TAG = re.compile(r"<(style|title|head)\b.*?</\1>|<[^>]*>", re.DOTALL)


def visible(page: str) -> str:
    """The text of an HTML page, without any white space; what only stands in the head does not count."""
    return squeezed(unescape(TAG.sub(" ", page)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text)


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Path and text of every text node of the XML: without attachments and the marks of software."""
    for element in document.root.iter(etree.Element):
        if local(element) == "Attachment" or of_software(element):
            continue
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield path_of(element), text
    yield from ((f"/@{name}", value) for name, value in document.root.attrib.items() if "}" not in str(name))


def of_software(element: etree._Element) -> bool:
    while element is not None and local(element) != "AltriDatiGestionali":
        element = element.getparent()
    if element is None:
        return False
    kind = next((child.text or "" for child in element if local(child) == "TipoDato"), "")
    return kind.strip().upper() in SOFTWARE


def path_of(element: etree._Element) -> str:
    names = []
    while element is not None:
        names.append(local(element))
        element = element.getparent()
    return "/" + "/".join(reversed(names))


def shapes(document: Document, path: str, text: str, lang: str) -> set[str]:
    """The ways a text may stand on a page: as written, or in the shape of its type."""
    found = {squeezed(text)}
    assert document.profile is not None
    element = table(document.profile.name).get(path)
    form = form_of(element) if element else as_written
    found.add(squeezed(form(text, lang)))
    return found


def missing(document: Document, shown: str, lang: str) -> list[str]:
    """The texts of the XML that are nowhere on the page."""
    return [
        f"{path}: {text}"
        for path, text in texts(document)
        if not any(shape in shown for shape in shapes(document, path, text, lang)) and not as_range(path, text, shown)
    ]


def as_range(path: str, text: str, shown: str) -> bool:
    """A line number inside a range such as 1–14."""
    if not path.endswith("/RiferimentoNumeroLinea") or not text.strip().isdecimal():
        return False
    ranges = re.findall(r"(\d+)–(\d+)", shown)
    return any(int(first) <= int(text) <= int(last) for first, last in ranges)
