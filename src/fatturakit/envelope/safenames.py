"""File names that come from outside, made safe to write on any system."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]+')
_PLAIN: Final = re.compile(r"\w[\w.]*\w", re.ASCII)
_LONGEST: Final = 120
_LOOK: Final = 4_000


class SafeNames:
    """Names for one folder: without paths, control characters and reserved words, each given once (in any case)."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    def give(self, wanted: str, fallback: str, ending: str = "") -> str:
        """A name as near to ``wanted`` as is safe, else ``fallback``; ``ending`` is added where there is none."""
        stem, suffix = _split(_harmless(wanted) or fallback)
        suffix = suffix or ending
        name = first = stem + suffix
        number = self._next.get(first.lower(), 2)
        while name.lower() in self._used:
            name, number = f"{stem}-{number}{suffix}", number + 1
        self._used.add(name.lower())
        if name is not first:
            self._next[first.lower()] = number
        return name

    def output(self, shown: str, ending: str) -> str:
        """The name of what is made from an input: its stem (``in/a.zip!b/c.xml`` is c) and ``ending`` (".json")."""
        name = shown.replace("!", "/").replace("\\", "/").rstrip("/").rpartition("/")[2]
        stem = name.partition(".")[0] or name
        return self.give(f"{'stdin' if stem in {'', '-'} else stem}{ending}", f"stdin{ending}")


def _harmless(name: str) -> str:
    """The last part of a path, of printable characters only.

    >>> _harmless("../../etc/pass\\u202ewd "), _harmless("C:\\\\x\\\\con.txt"), _harmless("..")
    ('passwd', '_con.txt', '')
    """
    if _PLAIN.fullmatch(name) and name.partition(".")[0].lower() not in _RESERVED:
        return name  # nearly all of them
    last = unicodedata.normalize("NFC", name[-_LOOK:]).replace("\\", "/").rpartition("/")[2]
    last = "".join(char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " ")
    last = _FORBIDDEN.sub("_", last).strip(" .")
    if last.partition(".")[0].strip().lower() in _RESERVED or last.startswith(("-", "~")):
        return "_" + last
    return last


def _split(name: str) -> tuple[str, str]:
    """Stem and ending, the whole no longer than systems take."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > 10:
        stem, suffix = name, ""
    else:
        suffix = dot + ending
    room = _LONGEST - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" ."), suffix
