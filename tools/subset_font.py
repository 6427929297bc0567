"""Make the bundled font from the two weights of Source Sans 3, as its publisher ships them.

``python tools/subset_font.py SourceSans3-Regular.ttf SourceSans3-Semibold.ttf`` writes TTF for PDFs and WOFF2, which
travels inside HTML pages (it needs ``brotli``). Kept: Latin, Greek and Cyrillic, punctuation, currency signs, arrows.
Its digits have one width by themselves, so columns of amounts align without any feature being asked for.
The licence (OFL) reserves the name "Source": a changed font must not bear it, so ours is called Fatturakit Sans.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HOME = Path(__file__).resolve().parent.parent / "stylesheets/_base/fonts"
FAMILY = "Fatturakit Sans"
WIDE = ["U+0020-024F", "U+02C6-02DD", "U+0300-030C", "U+0370-03FF", "U+0400-045F", "U+0490-0491", "U+1E00-1EFF"]
SIGNS = ["U+2000-206F", "U+2070-209F", "U+20A0-20BF", "U+2100-2122", "U+2190-2199", "U+2212-2265", "U+25A0-25CF"]
NARROW = ["U+0020-017F", "U+2010-2026", "U+202F", "U+20AC", "U+2122", "U+2192", "U+2212"]
WEIGHTS = {"Regular": "Regular", "Semibold": "Bold"}


def main() -> int:
    """Write both weights in both shapes."""
    for name in sys.argv[1:]:
        weight = WEIGHTS[Path(name).stem.rpartition("-")[2]]
        _write(name, weight, WIDE + SIGNS, "ttf")
        _write(name, weight, NARROW, "woff2")
    return 0


def _write(source: str, weight: str, ranges: list[str], flavour: str) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14]
    )
    options.flavor = "woff2" if flavour == "woff2" else None
    tool = subset.Subsetter(options)
    tool.populate(unicodes=subset.parse_unicodes(",".join(ranges)))
    tool.subset(font)
    _rename(font, weight)
    if flavour == "ttf":
        draw_absent(font)
    subset.save_font(font, str(HOME / f"FatturakitSans-{weight}.{flavour}"), options)


def draw_absent(font: TTFont) -> None:
    """An empty frame for characters no font of a machine has: on paper they must be missed, not overlooked."""
    pen = TTGlyphPen(None)
    for box in (((60, 0), (60, 660), (540, 660), (540, 0)), ((110, 50), (490, 50), (490, 610), (110, 610))):
        pen.moveTo(box[0])
        for point in box[1:]:
            pen.lineTo(point)
        pen.closePath()
    font["glyf"][".notdef"] = pen.glyph()
    font["hmtx"][".notdef"] = (600, 60)


def _rename(font: TTFont, weight: str) -> None:
    full = f"{FAMILY} {weight}"
    names = {1: FAMILY, 2: weight, 3: f"{full}; from Source Sans 3", 4: full, 6: full.replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    font["OS/2"].usWeightClass = 700 if weight == "Bold" else 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if weight == "Bold" else 0x40)
    font["head"].macStyle = 1 if weight == "Bold" else 0


if __name__ == "__main__":
    sys.exit(main())
