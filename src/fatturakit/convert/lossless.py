"""What a dialect has no place for, kept beside the data under one reserved key, and put back on the way to XML.

The key holds the document itself with every text emptied that the data already says: prefixes, attributes, comments,
instructions, white space, signatures, unknown and misplaced elements stand where they stood. Reading fills the texts
in again, so values may be edited; elements that were added or removed are added and removed in the document too.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from ..document import Document, from_bytes
from ..xmlio import parse, serialise, text
from . import words
from .dialects import RESERVED, Dialect
from .reading import ConversionError, written
from .shapes import Place, shape_of
from .values import survives, to_text, to_value
from .writing import expressed

FORMAT: Final = "fatturakit/lossless@1"


def kept(document: Document, dialect: Dialect, place: Place, *, whole: bool) -> dict[str, str]:
    """The value of the reserved key: the emptied document, or (``whole``) the received bytes in base64."""
    if whole:
        return {"format": FORMAT, "bytes": base64.b64encode(document.data).decode("ascii")}
    tree = deepcopy(document.root.getroottree())
    _empty(tree.getroot(), place)
    return {"format": FORMAT, "xml": serialise(tree.getroot()).decode("utf-8")}


def restored(data: Mapping[str, Any], dialect: Dialect, duplicates: Mapping[int, tuple[str, ...]]) -> Document:
    """The document the data and the reserved key say together."""
    received, root = _template(data[RESERVED])
    like = Document(received, root, layers=("json", "xml"))
    if like.profile is None:
        raise _damaged()
    place = shape_of(like.profile, dialect, like.root_name)
    rest = {key: value for key, value in data.items() if key != RESERVED}
    moved = {id(rest) if one == id(data) else one: keys for one, keys in duplicates.items()}
    plain = written(rest, dialect, like.profile, place, None, moved)
    changed = _Filler().element(root, parse(plain), place)
    if received and not changed:
        return like
    made = serialise(root)
    return Document(made, parse(made), layers=("json", "xml"))


def _template(kept_: Any) -> tuple[bytes, etree._Element]:
    """The received bytes (empty when not kept) and the tree to fill; ``ConversionError`` when the key is damaged."""
    try:
        if kept_["format"] == FORMAT:
            received = base64.b64decode(kept_["bytes"], validate=True) if "bytes" in kept_ else b""
            return received, from_bytes(received).root if received else parse(kept_["xml"].encode("utf-8"))
    except (TypeError, KeyError, AttributeError, binascii.Error):
        pass
    raise _damaged()


def _damaged() -> ConversionError:
    return ConversionError(words.DAMAGED.message, (words.wrong(words.DAMAGED, "/" + RESERVED, None),))


def _empty(element: etree._Element, place: Place) -> None:
    """Take out every text that the data says exactly; not where comments stand between its pieces."""
    for child, below in expressed(element, place):
        if below is None:
            continue
        if below.is_object:
            _empty(child, below)
        elif len(child) == 0 and survives(text(child), below.value):
            child.text = None


class _Filler:
    """Makes a template say what a plain document says; True where something was changed against the template."""

    def element(self, template: etree._Element, plain: etree._Element, place: Place) -> bool:
        """Fill one element and all below it."""
        changed = self._attributes(template, plain, place)
        given = self._by_place(plain, place)
        for child, below in list(expressed(template, place)):
            if below is None:
                continue
            queue = given.get(below.key, [])
            if not queue:
                self._remove(child)
                changed = True
            elif below.is_object:
                changed |= self.element(child, queue.pop(0), below)
            else:
                changed |= self._text(child, queue.pop(0), below)
        return self._add(template, given, place) or changed

    def _by_place(self, plain: etree._Element, place: Place) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for child, below in expressed(plain, place):
            if below is not None:
                found.setdefault(below.key, []).append(child)
        return found

    def _attributes(self, template: etree._Element, plain: etree._Element, place: Place) -> bool:
        names = [attribute.name for attribute in place.attributes]
        different = [name for name in names if template.get(name) != plain.get(name)]
        for name in different:
            value = plain.get(name)
            if value is None:
                del template.attrib[name]
            else:
                template.set(name, value)
        return bool(different)

    def _text(self, child: etree._Element, plain: etree._Element, place: Place) -> bool:
        said = to_value(text(child), place.value, place.decimals)
        if to_text(said, place.value, place.decimals) == text(plain):
            return False
        for inner in list(child):
            child.remove(inner)
        child.text = plain.text
        return True

    def _remove(self, child: etree._Element) -> None:
        parent, before = child.getparent(), child.getprevious()
        if parent is None:
            return
        if before is not None:
            before.tail = (before.tail or "") + (child.tail or "")
        else:
            parent.text = (parent.text or "") + (child.tail or "")
        parent.remove(child)

    def _add(self, template: etree._Element, given: Mapping[str, list[etree._Element]], place: Place) -> bool:
        """Put in what the template does not have, after the last element that comes before it in the schema."""
        added = False
        for below in place.below:
            for element in given.get(below.key, ()):
                after = [
                    child for child, at in expressed(template, place) if at is not None and at.order <= below.order
                ]
                element.tail = None
                if after:
                    element.tail, after[-1].tail = after[-1].tail, after[-1].tail
                    after[-1].addnext(element)
                else:
                    template.insert(0, element)
                added = True
        return added
