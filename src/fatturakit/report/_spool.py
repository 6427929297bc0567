"""Text kept aside until the totals are known: in memory while small, then in a temporary file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator

_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 1024 * 1024


class Spool:
    """Write now, read once at the end; the temporary file goes when the spool does."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by ``drain``

    def write(self, text: str) -> None:
        """Add ``text``, which must be well-formed Unicode (``visible`` makes it so)."""
        self._file.write(text.encode("utf-8"))

    def drain(self) -> Iterator[str]:
        """Everything written, in pieces; the spool is closed afterwards."""
        self._file.seek(0)
        with io.TextIOWrapper(self._file, encoding="utf-8", newline="") as reader:
            yield from iter(lambda: reader.read(_CHUNK), "")
