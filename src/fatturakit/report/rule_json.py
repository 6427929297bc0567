"""What ``fatturakit rule --format json`` writes: ``fatturakit/rules@1`` and ``fatturakit/rule-changes@1``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..rules.changes import Change, versions
from ..rules.explain import SECTIONS, Explanation
from ..texts import Language, Text
from .rule_text import happened, plain


def rules(known: Iterable[Explanation], lang: Language) -> dict[str, object]:
    """Every explanation."""
    return {"schema": "fatturakit/rules@1", "rules": [rule(each, lang) for each in known]}


def rule(each: Explanation, lang: Language) -> dict[str, object]:
    """One explanation. messages and fixes are templates, with the names of the arguments in braces."""
    return {
        "code": each.code,
        "title": each.title.say(lang),
        "group": each.group,
        "evaluated": each.judged,
        "reason": each.reason.say(lang) or None,
        "severity": each.severity.say(lang) or None,
        "formats": list(each.formats),
        "fields": list(each.fields),
        "messages": [written(text, lang) for text in each.messages],
        "fixes": [written(text, lang) for text in each.fixes],
        **{name: written(each.sections[name], lang) if name in each.sections else None for name in SECTIONS},
        "since": day(each.since),
        "until": day(each.until),
        "file": each.file or None,
        "history": [change(row, lang) for row in each.history],
    }


def changes(start: date, end: date, found: Sequence[Change], lang: Language) -> dict[str, object]:
    """What changed between two days, with the versions of the specification in between."""
    timeline = [
        {"version": each.name, "date": day(each.date), "text": each.text.say(lang)}
        for each in versions()
        if start <= each.date <= end
    ]
    rows = [{"code": row.code, **change(row, lang)} for row in found]
    return {
        "schema": "fatturakit/rule-changes@1",
        "from": day(start),
        "to": day(end),
        "changes": rows,
        "versions": timeline,
    }


def change(row: Change, lang: Language) -> dict[str, object]:
    """One change."""
    return {"date": day(row.date), "version": row.version or None, "kind": row.kind, "text": happened(row, lang)}


def day(value: date | None) -> str | None:
    """ISO 8601, null for none."""
    return value.isoformat() if value else None


def written(text: Text, lang: Language) -> str:
    """The words in ``lang``; placeholders stay as they are."""
    return plain(text.template(lang))
