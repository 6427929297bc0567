"""Where a node is, in words people and programs can use.

XPath with ``p:`` bound to the document's own namespace (``ds:`` to XML-DSig); a repeatable element always carries its
number, so the same place has the same path in every document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ..xmlio import local
from .profiles import DSIG_NS
from .table import ElementTable

_XML: Final = "http://www.w3.org/XML/1998/namespace"


def plain(element: etree._Element) -> str:
    """The path of local names, as the element table spells it: ``/FatturaElettronica/FatturaElettronicaHeader``."""
    return "/" + "/".join(local(step) for step in _steps(element))


def of(element: etree._Element, table: ElementTable | None = None) -> str:
    """The XPath of ``element``; with a table, repeatable elements are always numbered."""
    root_namespace = _namespace(element.getroottree().getroot())
    path, named = "", ""
    for step in _steps(element):
        named += "/" + local(step)
        row = table.get(named) if table else None
        path += "/" + _step(step, root_namespace, always=bool(row and row.repeats))
    return path


def attribute(name: str) -> str:
    """The step to an attribute, by its full name (``{namespace}name`` or ``name``).

    >>> attribute("versione"), attribute("{http://www.w3.org/XML/1998/namespace}lang")
    ('@versione', '@xml:lang')
    """
    space, found, short = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    if not found:
        return f"@{short}"
    return f"@xml:{short}" if space == _XML else f"@*[local-name()='{short}' and namespace-uri()={_literal(space)}]"


def body_index(element: etree._Element) -> int | None:
    """The 1-based number of the FatturaElettronicaBody an element is in, None outside of one."""
    for step in _steps(element):
        if local(step) == "FatturaElettronicaBody":
            return position(step)
    return None


def _steps(element: etree._Element) -> Iterator[etree._Element]:
    return iter([*reversed(list(element.iterancestors())), element])


def _step(element: etree._Element, root_namespace: str, *, always: bool) -> str:
    name = _name(element, root_namespace)
    twins = element.getparent() is not None and _has_twin(element)
    return f"{name}[{position(element)}]" if always or twins else name


def _name(element: etree._Element, root_namespace: str) -> str:
    namespace = _namespace(element)
    if not namespace:
        return local(element)
    if namespace == DSIG_NS:
        return "ds:" + local(element)
    if namespace == root_namespace:
        return "p:" + local(element)
    return f"*[local-name()='{local(element)}' and namespace-uri()={_literal(namespace)}]"


def _literal(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def _namespace(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def position(element: etree._Element) -> int:
    """The 1-based place of an element among its likes.

    Findings come in document order, so the walk goes on from the like asked for before: ten thousand wrong lines
    cost ten thousand steps, not fifty million.
    """
    tag = str(element.tag)
    place = _onwards(tag, element) or 1 + sum(1 for _ in element.itersiblings(tag, preceding=True))
    _seen[tag] = (element, place)
    return place


def _onwards(tag: str, element: etree._Element) -> int:
    """The place of an element at or after the like seen last, 0 when it is not there."""
    known, place = _seen.get(tag, (None, 0))
    if known is None or known is element:
        return place
    for sibling in known.itersiblings(tag):
        place += 1
        if sibling is element:
            return place
    return 0


def forget() -> None:
    """Let go of the document of the last findings."""
    _seen.clear()


_seen: dict[str, tuple[etree._Element, int]] = {}


def _has_twin(element: etree._Element) -> bool:
    before = next(iter(element.itersiblings(element.tag, preceding=True)), None)
    return before is not None or next(iter(element.itersiblings(element.tag)), None) is not None
