"""JSON with exact numbers, to the wire, to the file and back."""

from __future__ import annotations

import base64
import json
import re
from decimal import Decimal
from typing import Any, Final


def encoded(data: Any) -> bytes:
    """Data as JSON text; a Decimal becomes a number, digit by digit, bytes an object with their base64."""
    text = json.dumps(data, default=_marked, ensure_ascii=False, separators=(",", ":"))
    return _MARKED.sub(r"\1", text).encode("utf-8", "surrogatepass")


def decoded(text: str | bytes) -> Any:
    """The data again, with Decimal where a number has a point."""
    return json.loads(text, parse_float=Decimal, object_hook=_bytes)


def _marked(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{_MARK}{whole}.{decimals}" if decimals.rstrip("0") else _MARK + whole


def _bytes(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["base64"]) if list(found) == ["base64"] else found


_MARK: Final = "a number, not a text: "
_MARKED: Final = re.compile(rf'"{_MARK}(-?\d+(?:\.\d+)?)"')
