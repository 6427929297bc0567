"""Text as HTML: the one place where the characters that mean something there are taken care of."""

from __future__ import annotations

import re
from typing import Final

_SPECIAL: Final = re.compile("[&<>\"']")


def quote(text: str) -> str:
    """Text as HTML.

    >>> quote("Rossi & Figli"), quote("Rossi")
    ('Rossi &amp; Figli', 'Rossi')
    """
    if _SPECIAL.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")
