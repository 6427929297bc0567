"""Where a node is, in words people and programs can use.

XPath with ``p:`` bound to the document's own namespace (``ds:`` to XML-DSig); a repeatable element always carries its
number, so the same place has the same path in every document.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..xmlio import local
from .profiles import DSIG_NS
from .table import ElementTable


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


def body_index(element: etree._Element) -> int | None:
    """The 1-based number of the FatturaElettronicaBody an element is in, None outside of one."""
    for step in _steps(element):
        if local(step) == "FatturaElettronicaBody":
            return _position(step)
    return None


def _steps(element: etree._Element) -> Iterator[etree._Element]:
    return iter([*reversed(list(element.iterancestors())), element])


def _step(element: etree._Element, root_namespace: str, *, always: bool) -> str:
    name = _name(element, root_namespace)
    twins = element.getparent() is not None and _has_twin(element)
    return f"{name}[{_position(element)}]" if always or twins else name


def _name(element: etree._Element, root_namespace: str) -> str:
    namespace = _namespace(element)
    if not namespace:
        return local(element)
    if namespace == DSIG_NS:
        return "ds:" + local(element)
    return "p:" + local(element) if namespace == root_namespace else f"*[local-name()='{local(element)}']"


def _namespace(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _position(element: etree._Element) -> int:
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


def _has_twin(element: etree._Element) -> bool:
    before = next(iter(element.itersiblings(element.tag, preceding=True)), None)
    return before is not None or next(iter(element.itersiblings(element.tag)), None) is not None
