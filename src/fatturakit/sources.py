"""What a document is opened from: a path, an address, bytes or a binary file, and their refusals."""

from __future__ import annotations

import os
from typing import IO, Final

from .errors import InputError, UsageError
from .findings import Layer
from .limits import Limits
from .refusals import reason
from .texts import Amount, Text
from .xmlio import refusal

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]


def check_source(source: object) -> None:
    """``UsageError`` for what is neither a path, nor bytes, nor a binary file."""
    if isinstance(source, str):
        if source.lstrip()[:1] == "<" and not os.path.lexists(source):
            raise UsageError(_IS_TEXT)
    elif hasattr(source, "encoding"):  # a file opened as text
        raise UsageError(_IS_TEXT)
    elif not (isinstance(source, bytes | bytearray | memoryview | os.PathLike) or hasattr(source, "read")):
        raise UsageError(_NO_SOURCE, kind=type(source).__name__)


def source_bytes(source: Source, limits: Limits) -> bytes:
    """What a path, bytes or a binary file holds; ``InputError`` beyond ``limits.document_bytes``."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, bytearray | memoryview):
        data = bytes(source)
    else:
        check_source(source)
        if isinstance(source, str | os.PathLike):
            return from_path_bytes(source, limits)
        data = source.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise too_large(len(data), limits)
    return data


def from_path_bytes(path: str | os.PathLike[str], limits: Limits) -> bytes:
    """The bytes at ``path`` (or an address, as s3://…); ``InputError`` when they cannot be read or are too many."""
    if isinstance(path, str) and "://" in path:
        return _from_address(path, limits)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path costs more than the opening
            size = os.fstat(stream.fileno()).st_size
            if size > limits.document_bytes:
                raise too_large(size, limits)
            data = stream.read(size + 1)
            if len(data) != size:  # a pipe, or a file that grows
                data += stream.read(limits.document_bytes + 1 - len(data))
    except OSError as error:
        raise unopenable(error) from error
    if len(data) > limits.document_bytes:
        raise too_large(len(data), limits)
    return data


def _from_address(url: str, limits: Limits) -> bytes:
    from . import storage

    try:
        data = storage.read(url, limits.document_bytes)
    except OSError as error:
        raise unopenable(error) from error
    if len(data) > limits.document_bytes:
        raise too_large(len(data), limits)
    return data


def source_name(source: Source) -> str:
    """The file name of a source, "" when it has none."""
    if isinstance(source, bytes):
        return ""
    if isinstance(source, str | os.PathLike):
        return os.path.basename(source)  # noqa: PTH119 - a Path costs more
    name = getattr(source, "name", "")
    return os.path.basename(name) if isinstance(name, str) else ""  # noqa: PTH119


def too_large(size: int, limits: Limits) -> InputError:
    """The refusal of something larger than ``limits.document_bytes``."""
    args = {"size": _megabytes(size), "limit": _megabytes(limits.document_bytes)}
    return refusal(_TOO_LARGE, _TOO_LARGE_FIX, args, code="00003", layer=Layer.ENVELOPE)


def _megabytes(size: int) -> Amount:
    return Amount(f"{size / 1_000_000:.1f}")


def unopenable(error: OSError) -> InputError:
    """The refusal of a path the system does not let us read, with the reason in words."""
    args: dict[str, str | Text] = {"reason": reason(error), "system": error.strerror or type(error).__name__}
    return refusal(UNOPENABLE, _UNOPENABLE_FIX, args, code="00106", layer=Layer.ENVELOPE)


_TOO_LARGE: Final = Text(
    "Il file supera {limit} MB, il limite di lettura (SdI ne accetta 5).",
    "The file has more than {limit} MB, the reading limit (SdI takes 5).",
)
_TOO_LARGE_FIX: Final = Text(
    "Se è davvero una fattura, togli o riduci gli allegati; il limite si cambia con FATTURAKIT_LIMIT_DOCUMENT_BYTES.",
    "If it really is an invoice, drop or shrink its attachments; FATTURAKIT_LIMIT_DOCUMENT_BYTES changes the limit.",
)
_IS_TEXT: Final = Text(
    "Il documento è dato come testo: dallo come byte, come percorso o come file aperto con «rb».",
    "The document is given as text: give it as bytes, as a path, or as a file opened with “rb”.",
)
_NO_SOURCE: Final = Text(
    "Un documento si dà come percorso, byte o file binario, non come {kind}.",
    "A document is given as a path, bytes or a binary file, not as {kind}.",
)
UNOPENABLE: Final = Text("Il file non si può aprire: {reason}.", "The file cannot be opened: {reason}.")
"""What the refusal of ``unopenable`` says: the document was not seen at all, and may be readable another time."""
_UNOPENABLE_FIX: Final = Text("Controlla il percorso e i permessi.", "Check the path and the permissions.")
