"""Whether a JSON object has the shape of a receipt: names, types, sizes, by the table of ``fields``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from ..findings import Finding
from ..texts import EMPTY, Text
from .catalogue import said
from .fields import Field
from .numbers import decimals, number

Duplicates = Mapping[int, tuple[str, ...]]
_SHOWN: Final = 40


def faults(
    data: Any, table: tuple[Field, ...], above: str = "", duplicates: Duplicates | None = None
) -> Iterator[Finding]:
    """Everything that is wrong with the shape of an object, each at its JSON Pointer."""
    if not isinstance(data, dict):
        yield _of_another_kind("receipt" if not above else above.rpartition("/")[2], data, "object", above)
        return
    for name in (duplicates or {}).get(id(data), ()):
        yield said("SR004", _below(above, name), name=shown(name))
    known = {field.name: field for field in table}
    for name in data:
        if name not in known:
            yield _unknown(name, known, above)
    for field in table:
        yield from _field(data.get(field.name), field, _below(above, field.name), duplicates)


def _field(value: Any, field: Field, pointer: str, duplicates: Duplicates | None) -> Iterator[Finding]:
    if value is None:
        if field.required:
            yield said("SR001", pointer, name=field.name)
    elif not _is(value, field):
        yield _of_another_kind(field.name, value, field.kind, pointer)
    elif field.kind in {"number", "integer"}:
        yield from _number(number(value), field, pointer)
    elif field.kind in {"text", "list"}:
        yield from _length(value, field, pointer)
        yield from _entries(value, field, pointer, duplicates)


def _is(value: Any, field: Field) -> bool:
    if field.kind == "number":
        return number(value) is not None
    if field.kind == "integer":
        found = number(value)
        return found is not None and not decimals(found)
    return isinstance(value, _TYPES[field.kind])


def _number(value: Decimal | None, field: Field, pointer: str) -> Iterator[Finding]:
    if value is None:
        return
    if decimals(value) > field.decimals:
        yield said("SR005", pointer, name=field.name, found=shown(value), most=str(field.decimals))
    if value < field.least:
        yield said("SR006", pointer, name=field.name, found=shown(value), least=f"{field.least}")


def _length(value: Any, field: Field, pointer: str) -> Iterator[Finding]:
    size = len(value.strip()) if isinstance(value, str) else len(value)
    if size < field.shortest or (field.longest and len(value) > field.longest):
        limits = {"least": str(field.shortest), "most": str(field.longest or "…")}
        yield said("SR007", pointer, name=field.name, found=str(len(value)), **limits)


def _entries(value: Any, field: Field, pointer: str, duplicates: Duplicates | None) -> Iterator[Finding]:
    for place, entry in enumerate(value if field.below else ()):
        yield from faults(entry, field.below, f"{pointer}/{place}", duplicates)


def _unknown(name: str, known: Mapping[str, Field], above: str) -> Finding:
    near = get_close_matches(name, known, 1)
    meant = Text(f" (forse {near[0]})", f" (perhaps {near[0]})") if near else EMPTY
    return said("SR003", _below(above, name), name=shown(name), near=meant)


def _of_another_kind(name: str, value: Any, wanted: str, pointer: str) -> Finding:
    return said("SR002", pointer, name=name, found=_kind(value), wanted=_WORDS[wanted])


def _kind(value: Any) -> Text:
    if isinstance(value, bool):
        return _WORDS["boolean"]
    names = {dict: "object", list: "list", str: "text"}
    return next((_WORDS[name] for kind, name in names.items() if isinstance(value, kind)), _A_NUMBER)


def _below(above: str, name: str) -> str:
    return f"{above}/{name.replace('~', '~0').replace('/', '~1')}"


def shown(value: object) -> str:
    """A value in a few characters."""
    words = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


_TYPES: Final = {"text": str, "boolean": bool, "list": list, "object": dict}
_A_NUMBER: Final = Text("un numero", "a number")
_WORDS: Final = {
    "number": Text("un numero, senza virgolette", "a number, without quotes"),
    "integer": Text("un numero intero", "a whole number"),
    "text": Text("un testo", "a text"),
    "boolean": Text("true o false", "true or false"),
    "list": Text("un elenco", "a list"),
    "object": Text("un oggetto", "an object"),
}
