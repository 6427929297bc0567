"""``fatturakit/summary@1``: the summaries as data, values exactly as the XML has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._version import __version__
from ..errors import InputError
from ..invoice.fields import Answer, Place
from ..invoice.messages import Message
from ..invoice.model import InvoiceFile
from ..invoice.summary import Summary, to_dict
from ..schema.codes import Code, list_for
from ..schema.expected import expected
from ..texts import Language
from ._encode import encode
from .screen import Checks

SCHEMA: Final = "fatturakit/summary@1"


def begin(answers: Sequence[Answer], lang: Language) -> str:
    """What stands before the documents: the schema's name, and the fields that were asked for."""
    tool = encode({"name": "fatturakit", "version": __version__})
    fields = f' "fields": {encode([_answer(answer, lang) for answer in answers])},\n' if answers else ""
    return f'{{"schema": "{SCHEMA}",\n "tool": {tool},\n{fields} "documents": ['


def document(path: str, summary: Summary, checks: Checks | None) -> str:
    """The entry of a readable document; ``findings`` is absent when it could not be judged."""
    content = summary.content
    entry: dict[str, object] = {
        "path": path,
        "kind": summary.kind,
        "layers": list(summary.layers),
        "signature": summary.signature,
        "findings": None if checks is None else {"errors": checks.errors, "warnings": checks.warnings},
    }
    data = to_dict(content)
    if isinstance(content, InvoiceFile) and isinstance(data, dict):
        bodies = data.pop("bodies", [])
        return encode({**entry, "header": data, "bodies": bodies})
    return encode({**entry, "message" if isinstance(content, Message) else "other": data})


def unreadable(path: str, error: InputError, lang: Language) -> str:
    """The entry of an input that could not be opened, unwrapped or parsed."""
    finding = error.finding
    trouble = {"code": finding.code if finding else None, "message": error.say(lang)}
    fix = finding.remedy(lang) if finding else ""
    return encode({"path": path, "kind": "unknown", "error": {**trouble, "fix": fix}})


def _answer(answer: Answer, lang: Language) -> dict[str, object]:
    found: dict[str, object] = {"word": answer.word}
    if answer.meanings:
        found["codes"] = [{"list": name, **_code(code)} for name, code in answer.meanings]
    found["places"] = [_short(place) if answer.meanings else _place(place, lang) for place in answer.places]
    found["namesakes"] = [_short(place) for place in answer.namesakes]
    return found


def _short(place: Place) -> dict[str, object]:
    element = place.element
    return {"format": place.table, "field": element.field, "path": element.path, "it": element.it, "en": element.en}


def _place(place: Place, lang: Language) -> dict[str, object]:
    element, kind = place.element, place.element.type
    facts: dict[str, object] = {**_short(place), "min": element.min, "max": element.max, "type": element.type_name}
    if kind:
        known = list_for(element)
        facts["expected"] = expected(kind).say(lang)
        facts["patterns"] = list(kind.patterns)
        facts["codes"] = [_code(code) for code in known or () if code.code in kind.enumeration]
    return facts


def _code(code: Code) -> dict[str, object]:
    since, until = (day and day.isoformat() for day in (code.since, code.until))
    return {"code": code.code, "it": code.it, "en": code.en, "since": since, "until": until}
