"""How a page is wanted. What a theme cannot do is an error before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..errors import UsageError
from ..findings import Report
from ..texts import Text

NOTE_CHARACTERS: Final = 2000
LOGO_BYTES: Final = 500_000
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURES: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_CONTRAST: Final = 45  # tenths: text on the accent colour is white


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What may be chosen. head_notes, foot_notes, accent, logo: for themes that have a place for them.

    lang: it, en, de or two joined by "+"; qr: "auto", "off" or as the theme says (None); logo: the bytes of a PNG or
    JPEG; links: attachments can be opened from the HTML; warnings: sentences for a banner; report: findings to add.
    """

    lang: str = "it"
    head_notes: str | Sequence[str] = ()
    foot_notes: str | Sequence[str] = ()
    accent: str | None = None
    logo: bytes | None = None
    qr: Literal["auto", "off"] | None = None
    links: bool = False
    warnings: tuple[Text, ...] = ()
    report: Report | None = None


def notes(value: str | Sequence[str]) -> tuple[str, ...]:
    """Notes as separate texts; ``UsageError`` when they are too long to be notes."""
    texts = (value,) if isinstance(value, str) else tuple(value)
    length = sum(map(len, texts))
    if length > NOTE_CHARACTERS:
        raise UsageError(_LONG, length=length, limit=NOTE_CHARACTERS)
    return tuple(text for text in texts if text.strip())


def accent(value: str) -> str:
    """A colour white text can be read on (contrast 4.5 or more); ``UsageError`` otherwise."""
    if not _COLOUR.fullmatch(value):
        raise UsageError(_NO_COLOUR, value=value)
    if _contrast_with_white(value) < _CONTRAST:
        raise UsageError(_PALE, value=value)
    return value.lower()


def _contrast_with_white(colour: str) -> int:
    """The contrast ratio of WCAG 2 in tenths."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return int(10 * 1.05 / (luminance + 0.05))


def _has_size(data: bytes) -> bool:
    """Whether a PNG or JPEG says how large it is: what only begins like one would be missing in silence."""
    if data.startswith(b"\x89PNG"):
        return data[12:16] == b"IHDR" and len(data) > 24
    return any(bytes((0xFF, 0xC0 + frame)) in data for frame in range(3))


def picture(data: bytes) -> str:
    """A logo as a data URI; ``UsageError`` when it is not a PNG or JPEG, or larger than a logo is."""
    kind = next((kind for head, kind in _PICTURES if data.startswith(head)), None)
    if kind is None or len(data) > LOGO_BYTES or not _has_size(data):
        raise UsageError(_NO_PICTURE, limit=LOGO_BYTES // 1000)
    import base64

    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


_LONG: Final = Text(
    "Le note hanno {length} caratteri: ne stanno al massimo {limit}.",
    "The notes have {length} characters: at most {limit} fit.",
)
_NO_COLOUR: Final = Text(
    "«{value}» non è un colore: scrivilo come #1f4e79.", "“{value}” is no colour: write it like #1f4e79."
)
_PALE: Final = Text(
    "Il colore {value} è troppo chiaro: il testo bianco su di esso non si legge (contrasto sotto 4,5).",
    "The colour {value} is too light: white text on it cannot be read (contrast below 4.5).",
)
_NO_PICTURE: Final = Text(
    "Il logo deve essere un PNG o un JPEG di al massimo {limit} kB.",
    "The logo must be a PNG or a JPEG of at most {limit} kB.",
)
