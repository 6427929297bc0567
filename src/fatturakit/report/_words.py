"""The words all the formats share: verdicts, severities, counts, and what a document is called."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..findings import BodyKey, Finding, Report, Severity, Verdict
from ..texts import Language, Text

VERDICTS: Final = {
    Verdict.VALID: Text("valida", "valid", "válido"),
    Verdict.INVALID: Text("non valida", "invalid", "inválido"),
    Verdict.UNCLEAR: Text("incerta", "unclear", "incerto"),
    Verdict.UNREADABLE: Text("illeggibile", "unreadable", "ilegível"),
}
VERDICT_COLOURS: Final = {
    Verdict.VALID: "ok",
    Verdict.INVALID: "error",
    Verdict.UNCLEAR: "warning",
    Verdict.UNREADABLE: "error",
}
SEVERITIES: Final = {
    Severity.ERROR: Text("errore", "error", "erro"),
    Severity.WARNING: Text("avviso", "warning", "aviso"),
    Severity.INFO: Text("nota", "note", "nota"),
}
FIX: Final = Text("rimedio", "fix", "solução")
LINE: Final = Text("riga {line}", "line {line}", "linha {line}")
INTERRUPTED: Final = Text(
    "Interrotto: i documenti rimanenti non sono stati controllati.",
    "Interrupted: the remaining documents were not checked.",
    "Interrompido: os documentos restantes não foram verificados.",
)


class Count(NamedTuple):
    """A noun with its number."""

    one: Text
    many: Text

    def say(self, number: int, lang: Language) -> str:
        """``1 errore``, ``1.204 errori``.

        >>> ERRORS.say(1, "it"), ERRORS.say(1204, "it"), ERRORS.say(0, "en")
        ('1 errore', '1.204 errori', '0 errors')
        """
        noun = self.one if number == 1 else self.many
        return f"{grouped(number, lang)} {noun.say(lang)}"


def grouped(number: int, lang: Language) -> str:
    """A whole number with the thousands separator of the language."""
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", ".")


DOCUMENTS: Final = Count(Text("documento", "document", "documento"), Text("documenti", "documents", "documentos"))
ERRORS: Final = Count(Text("errore", "error", "erro"), Text("errori", "errors", "erros"))
WARNINGS: Final = Count(Text("avviso", "warning", "aviso"), Text("avvisi", "warnings", "avisos"))
INFOS: Final = Count(Text("nota", "note", "nota"), Text("note", "notes", "notas"))
VALID: Final = Count(Text("valido", "valid", "válido"), Text("validi", "valid", "válidos"))
INVALID: Final = Count(Text("non valido", "invalid", "inválido"), Text("non validi", "invalid", "inválidos"))
UNCLEAR: Final = Count(Text("incerto", "unclear", "incerto"), Text("incerti", "unclear", "incertos"))
UNREADABLE: Final = Count(Text("illeggibile", "unreadable", "ilegível"), Text("illeggibili", "unreadable", "ilegíveis"))

_MESSAGES: Final = {
    "RC": Text("ricevuta di consegna", "delivery receipt"),
    "NS": Text("notifica di scarto", "rejection notice"),
    "MC": Text("notifica di mancata consegna", "failed delivery notice"),
    "NE": Text("notifica di esito", "outcome notice"),
    "DT": Text("notifica di decorrenza termini", "expiry of terms notice"),
    "AT": Text("attestazione di trasmissione con impossibilità di recapito", "undeliverable, transmission attested"),
    "EC": Text("notifica di esito committente", "buyer's outcome notice"),
    "SE": Text("notifica di scarto esito committente", "rejection of the buyer's outcome"),
    "MT": Text("file dei metadati", "metadata file"),
    "RECEIPT": Text("scontrino", "receipt"),
    "SAFT-PT": Text("file di audit SAF-T", "SAF-T audit file", "ficheiro SAF-T"),
    "SAFT-AO": Text("file di audit SAF-T dell'Angola", "SAF-T audit file of Angola", "ficheiro SAF-T de Angola"),
    "SAFT-NO": Text("file di audit SAF-T della Norvegia", "SAF-T audit file of Norway", "ficheiro SAF-T da Noruega"),
    "unknown": Text("tipo sconosciuto", "unknown type", "tipo desconhecido"),
}
_INVOICE: Final = Text("fattura", "invoice")
_CREDIT: Final = Text("nota di credito", "credit note")
_DEBIT: Final = Text("nota di debito", "debit note")
_DEFERRED: Final = Text("fattura differita", "deferred invoice")
_TYPES: Final = {
    "TD01": _INVOICE,
    "TD02": Text("acconto su fattura", "advance on invoice"),
    "TD03": Text("acconto su parcella", "advance on fee"),
    "TD04": _CREDIT,
    "TD05": _DEBIT,
    "TD06": Text("parcella", "fee note"),
    "TD07": _INVOICE,
    "TD08": _CREDIT,
    "TD09": _DEBIT,
    "TD20": Text("autofattura", "self-billed invoice"),
    "TD24": _DEFERRED,
    "TD25": _DEFERRED,
}
_LOT: Final = Text("lotto di {number} documenti ({names})", "lot of {number} documents ({names})")
_DATED: Final = Text("del {date}", "of {date}")
_OTHER: Final = Text("documento", "document", "documento")
_NAMED_IN_A_LOT, _LONGEST_NAME = 3, 40


def describe(report: Report, lang: Language) -> str:
    """What the document is, in words: ``fattura 12/A del 2026-11-03``; values as stored, not yet made safe to show."""
    if len(report.bodies) > 1:
        return _lot(report.bodies, lang)
    if report.bodies:
        return _body(report.bodies[0], lang)
    if report.verdict is Verdict.UNREADABLE and report.kind == "unknown":
        return ""
    return _MESSAGES[report.kind].say(lang) if report.kind in _MESSAGES else ""


def _body(body: BodyKey, lang: Language) -> str:
    known = _TYPES.get(body.tipo_documento or "")
    words = [known.say(lang)] if known else [_OTHER.say(lang), _short(body.tipo_documento)]
    dated = _DATED.say(lang, {"date": _short(body.data)}) if body.data else ""
    return " ".join(word for word in (*words, _short(body.numero), dated) if word)


def _short(value: str | None) -> str:
    """A value where a few characters are expected; what is longer (a broken or hostile file) is cut, visibly."""
    value = value or ""
    return value if len(value) <= _LONGEST_NAME else value[: _LONGEST_NAME - 1] + "…"


def _lot(bodies: tuple[BodyKey, ...], lang: Language) -> str:
    numbers = [_short(body.numero) or "?" for body in bodies]
    short = len(numbers) <= _NAMED_IN_A_LOT
    names = ", ".join(numbers) if short else f"{numbers[0]} … {numbers[-1]}"
    return _LOT.say(lang, {"number": grouped(len(numbers), lang), "names": names})


def with_field(finding: Finding, lang: Language) -> str:
    """The sentence after the SdI number of the field it is about: ``2.1.1.4 <Numero> …``."""
    return f"{finding.field} {finding.say(lang)}" if finding.field else finding.say(lang)
