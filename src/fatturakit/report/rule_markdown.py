"""Codes explained in Markdown: for ``fatturakit rule --format md`` and for the pages of ``docs/rules``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from ..rules.changes import Change, Version, versions
from ..rules.explain import GROUPS, SECTIONS, Explanation, explanations
from ..texts import Language, Text
from .rule_text import JUDGED, KINDS, LABELS, SAME, SPAN, VERSIONS, facts, generic, section

_CODE, _TITLE, _DATE = Text("Codice", "Code"), Text("Titolo", "Title"), Text("Data", "Date")
_VERSION, _WHAT = Text("Versione", "Version"), Text("Che cosa cambia", "What changes")


def page(each: Explanation, lang: Language) -> Iterator[str]:
    """One code, line by line: its facts as a table, then the prose."""
    yield f"# {each.code} · {text(each.title.say(lang))}"
    yield ""
    yield from table(("", ""), [(f"**{LABELS[name].say(lang)}**", _cell(lines)) for name, lines in _facts(each, lang)])
    yield from _prose("message", [generic(said, lang) for said in each.messages], lang)
    for name in SECTIONS:
        yield from _prose(name, section(each, name, lang), lang)


def _facts(each: Explanation, lang: Language) -> Iterator[tuple[str, list[str]]]:
    return ((name, lines) for name, lines in facts(each, lang).items() if any(lines))


def _prose(name: str, lines: Sequence[str], lang: Language) -> Iterator[str]:
    if any(lines):
        yield from ("", f"## {LABELS[name].say(lang)}", "")
        yield from (f"- {text(line)}" if len(lines) > 1 else text(line) for line in lines)


def _cell(lines: Iterable[str]) -> str:
    return "<br>".join(text(line) for line in lines)


def index(known: Iterable[Explanation], lang: Language, link: Callable[[str], str] = str) -> Iterator[str]:
    """Every code with its title, a table for each group; ``link`` may turn a code into a reference."""
    heads = (_CODE.say(lang), _TITLE.say(lang), LABELS["judged"].say(lang))
    for number, (group, members) in enumerate(groupby(known, key=lambda each: each.group)):
        yield from ("",) if number else ()
        yield from (f"## {GROUPS[group].say(lang)}", "")
        rows = [(link(each.code), text(each.title.say(lang)), JUDGED[each.judged].say(lang)) for each in members]
        yield from table(heads, rows)


def difference(start: date, end: date, found: Sequence[Change], lang: Language) -> Iterator[str]:
    """What changed between two days."""
    yield f"# {SPAN.say(lang, {'start': start, 'end': end})}"
    if not found:
        yield from ("", SAME.say(lang))
    heads = (_CODE.say(lang), _DATE.say(lang), _VERSION.say(lang), _WHAT.say(lang))
    for kind, title in KINDS.items():
        cells = [_change(row, lang) for row in found if row.kind == kind]
        if cells:
            yield from ("", f"## {title.say(lang)}", "", *table(heads, cells))
    yield from ("", f"## {VERSIONS.say(lang)}", "")
    yield from timeline([each for each in versions() if start <= each.date <= end], lang)


def _change(row: Change, lang: Language) -> tuple[str, ...]:
    known = explanations().get(row.code)
    said = row.text.say(lang) or (known.title.say(lang) if known else "")
    return (row.code, row.date.isoformat(), row.version, text(said))


def timeline(known: Sequence[Version], lang: Language) -> Iterator[str]:
    """The versions of the specification."""
    heads = (_VERSION.say(lang), _DATE.say(lang), _WHAT.say(lang))
    return table(heads, [(each.name, each.date.isoformat(), text(each.text.say(lang))) for each in known])


def table(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in cells:
        yield f"| {' | '.join(row)} |"


def text(said: str) -> str:
    """Our words so that Markdown shows them as they are: tags are not HTML, bars do not end a cell.

    >>> text("``a`` in <Numero> | b")
    '`a` in &lt;Numero> \\\\| b'
    """
    pieces = said.replace("``", "`").split("`")
    pieces[::2] = [piece.replace("<", "&lt;") for piece in pieces[::2]]
    return "`".join(pieces).replace("|", "\\|")
