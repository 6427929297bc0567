"""The code lists: what a code means in Italian, English and German, and on which days it may be used.

A list is called like its type in the schemas ("TipoDocumento", "Natura"), so every coded element of the element table
finds its list. The facts are in schemas/codes.toml, compiled by tools/compile_tables.py.

>>> code_list("Natura")["N2.1"].since
datetime.date(2020, 10, 1)
>>> label("TipoDocumento", "TD04", "en")
'Credit note'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from .table import Element, table, tables

Lang = Literal["it", "en", "de"]


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list; `since` and `until` are the first and the last day a document may bear it, None is open."""

    code: str
    it: str
    en: str
    de: str
    since: date | None
    until: date | None

    def label(self, lang: Lang | str) -> str:
        """The meaning in a language, in Italian where we do not speak it."""
        return {"en": self.en, "de": self.de}.get(lang, self.it)


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of a list in official order.

    Iteration, length and `in` speak of the codes of the current formats. `retired` are those of formats 1.0 and 1.1
    alone; `[]` and `get` find them too, so that an old document can be read.
    """

    name: str
    codes: tuple[Code, ...]
    retired: tuple[Code, ...]
    _by_code: dict[str, Code] = field(repr=False, compare=False)

    def __getitem__(self, code: str) -> Code:
        """The code; KeyError when no format has it."""
        return self._by_code[code]

    def get(self, code: str) -> Code | None:
        """The code, None when no format has it."""
        return self._by_code.get(code)

    def __iter__(self) -> Iterator[Code]:
        """Walk the codes of the current formats."""
        return iter(self.codes)

    def __len__(self) -> int:
        """Count the codes of the current formats."""
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        """Tell whether the current formats have this code."""
        return any(known.code == code for known in self.codes)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _lists() -> dict[str, CodeList]:
    from ._tables import codes as literals

    lists: dict[str, CodeList] = {}
    for name, rows in literals.LISTS.items():
        known = [(Code(*row[:4], _day(row[4]), _day(row[5])), row[6]) for row in rows]
        current = tuple(code for code, retired in known if not retired)
        gone = tuple(code for code, retired in known if retired)
        lists[name] = CodeList(name, current, gone, {code.code: code for code, _ in known})
    return lists


def code_list(name: str) -> CodeList:
    """The list of a name; KeyError when there is none."""
    return _lists()[name]


def code_lists() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(_lists())


def label(list_name: str, code: str, lang: Lang | str) -> str | None:
    """What a code means in a language; None when the list or the code is unknown."""
    codes = _lists().get(list_name)
    found = codes.get(code) if codes else None
    return found.label(lang) if found else None


def list_for(place: Element | str) -> CodeList | None:
    """The list of an element, of the path of an element, or of a type name; None when the values are not coded."""
    if isinstance(place, Element):
        return _lists().get(place.type_name)
    return _lists().get(_type_at(place) if place.startswith("/") else place)


def _type_at(path: str) -> str:
    """The type at a path in the first table that has it: coded types have the same name in all formats."""
    found = (table(name).get(path) for name in tables())
    return next((element.type_name for element in found if element), "")


def valid_on(code: Code, day: date) -> bool:
    """Whether a document of this day may bear the code."""
    return (code.since or date.min) <= day <= (code.until or date.max)
