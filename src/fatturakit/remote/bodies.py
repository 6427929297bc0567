"""What is sent, from whatever the user has: a document, a file, plain data; judged here before it leaves."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..convert.parsing import exact, looks_like_json
from ..convert.reading import from_json
from ..convert.text import to_bytes
from ..convert.writing import to_json
from ..document import Document, open_document
from ..errors import InputError, UsageError
from ..limits import Limits
from ..refusals import reason
from ..texts import Text
from . import preflight
from .building import Content
from .endpoints import JSON, XML, Endpoint, Provider

Source = Document | Mapping[str, Any] | str | bytes | os.PathLike[str] | BinaryIO


def invoice(
    provider: Provider, row: Endpoint, source: Source, limits: Limits, *, form: str = "", check: bool = False
) -> Content:
    """An invoice as the body of a row: XML goes as it is inside its wrapping, data as JSON; ``form`` asks for one.

    check: judged first; ``FindingsError`` when SdI would reject it.
    """
    given = _read(source, limits)
    if check:
        preflight.judged(given, limits)
    wanted = form or ("json" if isinstance(given, dict) or XML not in _kinds(row) else "xml")
    if wanted == "json":
        data = given if isinstance(given, dict) else to_json(given, provider.dialect)
        return Content(to_bytes(data), JSON)
    return Content((from_json(given) if isinstance(given, dict) else given).data, XML)


def plain(source: Source, limits: Limits, check: Callable[[Any], object] | None = None) -> Content:
    """Plain data as a JSON body: a receipt, a configuration; ``check`` raises when it is wrong."""
    data = _read(source, limits, documents=False)
    if check:
        check(data)
    return Content(to_bytes(data), JSON)


def _kinds(row: Endpoint) -> tuple[str, ...]:
    return row.body.kinds if row.body else ()


def _read(source: Source, limits: Limits, *, documents: bool = True) -> Any:
    """Data of a JSON, or else a document."""
    if isinstance(source, Mapping):
        return dict(source)
    if isinstance(source, Document):
        return source
    data = _bytes(source)
    if looks_like_json(data) or not documents:
        parsed = exact(data, limits)
        if parsed.duplicates or not isinstance(parsed.data, dict):
            raise UsageError(_ODD)
        return parsed.data
    name = Path(source).name if isinstance(source, str | os.PathLike) else ""
    return open_document(data, name=name, limits=limits)


def _bytes(source: Any) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str | os.PathLike):
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise InputError(_UNREADABLE, name=os.fspath(source), reason=reason(error)) from error
    data: bytes = source.read()
    return data


_ODD: Final = Text(
    "Serve un oggetto JSON, senza chiavi ripetute.", "A JSON object is needed, without keys that are written twice."
)
_UNREADABLE: Final = Text("«{name}» non si può leggere: {reason}.", "“{name}” cannot be read: {reason}.")
