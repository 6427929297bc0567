"""The closing sentences: how many documents, what was found, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..texts import Language, Text
from . import Summary
from ._words import DOCUMENTS, ERRORS, INFOS, INTERRUPTED, INVALID, UNCLEAR, UNREADABLE, VALID, WARNINGS, Count

_NOT_EVALUATED: Final = Count(
    Text("controllo non è stato valutato", "control was not evaluated", "controlo não foi avaliado"),
    Text("controlli non sono stati valutati", "controls were not evaluated", "controlos não foram avaliados"),
)
_SEE_LIST: Final = Text(" (-v per l'elenco)", " (-v lists them)", " (-v para a lista)")
_SECONDS: Final = Text("Tempo: {seconds} s.", "Time: {seconds} s.", "Tempo: {seconds} s.")


def closing(summary: Summary, lang: Language, *, verbose: int = 0) -> Iterator[str]:
    """The last lines of the text format; one document needs no totals by verdict, its own line says it."""
    if summary.interrupted:
        yield INTERRUPTED.say(lang)
    if summary.documents != 1:
        yield verdicts(summary, lang)
    if summary.documents:
        yield found(summary, lang) + _not_evaluated(summary, lang, verbose)
    if verbose > 0 and summary.seconds is not None:
        seconds = f"{summary.seconds:.2f}"
        yield _SECONDS.say(lang, {"seconds": seconds if lang == "en" else seconds.replace(".", ",")})


def verdicts(summary: Summary, lang: Language) -> str:
    """``3 documenti: 1 valido, 2 non validi.``"""
    pairs = (
        (summary.valid, VALID),
        (summary.invalid, INVALID),
        (summary.unclear, UNCLEAR),
        (summary.unreadable, UNREADABLE),
    )
    parts = [noun.say(number, lang) for number, noun in pairs if number]
    documents = DOCUMENTS.say(summary.documents, lang)
    return f"{documents}: {', '.join(parts)}." if parts else f"{documents}."


def found(summary: Summary, lang: Language) -> str:
    """``1 errore, 0 avvisi.``; notes only when there are some."""
    parts = [ERRORS.say(summary.errors, lang), WARNINGS.say(summary.warnings, lang)]
    if summary.infos:
        parts.append(INFOS.say(summary.infos, lang))
    return ", ".join(parts) + "."


def _not_evaluated(summary: Summary, lang: Language, verbose: int) -> str:
    if not summary.not_evaluated_codes:
        return ""
    hint = "" if verbose else _SEE_LIST.say(lang)
    return f" {_NOT_EVALUATED.say(summary.not_evaluated_codes, lang)}{hint}."
