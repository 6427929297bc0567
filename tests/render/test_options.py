"""What may be chosen, and that what a theme cannot do is refused."""

from __future__ import annotations

import pytest

import fatturakit as fk

from .documents import fixture

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)
REFUSED = [
    {"theme": "standard", "head_notes": "ciao"},
    {"theme": "assosoftware", "foot_notes": "ciao"},
    {"theme": "standard", "accent": "#1f4e79"},
    {"theme": "assosoftware", "logo": PIXEL},
    {"theme": "acube", "accent": "#ffee00"},
    {"theme": "acube", "accent": "red"},
    {"theme": "acube", "logo": b"<svg/>"},
    {"theme": "acube", "logo": PIXEL[:8] + b"rubbish"},
    {"theme": "acube", "logo": b"\xff\xd8\xffrubbish"},
    {"theme": "acube", "head_notes": "x" * 2001},
    {"theme": "liberty"},
    {"theme": "_base"},
    {"lang": "it+en+de"},
    {"colour": "#1f4e79"},
]


@pytest.mark.parametrize("look", REFUSED, ids=str)
def test_refused(look: dict[str, object]) -> None:
    with pytest.raises(fk.UsageError):
        fk.render(fixture("00001"), **look)  # type: ignore[arg-type]


def test_acube_takes_notes_colour_and_logo() -> None:
    page = fk.render(
        fixture("00001"),
        theme="acube",
        head_notes=["prima <b>", "seconda\nriga"],
        foot_notes="in fondo",
        accent="#7A1F1F",
        logo=PIXEL,
    )
    assert isinstance(page, str)
    assert '<div class="note">prima &lt;b&gt;</div>' in page
    assert page.index("prima") < page.index("<h1") < page.index("in fondo")
    assert "--accent:#7a1f1f" in page
    assert 'alt="Falegnameria' in page or "alt=" in page
    assert page.index("Altri dati") < page.index("in fondo")


def test_a_document_of_another_kind_has_no_page() -> None:
    with pytest.raises(fk.InputError):
        fk.render(fk.open(b"<Invoice xmlns='urn:x'/>"))
