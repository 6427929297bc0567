"""What every code means, whether it is checked, and where: gathered from the controls themselves.

A control explains itself in its module's docstring, in English, under What, Why, Fix, Example and Source; the Italian
of every control stands in ``italian.toml``. What no module says comes from ``foreign.toml``.

>>> [each.judged for each in look_up("00200", "00101", "00426")]
['yes', 'no', 'never']
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from inspect import cleandoc
from typing import Any, Final, Literal

from ..errors import UsageError
from ..schema.table import table
from ..texts import EMPTY, Text
from ._foreign import CODES, CURRENT, KINDS
from ._italian import SECTIONS as ITALIAN
from ._unevaluated import CONTROLS
from .changes import Change, history
from .declare import Rule, catalogue, controls
from .unevaluated import reason

Judged = Literal["yes", "part", "no", "never"]
SECTIONS: Final = ("what", "why", "fix", "example", "source")
GROUPS: Final = {
    "file": Text("Nome e file", "Name and file"),
    "signature": Text("Firma", "Signature"),
    "format": Text("Formato", "Format"),
    "identity": Text("Soggetti e recapito", "Subjects and delivery"),
    "uniqueness": Text("Unicità", "Uniqueness"),
    "content": Text("Contenuto", "Content"),
    "outcome": Text("Esito del committente", "Buyer's outcome"),
    "advice": Text("Consigli di fatturakit", "Advice by fatturakit"),
    "never": Text("Mai segnalati per le fatture", "Never raised for invoices"),
}
_PREFIXES: Final = (
    ("file", ("0000", "00106")),
    ("signature", ("001",)),
    ("format", ("002",)),
    ("identity", ("003",)),
    ("uniqueness", ("00404", "00409")),
    ("outcome", ("EN",)),
    ("advice", ("FK",)),
)
_HEADING: Final = re.compile(rf"({'|'.join(SECTIONS)}): +(.*)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<![.:;])\n")
_TABLES: Final = ("ordinary-1.2.3", "simplified-1.0.2")
_AS_SENT: Final = Text("errore con --preflight, altrimenti avviso", "error with --preflight, a warning otherwise")
_DOUBT: Final = Text("errore; avviso nei casi dubbi", "error; a warning where there is doubt")
_SEVERITIES: Final = {
    **dict.fromkeys(("00001", "00002", "00003"), _AS_SENT),
    "00102": Text(
        "errore; la firma che manca del tutto è un avviso senza --preflight",
        "error; a signature that is not there at all is a warning without --preflight",
    ),
    **dict.fromkeys(("00301", "00303", "00305"), _DOUBT),
    "EN00": Text("errore: SdI scarta la notifica", "error: SdI rejects the notice"),
}
"""Where the module does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One code. group: a key of ``GROUPS``; judged: yes, in part, no, or never raised; reason: why not (wholly).

    messages, fixes: the sentences of a finding; sections: the prose, by the names of ``SECTIONS`` (only fix for a code
    that is never raised); fields: number and name, ordinary then simplified; file: the module, from the package on.
    """

    code: str
    title: Text
    group: str
    judged: Judged
    reason: Text = EMPTY
    severity: Text = EMPTY
    formats: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    messages: tuple[Text, ...] = ()
    fixes: tuple[Text, ...] = ()
    sections: Mapping[str, Text]
    since: date | None = None
    until: date | None = None
    file: str = ""
    history: tuple[Change, ...] = ()


@cache
def explanations() -> Mapping[str, Explanation]:
    """Every code by group and code: those in force, our advice, then those that are never raised."""
    rules = _declared()
    known = [_current(code, rules.get(code, ())) for code in {*rules, *CURRENT, *CONTROLS} - {*CODES}]
    known += [_never(code) for code in CODES]
    order = list(GROUPS)
    return {each.code: each for each in sorted(known, key=lambda each: (order.index(each.group), each.code))}


def _declared() -> dict[str, tuple[Rule, ...]]:
    """The declarations of each code: a code may have one for each area."""
    found: dict[str, tuple[Rule, ...]] = {}
    for area in sorted({rule.area for rule in catalogue().values()}):
        for each in controls(area):
            found[each.rule.code] = (*found.get(each.rule.code, ()), each.rule)
    return found


def look_up(*words: str) -> tuple[Explanation, ...]:
    """The codes that ``words`` name, each a code or the beginning of some; ``UsageError`` with the nearest codes."""
    return tuple({each.code: each for word in words for each in _matching(word)}.values())


def _matching(word: str) -> list[Explanation]:
    known, wanted = explanations(), word.strip().upper()
    for code in (wanted, wanted.zfill(5)):
        if code in known:
            return [known[code]]
    found = [known[code] for code in sorted(known) if wanted and code.startswith(wanted)]
    if not found:
        raise UsageError(_UNKNOWN, found=word, near=", ".join(_nearest(wanted)))
    return found


def _nearest(wanted: str) -> list[str]:
    """Three codes: as alike as can be, of the same kind (numbers for a number), then near in number."""
    alike = [code for code in explanations() if code.isdecimal() or not wanted.isdecimal()]
    distances = {code: abs(int(code) - int(wanted)) if wanted.isdecimal() else 0 for code in alike}
    return sorted(alike, key=lambda code: (-SequenceMatcher(None, wanted, code).ratio(), distances[code], code))[:3]


def _current(code: str, rules: tuple[Rule, ...]) -> Explanation:
    ordinary, simplified, english, since = CURRENT.get(code, _NOTHING)
    first = rules[0] if rules else None
    sections = _paired(parse(first.doc) if first else english, ITALIAN[code])
    row = CONTROLS.get(code)
    fields = [*_fields(0, ordinary), *_fields(1, simplified)] or _fields(0, _numbers(rules))
    days = [(rule.since, rule.until) for rule in rules] or [(date.fromisoformat(since or "0001-01-01"), date.max)]
    return Explanation(
        code=code,
        title=sections.pop("title"),
        group=next((group for group, prefixes in _PREFIXES if code.startswith(prefixes)), "content"),
        judged="no" if not rules else "part" if row else "yes",
        reason=reason(row[0]) if row else EMPTY,
        severity=_severity(code, first),
        formats=_formats(rules, row),
        fields=tuple(fields),
        messages=_distinct(rule.message for rule in rules),
        fixes=_distinct(rule.fix for rule in rules if rule.fix != EMPTY),
        sections=sections,
        since=_known(min(day for day, _ in days), date.min),
        until=_known(max(day for _, day in days), date.max),
        file=first.module.replace(".", "/") + ".py" if first else "",
        history=history(code),
    )


def _never(code: str) -> Explanation:
    kind, title, detail = CODES[code]
    it, en = KINDS[kind]
    said = Text(it.format(detail=detail[0]), en.format(detail=detail[1]))
    sections = {"fix": _IGNORE}
    return Explanation(code=code, title=Text(*title), group="never", judged="never", reason=said, sections=sections)


def parse(doc: str) -> dict[str, str]:
    """The sections of a docstring, with its first line as title.

    >>> parse("No digit.\\n\\nWhat:  one of 0-9\\n       is missing.")
    {'title': 'No digit', 'what': 'one of 0-9 is missing.'}
    """
    first, _, rest = cleandoc(doc).partition("\n")
    found: dict[str, list[str]] = {"title": [first.rstrip(".")]}
    name = "title"
    for line in filter(str.strip, rest.splitlines()):
        heading = _HEADING.match(line)
        name = heading[1].lower() if heading else name
        found.setdefault(name, []).append((heading[2] if heading else line).strip())
    return {name: _joined(name, lines) for name, lines in found.items()}


def _joined(name: str, lines: list[str]) -> str:
    """One paragraph; an example has a line for each sentence that stands on a line of its own."""
    return _SENTENCE.sub(" ", "\n".join(lines)) if name == "example" else " ".join(lines)


def _paired(english: Mapping[str, str], italian: Mapping[str, str]) -> dict[str, Text]:
    """Both languages; without docstrings (``python -OO``) the Italian stands for both."""
    return {name: Text(italian[name], english.get(name) or italian[name]) for name in ("title", *SECTIONS)}


def _severity(code: str, rule: Rule | None) -> Text:
    if code in _SEVERITIES:
        return _SEVERITIES[code]
    if code.startswith("FK"):
        return Text("avviso o nota: SdI non scarta per questo", "warning or note: SdI does not reject for it")
    if rule and hasattr(sys.modules[rule.module], "Severity"):
        return _DOUBT
    return Text("errore: SdI scarta il file", "error: SdI rejects the file")


def _formats(rules: tuple[Rule, ...], row: tuple[str, tuple[str, ...], str] | None) -> tuple[str, ...]:
    found = [name for rule in rules for name in rule.formats] + list(row[1] if row else ())
    return tuple(dict.fromkeys(found))


def _numbers(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for rule in rules for number in re.findall(r"\d+(?:\.\d+)*", rule.field)))


def _fields(place: int, numbers: tuple[str, ...]) -> Iterator[str]:
    rows = table(_TABLES[place])
    note = " (FSM10)" if place else ""
    for number in numbers:
        yield " ".join([number, *(row.name for row in rows.by_field(number)[:1])]) + note


def _distinct(texts: Iterator[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))


def _known(day: date, unknown: date) -> date | None:
    return None if day == unknown else day


_NOTHING: Final[tuple[Any, ...]] = ((), (), {}, "")
_IGNORE: Final = Text(
    "Niente: se un altro programma lo segnala su una fattura, SdI non la scarta per questo.",
    "None: if another program reports it on an invoice, SdI does not reject it for that.",
)
_UNKNOWN: Final = Text(
    "«{found}» non è un codice conosciuto. I più vicini: {near}. Tutti i codici: fatturakit rule",
    "“{found}” is not a known code. The nearest: {near}. All codes: fatturakit rule --lang en",
)
