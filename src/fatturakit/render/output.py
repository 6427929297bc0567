"""Text as HTML: the one place where the characters that mean something there are taken care of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import markupsafe
from markupsafe import Markup

marked: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)
"""HTML as HTML: what ``Markup`` answers for a str, without asking what it was given."""


def quoted(text: str) -> str:
    """Text as HTML.

    >>> quoted("Rossi & Figli"), quote("Rossi")
    ('Rossi &amp; Figli', 'Rossi')
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


quote: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", quoted)
"""``quoted``, by the C function markupsafe does the same with, where it has it."""
