"""XML to JSON: a quick walk for documents whose elements stand as the schema has them, a careful one for all others.

The quick walk gives up (``Irregular``) as soon as anything is odd. The careful walk takes everything the dialect has a
place for and says what it has none for; both give the same data for a regular document.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from ..document import Document, document_of
from ..findings import Finding, Severity
from ..schema.profiles import Profile
from ..sources import Source
from ..xmlio import local, refusal, text, whole_text
from . import words
from .dialects import DEFAULT, RESERVED, Dialect, dialect_of
from .roots import profile_and_root, stated_format, version
from .shapes import OBJECT, OBJECTS, ODD, TEXT, TEXTS, Place, shape_of
from .values import PLAIN, Irregular, Scalar, survives, to_value

Json = dict[str, Any]
_attributed: Final = etree.XPath("boolean(/*/*/descendant-or-self::*/@*)")
_BLANKS: Final = b" \n\t\r"
_LISTS: Final = (TEXTS, OBJECTS)
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"


class LossWarning(UserWarning):
    """The dialect has no place for something in the document, and ``lossless`` was not asked for."""


def to_json(
    document: Document | Source, dialect: str = DEFAULT, *, lossless: bool | str = False, nulls: bool = False
) -> dict[str, Any]:
    """A document, open or to be opened, as plain data in a dialect of JSON ("acube", "invoicetronic" or "xml").

    Texts are strings exactly as written, white space included. ``nulls`` puts None where elements are absent.
    ``lossless`` adds the key ``_fatturakit`` with what the dialect has no place for; ``lossless="bytes"`` the received
    bytes themselves. Without it a ``LossWarning`` says when elements or text had to be left out or moved.
    Raises ``InputError`` when the document is neither an invoice nor a message of SdI.
    """
    data, lost = converted(document_of(document), dialect, lossless=lossless, nulls=nulls)
    for finding in lost:
        if finding.severity is Severity.ERROR:
            warnings.warn(f"{finding.path}: {finding.say('en')}", LossWarning, stacklevel=2)
    return data


def converted(
    document: Document, dialect: str = DEFAULT, *, lossless: bool | str = False, nulls: bool = False
) -> tuple[Json, tuple[Finding, ...]]:
    """The data and what was lost: errors for elements and text, warnings for attributes and signatures."""
    way = dialect_of(dialect)
    profile = convertible(document, way)
    place = shape_of(profile, way, document.root_name)
    content, found = _content(document, place)
    data = content
    if way.wraps(profile):
        data = {place.key: _attributes(document.root, place) | content}
    lost = () if lossless else (*found, *_around(document, profile, way, data))
    if nulls:
        data = {place.key: nulled(data[place.key], place)} if way.wraps(profile) else nulled(data, place)
    if lossless:
        from .lossless import kept

        data[RESERVED] = kept(document, way, place, whole=lossless == "bytes")
    return data, lost


def convertible(document: Document, dialect: Dialect) -> Profile:
    """The profile of a document; ``InputError`` when the dialect has no place for such documents."""
    profile = document.profile
    if document.is_audit_file:
        raise refusal(words.AUDIT_FILE, words.AUDIT_FILE_FIX, {})
    if profile is None:
        raise refusal(words.NOT_OURS, words.NOT_OURS_FIX, {"root": document.root_name})
    if not profile.is_invoice and not dialect.messages:
        raise refusal(words.NO_MESSAGES, words.NO_MESSAGES_FIX, {"dialect": dialect.name})
    return profile


def _content(document: Document, place: Place) -> tuple[Json, list[Finding]]:
    root = document.root
    texts: list[str] = []
    try:
        data = _quick(root, place.tags, texts)
        if not _inner_attributes(document) and not _stray_text(root, texts):
            return data, []
    except (Irregular, KeyError):
        pass
    walk = Careful()
    return walk.object(root, place), walk.lost


def _inner_attributes(document: Document) -> bool:
    """True when an element below the root has attributes; most documents have no equals sign after their first tag."""
    data = document.data
    first_tag = data.find(b">", data.find(document.root_name.encode()))
    return data.find(b"=", first_tag) >= 0 and bool(_attributed(document.root))


def _stray_text(root: etree._Element, texts: list[str]) -> bool:
    """True when the document has other characters, blanks apart, than the texts that were taken from it."""
    return whole_text(root).translate(None, _BLANKS) != "".join(texts).encode().translate(None, _BLANKS)


def _quick(element: etree._Element, tags: dict[Any, Any], texts: list[str]) -> Json:
    """The data below an element whose children stand in order, each known (``KeyError`` when one is not)."""
    out: Json = {}
    last = -1
    for child in element[:]:  # type: ignore[index]  # the stubs know no slices, which take all of them in one go
        key, order, kind, below = tags[child.tag]
        if order <= last and (order < last or kind not in _LISTS):
            raise Irregular
        if kind == TEXT:
            if len(child):
                raise Irregular
            out[key] = given = child.text or ""
            texts.append(given)
        elif kind == OBJECT:
            out[key] = _quick(child, below, texts)
        else:
            value = _quick(child, below, texts) if kind == OBJECTS else _read(child, below, texts)
            if kind == ODD:
                out[key] = value
            elif order == last:
                out[key].append(value)
            else:
                out[key] = [value]
        last = order
    return out


def _read(child: etree._Element, decode: Callable[[str], Scalar] | None, texts: list[str]) -> Scalar:
    """The value of an element that has nothing but its text."""
    if len(child):
        raise Irregular
    given = child.text or ""
    texts.append(given)
    return given if decode is None else decode(given)


def expressed(element: etree._Element, place: Place) -> Iterator[tuple[etree._Element, Place | None]]:
    """The children in document order, each with its place; None where the dialect has none for it."""
    known = place.names
    taken: set[str] = set()
    for child in element.iterchildren(tag=etree.Element):
        found = known.get(local(child))
        if found is None or (found.key in taken and not found.repeats):
            yield child, None
        else:
            taken.add(found.key)
            yield child, found


class Careful:
    """The walk that takes what there is a place for and notes in ``lost`` what there is none for."""

    def __init__(self) -> None:
        self.lost: list[Finding] = []

    def object(self, element: etree._Element, place: Place) -> Json:
        """The data of an element with elements below."""
        out: Json = {}
        last = -1
        if text(element).strip():
            self._lose(words.STRAY, element, place)
        for child, below in expressed(element, place):
            if below is None:
                self._unplaced(child, place)
                continue
            if below.order < last:
                self._lose(words.MOVED, child, below)
            last = max(last, below.order)
            self._namespace(child, below)
            self._attributes(child, below)
            given = self._value(child, below)
            if below.repeats:
                out.setdefault(below.key, []).append(given)
            else:
                out[below.key] = given
        return out

    def _value(self, child: etree._Element, place: Place) -> Any:
        if place.is_object:
            own = _attributes(child, place)
            return own | self.object(child, place)
        if next(child.iterchildren(tag=etree.Element), None) is not None:
            self._lose(words.INSIDE, child, place)
        given = text(child)
        if not survives(given, place.value):
            self._lose(words.MIDNIGHT, child, place)
        return to_value(given, place.value, place.decimals) if place.value != PLAIN else given

    def _unplaced(self, child: etree._Element, parent: Place) -> None:
        if local(child) == "Signature":
            self.lost.append(words.lost(words.SIGNATURE, child, None, Severity.WARNING))
        else:
            known = parent.names.get(local(child))
            self._lose(words.UNKNOWN_ELEMENT if known is None else words.AGAIN, child, known)

    def _namespace(self, child: etree._Element, place: Place) -> None:
        if child.tag != place.name:
            self.lost.append(words.lost(words.NAMESPACE, child, place.row, Severity.WARNING))

    def _attributes(self, child: etree._Element, place: Place) -> None:
        known = {attribute.name for attribute in place.attributes}
        if any(name not in known and not str(name).startswith(_XSI) for name in child.attrib):
            self.lost.append(words.lost(words.ATTRIBUTE, child, place.row, Severity.WARNING))

    def _lose(self, what: words.Pair, element: etree._Element, place: Place | None) -> None:
        self.lost.append(words.lost(what, element, place.row if place else None))


def _attributes(element: etree._Element, place: Place) -> Json:
    """The attributes that have a place, under their keys."""
    found = ((attribute.key, element.get(attribute.name)) for attribute in place.attributes)
    return {key: value for key, value in found if value is not None}


def _around(document: Document, profile: Profile, dialect: Dialect, data: Json) -> Iterator[Finding]:
    """What is lost of the root itself: its name, its namespace, its attributes."""
    root, stated = document.root, stated_format(data, dialect)
    if stated in profile.formats and root.items() == [("versione", stated)] and document.namespace == profile.namespace:
        return  # as nearly always: the format says it all
    row = shape_of(profile, dialect, document.root_name).row
    found = profile_and_root(data, dialect)
    if found is None or found[1] != document.root_name:
        yield words.lost(words.ROOT, root, row)
    elif found[0] is not profile:
        yield words.lost(words.PROFILE, root, row)
    elif document.namespace != profile.namespace:
        yield words.lost(words.NAMESPACE, root, row, Severity.WARNING)
    if dialect.wraps(profile):
        return
    if root.get("versione") != version(profile, data, dialect):
        yield words.lost(words.VERSION, root, row, Severity.WARNING)
    if root.get("SistemaEmittente") is not None:
        yield words.lost(words.SYSTEM, root, row, Severity.WARNING)


def nulled(data: Json, place: Place) -> Json:
    """The same data with None for every absent element of the elements that are there."""
    out: Json = {attribute.key: data.get(attribute.key) for attribute in place.attributes}
    for below in place.below:
        given = data.get(below.key)
        if given is not None and below.kind == OBJECT:
            given = nulled(given, below)
        elif given is not None and below.kind == OBJECTS:
            given = [nulled(item, below) for item in given]
        out[below.key] = given
    return out
