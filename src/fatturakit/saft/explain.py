"""Why the schema rejects a record: the whole schema judges it again, and its errors become findings with words of ours.

What libxml2 rejected and the whole schema accepts (blanks around a date) is no error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from ..texts import Text
from ..xmlio import line_of
from .desk import Desk
from .formats import Format
from .place import path_of
from .rules.declare import Control, Place
from .rules.structure import STRUCTURE
from .schema import declaration
from .tree import local_name

_SHOWN: Final = 60
_ATTRIBUTES: Final = 4
_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_TYPES: Final = {
    "decimal": Text("un numero", "a number", "um número"),
    "integer": Text("un numero intero", "a whole number", "um número inteiro"),
    "nonNegativeInteger": Text("un numero intero", "a whole number", "um número inteiro"),
    "date": Text("una data AAAA-MM-GG", "a date YYYY-MM-DD", "uma data AAAA-MM-DD"),
    "dateTime": Text(
        "data e ora AAAA-MM-GGThh:mm:ss", "a date and time YYYY-MM-DDThh:mm:ss", "data e hora AAAA-MM-DDThh:mm:ss"
    ),
}
_VALUE: Final = Text("un valore di questo tipo", "a value of this type", "um valor deste tipo")
_NOTHING: Final = Text("nient'altro", "nothing else", "mais nada")


class Explainer:
    """Puts the schema errors of one file into words, up to the limit."""

    def __init__(self, variant: Format, revision: str, desk: Desk) -> None:
        self._variant, self._revision, self._desk = variant, revision, desk
        self._stubs = {"{" + variant.namespace + "}" + name for _, name in variant.records}
        self.count = 0
        self._full = False

    def explain(self, element: etree._Element, document: str = "") -> int:
        """The schema errors of a record (or of the skeleton of the file); how many were found."""
        if self._full:
            return 0
        found = 0
        for error in self._errors(element):
            found += 1
            self.count += 1
            if self.count > self._desk.limits.saft_format_errors:
                self._desk.add(STRUCTURE["PT2090"], number=self._desk.limits.saft_format_errors)
                self._full = True
                break
            self._add(error, element, document)
        return found

    def _errors(self, element: etree._Element) -> Iterator[Any]:
        path = tuple(local_name(str(node.tag)) for node in (*reversed(list(element.iterancestors())), element))
        judge = declaration(self._variant, self._revision, path)
        if judge is None:
            return
        _bared(element)
        told: set[Any] = set()
        for error in judge.iter_errors(element):
            node = error.elem
            inside = node is not None and node is not element and _within(node, self._stubs, element)
            if not inside and node not in told and type(error.validator).__name__ not in _ELSEWHERE:
                told.add(node)
                yield error

    def _add(self, error: Any, element: etree._Element, document: str) -> None:
        node = element if error.elem is None else error.elem
        control, args = _worded(error, node)
        place = Place(line_of(node), path_of(node), document)
        self._desk.add(control, place, **args)


def _bared(element: etree._Element) -> None:
    """Leave a few attributes where there are many: none belongs there, and ``xmlschema`` takes a second for hundreds."""
    for node in element.iter(etree.Element):
        if len(node.attrib) > _ATTRIBUTES:
            for name in [name for name in node.attrib if not str(name).startswith(_INSTANCE)][_ATTRIBUTES:]:
                del node.attrib[name]


_ELSEWHERE: Final = {"XsdAssert", "XsdUnique", "Xsd11Unique", "XsdKeyref", "Xsd11Keyref", "XsdKey", "Xsd11Key"}


def _within(node: etree._Element, stubs: set[str], top: etree._Element) -> bool:
    """Whether a node is a record of its own inside ``top``, or lies in one: those are judged when they are complete."""
    while node is not None and node is not top:
        if node.tag in stubs and not (local_name(str(node.tag)) == "Payment" and _is_settlement(node)):
            return True
        node = node.getparent()  # type: ignore[assignment]
    return False


def _is_settlement(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and local_name(str(parent.tag)) == "DocumentTotals"


def _worded(error: Any, node: etree._Element) -> tuple[Control, dict[str, object]]:
    kind = type(error.validator).__name__
    name = local_name(str(node.tag))
    if type(error).__name__ == "XMLSchemaChildrenValidationError":
        return _children(error, node, name)
    if type(error).__name__ == "XMLSchemaDecodeError":
        base = getattr(error.validator, "local_name", "") or ""
        if not (node.text or "").strip():
            return STRUCTURE["PT2006"], {"name": name}
        return STRUCTURE["PT2008"], {"name": name, "found": _short(node.text), "expected": _TYPES.get(base, _VALUE)}
    facet = _FACETS.get(kind)
    if facet is None:
        return STRUCTURE["PT2009"], {"name": name, "detail": str(error.reason or "")[:300]}
    text = node.text or ""
    if facet == "PT2005" and not text:
        return STRUCTURE["PT2006"], {"name": name}
    expected = _facet(error.validator)
    return STRUCTURE[facet], {"name": name, "found": _short(text), "length": len(text), "expected": expected}


_FACETS: Final = {
    "XsdPatternFacets": "PT2003",
    "XsdEnumerationFacets": "PT2004",
    "XsdLengthFacet": "PT2005",
    "XsdMinLengthFacet": "PT2005",
    "XsdMaxLengthFacet": "PT2005",
    "XsdMinInclusiveFacet": "PT2007",
    "XsdMaxInclusiveFacet": "PT2007",
}


def _facet(validator: Any) -> str:
    if hasattr(validator, "enumeration"):
        values = [str(value) for value in validator.enumeration]
        return ", ".join(values[:20]) + (" …" if len(values) > 20 else "")
    if hasattr(validator, "patterns"):
        return " ; ".join(validator.regexps)[:120]
    signs = {"minInclusive": "≥ ", "maxInclusive": "≤ ", "minLength": "≥ ", "maxLength": "≤ "}
    name = local_name(str(validator.name))
    return f"{signs.get(name, '')}{validator.value}"


def _children(error: Any, node: etree._Element, name: str) -> tuple[Control, dict[str, object]]:
    wanted = _missing(error, node)
    expected = ", ".join(f"<{local_name(tag)}>" for tag in wanted or _expected(error, node)) or _NOTHING
    if error.invalid_tag is None or wanted:
        return STRUCTURE["PT2001"], {"parent": name, "expected": expected}
    found = local_name(str(error.invalid_tag))
    return STRUCTURE["PT2002"], {"parent": name, "found": found[:_SHOWN], "expected": expected}


def _missing(error: Any, node: etree._Element) -> list[str]:
    """The required element (or the elements to choose from) whose absence makes the next one stand wrong, if so it is."""
    rows = _following(error, node)
    if error.invalid_tag not in {name for name, _ in rows}:
        return []
    there = {child.tag for child in node}
    for name, row in rows:
        choice = row.parent.model == "choice"
        if name == error.invalid_tag:
            break
        if row.min_occurs and row.parent.min_occurs:
            names = [each.name for each in row.parent.iter_elements()] if choice else [name]
            return [] if there & set(names) else names
    return []


def _expected(error: Any, node: etree._Element) -> list[str]:
    """What could stand at the place of a child error: optional elements from there on and the first required one."""
    found: list[str] = []
    for name, row in _following(error, node):
        found.append(name)
        if row.min_occurs and row.parent.model != "choice":
            break
    return found[:6]


def _following(error: Any, node: etree._Element) -> list[tuple[str, Any]]:
    """The elements that may come after those that stand before a child error, in order."""
    before = {child.tag for child in list(node)[: error.index]}
    rows = [(row.name, row) for row in error.validator.iter_elements() if row.name]
    passed = max((place for place, (name, _) in enumerate(rows) if name in before), default=-1)
    return rows[passed + 1 :]


def _short(text: str | None) -> str:
    value = text or ""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
