"""What ``fatturakit rule`` shows: codes explained, the list of all, and what changed between two versions, as text.

The same as Markdown is ``rule_markdown.py``, as data ``rule_json.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from ..rules.changes import Change, versions
from ..rules.explain import GROUPS, SECTIONS, Explanation, explanations
from ..texts import EMPTY, Language, Text
from .screen import Column, Page

Row = tuple[Text, list[str]]
JUDGED: Final = {
    "yes": Text("eseguito", "checked"),
    "part": Text("eseguito in parte", "partly checked"),
    "no": Text("non eseguito", "not evaluated"),
    "never": Text("mai segnalato", "never raised"),
}
KINDS: Final = {
    "new": Text("Nuovi", "New"),
    "changed": Text("Cambiati", "Changed"),
    "gone": Text("Ritirati", "Gone"),
}
LABELS: Final = {
    "what": Text("Cosa", "What"),
    "why": Text("Perché", "Why"),
    "fix": Text("Rimedio", "Fix"),
    "example": Text("Esempio", "Example"),
    "source": Text("Fonte", "Source"),
    "message": Text("Messaggio", "Message"),
    "formats": Text("Formati", "Formats"),
    "fields": Text("Campi", "Fields"),
    "severity": Text("Gravità", "Severity"),
    "force": Text("In vigore", "In force"),
    "judged": Text("Controllo", "Control"),
    "history": Text("Storia", "History"),
    "file": Text("Modulo", "Module"),
}
SAME: Final = Text(
    "Nessun controllo compare, scompare o cambia.", "No control appears, disappears or changes in between."
)
SPAN: Final = Text("Controlli dal {start} al {end}", "Controls from {start} to {end}")
VERSIONS: Final = Text("Versioni", "Versions")
_ALWAYS: Final = Text("da sempre", "always")
_SINCE: Final = Text("dal {day}", "since {day}")
_UNTIL: Final = Text("fino al {day}", "until {day}")
_OF: Final = Text("versione {version}", "version {version}")
_NEW: Final = Text("nuovo controllo", "new control")
_GONE: Final = Text("controllo ritirato", "control withdrawn")


def screen(page: Page, each: Explanation) -> Iterator[str]:
    """One code, explained."""
    yield from page.heading(f"{each.code}  {page.value(each.title.say(page.lang))}", page.words(GROUPS[each.group]))
    for label, lines in rows(each, page.lang):
        yield from page.labelled(label, [page.name(line) for line in lines])


def rows(each: Explanation, lang: Language) -> Iterator[Row]:
    """Everything there is to say: label and lines."""
    known: dict[str, list[str]] = {"message": [generic(text, lang) for text in each.messages]}
    known |= {name: section(each, name, lang) for name in SECTIONS}
    known |= facts(each, lang)
    for name, lines in known.items():
        if any(lines):
            yield LABELS[name], lines


def section(each: Explanation, name: str, lang: Language) -> list[str]:
    """The lines of a section; none for what a code that is never raised has not."""
    return plain(_in(each.sections.get(name, EMPTY), lang)).splitlines()


def catalogued(code: str, lang: Language) -> tuple[str, str, str] | None:
    """Title, what and fix of a code; None for an unknown one."""
    each = explanations().get(code)
    if each is None:
        return None
    what, fix = ("\n".join(section(each, name, lang)) for name in ("what", "fix"))
    return each.title.say(lang), what, fix


def facts(each: Explanation, lang: Language) -> dict[str, list[str]]:
    """What is not prose: formats, fields, severity, days, whether it is checked, history and file."""
    judged = "" if each.judged == "never" else JUDGED[each.judged].say(lang)
    return {
        "formats": [", ".join(each.formats)],
        "fields": list(each.fields),
        "severity": [each.severity.say(lang)],
        "force": [] if each.judged == "never" else [force(each.since, each.until, lang)],
        "judged": [": ".join(filter(None, (judged, each.reason.say(lang))))],
        "history": [told(change, lang) for change in each.history],
        "file": [each.file],
    }


def force(since: date | None, until: date | None, lang: Language) -> str:
    """``dal 2020-05-04 fino al 2024-01-31``."""
    words = [_SINCE.say(lang, {"day": since})] if since else []
    words += [_UNTIL.say(lang, {"day": until})] if until else []
    return " ".join(words) or _ALWAYS.say(lang)


def told(change: Change, lang: Language) -> str:
    """``2025-04-01 (versione 1.9): vale anche per TD29``."""
    version = f" ({_OF.say(lang, {'version': change.version})})" if change.version else ""
    return f"{change.date}{version}: {happened(change, lang)}"


def happened(change: Change, lang: Language) -> str:
    """What a change is, in words."""
    return change.text.say(lang) or (_NEW if change.kind == "new" else _GONE).say(lang)


def listing(page: Page, known: Iterable[Explanation]) -> Iterator[str]:
    """Every code with its title, by group."""
    for group, members in groupby(known, key=lambda each: each.group):
        yield from page.heading(page.words(GROUPS[group]))
        heads = [Column(""), Column("", flexible=True), Column("")]
        cells = [[each.code, page.value(each.title.say(page.lang)), page.words(_mark(each))] for each in members]
        yield from page.table(heads, cells, height=3)
        yield ""


def _mark(each: Explanation) -> Text:
    return Text("", "") if each.judged in {"yes", "never"} else JUDGED[each.judged]


def difference(page: Page, start: date, end: date, found: Sequence[Change]) -> Iterator[str]:
    """What changed between two days, and the versions that brought it."""
    yield from page.heading(page.words(SPAN, start=start, end=end))
    if not found:
        yield from page.fold(page.words(SAME), page.width)
    heads = [Column(""), Column(""), Column(""), Column("", flexible=True)]
    for kind, text in KINDS.items():
        cells = [_cells(change, page) for change in found if change.kind == kind]
        yield from page.beside(text, page.table(heads, cells, width=page.width - 13, height=9) if cells else ())
    yield from page.beside(
        VERSIONS, page.table(heads[1:], _timeline(page, start, end), width=page.width - 13, height=9)
    )


def _cells(change: Change, page: Page) -> list[str]:
    known = explanations().get(change.code)
    said = change.text.say(page.lang) or (known.title.say(page.lang) if known else "")
    return [change.code, change.date.isoformat(), change.version, page.value(said)]


def _timeline(page: Page, start: date, end: date) -> list[list[str]]:
    return [
        [each.name, each.date.isoformat(), page.value(each.text.say(page.lang))]
        for each in versions()
        if start <= each.date <= end
    ]


def generic(sentence: Text, lang: Language) -> str:
    """A sentence without the values of one invoice.

    >>> generic(Text("<{found}> non è la radice", ""), "it")
    '<…> non è la radice'
    """
    return re.sub(r"\{\w+(?::[^}]*)?\}", "…", _in(sentence, lang))


def plain(text: str) -> str:
    """A docstring without its backquotes."""
    return text.replace("``", "")


def _in(text: Text, lang: Language) -> str:
    return text.template(lang)
