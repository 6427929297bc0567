"""Reading what the user gave: sections of plain values, every mistake noted with its path, none stopping the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from ...errors import ExitCode, FatturakitError
from ...money import parse
from ...texts import Language, Text, language

YES: Final = frozenset({"true", "yes", "si", "sì", "1", "y", "s"})
NO: Final = frozenset({"false", "no", "0", "n"})
Xml = dict[str, Any]
"""What is to be written: element names with a ``Leaf``, another ``Xml``, or a list of either."""


class Leaf(NamedTuple):
    """A value for an element, and the path of the input it comes from."""

    value: object
    path: str


class Problem(NamedTuple):
    """One thing wrong with the input: where ("lines[0].price") and why."""

    path: str
    text: Text
    args: Mapping[str, object]

    def say(self, lang: Language) -> str:
        """Path and sentence."""
        return f"{self.path}: {self.text.say(lang, self.args)}" if self.path else self.text.say(lang, self.args)


class ComposeError(FatturakitError, ValueError):
    """The input does not make a correct invoice; ``problems`` lists everything that is wrong with it."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_COUNTED, count=len(problems))
        self.problems = tuple(problems)

    def say(self, lang: Language | None = None) -> str:
        """One line a problem."""
        return "\n".join(problem.say(lang or language()) for problem in self.problems)

    def __reduce__(self) -> tuple[object, ...]:
        return ComposeError, (list(self.problems),)


class Problems(list[Problem]):
    """Where problems are collected."""

    def note(self, path: str, text: Text, /, **args: object) -> None:
        """Add one, unless it is there already."""
        found = Problem(path, text, args)
        if found not in self:
            self.append(found)


class Section:
    """One mapping (or dataclass) of the input. What is not taken by the end is unknown, and a problem."""

    def __init__(self, given: object, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self._given = _mapping(given)
        self._taken: set[str] = set()
        if self._given is None:
            problems.note(path, _NO_BLOCK, found=_brief(given))

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def note(self, key: str, text: Text, /, **args: object) -> None:
        """Add a problem about a key of this section."""
        self.problems.note(self.at(key), text, **args)

    def has(self, key: str) -> bool:
        """Whether there is a value (an empty one is none)."""
        return (self._given or {}).get(key) not in (None, "", [], {})

    def take(self, key: str) -> Any:
        """The value as given, None when it is absent or empty."""
        self._taken.add(key)
        return (self._given or {})[key] if self.has(key) else None

    def update(self, values: Mapping[str, object]) -> None:
        """Put values over those there are."""
        self._given = {**(self._given or {}), **values}

    def assume(self, **values: object) -> None:
        """Put values where there are none."""
        self._given = {**values, **{key: value for key, value in (self._given or {}).items() if self.has(key)}}

    def text(self, key: str, default: str | None = None) -> str | None:
        """A text, trimmed; a number is taken as it is written."""
        value = self.take(key)
        if isinstance(value, str):
            return value.strip() or default
        if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
            return default if value is None else str(value)
        self.note(key, _NO_TEXT, found=_brief(value))
        return default

    def number(self, key: str) -> Decimal | None:
        """A number: Decimal, int, or text with a point; a percent sign behind it is left aside."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, float):
            self.note(key, _FLOAT, found=value)
            return None
        found = None if isinstance(value, bool) else parse(str(value).strip().removesuffix("%").rstrip())
        if found is None:
            self.note(key, _NO_NUMBER, found=_brief(value))
        return found

    def day(self, key: str) -> date | None:
        """A date, or the text of one."""
        value = self.take(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value if len(value) == 10 else "")
        except (TypeError, ValueError):
            self.note(key, _NO_DAY, found=_brief(value))
            return None

    def flag(self, key: str) -> bool | None:
        """Yes or no."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word not in YES | NO:
            self.note(key, _NO_FLAG, found=_brief(value))
        return word in YES

    def choice(self, key: str, names: Mapping[str, str], default: str | None = None) -> str | None:
        """A code, or one of the plain names it has."""
        value = self.text(key)
        if value is None:
            return default
        word = value.lower().replace(" ", "_").replace("-", "_")
        if word in names:
            return names[word]
        if value.upper() in names.values():
            return value.upper()
        codes, plain = sorted(set(names.values())), sorted(name for name in names if name.upper() not in names.values())
        near = get_close_matches(word, plain, n=3) or plain
        self.note(key, _NO_CHOICE, found=_brief(value), known=", ".join(near), codes=", ".join(codes))
        return default

    def sub(self, key: str) -> Section | None:
        """A section inside this one, None when it is absent."""
        value = self.take(key)
        return None if value is None else Section(value, self.at(key), self.problems)

    def each(self, key: str) -> Iterator[Section]:
        """The sections of a list; a single one may stand for a list of one."""
        for place, value in enumerate(self.items(key)):
            yield Section(value, f"{self.at(key)}[{place}]", self.problems)

    def items(self, key: str) -> list[Any]:
        """The values of a list; a single value may stand for a list of one."""
        value = self.take(key)
        if value is None:
            return []
        return list(value) if isinstance(value, list | tuple) else [value]

    def fill(self, target: Xml, names: Mapping[str, str]) -> None:
        """Put plain values where a table says: ``{"city": "Comune", "name": "Anagrafica/Denominazione"}``."""
        for key, place in names.items():
            value = self.take(key)
            if value is not None:
                put(target, place, Leaf(_plain(value), self.at(key)))

    def ignore(self, *keys: str) -> None:
        """Entries that mean nothing here and are no mistake."""
        self._taken.update(keys)

    def need(self, *keys: str) -> None:
        """Note every key that is absent."""
        for key in keys:
            if not self.has(key):
                self.note(key, _MISSING)

    def close(self, target: Xml | None = None) -> None:
        """XML names that are left go to ``target`` as they are; anything else is unknown."""
        for key, value in (self._given or {}).items():
            if key in self._taken or value is None:
                continue
            if target is not None and isinstance(key, str) and key[:1].isupper():
                target[key] = raw(value, self.at(key))
            else:
                near = get_close_matches(str(key), self._taken, n=1)
                known = near[0] if near else ", ".join(sorted(self._taken))
                self.note(str(key), _MEANT if near else _UNKNOWN, known=known)


def put(target: Xml, place: str, value: object) -> None:
    """Set a value some levels down."""
    *above, name = place.split("/")
    for step in above:
        target = target.setdefault(step, {})
    target[name] = value


def raw(value: object, path: str) -> Any:
    """Values under XML names, leaf by leaf."""
    found = _mapping(value)
    if found is not None:
        return {str(name): raw(each, f"{path}.{name}") for name, each in found.items()}
    if isinstance(value, list | tuple):
        return [raw(each, f"{path}[{place}]") for place, each in enumerate(value)]
    return Leaf(_plain(value), path)


def _plain(value: object) -> object:
    """Yes is SI where XML wants it, texts are trimmed, everything else is for the field itself to judge."""
    if isinstance(value, bool):
        return "SI" if value else None
    return value.strip() if isinstance(value, str) else value


def _mapping(given: object) -> Mapping[str, Any] | None:
    if isinstance(given, Mapping):
        return given
    if dataclasses.is_dataclass(given) and not isinstance(given, type):
        return {field.name: getattr(given, field.name) for field in dataclasses.fields(given)}
    return None


def _brief(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else shown[:40] + "…"


_COUNTED: Final = Text("errori nei dati della fattura: {count}", "errors in the data of the invoice: {count}")
_NO_BLOCK: Final = Text("serve un gruppo di voci, non «{found}»", "takes a group of entries, not “{found}”")
_NO_TEXT: Final = Text("serve un testo, non «{found}»", "takes text, not “{found}”")
_NO_NUMBER: Final = Text(
    "«{found}» non è un numero: scrivilo con il punto, es. 1234.50",
    "“{found}” is not a number: write it with a point, e.g. 1234.50",
)
_FLOAT: Final = Text(
    "{found} è un float, che non è esatto: usa Decimal o un testo", "{found} is a float, not exact: use Decimal or text"
)
_NO_DAY: Final = Text(
    "«{found}» non è una data AAAA-MM-GG, es. 2026-11-21", "“{found}” is not a date YYYY-MM-DD, e.g. 2026-11-21"
)
_NO_FLAG: Final = Text("«{found}»: scrivi yes o no", "“{found}”: write yes or no")
_NO_CHOICE: Final = Text(
    "«{found}» non va bene: un codice ({codes}) o un nome ({known})",
    "“{found}” does not fit: a code ({codes}) or a name ({known})",
)
_MISSING: Final = Text("manca", "is missing")
_MEANT: Final = Text("voce sconosciuta, forse «{known}»", "unknown entry, perhaps “{known}”")
_UNKNOWN: Final = Text("voce sconosciuta; qui ci sono {known}", "unknown entry; here there are {known}")
