"""Texts at and beyond the borders of what a type accepts."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from fatturakit.schema.codes import code_list, code_lists
from fatturakit.schema.table import SimpleType

from .seeds import sample


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


# One of each: ASCII, Latin-1, its last character, the next one, euro, curly quote, Greek, CJK, beyond the BMP,
# combining, C1 control, soft hyphen, line separator, byte order mark, the highest character XML allows in the BMP.
CHARACTERS = "aA1 ~éÿĀ€’Ω漢😀\u0301\u0080\u00a0\u00ad\u2028\ufeff\ufffd\x7f\x85"
BLANKS = (" ", "\t", "\n", "\r", "  ", " \n\t ", "\u00a0", "\u3000")
ALPHABETS = ("a", "é", "€", "😀", "1", " ", "A", "-", "\t")
DATES = words(
    """2026-02-28 2024-02-29 2026-02-29 1900-02-29 2000-02-29 2026-13-01 2026-00-10 2026-04-31 2026-1-1 26-01-01
    1970-01-01 1969-12-31 1970-01-01Z 1970-01-01+14:00 1970-01-01-14:00 1970-01-01+01:00 1970-01-01-01:00
    1969-12-31-12:00 1970-01-02+14:00 2026-01-01+14:01 2026-01-01+15:00 2026-01-01+1:00 2026-01-01+0100
    2026-01-01z 0000-01-01 0001-01-01 -0001-01-01 -2026-01-01 10000-01-01 99999-12-31 +2026-01-01 2026/01/01
    01-01-2026 01/01/2026 20260101 2026-001 2026-01-01T00:00:00 2026-01-32 2026-01-00 9999-12-31 02026-01-01
    2026-01-01-00:00 2026-01-01+00:00 today"""
)
MOMENTS = words(
    """2026-03-15T10:20:30 2026-03-15T10:20:30Z 2026-03-15T10:20:30.123 2026-03-15T10:20:30.123456789+01:00
    2026-03-15T24:00:00 2026-03-15T24:00:01 2026-03-15T25:00:00 2026-03-15T10:60:00 2026-03-15T10:20:60
    2026-03-15T10:20:59.999 2026-03-15T10:20 2026-03-15 2026-03-15t10:20:30 2026-03-15T10:20:30z
    2026-03-15T10:20:30. 2026-03-15T10:20:30+14:00 2026-03-15T10:20:30+14:01 2026-03-15T1:20:30 10:20:30
    2026-02-30T00:00:00 -2026-03-15T10:20:30 2026-03-15T10:20:30-00:00 12026-03-15T10:20:30 0000-03-15T10:20:30
    2026-03-15T-1:20:30 2026-03-15T10:20:30,5 2026-12-31T24:00:00"""
)
NUMBERS = words(
    """0 -0 +0 1 -1 +1 00 01 0001 9999 10000 99999 999 1000 1.0 1. .5 -.5 0.0 0.00 00.00 -0.00 +1.00 1.0 1.00 1.000
    1,00 1e2 1E2 1.0e1 INF -INF NaN 1_000 1 000 1.000,00 12345678901.00 123456789012.00 99999999999.99
    999999999999.99 100.00 100.01 100.000 99.99 101.00 0100.00 1.12345678 1.123456789 1.1234567 22 22.0 22.000
    --1.00 -+1.00 1.0.0 0x10 ١٢.٠٠ １.００ 1.00% €1.00 1234.56 9999.9 12345.1 999999999999 1234567890123 000000000001
    -123456789012 0.01 -12345678901.12 -1.00 123456789012345678.00 18446744073709551616
    99999999999999999999999999.00 1000000000000000000000000000000"""
)
BINARIES = (
    *words("= ==== YQ== YQ= YQ Y YR== YWI= YWJ= YWJj YWJj= Y=WJj YWJ- YWJ_ YWJj! é YQ==YQ== YWJjZ //// ++++ YWéJj"),
    *("", "YW Jj", " YWJj ", "Y\nW\tJ j", "YWJj\u00a0", "Y Q = ="),
)
ADDRESSES = words(
    """a@b a@b.it a@ @b a.b@c.d a..b@c a@b..c a@b. .a@b a@.b a@@b a@b@c "a"@b "[]!#"@b a@[1.2.3.4] a@[] è@b.it a@b,c
    a@b.it; abcdef@ a@b.c.d a@b.cc a+b@c.dd a'b@c.dd <a@b.cc> a@b.it. x@y...z noreply"""
)
OTHER = words(
    """IT it I ITA EUR eur IT60X0542811101000000123456 it60x0542811101000000123456 UNCRITMM UNCRITMMXXX UNCRITMOXXX
    UNCRITM1 00100 0010 001000 ABC123 ABC1234 abc1234 ABC12345 0000000 RSSMRA80A01H501U rssmra80a01h501u
    01234567890 SI si Si 1.0 1.00 1.1 1.2 FPA12 FPR12 FSM10 SDI11 SDI10 true http://x|y http://é %zz a:b:c #x :::
    12345678901234"""
)
POOLS = (DATES, MOMENTS, NUMBERS, BINARIES, ADDRESSES, OTHER)
BY_BASE = {"xs:date": (DATES,), "xs:dateTime": (MOMENTS, DATES), "xs:base64Binary": (BINARIES,)}


def codes(rng: random.Random, type_: SimpleType) -> str:
    """A code of this list or another, sometimes spoilt."""
    others = [code.code for code in code_list(rng.choice(code_lists()))]
    code = rng.choice(type_.enumeration if type_.enumeration and rng.random() < 0.5 else others)
    return rng.choice((code, code, code.lower(), f" {code}", f"{code} ", f"{code}\n", code[:-1], code + "0"))


def borders(type_: SimpleType) -> list[int]:
    """The lengths where a type may change its mind."""
    written = [int(n) for pattern in type_.patterns for n in re.findall(r"(?<=[{,])\d+(?=[,}])", pattern)]
    facets = [n for n in (type_.length, type_.min_length, type_.max_length, type_.total_digits) if n is not None]
    return sorted({max(0, n + step) for n in written + facets for step in (-1, 0, 1)}) or [0, 1, 50]


def of_length(rng: random.Random, type_: SimpleType) -> str:
    """A text of a border length, of one alphabet or with one odd character."""
    length = rng.choice(borders(type_))
    text = rng.choice(ALPHABETS) * length
    at = rng.randrange(length + 1)
    return text if rng.random() < 0.6 else text[:at] + rng.choice(CHARACTERS) + text[at + 1 :]


def some_day(rng: random.Random, _: SimpleType) -> str:
    """A day, mostly around 1970, with or without a time zone."""
    day = date(1970, 1, 1) + timedelta(days=rng.choice((-1, 0, 1, rng.randrange(-700_000, 2_900_000))))
    zone = rng.choice(("", "", "Z", "+01:00", "-12:00", "+14:00", "+13:59"))
    return day.isoformat() + zone


def some_number(rng: random.Random, _: SimpleType) -> str:
    """A number with a chosen count of digits before and after the point."""
    whole = "".join(rng.choice("0123456789") for _ in range(rng.choice((0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 18))))
    parts = "".join(rng.choice("0123456789") for _ in range(rng.choice((0, 1, 2, 2, 3, 7, 8, 9))))
    return rng.choice(("", "", "", "-", "+")) + whole + ("." if parts or rng.random() < 0.2 else "") + parts


def fitting(type_: SimpleType) -> tuple[tuple[str, ...], ...]:
    """The hand-picked texts for this kind of value."""
    numeric = type_.base in {"xs:decimal", "xs:integer", "xs:positiveInteger", "xs:nonNegativeInteger"}
    return BY_BASE.get(type_.base, (NUMBERS,) if numeric else (OTHER, ADDRESSES))


def pooled(rng: random.Random, type_: SimpleType) -> str:
    """A hand-picked text, mostly for this kind of value."""
    return rng.choice(rng.choice(fitting(type_) if rng.random() < 0.8 else POOLS))


def every(type_: SimpleType) -> list[str]:
    """All that must be tried on a type once: border lengths of each alphabet, blanks, fitting texts, near codes."""
    right = sample(type_)
    blanks = [f" {right}", f"{right} ", f"\t{right}", f"{right}\n", f"{right}  {right}", "", " "]
    return list(dict.fromkeys([*blanks, *(near_codes(type_) if type_.enumeration else measured(type_))]))


def near_codes(type_: SimpleType) -> list[str]:
    """The codes of this list, those of other lists that begin alike, and strangers."""
    known = sorted({code.code for name in code_lists() for code in code_list(name)})
    near = [code for code in known if code[0] == type_.enumeration[0][0]]
    return [*type_.enumeration, *near, "TD01", "SI", "A", type_.enumeration[0].lower(), type_.enumeration[0][:-1]]


def measured(type_: SimpleType) -> list[str]:
    """Texts of the border lengths, and the hand-picked ones."""
    lengths = [letter * n for n in borders(type_) for letter in ("A", "1", "é", "€")]
    padded = ["A" * n + " " for n in borders(type_)]
    digits = ["1" * n + ".00" for n in borders(type_)] if type_.base == "xs:decimal" else []
    addresses = ["a" * (n - len("@b.it")) + "@b.it" for n in borders(type_) if n > len("@b.it")]
    return [*lengths, *padded, *digits, *addresses, *(text for pool in fitting(type_) for text in pool)]


def fresh(rng: random.Random, type_: SimpleType) -> str:
    """A new text for a value of a type."""
    if type_.enumeration or rng.random() < 0.05:
        return codes(rng, type_)
    own = {"xs:date": some_day, "xs:decimal": some_number, "xs:integer": some_number}.get(type_.base, of_length)
    return rng.choice((of_length, pooled, pooled, own, own))(rng, type_)


def edited(rng: random.Random, text: str) -> str:
    """An old text with one character put in, taken out or replaced, or with blanks around."""
    at = rng.randrange(len(text) + 1)
    put = rng.choice(CHARACTERS) if rng.random() < 0.6 else rng.choice(BLANKS)
    before, after = text[:at], text[at:]
    ways = (put + text, text + put, before + put + after, before + put + after[1:], before + after[1:])
    return rng.choice((*ways, text.upper(), text.lower(), text * 2, text[::-1], ""))


def changed(rng: random.Random, type_: SimpleType, text: str) -> str:
    """Another text for a value: new or edited."""
    return fresh(rng, type_) if rng.random() < 0.6 else edited(rng, text)
