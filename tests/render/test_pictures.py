"""Pages as pictures, beside small crops that a person has looked at: a theme that falls apart is seen.

Edges are smoothed differently by poppler's versions, so both sides are blurred and a block of the page may differ a
little; text that is gone, moved or drawn over is far beyond that. ``tools/draw_themes.py`` draws the crops anew.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from types import ModuleType

import pytest
from PIL import Image, ImageChops, ImageFilter

from ..shared import ROOT
from .documents import THEMES

BLOCK = 12
"""Points of a crop on a side, about two lines of text."""
MOST = 17
"""Levels of 255 a block may differ by on average."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    if shutil.which("pdftoppm") is None:
        assert not os.environ.get("CI"), "CI looks at pages: poppler (pdftoppm) is needed"
        pytest.skip("needs poppler (pdftoppm)")
    spec = importlib.util.spec_from_file_location("draw_themes", ROOT / "tools" / "draw_themes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def difference(first: Image.Image, second: Image.Image) -> int:
    """The most any block of two pictures differs by."""
    soft = [image.filter(ImageFilter.GaussianBlur(1.5)) for image in (first, second)]
    blocks = ImageChops.difference(*soft).reduce(BLOCK)
    return int(blocks.getextrema()[1])


def kept(theme: str, name: str) -> Image.Image:
    return Image.open(ROOT / "tests" / "render" / "crops" / f"{theme}-{name}.png").convert("L")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["invoice", "simplified", "message"])
def test_pages_look_as_they_did(tool: ModuleType, theme: str, name: str) -> None:
    drawn = tool.crop(name, theme)
    assert drawn.size == kept(theme, name).size
    assert difference(drawn, kept(theme, name)) <= MOST


def test_a_line_that_is_gone_or_moved_is_seen() -> None:
    page = kept("standard", "invoice")
    without, moved = page.copy(), page.copy()
    row = (20, 60, 270, 72)
    without.paste(255, row)
    moved.paste(page.crop(row), (row[0], row[1] + 6))
    assert difference(page, without) > MOST
    assert difference(page, moved) > MOST
    assert difference(page, page.filter(ImageFilter.GaussianBlur(0.5))) <= MOST
