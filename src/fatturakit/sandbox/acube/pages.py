"""Invoices as pages, drawn by the real themes; notifications as XML."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ...batch.pages import render
from ...document import Document
from ...errors import FatturakitError, MissingExtra
from ...remote.endpoints import PDF
from ..call import Answer, Call, Refusal

_NOTES = {"head_notes": "dynamic[head-notes]", "foot_notes": "dynamic[foot-notes]"}


def page(document: Document, kind: str, call: Call) -> Answer:
    """HTML or PDF in the theme that was asked for; 501 where an extra is missing that draws them."""
    theme = call.headers.get("x-printtheme", "standard")
    notes = {key: call.one(name) for key, name in _NOTES.items() if theme == "acube" and call.one(name)}
    try:
        made = render(document, theme=theme, shape="pdf" if kind == PDF else "html", **notes)
    except MissingExtra as error:
        raise Refusal(501, error.say("en")) from error
    except FatturakitError as error:
        raise Refusal(400, error.say("en")) from error
    return Answer(200, made.encode() if isinstance(made, str) else made or b"", kind)


def as_xml(rows: list[Any]) -> bytes:
    """A list of objects as the service's XML: ``<response><item>…``."""
    root = etree.Element("response")
    for place, found in enumerate(rows):
        _fill(etree.SubElement(root, "item", key=str(place)), found)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data


def _fill(element: etree._Element, value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _fill(etree.SubElement(element, name), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            _fill(etree.SubElement(element, "item", key=str(place)), inner)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)
