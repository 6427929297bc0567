"""From an element to a ``Node``: one pass over the tree, every text in one list."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from ..xmlio import local
from ..xmlio import text as all_text
from .plan import Spec
from .tree import Field, Many, Node

_HAS_STRAY_TEXT: Final = etree.XPath("boolean(//*[*]/text()[normalize-space()])")


def read(root: etree._Element, spec: Spec) -> Node:
    """The whole document; its attributes count as texts of the root."""
    fields: list[Field] = []
    node = Node(spec, None, fields)
    _attributes(root, spec, node, fields)
    _children(root, spec, node, fields, stray=bool(_HAS_STRAY_TEXT(root)))
    return node


def _children(element: etree._Element, spec: Spec, node: Node, fields: list[Field], *, stray: bool) -> None:
    below, append = spec.below, fields.append
    for child in element:
        known = below.get(child.tag) or _unknown(child, spec)
        if known is not None:
            if known.leaf:
                value: Any = Field(child.text or "", known, node)
                if len(child):
                    value = _full_leaf(child, known, node, fields, stray=stray)
                else:
                    append(value)
            else:
                value = Node(known, node, fields)
                _children(child, known, value, fields, stray=stray)
            _keep(node.__dict__, known, value)
        if stray:
            _stray(child.tail, spec, node, fields)
    if stray or not len(element):
        _stray(element.text, spec, node, fields)
    node._last = len(fields)  # noqa: SLF001


def _keep(found: dict[str, Any], spec: Spec, value: Any) -> None:
    """Let a node know its child; what the format does not expect there is only in the list of texts."""
    name = spec.name
    if spec.repeats:
        if name in found:
            found[name].append(value)
        else:
            found[name] = Many((value,))
    elif spec.known and name not in found:
        found[name] = value


def _full_leaf(child: etree._Element, spec: Spec, node: Node, fields: list[Field], *, stray: bool) -> Field | Node:
    """A value with something inside: comments, which are passed over, or elements nobody expects there."""
    if any(local(below) for below in child):
        inner = Node(spec, node, fields)
        _children(child, spec, inner, fields, stray=stray)
        return inner
    field = Field(all_text(child), spec, node)
    fields.append(field)
    return field


def _unknown(child: etree._Element, spec: Spec) -> Spec | None:
    """The place of an element the format does not have here (or qualifies wrongly); None for a comment."""
    name = local(child)
    if not name:
        return None
    return spec.below.get(name) or spec.foreign(name)


def _attributes(element: etree._Element, spec: Spec, node: Node, fields: list[Field]) -> None:
    for name, value in element.attrib.items():
        bare = str(name).rpartition("}")[2]
        known = spec.below.get("@" + bare)
        if known:
            node.__dict__[bare] = Field(str(value), known, node)
            fields.append(node.__dict__[bare])
        elif not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            fields.append(Field(str(value), spec.foreign(bare), node))


def _stray(text: str | None, spec: Spec, node: Node, fields: list[Field]) -> None:
    """Text between elements, where the format has none."""
    if text and not text.isspace():
        fields.append(Field(text.strip(), spec.stray, node))
