"""The kinds of values an audit file takes: each turns the text of a cell into the text of an element, or doubts it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Final

from ..findings import Severity
from ..money import DIGITS, canonical
from ..texts import EMPTY, Text

Kind = Callable[[str], str]
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN: Final = re.compile("[\x80-\x9f]")
_REFERENCE: Final = re.compile("&#([0-9]{1,7});")
_BLANKS: Final = re.compile(r"[\t\n\r]+")
_AMOUNT: Final = re.compile(r"\d{1,30}(\.\d{1,20})?", re.ASCII)
_DAY: Final = re.compile(r"([12]\d{3}-\d{2}-\d{2})([T ]00:00:00)?", re.ASCII)
_MOMENT: Final = re.compile(
    r"([12]\d{3}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_PLAIN: Final = re.compile(r"[12]\d{3}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
"""A moment as it is written, unless there is no such day."""
_CLOCK: Final = re.compile(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
_TRUE: Final = frozenset({"1", "true", "yes", "y", "sim", "s", "si", "sì"})
_FALSE: Final = frozenset({"0", "false", "no", "n", "não", "nao"})


class Doubt(Exception):
    """A value that cannot stay as it is. value: what to write when one goes on all the same."""

    def __init__(
        self,
        message: Text,
        fix: Text = EMPTY,
        value: str = "",
        /,
        code: str = "SL004",
        severity: Severity = Severity.ERROR,
        **args: object,
    ) -> None:
        super().__init__(message)
        self.message, self.fix, self.value, self.code, self.severity = message, fix, value, code, severity
        self.args_ = args


def escaped(text: str) -> str:
    """Text as the content of an element; the controls U+0080 to U+009F, which editors hide, become references."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isprintable() else _HIDDEN.sub(lambda found: f"&#{ord(found[0])};", text)


def unescaped(content: str) -> str:
    """The text that ``escaped`` made ``content`` of.

    >>> unescaped(escaped("<&lt;>\x85")) == "<&lt;>\x85"
    True
    """
    text = _REFERENCE.sub(lambda found: chr(int(found[1])), content)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clean(raw: str) -> str:
    """Text without line breaks and without the white space around it."""
    return _BLANKS.sub(" ", raw).strip() if not raw.isprintable() else raw.strip()


def text(most: int, least: int = 1, *, cut: bool = False, pattern: str = "", shape: Text = EMPTY) -> Kind:
    """Text of ``least`` to ``most`` characters; ``cut`` what is too long, with a warning; ``pattern`` it must match."""
    right = re.compile(pattern, re.ASCII) if pattern else None

    def check(raw: str) -> str:
        value = clean(raw)
        if not value.isprintable() and _ILLEGAL.search(value):
            raise _illegal(value, most)
        if len(value) > most:
            if not cut:
                raise Doubt(_LONG, _LONG_FIX, escaped(value[:most]), value=value, length=len(value), most=most)
            kept = escaped(_shortened(value, most))
            raise Doubt(_CUT, EMPTY, kept, "SL005", Severity.WARNING, length=len(value), most=most)
        if len(value) < least:
            raise Doubt(_SHORT, EMPTY, escaped(value), value=value, least=least)
        if right and not right.fullmatch(value):
            raise Doubt(_PATTERN, shape, escaped(value), value=value)
        return escaped(value)

    return check


def one_of(codes: Collection[str], name: Text = EMPTY) -> Kind:
    """One of a list of codes, in capitals or not."""

    def check(raw: str) -> str:
        value = raw.strip()
        if value in codes:
            return value
        if value.upper() in codes:
            return value.upper()
        raise Doubt(_CODE, _CODE_FIX, escaped(value), value=value, codes=" ".join(_few(codes)), name=name)

    return check


def amount(raw: str) -> str:
    """A number of zero or more, written with a dot."""
    value = raw.strip()
    if len(value) <= DIGITS and _AMOUNT.fullmatch(value):
        return value
    number = canonical(value)
    if number is None:
        raise Doubt(_NUMBER, _NUMBER_FIX, "0", value=value)
    if number.startswith("-"):
        raise Doubt(_NEGATIVE, _NEGATIVE_FIX, number[1:], code="SL009", value=value)
    return number


def integer(least: int, most: int) -> Kind:
    """A whole number in a range."""

    def check(raw: str) -> str:
        value = (canonical(raw) or "").partition(".")
        number = int(value[0]) if value[0].lstrip("-").isdigit() and len(value[0]) < 20 and not value[2] else None
        if number is None or not least <= number <= most:
            raise Doubt(_INTEGER, EMPTY, str(least), value=raw, least=least, most=most)
        return str(number)

    return check


@lru_cache(1_024)
def day(raw: str) -> str:
    """A day of the calendar, ``YYYY-MM-DD``, from the year 2000."""
    found = _DAY.fullmatch(raw.strip())
    if found and raw >= "2000":
        with suppress(ValueError):
            date.fromisoformat(found[1])
            return found[1]
    raise Doubt(_DATE, _DATE_FIX, "2000-01-01", value=raw)


def moment(raw: str) -> str:
    """A moment, ``YYYY-MM-DDThh:mm:ss``: the law knows no time zone and no fractions of a second."""
    if _PLAIN.fullmatch(raw) and day(raw[:10]):
        return raw
    found = _MOMENT.fullmatch(raw.strip())
    if not found:
        raise Doubt(_TIME, _TIME_FIX, "2000-01-01T00:00:00", value=raw)
    value = f"{day(found[1])}T{found[2] or '00'}:{found[3] or '00'}:{found[4] or '00'}"
    if found[6]:
        raise Doubt(_ZONE, _ZONE_FIX, value, code="SL004", value=raw, kept=value)
    if found[2] is None or (found[5] or "").strip(".0"):
        raise Doubt(_ROUND, EMPTY, value, "SL006", Severity.WARNING, value=raw, kept=value)
    return value


def is_moment(raw: str, on: str) -> bool:
    """Whether the text of a moment stays as it is; quick when its day is ``on``, which is a day of the calendar.

    >>> [is_moment(raw, "2026-10-01") for raw in ("2026-10-01T09:00:00", "2026-10-02T09:00:00", "2026-10-01 09:00")]
    [True, True, False]
    """
    if raw.startswith(on):
        return _CLOCK.fullmatch(raw, 10) is not None
    try:
        return moment(raw) == raw
    except Doubt:
        return False


def flag(raw: str) -> str:
    """A yes or no as 1 or 0."""
    value = raw.strip().lower()
    if value in _TRUE or value in _FALSE:
        return "1" if value in _TRUE else "0"
    raise Doubt(_FLAG, EMPTY, "0", value=raw)


def is_true(raw: str) -> bool:
    """Whether a cell says yes."""
    return raw.strip().lower() in _TRUE


def _illegal(value: str, most: int) -> Doubt:
    kept = escaped(_ILLEGAL.sub("", value)[:most])
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        return Doubt(_ENCODING, _ENCODING_FIX, kept, "SL013", value=value.encode("ascii", "backslashreplace").decode())
    return Doubt(_CONTROL, EMPTY, kept or "?", "SL006", Severity.WARNING)


def _shortened(value: str, most: int) -> str:
    """The first ``most`` characters, without half of a combined one and without a space at the end."""
    while most > 1 and value[most : most + 1] and _combines(value[most]):
        most -= 1
    return value[:most].rstrip()


def _combines(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f" or "\ufe00" <= sign <= "\ufe0f" or sign == "\u200d"


def _few(codes: Collection[str]) -> Iterator[str]:
    for place, code in enumerate(sorted(codes)):
        if place == 20:
            yield "…"
            return
        yield code


_LONG: Final = Text(
    "«{value}» ha {length} caratteri: il massimo è {most}.",
    "“{value}” has {length} characters: at most {most}.",
    "«{value}» tem {length} caracteres: no máximo {most}.",
)
_LONG_FIX: Final = Text(
    "Accorcialo dovunque compaia.", "Shorten it wherever it appears.", "Encurte-o onde quer que apareça."
)
_CUT: Final = Text(
    "Testo di {length} caratteri: tagliato a {most}.",
    "A text of {length} characters: cut to {most}.",
    "Texto de {length} caracteres: cortado a {most}.",
)
_SHORT: Final = Text(
    "«{value}» è troppo corto: almeno {least} caratteri.",
    "“{value}” is too short: at least {least} characters.",
    "«{value}» é demasiado curto: pelo menos {least} caracteres.",
)
_PATTERN: Final = Text(
    "«{value}» non ha la forma richiesta.",
    "“{value}” has not the shape it must have.",
    "«{value}» não tem a forma exigida.",
)
_CODE: Final = Text(
    "«{value}» non è un codice ammesso.", "“{value}” is no code for this.", "«{value}» não é um código admitido."
)
_CODE_FIX: Final = Text("Codici: {codes}.", "Codes: {codes}.", "Códigos: {codes}.")
_NUMBER: Final = Text("«{value}» non è un numero.", "“{value}” is no number.", "«{value}» não é um número.")
_NUMBER_FIX: Final = Text(
    "Scrivilo con il punto e senza migliaia: 1234.56.",
    "Write it with a dot and no thousands: 1234.56.",
    "Escreva-o com ponto e sem milhares: 1234.56.",
)
_NEGATIVE: Final = Text(
    "{value}: un file di verifica non ha importi negativi.",
    "{value}: an audit file has no negative amounts.",
    "{value}: um ficheiro SAF-T não tem valores negativos.",
)
_NEGATIVE_FIX: Final = Text(
    "Scrivi il valore assoluto e side = D (o C); una nota di credito (NC) è già dal lato del dare.",
    "Write the absolute value and side = D (or C); a credit note (NC) is on the debit side already.",
    "Escreva o valor absoluto e side = D (ou C); uma nota de crédito (NC) já está do lado do débito.",
)
_INTEGER: Final = Text(
    "«{value}» non è un numero intero fra {least} e {most}.",
    "“{value}” is no whole number from {least} to {most}.",
    "«{value}» não é um número inteiro entre {least} e {most}.",
)
_DATE: Final = Text("«{value}» non è un giorno.", "“{value}” is no day.", "«{value}» não é uma data.")
_DATE_FIX: Final = Text("Scrivi AAAA-MM-GG.", "Write YYYY-MM-DD.", "Escreva AAAA-MM-DD.")
_TIME: Final = Text("«{value}» non è un momento.", "“{value}” is no moment.", "«{value}» não é uma data e hora.")
_TIME_FIX: Final = Text("Scrivi AAAA-MM-GGThh:mm:ss.", "Write YYYY-MM-DDThh:mm:ss.", "Escreva AAAA-MM-DDThh:mm:ss.")
_ZONE: Final = Text(
    "«{value}» ha un fuso orario: la legge vuole l'ora locale senza fuso.",
    "“{value}” has a time zone: the law wants local time without one.",
    "«{value}» tem fuso horário: a lei quer a hora local sem fuso.",
)
_ZONE_FIX: Final = Text(
    "Scrivi l'ora locale: {kept}.", "Write the local time: {kept}.", "Escreva a hora local: {kept}."
)
_ROUND: Final = Text(
    "«{value}» è scritto come {kept}.", "“{value}” is written as {kept}.", "«{value}» é escrito como {kept}."
)
_FLAG: Final = Text("«{value}» non è sì o no.", "“{value}” is no yes or no.", "«{value}» não é sim ou não.")
_ENCODING: Final = Text(
    "«{value}»: byte che non sono UTF-8.", "“{value}”: bytes that are not UTF-8.", "«{value}»: bytes que não são UTF-8."
)
_ENCODING_FIX: Final = Text(
    "Salva tutto il file in UTF-8.", "Save the whole file in UTF-8.", "Guarde o ficheiro inteiro em UTF-8."
)
_CONTROL: Final = Text(
    "Caratteri di controllo vietati in XML: tolti.",
    "Control characters that XML forbids: removed.",
    "Caracteres de controlo proibidos em XML: retirados.",
)
