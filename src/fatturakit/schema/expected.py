"""What a type wants, said to a bookkeeper, and the nearest value that would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from ..texts import Text
from .lexical import compiled, problem
from .table import SimpleType

_LIST_UP_TO: Final = 30
_SIZED: Final = re.compile(r"\{(\d+),(\d+)\}$")
_BLANKS: Final = re.compile(r"[\s.-]")
_BASIC: Final = r"\p{IsBasicLatin}"
_LATIN: Final = r"\p{IsLatin-1Supplement}"


def expected(kind: SimpleType) -> Text:
    """A noun phrase for what ``kind`` accepts: "una data AAAA-MM-GG, es. 2026-11-21"."""
    if kind.enumeration:
        return _codes(kind.enumeration)
    for pattern in kind.patterns:
        if pattern in _PATTERNS:
            return _PATTERNS[pattern]
    return _characters(kind) or _range(kind) or _NUMBERS.get(kind.base) or _size(kind)


def sizes(kind: SimpleType) -> tuple[int, int | None]:
    """The shortest and longest text ``kind`` accepts, wherever the schema says it (facets or pattern)."""
    for pattern in kind.patterns:
        if match := _SIZED.search(pattern):
            return int(match[1]), int(match[2])
    if kind.length is not None:
        return kind.length, kind.length
    return kind.min_length or 0, kind.max_length


def foreign_character(value: str, kind: SimpleType) -> str | None:
    """The first character outside the alphabet of a text type, None when all are inside or it has none."""
    pattern = _text_pattern(kind)
    if pattern is None:
        return None
    alphabet = compiled(_SIZED.sub("", pattern))
    return next((character for character in value if not alphabet.fullmatch(character)), None)


def suggestion(value: str, kind: SimpleType) -> str | None:
    """The first simple correction of ``value`` that ``kind`` accepts, None when there is none worth proposing."""
    for candidate in _candidates(value, kind):
        if candidate != value and candidate and problem(candidate, kind) is None:
            return candidate
    return None


def _candidates(value: str, kind: SimpleType) -> Iterator[str]:
    bare = value.strip()
    yield bare
    yield bare.upper()
    yield bare.translate(_PLAIN)
    yield from _as_number(bare)
    yield from _as_date(bare)
    if _text_pattern(kind) is None:
        yield _BLANKS.sub("", bare).upper()
    yield from (code for code in kind.enumeration if _BLANKS.sub("", code) == _BLANKS.sub("", bare).upper())


def _as_number(value: str) -> Iterator[str]:
    plain = value.replace("€", "").replace(" ", "").lstrip("+")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return
    if not number.is_finite() or abs(number.adjusted()) > 15:
        return
    yield f"{number:f}"
    for decimals in ("0.01", "0.00000001"):
        if number == (rounded := number.quantize(Decimal(decimals))):
            yield f"{rounded:f}"


def _as_date(value: str) -> Iterator[str]:
    match = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$", value)
    if match:
        yield f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    if match := re.match(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})$", value):
        yield "-".join(match.groups())
    if match := re.match(r"(\d{4}-\d\d-\d\d)[T ]", value):
        yield match[1]


def _codes(codes: tuple[str, ...]) -> Text:
    if len(codes) == 1:
        return Text(f"«{codes[0]}»", f"“{codes[0]}”")
    listed = ", ".join(codes[:_LIST_UP_TO])
    return Text(f"uno fra {listed}", f"one of {listed}")


def _text_pattern(kind: SimpleType) -> str | None:
    return next((pattern for pattern in kind.patterns if _BASIC in pattern and _SIZED.search(pattern)), None)


def _characters(kind: SimpleType) -> Text | None:
    pattern = _text_pattern(kind)
    if pattern is None:
        return None
    size = "{}-{}".format(*sizes(kind))
    if _LATIN in pattern:
        return Text(
            f"un testo di {size} caratteri latini (niente €, virgolette curve, trattini lunghi)",
            f"a text of {size} Latin-1 characters (no €, curly quotes or long dashes)",
        )
    return Text(
        f"un testo di {size} caratteri semplici (senza accenti né €)",
        f"a text of {size} plain ASCII characters (no accents, no €)",
    )


def _size(kind: SimpleType) -> Text:
    low, high = sizes(kind)
    return Text(f"un testo di {low}-{high} caratteri", f"a text of {low}-{high} characters")


def _range(kind: SimpleType) -> Text | None:
    low, high = kind.min_inclusive, kind.max_inclusive
    if low and high:
        return Text(f"un valore da {low} a {high}", f"a value from {low} to {high}")
    return Text(f"una data AAAA-MM-GG dal {low} in poi", f"a date YYYY-MM-DD from {low} on") if low else None


_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("–—‒―−•", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "),
        "…": "...",
        "€": "EUR",
        "™": "(TM)",
        "œ": "oe",
        "Œ": "OE",
        "š": "s",
        "Š": "S",
        "ž": "z",
        "Ž": "Z",
    }
)
_NUMBERS: Final = {
    "xs:date": Text("una data AAAA-MM-GG, es. 2026-11-21", "a date YYYY-MM-DD, e.g. 2026-11-21"),
    "xs:dateTime": Text("data e ora, es. 2026-11-21T10:30:00", "date and time, e.g. 2026-11-21T10:30:00"),
    "xs:base64Binary": Text("un contenuto in base64", "base64 content"),
    "xs:integer": Text("un numero intero", "a whole number"),
    "xs:nonNegativeInteger": Text("un numero intero non negativo", "a whole number, zero or more"),
    "xs:positiveInteger": Text("un numero intero da 1 in su", "a whole number, 1 or more"),
}
_PATTERNS: Final = {
    r"-?[0-9]{1,11}\.[0-9]{2}": Text(
        "un importo con il punto e due decimali, es. 1234.50", "an amount with a point and two decimals, e.g. 1234.50"
    ),
    r"-?[0-9]{1,11}\.[0-9]{2,8}": Text(
        "un importo con il punto e da 2 a 8 decimali, es. 12.3456",
        "an amount with a point and 2 to 8 decimals, e.g. 12.3456",
    ),
    r"[0-9]{1,12}\.[0-9]{2,8}": Text(
        "una quantità senza segno, con il punto e da 2 a 8 decimali, es. 3.00",
        "a quantity without sign, with a point and 2 to 8 decimals, e.g. 3.00",
    ),
    r"[0-9]{1,3}\.[0-9]{2}": Text(
        "una percentuale da 0.00 a 100.00 con due decimali, es. 22.00",
        "a percentage from 0.00 to 100.00 with two decimals, e.g. 22.00",
    ),
    r"[0-9]{1,4}\.[0-9]{1,2}": Text("un peso in kg con il punto, es. 12.50", "a weight in kg with a point, e.g. 12.50"),
    r"[A-Z]{2}": Text("due lettere maiuscole, es. IT", "two capital letters, e.g. IT"),
    r"[A-Z]{3}": Text("tre lettere maiuscole, es. EUR", "three capital letters, e.g. EUR"),
    r"[0-9]{5}": Text("cinque cifre, es. 00184", "five digits, e.g. 00184"),
    r"[A-Z0-9]{11,16}": Text(
        "un codice fiscale di 11 cifre o 16 caratteri maiuscoli", "a tax code of 11 digits or 16 capital characters"
    ),
    r"[A-Z0-9]{16}": Text("un codice fiscale di 16 caratteri maiuscoli", "a tax code of 16 capital characters"),
    r"[A-Z0-9]{6,7}": Text(
        "un codice di 6 (PA) o 7 caratteri maiuscoli", "a code of 6 (administration) or 7 capital characters"
    ),
    r"[A-Z0-9]{7}": Text("un codice di 7 caratteri maiuscoli", "a code of 7 capital characters"),
    r"[A-Z0-9]{6}": Text("un codice ufficio di 6 caratteri maiuscoli", "an office code of 6 capital characters"),
    r".+@.+\.+.+": Text("un indirizzo e-mail, es. nome@esempio.it", "an e-mail address, e.g. name@example.com"),
    r"[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{11,30}": Text(
        "un IBAN senza spazi, es. IT60X0542811101000000123456",
        "an IBAN without blanks, e.g. IT60X0542811101000000123456",
    ),
    r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?": Text(
        "un codice BIC di 8 o 11 caratteri", "a BIC code of 8 or 11 characters"
    ),
}
