"""A document as one HTML file: no script, nothing fetched, its font and its style inside."""

from __future__ import annotations

import base64
import gc
from functools import cache, lru_cache
from typing import Final

from markupsafe import Markup

from .. import resources
from ..document import Document
from ..errors import UsageError
from ..texts import Text
from . import options
from .options import Look
from .page import Page
from .speech import Speech, speech
from .themes import Theme

_STYLES: Final = 32  # a theme of the user's is another each time it is read
FONTS: Final = {400: "FatturakitSans-Regular", 700: "FatturakitSans-Bold"}


def html(document: Document, theme: Theme, look: Look = Look()) -> str:  # noqa: B008 - frozen
    """The page of a document; ``UsageError`` when the theme has no place for what is asked."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        page = prepare(document, theme, look)
        drawn = draw(page, theme, look, css=screen_css(theme, look.lang))
        page.close()
        del page  # while collection is off: what nothing refers to is freed without it
    finally:
        if collecting:
            gc.enable()
    return drawn


def prepare(document: Document, theme: Theme, look: Look) -> Page:
    """The page before it is written."""
    refuse(theme, look)
    wanted = look.qr or theme.fact("qr", "auto")
    page = Page(document, look, qr=wanted == "auto", technical=theme.fact("technical", False))
    page.head_notes, page.foot_notes = options.notes(look.head_notes), options.notes(look.foot_notes)
    page.accent = options.accent(look.accent) if look.accent else ""
    page.logo = options.picture(look.logo) if look.logo else ""
    return page


def refuse(theme: Theme, look: Look) -> None:
    """``UsageError`` when the look asks for what the theme does not have, so that nothing is lost in silence."""
    given = {"head_notes": look.head_notes, "foot_notes": look.foot_notes}
    for name, value in given.items():
        if value and not theme.fact("notes", False):
            raise UsageError(_NO_PLACE, theme=theme.name, option="--" + name.replace("_", "-"))
    if look.accent and not theme.fact("accent"):
        raise UsageError(_NO_PLACE, theme=theme.name, option="--accent")
    if look.logo and not theme.fact("logo", False):
        raise UsageError(_NO_PLACE, theme=theme.name, option="--logo")


def draw(page: Page, theme: Theme, look: Look, *, css: Markup) -> str:
    """Run the templates."""
    name = "message.html.j2" if page.is_message else "document.html.j2"
    return theme.drawer(look.lang)(name, page=page, css=css)


@lru_cache(_STYLES)
def screen_css(theme: Theme, lang: str) -> Markup:
    """The style of the HTML file, with the font inside."""
    return Markup(_faces() + page_words(speech(lang)) + theme.css)  # noqa: S704 - our own files, and the user's


@cache
def _faces() -> str:
    return "".join(
        "@font-face{font-family:'Fatturakit Sans';font-weight:" + str(weight) + ";src:url(data:font/woff2;base64,"
        f"{base64.b64encode(font_bytes(name + '.woff2')).decode('ascii')})}}\n"
        for weight, name in FONTS.items()
    )


def font_bytes(name: str) -> bytes:
    """One of the bundled font files."""
    return (resources.folder("stylesheets") / "_base" / "fonts" / name).read_bytes()


def page_words(words: Speech) -> str:
    """The foot of every printed page, in the language of the page."""
    page, of_ = words.plain("page"), words.plain("page_of")
    return f'@page{{@bottom-right{{content:"{page} " counter(page) " {of_} " counter(pages)}}}}\n'


_NO_PLACE: Final = Text(
    "{option}: il tema {theme} non lo prevede (acube sì). Non è stato scritto niente.",
    "{option}: the theme {theme} has no place for it (acube has). Nothing was written.",
)
