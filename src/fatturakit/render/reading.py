"""From an element to a ``Node``: one pass over the tree, every text in one list."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..xmlio import local
from ..xmlio import text as all_text
from .plan import Spec
from .tree import Field, Many, Node, field, kind_of


def read(root: etree._Element, spec: Spec) -> Node:
    """The whole document; its attributes count as texts of the root."""
    fields: list[Field] = []
    node = kind_of(spec)(fields)
    _attributes(root, spec, node, fields)
    _children(root, spec, node, fields)
    return node


def _children(element: etree._Element, spec: Spec, node: Node, fields: list[Field]) -> None:  # noqa: C901 - the one
    """Everything below an element, in its order. Every text of a document comes by here, so calls are spared."""
    place_of, found, keep = spec.below.get, node.__dict__, fields.append
    nodes: list[Node] = []
    for child in element:
        known = place_of(child.tag)
        if known is None:
            known = _unknown(child, spec)
        if known is not None:
            name = known.name
            if known.leaf and not len(child):
                value: Any = Field()
                value.raw, value.spec, value.printed = child.text or "", known, False
                keep(value)
            elif known.leaf and _is_text(child):
                value = field(all_text(child), known)
                keep(value)
            else:
                value = (known.kind or kind_of(known))(fields)
                _children(child, known, value, fields)
                nodes.append(value)
            if known.repeats:
                if name in found:
                    found[name].append(value)
                else:
                    found[name] = Many((value,))
            elif known.known and name not in found:
                found[name] = value
        tail = child.tail
        if tail is not None and not tail.isspace():
            _stray(tail, spec, fields)
    text = element.text
    if text is not None and not text.isspace():
        _stray(text, spec, fields)
    if nodes:
        node._nodes = nodes  # noqa: SLF001
    node._last = len(fields)  # noqa: SLF001


def _is_text(element: etree._Element) -> bool:
    """Nothing but comments is inside, which are passed over."""
    return not any(local(below) for below in element)


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
            node.__dict__[bare] = field(str(value), known)
            fields.append(node.__dict__[bare])
        elif not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            fields.append(field(str(value), spec.foreign(bare)))


def _stray(text: str, spec: Spec, fields: list[Field]) -> None:
    """Text between elements, where the format has none."""
    if text.strip():
        fields.append(field(text.strip(), spec.stray))
