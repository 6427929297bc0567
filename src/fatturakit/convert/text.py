"""Data to JSON text: UTF-8, numbers with the digits they were written with, in one line or indented."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from .values import plain

orjson: Any
try:
    import orjson
except ImportError:  # the extra "fast" is not installed
    orjson = None

_string: Final = json.JSONEncoder(ensure_ascii=False).encode
_STEP: Final = "  "


def to_bytes(data: Any, *, indent: bool = False) -> bytes:
    """The JSON text of what ``to_json`` gives; ``indent`` by two spaces, with a line end at the end."""
    if orjson is None:
        return (_written(data, "\n" if indent else "") + ("\n" if indent else "")).encode("utf-8", "surrogatepass")
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if indent else 0
    return bytes(orjson.dumps(data, _fragment, option))


def _fragment(value: object) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value).encode())
    raise TypeError(type(value).__name__)


def _written(value: Any, margin: str) -> str:
    """The same text as orjson makes, without it."""
    if isinstance(value, Decimal):
        return plain(value)
    if not value or not isinstance(value, dict | list):
        return _string(value)
    inner = margin and margin + _STEP
    colon = ": " if margin else ":"
    if isinstance(value, dict):
        items = [f"{inner}{_string(key)}{colon}{_written(item, inner)}" for key, item in value.items()]
        return "{" + ",".join(items) + margin + "}"
    return "[" + ",".join(f"{inner}{_written(item, inner)}" for item in value) + margin + "]"
