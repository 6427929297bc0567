"""Why a signature does not verify: the text that was signed is looked for among those that programs get wrong.

The digest inside a signature can be recovered with the public key, so a guess costs one SHA-1; when none can be
recovered the signature is of another key, or altered.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import Any, Final, NamedTuple

from ..money import cents
from ..texts import Text
from .extra import load
from .hashchain import HASH_LENGTH
from .model import number
from .rules.chain import DIAGNOSES, EARLIER_HASH, EMPTY_HASH, OTHER_HASH

_CENT: Final = Decimal("0.01")


class Signed(NamedTuple):
    """A document as its signature sees it. net: NetTotal as written; status: its moment; line: where it is."""

    section: str
    series: str
    place: int
    number: str
    date: str
    entry: str
    gross: str
    net: str
    hash: str
    control: str
    source: str
    status: str
    path: str
    line: int | None


class Before(NamedTuple):
    """The hashes a document may have been chained to: right, the one before that, and the one before it in the file."""

    right: str
    number: str = ""
    earlier: str = ""
    neighbour: str = ""


class Guess(NamedTuple):
    """One part of a text, as a program might write it; kind "" is the right way."""

    kind: str
    value: str
    said: str | Text = ""


def diagnose(key: Any, doc: Signed, before: Before) -> tuple[Text, dict[str, str | Text]]:
    """The sentence that says what is wrong, and its arguments."""
    if not is_whole(doc.hash):
        return DIAGNOSES["truncated"], {"length": str(len(doc.hash))}
    if doc.hash == before.right:
        return DIAGNOSES["duplicated"], {"other": before.number}
    if doc.hash in {before.earlier, before.neighbour}:
        return DIAGNOSES["repeated"], {"other": EARLIER_HASH if doc.hash == before.earlier else OTHER_HASH}
    inside = digest(key, doc.hash)
    if inside is None:
        return DIAGNOSES["key"], {}
    for signed, wrong in _texts(doc, before):
        if hashlib.sha1(signed.encode(), usedforsecurity=False).digest() == inside:
            kind = wrong[0].kind if len(wrong) == 1 else "several"
            said = Text(*(", ".join(_said(guess, place) for guess in wrong) for place in range(3)))
            return DIAGNOSES[kind], {"wrong": said, "signed": signed}
    if before.number and _is_broken(key, before):
        return DIAGNOSES["consequence"], {"other": before.number}
    return DIAGNOSES["text"], {}


def _is_broken(key: Any, before: Before) -> bool:
    """Whether the hash of the document before cannot be its own: then this one cannot fit it."""
    right = before.right
    return not is_whole(right) or right == before.earlier or digest(key, right) is None


def _said(guess: Guess, place: int) -> str:
    return guess.said[place] if isinstance(guess.said, tuple) else guess.said or guess.value


def is_whole(value: str) -> bool:
    """Whether a hash has the length of a signature and is base64."""
    try:
        return len(value) == HASH_LENGTH and bool(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError):
        return False


def digest(key: Any, value: str) -> bytes | None:
    """What was signed, as SHA-1; None when the signature is of another key, or altered."""
    invalid = load("cryptography.exceptions").InvalidSignature
    padding = load("cryptography.hazmat.primitives.asymmetric.padding").PKCS1v15()
    sha1 = load("cryptography.hazmat.primitives.hashes").SHA1()
    try:
        found: bytes = key.recover_data_from_signature(base64.b64decode(value), padding, sha1)
    except (invalid, ValueError):
        return None
    return found


def _texts(doc: Signed, before: Before) -> Iterator[tuple[str, list[Guess]]]:
    """Every text worth trying, those with one thing wrong first."""
    parts = (list(_dates(doc)), list(_moments(doc)), list(_numbers(doc)), list(_totals(doc)), list(_hashes(before)))
    tried = sorted(product(*parts), key=lambda row: sum(bool(guess.kind) for guess in row))
    for row in tried:
        wrong = [guess for guess in row if guess.kind]
        if len(wrong) > _MOST_WRONG:
            return
        text = ";".join(guess.value for guess in row)
        yield text, wrong
        if len(wrong) < _MOST_WRONG:
            for form, said in ((text + "\n", "\\n"), (text.rstrip(";"), "…;"), (f'"{text}"', '"…"')):
                if form != text:
                    yield form, [*wrong, Guess("form", form, said)]


_MOST_WRONG: Final = 2


def _distinct(right: str, guesses: list[Guess]) -> Iterator[Guess]:
    yield Guess("", right)
    seen = {right}
    for guess in guesses:
        if guess.value not in seen:
            seen.add(guess.value)
            yield guess


def _dates(doc: Signed) -> Iterator[Guess]:
    values = (doc.entry[:10], doc.status[:10], doc.date.replace("-", ""), "-".join(reversed(doc.date.split("-"))))
    return _distinct(doc.date, [Guess("moment", value) for value in values])


def _moments(doc: Signed) -> Iterator[Guess]:
    entry = doc.entry
    values = (entry[:19], entry.replace("T", " "), entry[:16], entry[:10], doc.status, entry + "Z", entry + ".000")
    return _distinct(entry, [Guess("moment", value) for value in values if value])


def _numbers(doc: Signed) -> Iterator[Guess]:
    values = (doc.number.partition(" ")[2], doc.number.replace(" ", ""), doc.number.rpartition("/")[2])
    return _distinct(doc.number, [Guess("form", value) for value in values if value])


def _totals(doc: Signed) -> Iterator[Guess]:
    gross, net = number(doc.gross), number(doc.net)
    if gross is None:
        return _distinct(doc.gross, [])
    right = str(cents(gross))
    values = [doc.gross, right.replace(".", ","), f"{gross.normalize():f}", "0.00", "0"]
    values += [f"{gross.quantize(_CENT, how):f}" for how in (ROUND_DOWN, ROUND_HALF_EVEN)]
    values += [str(int(gross)), f"{gross:.1f}", f"{gross:.3f}", f"{gross:.4f}"]
    values += [] if net is None else [str(cents(net)), doc.net]
    return _distinct(right, [Guess("gross", value) for value in values])


def _hashes(before: Before) -> Iterator[Guess]:
    guesses = [
        Guess("previous", "", EMPTY_HASH),
        Guess("previous", before.earlier, EARLIER_HASH),
        Guess("previous", before.neighbour, OTHER_HASH),
        Guess("previous", "0"),
    ]
    return _distinct(before.right, guesses)
