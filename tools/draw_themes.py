"""Draw the themes: pictures for the documentation, and the small crops the tests compare with.

``python tools/draw_themes.py`` writes ``docs/images/themes.webp`` and ``tests/render/crops/*.png`` from the fixtures;
look at both before committing them. It needs poppler (pdftoppm) and the extra ``pdf``. The font is ours, so the pages
are the same everywhere; poppler's versions smooth edges differently, which the tests allow for.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

import fatturakit as fk

ROOT = Path(__file__).resolve().parent.parent
IMAGES, CROPS = ROOT / "docs" / "images", ROOT / "tests" / "render" / "crops"
THEMES = ("standard", "assosoftware", "acube")
SHOWN = "invoices/IT07654320071_00001.xml"
COMPARED = {
    "invoice": "invoices/IT07712040257_0A1C4.xml",
    "simplified": "simplified/IT07700930097_00S01.xml",
    "message": "messages/IT07599810939_PA000_NS_001.xml",
}
SHOWN_DPI, COMPARED_DPI = 84, 36
_GAP, _GREY = 16, "#d9dde3"


def picture(fixture: str, theme: str, dpi: int) -> Image.Image:
    """The first page of a fixture's PDF."""
    page = fk.render(fk.open(ROOT / "fixtures" / fixture), theme=theme, shape="pdf")
    assert isinstance(page, bytes)
    command = ["pdftoppm", "-r", str(dpi), "-f", "1", "-l", "1", "-png", "-"]
    done = subprocess.run(command, input=page, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def crop(name: str, theme: str) -> Image.Image:
    """What is compared: the upper two thirds of a page, small and grey."""
    whole = picture(COMPARED[name], theme, COMPARED_DPI).convert("L")
    return whole.crop((0, 0, whole.width, whole.height * 2 // 3))


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Pages of one size beside each other, on grey."""
    width, height = pictures[0].size
    sheet = Image.new("RGB", (len(pictures) * (width + _GAP) + _GAP, height + 2 * _GAP), _GREY)
    for place, each in enumerate(pictures):
        sheet.paste(each, (_GAP + place * (width + _GAP), _GAP))
    return sheet


def main() -> int:
    """Write every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    CROPS.mkdir(parents=True, exist_ok=True)
    pages = [picture(SHOWN, theme, SHOWN_DPI) for theme in THEMES]
    shown = side_by_side([page.crop((0, 0, page.width, page.height * 7 // 10)) for page in pages])
    shown.save(IMAGES / "themes.webp", quality=72, method=6)
    for theme in THEMES:
        for name in COMPARED:
            crop(name, theme).save(CROPS / f"{theme}-{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
