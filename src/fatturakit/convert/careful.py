"""The careful road from JSON to XML: everything that is wrong in one pass, each with its pointer and SdI number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from ..findings import Finding
from ..schema.profiles import Profile
from ..texts import Text
from ..xmlio import parse
from . import words
from .dialects import RESERVED, Dialect
from .pointers import pointer, to_pointer
from .roots import inner_key
from .shapes import Place, shape_of
from .values import to_text

if TYPE_CHECKING:
    from .reading import Written

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MISSING_SHOWN: Final = 50


class Reader:
    """Reads one object; ``findings`` has what was wrong. duplicates: keys met twice, by the identity of the object."""

    def __init__(self, duplicates: Mapping[int, tuple[str, ...]], dialect: Dialect, root: Place) -> None:
        self.duplicates = duplicates
        self.root = root
        self.dialect = dialect
        self.findings: list[Finding] = []

    def document(self, data: Mapping[str, Any], inside: Any, profile: Profile, attributes: str) -> bytes:
        """The XML; ``ConversionError`` with every finding, those of the schema on what could be read included."""
        from .reading import ConversionError, head

        place = self.root
        path = () if inside is data else (inner_key(data),)
        if inside is not data:
            self._repeated(data, ())
            for key in data:
                if key not in {RESERVED, *path}:
                    self._unknown(str(key), (), {place.key})
        body, own = self._object(inside, place, path)
        before, after = head(place, profile, attributes + own)
        xml = f"{before}{body}{after}".encode("utf-8", "replace")
        if self.findings:
            found = [*self.findings, *self._of_schema(xml, profile, place, path)]
            php = any(finding.message is words.PHP_DATE.message for finding in found)
            raise ConversionError(_PHP if php else _WRONG, tuple(found), count=len(found), **_first(found[0]))
        return xml

    def _of_schema(self, xml: bytes, profile: Profile, place: Place, path: tuple[str, ...]) -> Iterator[Finding]:
        """What the schema says of the rest, without echoes of what was said."""
        said = tuple(finding.path or "" for finding in self.findings)
        for finding in schema_findings(xml, profile, place, path):
            at = finding.path or ""
            if not any(at == one or at.startswith(one + "/") for one in said):
                yield finding

    def _object(self, given: Any, place: Place, path: tuple[str, ...]) -> tuple[str, str]:
        """The elements and the attributes of an object."""
        if not isinstance(given, dict):
            self._wrong_type(given, place, path, words.AN_OBJECT)
            return "", ""
        self._repeated(given, path)
        own = {attribute.key: attribute for attribute in place.attributes}
        below = {child.key: child for child in place.below}
        found: dict[int, str] = {}
        attributes = ""
        for key, value in given.items():
            if key == RESERVED and len(path) == 0:
                continue
            if key in below:
                found[below[key].order] = self._child(value, below[key], (*path, key))
            elif key in own:
                attributes += self._attribute(value, own[key], (*path, key))
            else:
                self._unknown(str(key), path, {*below, *own})
        return "".join(found[order] for order in sorted(found)), attributes

    def _child(self, value: Any, place: Place, path: tuple[str, ...]) -> str:
        if value is None:
            return ""
        if not place.repeats:
            return self._element(value, place, path)
        if isinstance(value, list):
            return "".join(self._element(item, place, (*path, str(at))) for at, item in enumerate(value))
        if self.dialect.single:
            return self._element(value, place, path)
        self._wrong_type(value, place, path, words.A_LIST)
        return "".join(self._element(item, place, path) for item in (value,) if _fits(item, place))

    def _element(self, value: Any, place: Place, path: tuple[str, ...]) -> str:
        if place.is_object:
            if value == "" and self.dialect.single:  # generic converters write an empty element so
                return f"{place.open[:-1]}/>"
            body, attributes = self._object(value, place, path)
            opened = f"{place.open[:-1]}{attributes}"
            return f"{opened}>{body}{place.close}" if body else f"{opened}/>"
        text = to_text(value, place.value, place.decimals)
        if text is None:
            number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            self._wrong_type(value, place, path, words.A_NUMBER if number else words.A_TEXT)
            return ""
        return f"{place.open}{self._escaped(text, place, path)}{place.close}"

    def _attribute(self, value: Any, place: Place, path: tuple[str, ...]) -> str:
        if value is None:
            return ""
        text = to_text(value, place.value, place.decimals)
        if text is None:
            self._wrong_type(value, place, path, words.A_TEXT)
            return ""
        return f' {place.name}="{self._escaped(text, place, path, quoted=True)}"'

    def _escaped(self, text: str, place: Place, path: tuple[str, ...], *, quoted: bool = False) -> str:
        from .reading import escaped

        bad = _FORBIDDEN.search(text)
        if bad:
            self._say(words.CONTROL, path, place, char=f"U+{ord(bad[0]):04X}")
            text = _FORBIDDEN.sub("", text)
        return escaped(text, quoted=quoted)

    def _repeated(self, given: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for key in self.duplicates.get(id(given), ()):
            self._say(words.DUPLICATE, (*path, key), None, key=words.shown(key))

    def _unknown(self, key: str, path: tuple[str, ...], known: set[str]) -> None:
        home = _home(key, self.root)
        if home is not None:
            self._say(words.ELSEWHERE, (*path, key), None, key=key, home=home.key)
            return
        near = get_close_matches(key, known, n=3) or sorted(known)
        shown = ", ".join(near[:8]) + (", …" if len(near) > 8 else "")
        self._say(words.UNKNOWN_KEY, (*path, key), None, key=words.shown(key), near=shown or "-")

    def _wrong_type(self, value: Any, place: Place, path: tuple[str, ...], wanted: Text) -> None:
        pair = words.PHP_DATE if isinstance(value, dict) and "timezone_type" in value else words.WRONG_TYPE
        pair = words.NO_AMOUNT if wanted is words.A_NUMBER else pair
        self.findings.append(
            words.wrong(pair, pointer(path), place.row, wanted=wanted, found=words.kind_of(value), name=place.key)
        )

    def _say(self, what: words.Pair, path: tuple[str, ...], place: Place | None, **args: str) -> None:
        self.findings.append(words.wrong(what, pointer(path), place.row if place else None, **args))


def _home(key: str, place: Place) -> Place | None:
    """The first place below which a key belongs; None when it is a key nowhere."""
    for below in place.below:
        found = place if below.key == key else _home(key, below)
        if found is not None:
            return found
    return None


def _fits(value: Any, place: Place) -> bool:
    return isinstance(value, dict) if place.is_object else to_text(value, place.value, place.decimals) is not None


def schema_findings(
    xml: bytes, profile: Profile, place: Place, path: tuple[str, ...] = (), most: int = _MISSING_SHOWN
) -> list[Finding]:
    """What the schema says of a document made from JSON, at JSON Pointers instead of XPaths."""
    from ..schema.verdict import violations

    found = violations(parse(xml), profile, most)
    return [one._replace(path=to_pointer(one.path or "", place, path), line=None) for one in found]


def said_by_schema(document: Written) -> list[Finding]:
    """The findings about a document made from JSON, at the JSON Pointers of the object it was made from."""
    profile = document.profile
    if profile is None:
        return []
    place = shape_of(profile, document.dialect, document.root_name)
    above = (document.key,) if document.key else ()
    return schema_findings(document.data, profile, place, above)


def _first(finding: Finding) -> dict[str, str]:
    return {"at": finding.path or "/", "it": finding.say("it"), "en": finding.say("en")}


_WRONG = Text(
    "Il JSON non è giusto (problemi: {count}). Il primo, in {at}: {it}",
    "The JSON is wrong (problems: {count}). The first, at {at}: {en}",
)
_PHP = Text(
    "Il JSON sembra un'esportazione di oggetti PHP, con le date come DateTime (problemi: {count}). In {at}: {it}",
    "The JSON looks like a dump of PHP objects, dates as DateTime (problems: {count}). At {at}: {en}",
)
