"""Laying out text for a terminal: columns that line up, labels, quiet rules, and never a character it would obey.

Text comes in through ``words`` (our sentences) or ``value`` (theirs) and is painted last, after it has been measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final, NamedTuple, TextIO
from unicodedata import combining, east_asian_width

from ..texts import Language, Text
from ._ansi import Ink
from ._visible import Screen

NARROWEST: Final = 60
WIDEST: Final = 100
UNKNOWN: Final = 80
TIED: Final = "\xa0"  # a blank at which no line is broken; values have none, ``_flat`` sees to that
_LABELS: Final = 13
_LEAST: Final = 8
_NARROW: Final = 5
_PLAIN_MARKS: Final = str.maketrans("─·…", "--~")


class Column(NamedTuple):
    """A column of a table. align: "<" or ">"; gap: blanks before it; flexible: it takes the room that is left;
    most: where the others are cut."""

    title: str
    align: str = "<"
    gap: int = 2
    flexible: bool = False
    most: int = 22


class Style(NamedTuple):
    """What a screen may use."""

    lang: Language = "it"
    width: int = UNKNOWN
    color: bool = False
    ascii_only: bool = False
    verbose: int = 0


def terminal_width(stream: TextIO) -> int:
    """The columns of a terminal, up to ``WIDEST``; ``UNKNOWN`` when it is none."""
    try:
        return min(os.get_terminal_size(stream.fileno()).columns, WIDEST)
    except (OSError, ValueError):
        return UNKNOWN


def ascii_only(stream: TextIO) -> bool:
    """Whether a stream cannot show what Italian and our layout need."""
    try:
        "─…·è".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


class Checks(NamedTuple):
    """How many errors and warnings ``validate`` would show."""

    errors: int
    warnings: int

    @property
    def colour(self) -> str:
        """The colour of the worse of the two."""
        return "error" if self.errors else "warning" if self.warnings else "ok"


class Page:
    """One screen in the making: every method gives finished lines, or the text to put in them."""

    def __init__(self, style: Style) -> None:
        self.lang: Language = style.lang
        self.width = max(NARROWEST, min(style.width, WIDEST))
        self.verbose = style.verbose
        self._ascii = style.ascii_only
        self._ink = Ink(style.color)
        self._screen = Screen(style.ascii_only)

    def words(self, text: Text, **args: object) -> str:
        """One of our sentences; its arguments are values of the document."""
        return self._screen.words(_flat(text.say(self.lang, args)))

    def value(self, text: str | None) -> str:
        """A value of the document on one line, with nothing in it that a terminal obeys; "" for None."""
        return self._screen.words(_flat(text or ""))

    def name(self, text: str) -> str:
        """A file name: as ``value``, but never spelt differently."""
        return self._screen.value(text)

    def ending(self, text: str, width: int) -> str:
        """The end of a long path, where its name is, in at most ``width`` columns."""
        return clip(self.name(text)[::-1], width)[::-1]

    def paint(self, text: str, colour: str) -> str:
        """``text`` in a colour, when there are colours."""
        return self._ink.paint(text, colour)

    def rule(self) -> str:
        """A quiet line across."""
        return "─" * self.width

    def finished(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines as the terminal can show them: our own marks in ASCII where it must be."""
        return (line.translate(_PLAIN_MARKS) for line in lines) if self._ascii else iter(lines)

    def heading(self, left: str, right: str = "") -> Iterator[str]:
        """A title in bold, what belongs to it at the right edge, and a rule below."""
        first, *rest = self.fold(left, self.width - (columns(right) + 2 if right else 0))
        gap = " " * (self.width - columns(first) - columns(right))
        yield (self.paint(first, "bold") + gap + right).rstrip()
        yield from (self.paint(line, "bold") for line in rest)
        yield self.rule()

    def labelled(self, label: Text | None, lines: Iterable[str], colour: str = "") -> Iterator[str]:
        """A label and what it says, folded beside it; nothing when there is nothing to say."""
        head = "" if label is None else self.words(label)
        for text in lines:
            for line in self.fold(text, self.width - _LABELS):
                pad = " " * (_LABELS - columns(head))
                yield self.paint(head, "bold") + pad + self.paint(line, colour)
                head = ""

    def beside(self, label: Text, lines: Iterable[str]) -> Iterator[str]:
        """A label and finished lines of a table next to it."""
        head = self.words(label)
        for line in lines:
            yield self.paint(head, "bold") + " " * (_LABELS - columns(head)) + line
            head = ""

    def below(self, text: str) -> str:
        """``text`` as it is, beside a label that was said before."""
        return " " * _LABELS + text

    def fits(self, text: str) -> bool:
        """Whether ``text`` has room beside a label."""
        return columns(text) <= self.width - _LABELS

    def indented(self, text: str, blanks: int) -> Iterator[str]:
        """``text`` folded for a place beside a label, each line after some blanks."""
        return (" " * blanks + line for line in self.fold(text, self.width - _LABELS - blanks))

    def fold(self, text: str, width: int) -> list[str]:
        """``text`` in lines of at most ``width``; what has no blanks (a name, a hash) is cut only where it must be."""
        pieces = [text] if columns(text) <= width else wrap(text, max(width, _LEAST), break_on_hyphens=False) or [""]
        return [piece.replace(TIED, " ") for piece in pieces]

    def table(
        self, heads: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int = 0, height: int = 1
    ) -> Iterator[str]:
        """Rows under their heads; empty columns vanish, the flexible one is folded into at most ``height`` lines."""
        used = [place for place, head in enumerate(heads) if head.flexible or any(row[place] for row in rows)]
        heads = [heads[place] for place in used]
        cells = [[row[place] for place in used] for row in rows]
        titles = [head.title for head in heads]
        sizes = _sizes(heads, [titles, *cells] if any(titles) else cells, width or self.width)
        if any(titles):
            yield _row(heads, titles, sizes)
        for row in cells:
            yield from (_row(heads, line, sizes) for line in self._folded(heads, row, sizes, height))

    def _folded(
        self, heads: Sequence[Column], row: Sequence[str], sizes: Sequence[int], height: int
    ) -> Iterator[Sequence[str]]:
        place = next((place for place, head in enumerate(heads) if head.flexible), None)
        if place is None or height == 1 or columns(row[place]) <= sizes[place]:
            yield row
            return
        pieces = self.fold(row[place], sizes[place])
        last = " ".join(pieces[height - 1 :])
        for number, piece in enumerate([*pieces[: height - 1], last] if last else pieces):
            yield [piece if column == place else cell if number == 0 else "" for column, cell in enumerate(row)]

    def amounts(self, rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        """Label, amount and colour: labels against their amounts, amounts against the right edge."""
        known = list(rows)
        size = max((columns(amount) for _, amount, _ in known), default=0)
        for label, amount, colour in known:
            line = f"{fit(label, self.width - size - 2, '>')}  {fit(amount, size, '>')}"
            stripped = line.lstrip(" ")
            yield " " * (len(line) - len(stripped)) + self.paint(stripped, colour)


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes.

    >>> columns("più"), columns("日本"), columns("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def clip(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, cut visibly.

    >>> clip("Tavolo in rovere", 9)
    'Tavolo i…'
    """
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[: -max(1, (columns(text) - width + 1) // 2)]
    return text.rstrip() + "…"


def fit(text: str, width: int, align: str = "<") -> str:
    """``text`` in exactly ``width`` columns."""
    text = clip(text, width)
    pad = " " * (width - columns(text))
    return pad + text if align == ">" else text + pad


def _sizes(heads: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    sizes = [max(columns(row[place]) for row in rows) for place in range(len(heads))]
    sizes = [size if head.flexible else min(size, head.most) for head, size in zip(heads, sizes, strict=True)]
    gaps = sum(head.gap for head in heads[1:])
    fixed = [place for place, head in enumerate(heads) if not head.flexible]
    while fixed and sum(sizes[place] for place in fixed) + gaps > width - _LEAST:
        widest = max(fixed, key=lambda place: sizes[place])
        if sizes[widest] <= _NARROW:
            break
        sizes[widest] -= 1
    taken = sum(sizes) + gaps
    for place, head in enumerate(heads):
        if head.flexible:
            sizes[place] = max(_LEAST, sizes[place] + width - taken)
    return sizes


def _row(heads: Sequence[Column], row: Sequence[str], sizes: Sequence[int]) -> str:
    pieces = []
    for place, (head, cell, size) in enumerate(zip(heads, row, sizes, strict=True)):
        pieces.append(" " * (head.gap if place else 0) + fit(cell, size, head.align))
    return "".join(pieces).rstrip()


def _flat(text: str) -> str:
    """Line breaks and runs of blanks as one blank: a value may be indented like the XML around it."""
    return " ".join(text.split())
