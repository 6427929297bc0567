"""Bytes of a document cut at its elements, for taking lots apart and putting them together without rewriting.

Only documents already parsed come here, so tags can be found by looking: comments, instructions and CDATA are skipped.
Bytes of encodings that extend ASCII are looked at one character a byte, so every position is a byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TAG: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?:[^\s<>/:=\"']+:)?(?P<name>FatturaElettronicaBody|Signature)(?=[\s/>])"
    r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_MARGIN: Final = re.compile(r"\r?\n[ \t]*\Z")


class Parts(NamedTuple):
    """A document as text: what stands before its bodies, the bodies, what is between two, and what comes after."""

    before: str
    bodies: list[str]
    gap: str
    after: str


def apart(data: bytes, encoding: str, count: int) -> Iterator[bytes | None]:
    """The document with each of its bodies alone; None for each when ``count`` bodies cannot be told apart."""
    codec = _codec(encoding)
    parts = _parts(data.decode(codec))
    for place in range(count):
        found = len(parts.bodies) == count
        yield (parts.before + parts.bodies[place] + parts.after).encode(codec) if found else None


def joined(documents: list[tuple[bytes, str]]) -> bytes | None:
    """The first document (bytes, encoding) with the bodies of all; None when one has no body to be found."""
    encoding = documents[0][1]
    codec = _codec(encoding)
    first = _parts(documents[0][0].decode(codec))
    bodies = []
    for data, other in documents:
        bodies += [_in(piece, other, encoding) for piece in _parts(data.decode(_codec(other))).bodies]
    if not first.bodies:
        return None
    return (first.before + first.gap.join(bodies) + first.after).encode(codec)


def _parts(text: str) -> Parts:
    spans = _spans(text)
    bodies = [(start, end) for name, start, end in spans if name != "Signature"]
    if not bodies:
        return Parts(text, [], "", "")
    start, end = bodies[0][0], bodies[-1][1]
    signatures = [span[1:] for span in spans if span[0] == "Signature"]
    after = _without(text[end:], [(first - end, last - end) for first, last in signatures if first >= end])
    before = _without(text[:start], [span for span in signatures if span[1] <= start])
    return Parts(before, [text[first:last] for first, last in bodies], _margin(before), after)


def _margin(before: str) -> str:
    """Line break and blanks a body stands after, "" when it follows something else on its line."""
    found = _MARGIN.search(before)
    return found[0] if found else ""


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without these spans and the rest of their lines."""
    for start, end in reversed(spans):
        before = text[:start].rstrip(" \t")
        text = before.removesuffix("\n").removesuffix("\r" if before.endswith("\r\n") else "") + text[end:]
    return text


def _spans(text: str) -> list[tuple[str, int, int]]:
    """Name, start and end of the outermost bodies and signatures."""
    found: list[tuple[str, int, int]] = []
    inside, depth, start = "", 0, 0
    for tag in _TAG.finditer(text):
        name = tag["name"]
        if not name or (inside and name != inside):
            continue
        if tag["close"]:
            depth -= 1
        elif not inside:
            inside, depth, start = name, 1, tag.start()
        else:
            depth += 1
        if tag[0].endswith("/>"):
            depth -= 1
        if inside and not depth:
            found.append((inside, start, tag.end()))
            inside = ""
    return found


def _codec(encoding: str) -> str:
    """How the bytes are looked at: UTF-16 and its kin as they are, all others a character a byte."""
    return encoding if encoding.lower().startswith(("utf-16", "utf16", "ucs", "utf-32", "iso-10646-ucs")) else "latin-1"


def _in(piece: str, own: str, wanted: str) -> str:
    """A piece of a document in another encoding; what that cannot spell becomes a numbered character."""
    if own.lower() == wanted.lower():
        return piece
    data = piece.encode(_codec(own)).decode(own).encode(wanted, "xmlcharrefreplace")
    return data.decode(_codec(wanted))
