"""The screen that explains a field or a code: where it stands, how often, what may be in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ..invoice.fields import FORMATS, Answer, Place
from ..schema.codes import Code, list_for
from ..schema.expected import expected
from ..schema.table import Element, table
from ..texts import LANGUAGES, Text
from .screen import Column, Page, columns
from .screen_values import said

_MEANING: Final = Text("Significato", "Meaning")
_WHERE: Final = Text("Dove", "Where")
_OFTEN: Final = Text("Quante volte", "How often")
_VALUE: Final = Text("Valore", "Value")
_PATTERN: Final = Text("Schema", "Pattern")
_CODES: Final = Text("Codici", "Codes")
_HOLDS: Final = Text("Contiene", "Holds")
_NAMESAKES: Final = Text("Stesso nome", "Same name")
_VALID: Final = Text("Valido", "Valid")
_USED: Final = Text("Usato in", "Used in")
_ONE_OF: Final = Text("uno dei codici qui sotto", "one of the codes below")
_EXACTLY: Final = Text("sempre «{value}»", "always “{value}”")
_TYPE: Final = Text("{words} (tipo {name})", "{words} (type {name})")
_ALWAYS: Final = Text("senza limiti di data", "at any date")
_SINCE: Final = Text("dal {day}", "from {day}")
_UNTIL: Final = Text("fino al {day}", "until {day}")
_RETIRED: Final = Text("solo nei formati 1.0 e 1.1", "in formats 1.0 and 1.1 only")
_CHOICE: Final = Text("{often}, in alternativa ad altri campi", "{often}, as an alternative to other fields")
_OFTEN_WORDS: Final = {
    (1, 1): Text("obbligatorio, una volta", "required, once"),
    (0, 1): Text("facoltativo, al più una volta", "optional, at most once"),
    (0, None): Text("facoltativo, quante volte serve", "optional, as often as needed"),
    (1, None): Text("obbligatorio, una o più volte", "required, once or more"),
}
_TIMES: Final = Text("da {least} a {most} volte", "{least} to {most} times")
_NAMESAKES_SHOWN: Final = 12


def screen(page: Page, answer: Answer) -> Iterator[str]:
    """Every line of the screen."""
    if answer.meanings:
        yield from _code(page, answer)
        return
    blocks: dict[tuple[str, str], list[Place]] = {}
    for place in answer.places:
        blocks.setdefault((place.element.name, place.element.type_name), []).append(place)
    for number, places in enumerate(blocks.values()):
        yield from [""] if number else []
        yield from _block(page, places)
    yield from _others(page, _NAMESAKES, answer.namesakes)


def _block(page: Page, places: list[Place]) -> Iterator[str]:
    first = places[0].element
    numbers = list(dict.fromkeys(place.element.field for place in places if place.element.field))
    title = f"{numbers[0]} {first.name}" if len(numbers) == 1 else first.name
    yield from page.heading(title, ", ".join(dict.fromkeys(page.words(FORMATS[place.table]) for place in places)))
    yield from page.labelled(_MEANING, dict.fromkeys(f"{place.element.it} · {place.element.en}" for place in places))
    for place in places:
        head = Text(place.element.field, place.element.field) if len(numbers) > 1 else _WHERE
        yield from page.labelled(head, [*_path(place.element.path, page.width - 13), often(page, place.element)])
    yield from _value(page, first)
    yield from _codes(page, first)
    yield from _children(page, places[0])


def often(page: Page, element: Element) -> str:
    """How many times an element may stand in its parent, in words."""
    text = _OFTEN_WORDS.get((element.min, element.max))
    times = page.words(text) if text else page.words(_TIMES, least=element.min, most=element.max)
    return page.words(_CHOICE, often=times) if element.choice else times


def _path(path: str, width: int) -> Iterator[str]:
    """A path in lines that end at a slash."""
    line = ""
    for step in path.split("/")[1:]:
        if line and columns(line) + columns(step) + 2 > width:
            yield line + "/"
            line = "  " + step
        else:
            line = f"{line}/{step}"
    yield line


def _value(page: Page, element: Element) -> Iterator[str]:
    if element.type is None:
        return
    coded = list_for(element)
    words = page.words(_ONE_OF) if coded and len(coded) > 1 else page.words(expected(element.type))
    if element.fixed is not None:
        words = page.words(_EXACTLY, value=element.fixed)
    yield from page.labelled(_VALUE, [page.words(_TYPE, words=words, name=element.type_name)])
    if not coded:
        yield from page.labelled(_PATTERN, map(page.value, element.type.patterns))


def _codes(page: Page, element: Element) -> Iterator[str]:
    known = list_for(element)
    if not known:
        return
    taken = element.type.enumeration if element.type else ()
    codes = [code for code in known if code.code in taken]
    rows = [[code.code, page.value(code.label(page.lang)), _validity(page, code, silent=True)] for code in codes]
    heads = [Column(""), Column("", flexible=True), Column("")]
    yield from page.beside(_CODES, page.table(heads, rows, width=page.width - 13, height=2))


def _children(page: Page, place: Place) -> Iterator[str]:
    rows = [[child.field, child.name, often(page, child)] for child in table(place.table).children(place.element.path)]
    heads = [Column(""), Column("", most=35), Column("", flexible=True)]
    if rows:
        yield from page.beside(_HOLDS, page.table(heads, rows, width=page.width - 13))


def _others(page: Page, label: Text, places: tuple[Place, ...]) -> Iterator[str]:
    kept = places[:_NAMESAKES_SHOWN] if not page.verbose else places
    rows = [
        [place.element.field, page.words(FORMATS[place.table]), "/".join(place.element.path.split("/")[-2:])]
        for place in kept
    ]
    heads = [Column(""), Column(""), Column("", flexible=True)]
    if rows:
        yield ""
        yield from page.beside(label, page.table(heads, rows, width=page.width - 13))
    if len(kept) < len(places):
        yield from page.labelled(Text("", ""), [f"… +{len(places) - len(kept)} (-v)"])


def _code(page: Page, answer: Answer) -> Iterator[str]:
    for number, (name, code) in enumerate(answer.meanings):
        yield from [""] if number else []
        yield from page.heading(code.code, name)
        meanings = {page.value(code.label(lang)): lang for lang in (page.lang, *LANGUAGES)}
        yield from page.labelled(_MEANING, meanings)
        yield from page.labelled(_VALID, [_validity(page, code, retired=code.code not in _current(name))])
    yield from _others(page, _USED, answer.places)


def _current(name: str) -> frozenset[str]:
    known = list_for(name)
    return frozenset(code.code for code in known or ())


def _validity(page: Page, code: Code, *, silent: bool = False, retired: bool = False) -> str:
    """From when to when a document may bear a code; "" for always when ``silent``."""
    bounds: tuple[tuple[Text, date | None], ...] = ((_SINCE, code.since), (_UNTIL, code.until))
    parts = [page.words(text, day=said(day, page.lang)) for text, day in bounds if day]
    if retired:
        parts.append(page.words(_RETIRED))
    return ", ".join(parts) or ("" if silent else page.words(_ALWAYS))
