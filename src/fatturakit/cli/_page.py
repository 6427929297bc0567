"""How text is laid out where ``-o`` says: as the terminal wants it, or plainly for a file."""

from __future__ import annotations

import sys
from typing import Any

from ..report.screen import UNKNOWN, Page, Style, ascii_only, terminal_width
from ..texts import language
from . import _io


def target_page(given: dict[str, Any], *, verbose: int = 0) -> Page:
    """The page for the target of a call."""
    to_terminal = given["target"] in {None, "-"}
    return Page(
        Style(
            lang=language(given["lang"]),
            width=terminal_width(sys.stdout) if to_terminal else UNKNOWN,
            color=to_terminal and _io.use_color(given["color"]),
            ascii_only=to_terminal and ascii_only(sys.stdout),
            verbose=verbose,
        )
    )
