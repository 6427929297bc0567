"""What real services do oddly: each can be switched on and off, those they are known for are on."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from ..errors import UsageError
from ..texts import Text


class Quirk(NamedTuple):
    """One oddity: the provider it belongs to, what it is, and whether it is the usual behaviour."""

    name: str
    provider: str
    title: Text
    usual: bool = False


QUIRKS: Final = (
    Quirk("nulll", "openapi", Text('error vale "nulll" sugli annullamenti', 'error is "nulll" on voids'), usual=True),
    Quirk("string-null", "openapi", Text('data vale "null", un testo', 'data is "null", a text'), usual=True),
    Quirk("success-on-404", "openapi", Text("success è true anche su un 404", "success is true on a 404"), usual=True),
    Quirk("double-wrap", "openapi", Text("avvisi con data dentro data", "callbacks with data in data"), usual=True),
    Quirk("wrapped-errors", "invoicetronic", Text("errori dentro problem_details", "errors inside problem_details")),
    Quirk("missing-headers", "all", Text("nessuna intestazione facoltativa", "no optional header at all")),
    Quirk("empty-errors", "all", Text("errori con il corpo vuoto", "errors with an empty body")),
    Quirk("html-errors", "all", Text("errori come pagine HTML", "errors as HTML pages")),
    Quirk("sdi-down", "acube", Text("SdI non risponde: quarantena", "SdI does not answer: quarantine")),
    Quirk("retry-text", "acube", Text("retry_information è un testo", "retry_information is a text")),
    Quirk("only-year", "invoicexpress", Text("accetta solo year", "takes year only")),
    Quirk("only-years", "invoicexpress", Text("accetta solo years", "takes years only")),
    Quirk("saft-zip", "invoicexpress", Text("il SAF-T in uno ZIP", "the SAF-T in a ZIP")),
    Quirk("saft-fails", "invoicexpress", Text("la generazione fallisce (500)", "the generation fails (500)")),
    Quirk("saft-empty", "invoicexpress", Text("mesi senza documenti", "months without documents")),
    Quirk("saft-silent", "invoicexpress", Text("202 con il corpo vuoto", "202 with an empty body")),
)
_NAMES: Final = {quirk.name for quirk in QUIRKS}
USUAL: Final = frozenset(quirk.name for quirk in QUIRKS if quirk.usual)


def switched(asked: Iterable[str], now: frozenset[str] = USUAL) -> frozenset[str]:
    """The quirks after some were asked for: ``nulll`` switches on, ``no-nulll`` off; ``UsageError`` for others.

    >>> sorted(switched(["sdi-down", "no-nulll"]) ^ USUAL)
    ['nulll', 'sdi-down']
    """
    on = set(now)
    for word in asked:
        name = word if word in _NAMES else word.removeprefix("no-")
        if name not in _NAMES:
            near = ", ".join(get_close_matches(name, _NAMES) or sorted(_NAMES))
            raise UsageError(_UNKNOWN, name=word, near=near)
        (on.add if name == word else on.discard)(name)
    return frozenset(on)


_UNKNOWN: Final = Text("«{name}» non è una stranezza: {near}.", "“{name}” is no quirk: {near}.")
