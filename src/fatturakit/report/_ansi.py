"""Colours for terminals. Colour repeats what a word already says; it never says it alone."""

from __future__ import annotations

from typing import Final

_CODES: Final = {
    "error": "1;31",
    "warning": "33",
    "info": "34",
    "ok": "32",
    "bold": "1",
    "": "",
}


class Ink:
    """Paints text when colour is wanted, gives it back untouched when it is not."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def paint(self, text: str, colour: str) -> str:
        """``text`` in one of: error, warning, info, ok, bold, "" (none).

        >>> Ink(True).paint("errore", "error"), Ink(False).paint("errore", "error")
        ('\\x1b[1;31merrore\\x1b[0m', 'errore')
        """
        code = _CODES[colour]
        return f"\x1b[{code}m{text}\x1b[0m" if self._enabled and code and text else text
