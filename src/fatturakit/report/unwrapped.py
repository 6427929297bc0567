"""What was peeled, for people and for programs (``fatturakit/unwrap@1``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..batch.envelopes import Answer
from ..batch.seals import sealed
from ..envelope.sniff import describe
from ..envelope.unwrap import Unwrapped
from ..errors import InputError
from ..texts import Language, Text
from ._encode import encode
from .screen import Column, Page

SCHEMA: Final = "fatturakit/unwrap@1"
BEGIN: Final = f'{{"schema": "{SCHEMA}",\n "documents": ['
END: Final = "\n ]}\n"
_WIDEST: Final = 40
_LAYERS: Final = {
    "zip": Text("ZIP", "ZIP"),
    "eml": Text("e-mail", "e-mail"),
    "base64": Text("base64", "base64"),
    "pem": Text("PEM", "PEM"),
    "smime": Text("S/MIME", "S/MIME"),
    "cms": Text("CMS", "CMS"),
    "p7s": Text("firma a parte", "detached signature"),
    "tsd": Text("marca temporale", "time stamp"),
    "xml": Text("XML", "XML"),
}


class Row(NamedTuple):
    """One input of several, in words."""

    shown: str
    how: str
    refused: bool = False
    recovered: bool = False


def chain(answer: Answer[Unwrapped], result: Unwrapped, lang: Language) -> str:
    """``base64 → CMS → XML 4.812 byte``."""
    named = [_LAYERS[layer].say(lang) for layer in (*answer.item.containers, *result.layers)]
    if result.layers[-1:] != ("xml",):
        named.append(describe(result.content).say(lang) if result.content else _NOTHING.say(lang))
    size = f"{answer.seals[0].size if answer.seals else len(result.content):,}"
    return " → ".join(named) + " " + (size if lang == "en" else size.replace(",", ".")) + _BYTES.say(lang)


def warnings(result: Unwrapped, lang: Language) -> Iterator[str]:
    """What must not be overlooked about a content that came out."""
    if result.recovered:
        details = [envelope.detail.say(lang) for envelope in result.envelopes if envelope.detail]
        yield _RECOVERED.say(lang, {"detail": "; ".join(details)})
    if result.layers[-1:] != ("xml",):
        yield (_NOT_XML if result.content else _EMPTY).say(lang, {"what": describe(result.content).say(lang)})


def table(rows: Sequence[Row], page: Page, lang: Language) -> Iterator[str]:
    """A row an input, and how many could be opened."""
    heads = (Column(_FILE.say(lang), most=_WIDEST), Column(_HOW.say(lang), flexible=True))
    cells = [(page.ending(row.shown, _WIDEST), page.value(row.how)) for row in rows]
    yield from page.table(heads, cells, height=3)
    refused, recovered = sum(row.refused for row in rows), sum(row.recovered for row in rows)
    total = _ONE if len(rows) == 1 else _SUM
    yield total.say(lang, {"all": len(rows), "opened": len(rows) - refused, "recovered": recovered, "refused": refused})


def row(answer: Answer[Unwrapped], lang: Language) -> Row:
    """What became of one input."""
    shown, result = answer.item.shown, answer.result
    if isinstance(result, InputError):
        return Row(shown, _REFUSED.say(lang) + result.say(lang), refused=True)
    marks = [_MARK.say(lang)] if result.recovered else []
    return Row(shown, "; ".join((chain(answer, result, lang), *marks)), recovered=result.recovered)


def entry(answer: Answer[Unwrapped], path: str | None, lang: Language) -> str:
    """The entry of one input. path: the file its content was written to."""
    shown, containers, result = answer.item.shown, answer.item.containers, answer.result
    if isinstance(result, InputError):
        finding = result.finding
        fix = finding.remedy(lang) if finding else ""
        error = {"code": finding.code if finding else None, "message": result.say(lang), "fix": fix}
        return encode({"path": shown, "layers": list(containers), "error": error})
    seal = answer.seals[0] if answer.seals else sealed(result.content)
    return encode(
        {
            "path": shown,
            "name": result.name,
            "layers": [*containers, *result.layers],
            "steps": [{"layer": step.layer or None, "bytes": step.size} for step in result.steps],
            "envelopes": len(result.envelopes),
            "recovered": result.recovered,
            "bytes": seal.size,
            "sha256": seal.sha256,
            "warnings": list(warnings(result, lang)),
            "output": path,
        }
    )


_BYTES: Final = Text(" byte", " bytes")
_NOTHING: Final = Text("vuoto", "empty")
_FILE: Final = Text("File", "File")
_HOW: Final = Text("Che cosa c'è", "What is in it")
_REFUSED: Final = Text("rifiutato: ", "refused: ")
_MARK: Final = Text("recuperato, firma non verificabile", "recovered, signature not verifiable")
_RECOVERED: Final = Text(
    "recuperato, firma non verificabile: {detail}.", "recovered, signature not verifiable: {detail}."
)
_NOT_XML: Final = Text("il contenuto non è XML: è {what}.", "the content is not XML: it is {what}.")
_EMPTY: Final = Text("la busta contiene un documento vuoto.", "the envelope holds an empty document.")
_SUM: Final = Text(
    "{all} documenti: {opened} aperti (di cui {recovered} recuperati), {refused} rifiutati.",
    "{all} documents: {opened} opened ({recovered} of them recovered), {refused} refused.",
)
_ONE: Final = Text(
    "1 documento: {opened} aperti (di cui {recovered} recuperati), {refused} rifiutati.",
    "1 document: {opened} opened ({recovered} of them recovered), {refused} refused.",
)
