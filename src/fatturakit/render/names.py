"""What every template can name."""

from __future__ import annotations

from functools import partial
from typing import Any

from .._version import __version__
from .parts import Party, address, adjustment
from .rest import groups
from .speech import speech


def names(theme: str, langs: str) -> dict[str, Any]:
    """By name, in the order our compiled templates ask for them (``tools/plain.py``)."""
    words = speech(langs).words
    return {
        "t": words,
        "theme": theme,
        "version": __version__,
        "cards": speech(langs).cards,
        "rest": partial(groups, words=words),
        "Party": Party,
        "address": address,
        "adjustment": adjustment,
    }
