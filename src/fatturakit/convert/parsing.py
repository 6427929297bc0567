"""JSON text to plain data with nothing lost on the way: numbers exact, duplicate keys seen.

``quick`` reads with orjson where it is installed; what it cannot vouch for (floats, keys written twice) is read again
by ``exact``, which gives ``Decimal`` for every number and collects the duplicates.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple, NoReturn

from ..errors import InputError
from ..limits import DEFAULT, Limits
from ..sources import too_large
from ..texts import Text
from ..xmlio import refusal

try:
    from orjson import loads as _fast
except ImportError:  # the extra "fast" is not installed
    _fast = json.loads  # type: ignore[assignment]

_KEY: Final = re.compile(rb'"[ \t\r\n]*:')
_CONSTANT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)', re.DOTALL)


class Exact(NamedTuple):
    """The data, and the objects (by identity) in which keys came more than once, with those keys."""

    data: Any
    duplicates: dict[int, tuple[str, ...]]


def quick(data: bytes) -> tuple[Any, int] | None:
    """The data and the number of its keys in the text; None where only the exact way will do.

    What orjson cannot keep shows: a number with a point, or too large, becomes a float, minus zero a zero.
    """
    try:
        found = _fast(data)
    except (ValueError, RecursionError):
        return None
    keys = data.count(b'":')
    return found, keys if keys == data.count(b":") else len(_KEY.findall(data))


def exact(data: bytes | str, limits: Limits = DEFAULT) -> Exact:
    """The data with exact numbers; ``InputError`` (exit code 3) when the text is not JSON or passes a limit."""
    text = data if isinstance(data, str) else decoded(data, limits)
    duplicates: dict[int, tuple[str, ...]] = {}
    kept: list[Any] = []  # identities stay unique while the objects live

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            keys = Counter(key for key, _ in items)
            duplicates[id(found)] = tuple(key for key, times in keys.items() if times > 1)
            kept.append(found)
        return found

    def constant(name: str) -> NoReturn:
        at = next((match.start() for match in _CONSTANT.finditer(text) if match[1]), 0)
        raise json.JSONDecodeError(f"{name} is not JSON", text, at)

    try:
        made = json.loads(
            text, object_pairs_hook=pairs, parse_float=_number, parse_int=_number, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise _not_json(error, text) from error
    except RecursionError as error:
        raise refusal(_DEEP, _NOT_JSON_FIX) from error
    return Exact(made, duplicates)


def decoded(data: bytes, limits: Limits) -> str:
    """The text of JSON bytes: UTF-8, or the UTF-16 or UTF-32 that a mark or the first bytes show."""
    if len(data) > limits.document_bytes:
        raise too_large(len(data), limits)
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise refusal(_BYTES, _NOT_JSON_FIX, {"offset": str(error.start)}) from error


def looks_like_json(data: bytes) -> bool:
    """True when the first character that counts opens a JSON object, list or string."""
    head = data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:1] in {b"{", b"[", b'"'}


def _number(literal: str) -> Decimal:
    try:
        return Decimal(literal)
    except InvalidOperation:  # an exponent that no number has
        return Decimal("NaN")


def _not_json(error: json.JSONDecodeError, text: str) -> InputError:
    if not text.strip():
        return refusal(_NOTHING, _NOT_JSON_FIX)
    detail = next((text for start, text in _DETAILS.items() if error.msg.startswith(start)), error.msg)
    args: dict[str, str | Text] = {"line": str(error.lineno), "column": str(error.colno), "detail": detail}
    return refusal(_NOT_JSON, _NOT_JSON_FIX, args, error.lineno)


_NOT_JSON = Text(
    "Il testo non è JSON: riga {line}, colonna {column}: {detail}.",
    "The text is not JSON: line {line}, column {column}: {detail}.",
)
_DETAILS: Final = {
    "Expecting value": Text("manca un valore", "a value is missing"),
    "Expecting property name": Text("serve una chiave fra virgolette doppie", "a key in double quotes is missing"),
    "Expecting ','": Text("manca una virgola", "a comma is missing"),
    "Expecting ':'": Text("mancano i due punti", "a colon is missing"),
    "Extra data": Text("dopo il documento c'è altro", "something follows the document"),
    "Unterminated string": Text("un testo non finisce", "a text has no end"),
    "Invalid control character": Text(
        "un testo contiene un a capo o un carattere di controllo", "a text has a line break or a control character"
    ),
    "Invalid \\": Text("una barra rovesciata non significa nulla", "a backslash means nothing"),
    "Illegal trailing comma": Text("una virgola di troppo", "a comma too many"),
    "NaN": Text("NaN non è un numero di JSON", "NaN is no number of JSON"),
    "Infinity": Text("Infinity non è un numero di JSON", "Infinity is no number of JSON"),
    "-Infinity": Text("-Infinity non è un numero di JSON", "-Infinity is no number of JSON"),
}
"""What the parser of Python says, by the beginning of it, in two languages."""
_NOT_JSON_FIX = Text("Correggi il testo, o esportalo di nuovo.", "Mend the text, or export it again.")
_NOTHING = Text("Il file JSON è vuoto.", "The JSON file is empty.")
_DEEP = Text("Il JSON annida troppi livelli.", "The JSON nests too many levels.")
_BYTES = Text("Il JSON non è in UTF-8 (byte {offset}).", "The JSON is not UTF-8 (byte {offset}).")
