"""JSON to XML: a quick road for objects that are right, a careful one that lists everything that is wrong.

XML is written in the order of the schema whatever the order of the keys. The quick road gives up on anything odd; the
careful one writes what is right, and a finding with its JSON Pointer for what is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..document import Document
from ..errors import FindingsError
from ..findings import Finding
from ..lazy import lazy
from ..limits import DEFAULT, Limits
from ..schema.profiles import Profile
from ..texts import Text
from ..xmlio import parse
from .dialects import RESERVED, Dialect, dialect_of
from .parsing import exact, quick
from .roots import dialect_in, inner_key, profile_and_root, unrecognised, version
from .shapes import OBJECT, ODD, TEXT, TEXTS, Place, shape_of
from .values import Irregular

Json = Mapping[str, Any]
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NEVER: Final = bytes([*range(9), 11, 12, *range(14, 32)])  # control characters that XML has no place for


class ConversionError(FindingsError):
    """A JSON that is no document: ``findings`` has everything that is wrong, each with its JSON Pointer."""

    def __init__(self, text: Text, findings: tuple[Finding, ...] = (), **args: object) -> None:
        super().__init__(text, **args)
        self.findings = findings

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.text, self.findings, self.args_)


def _again(text: Text, findings: tuple[Finding, ...], args: dict[str, object]) -> ConversionError:
    return ConversionError(text, findings, **args)


class Written(Document):
    """A document made from JSON: its bytes are there, its tree is parsed when somebody asks for it.

    key: the key of the root in the object, "" where the dialect has none.
    """

    def __init__(self, data: bytes, profile: Profile, root_name: str, dialect: Dialect, key: str = "") -> None:
        self.data = self.received = data
        self.wrapping = None
        self.name = ""
        self.key = key
        self.layers = ("json", "xml")
        self.repairs = ()
        self.profile = profile
        self.namespace, self.root_name = profile.namespace, root_name
        self.dialect = dialect

    @lazy
    def root(self) -> Any:
        """The root element."""
        return parse(self.data)

    @lazy
    def as_written(self) -> Any:
        """The same: nothing was mended."""
        return self.root

    @property
    def is_signed(self) -> bool:
        """Hardly ever: no dialect has a place for a signature."""
        return b"Signature" in self.data and super().is_signed


def from_json(data: Json | str | bytes, dialect: str | None = None, *, limits: Limits = DEFAULT) -> Document:
    """The document that a JSON object (or its text) says; the inverse of ``to_json``, in any of its dialects.

    data: a dict, a str or bytes. Numbers may stand where strings are expected and are kept exact; None is an absent
    element; unknown and duplicate keys and wrong types are refused. Raises ``ConversionError`` with all findings, or
    ``InputError`` when the text is not JSON.
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if isinstance(data, bytes | bytearray | memoryview):
        return _from_text(bytes(data), dialect, limits)
    return _document(data, dialect, None)


def _from_text(data: bytes, dialect: str | None, limits: Limits) -> Document:
    found = quick(data) if len(data) <= limits.document_bytes else None
    if found is not None:
        try:
            return _document(found[0], dialect, found[1])
        except (Irregular, FindingsError):
            pass
    parsed = exact(data, limits)
    return _document(parsed.data, dialect, None, parsed.duplicates)


def _document(
    data: Any, dialect: str | None, keys: int | None, duplicates: Mapping[int, tuple[str, ...]] | None = None
) -> Document:
    """The document; ``keys`` is how many keys the text has, when only the quick road is wanted (else ``Irregular``)."""
    way = dialect_of(dialect) if dialect else dialect_in(data) if isinstance(data, dict) else None
    if way is None or not isinstance(data, dict):
        raise unrecognised(data)
    found = profile_and_root(data, way)
    if found is None:
        raise unrecognised(data, way)
    profile, root = found
    if RESERVED in data:
        if keys is not None:
            raise Irregular  # numbers must be exact there
        from .lossless import restored

        return restored(data, way, duplicates or {})
    place = shape_of(profile, way, root)
    xml = written(data, way, profile, place, keys, duplicates or {})
    return Written(xml, profile, root, way, inner_key(data) if way.wraps(profile) else "")


def written(
    data: Json,
    way: Dialect,
    profile: Profile,
    place: Place,
    keys: int | None = None,
    duplicates: Mapping[int, tuple[str, ...]] | None = None,
) -> bytes:
    """The XML of an object, in UTF-8; ``ConversionError`` when something in it is wrong."""
    inside = data
    if way.wraps(profile):
        inside = data[inner_key(data)]
    attributes = "" if way.wraps(profile) else _attribute("versione", version(profile, data, way))
    if not duplicates and (inside is data or len(data) == 1):
        try:
            return _quick(inside, place, profile, attributes, keys, outer=1 if inside is not data else 0)
        except (Irregular, KeyError) as error:  # KeyError: a key that is unknown
            if keys is not None:
                raise Irregular from error
    from .careful import Reader

    return Reader(duplicates or {}, way, place).document(data, inside, profile, attributes)


def head(place: Place, profile: Profile, attributes: str) -> tuple[str, str]:
    """What stands before and after the content of a document."""
    name = f"p:{place.name}"
    return f'{_DECLARATION}<{name} xmlns:p="{profile.namespace}"{attributes}>', f"\n</{name}>\n"


def _attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name}="{escaped(value, quoted=True)}"'


def escaped(text: str, *, quoted: bool = False) -> str:
    """A text as XML character data (or as an attribute value), line ends and tabs included."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") if quoted else text


def _quick(inside: Any, place: Place, profile: Profile, attributes: str, keys: int | None, outer: int) -> bytes:
    if place.attributes:
        outer += len(inside) if inside.__class__ is dict else 0
        inside, attributes = _own_attributes(inside, place)
        outer -= len(inside)
    parts: list[str] = []
    count = _emit(parts, inside, place.keys) + outer
    if keys is not None and count != keys:
        raise Irregular
    before, after = head(place, profile, attributes)
    xml = f"{before}{''.join(parts)}{after}"
    if "\r" in xml or "]]>" in xml:
        raise Irregular
    try:
        data = xml.encode()
    except UnicodeEncodeError as error:
        raise Irregular from error
    if data.translate(None, _NEVER) != data or b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data:
        raise Irregular
    return data


def _own_attributes(inside: Any, place: Place) -> tuple[Json, str]:
    if inside.__class__ is not dict:
        raise Irregular
    known = {attribute.key: attribute.name for attribute in place.attributes}
    given = [(known[key], value) for key, value in inside.items() if key in known and value is not None]
    if not all(value.__class__ is str for _, value in given):
        raise Irregular
    rest = {key: value for key, value in inside.items() if key not in known}
    return rest, "".join(_attribute(name, value) for name, value in given)


def _emit(parts: list[str], given: Any, known: dict[str, Any]) -> int:
    """Write an object's elements; the number of keys in it and below. ``Irregular`` when anything is odd."""
    if given.__class__ is not dict:
        raise Irregular
    start, count, last = len(parts), len(given), -1
    for key, value in given.items():
        order, kind, begin, end, place = known[key]
        if value is None:
            continue
        if order < last:  # once more, in the order of the schema
            del parts[start:]
            return _emit(parts, dict(sorted(given.items(), key=lambda item: known[item[0]][0])), known)
        last = order
        if kind == TEXT:
            parts.append(begin + _text(value, place) + end)
        elif kind == OBJECT:
            count += _element(parts, value, begin, end, place)
        else:
            count += _list(parts, value, kind, begin, end, place)
    return count


def _list(parts: list[str], given: Any, kind: int, begin: str, end: str, place: Place) -> int:
    if given.__class__ is not list or kind == ODD:
        raise Irregular
    if kind == TEXTS:
        parts += [begin + _text(item, place) + end for item in given]
        return 0
    return sum([_element(parts, item, begin, end, place) for item in given])


def _element(parts: list[str], given: Any, begin: str, end: str, place: Place) -> int:
    parts.append(begin)
    before = len(parts)
    count = _emit(parts, given, place.keys)
    if len(parts) == before:
        parts[-1] = f"{begin[:-1]}/>"
    else:
        parts.append(end)
    return count


def _text(value: Any, place: Place) -> str:
    if value.__class__ is str:
        return value.replace("&", "&amp;").replace("<", "&lt;") if "&" in value or "<" in value else value
    if value.__class__ is int and value and not place.decimals:  # a zero may have been written -0
        return str(value)
    raise Irregular
