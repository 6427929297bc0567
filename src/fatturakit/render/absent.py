"""Characters no font of this machine has: on paper an empty frame stands for each, and the page says which they are."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from ..texts import Text
from .options import Look

_NAMED: Final = 12


class _Noting(logging.Handler):
    """WeasyPrint tells of every such character when it draws it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, str) and record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.found.add(str(record.args[0]))


@contextmanager
def noted() -> Iterator[set[str]]:
    """The characters that were drawn as empty frames meanwhile."""
    noting, logger = _Noting(), logging.getLogger("weasyprint")
    logger.addHandler(noting)
    try:
        yield noting.found
    finally:
        logger.removeHandler(noting)


def warned(look: Look, characters: Iterable[str]) -> Look:
    """The look with a banner that names the characters; as it is without any."""
    codes = [f"U+{ord(character):04X}" for character in sorted(characters)]
    if not codes:
        return look
    said = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    args = {"count": len(codes), "codes": said}
    return replace(look, warnings=(*look.warnings, Text(_ABSENT.say("it", args), _ABSENT.say("en", args))))


_ABSENT: Final = Text(
    "nessun font di questa macchina ha {count} dei caratteri usati qui ({codes}): al loro posto c'è un riquadro vuoto. "
    "Installa un font che li abbia (per esempio i font Noto) o apri la pagina HTML.",
    "no font of this machine has {count} of the characters used here ({codes}): an empty frame stands for each. "
    "Install a font that has them (the Noto fonts, for instance) or open the HTML page.",
)
