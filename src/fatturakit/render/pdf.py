"""A document as PDF/A-3: the same page as the HTML, tagged, with the file it was made from inside.

What is embedded: the received bytes, unchanged (AFRelationship Source), and the invoice's own attachments (Supplement).
Same input, same bytes: identifier and dates come from the document.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from .. import resources
from ..document import Document
from ..xmlio import page_tree
from .absent import noted, warned
from .accessible import claim, say_scopes
from .engine import part, uncollected, weasyprint
from .html import FONTS, draw, page_words, prepare
from .lettering import kept_lines
from .options import Look
from .page import Page
from .speech import speech
from .themes import Theme
from .watch import watched

VARIANT: Final = "pdf/a-3a"
_STYLES: Final = 32  # a theme of the user's is another each time it is read
_WRAPPINGS: Final = frozenset(["p7m", "p7s", "json", "zip", "pem", "b64"])
_NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - PDF dates are written without a zone


Sources = list[tuple[Document, Look]]


class Laid(NamedTuple):
    """A page that has been laid out: WeasyPrint's document, and what it was made from."""

    pages: Any
    page: Page
    text: str
    source: Document


def pdf(document: Document, theme: Theme, look: Look) -> bytes:
    """The PDF of a document."""
    return merged([(document, look)], theme)


def merged(sources: Sources, theme: Theme) -> bytes:
    """One PDF of many documents, each with its bookmark and its file inside; characters without a font are told of."""
    size = sum(len(document.data) for document, _ in sources)
    with watched(theme, size), uncollected(), nullcontext() if theme.own else kept_lines(_fonts()):
        with noted() as absent:
            laid = [lay_out(document, theme, look) for document, look in sources]
            done = _written(laid, theme)
        if not absent:
            return done
        looks = [warned(look, absent & set(item.text)) for (_, look), item in zip(sources, laid, strict=True)]
        return _written([lay_out(item.source, theme, look) for item, look in zip(laid, looks, strict=True)], theme)


def lay_out(document: Document, theme: Theme, look: Look) -> Laid:
    """Every page of a document, not yet painted."""
    page = prepare(document, theme, look)
    text = draw(page, theme, look, css=Markup())
    pages = _render(text, _style(theme, look.lang), lean=not theme.own)
    return Laid(pages, page, text, document)


def warm(theme: Theme, lang: str) -> None:
    """Load and read what every PDF needs, before processes are forked."""
    _style(theme, lang)
    _elements()


def from_html(text: str) -> bytes:
    """The PDF of any page, such as one a style sheet of the user's made; nothing is fetched."""
    with uncollected():
        return bytes(_render(text).write_pdf(pdf_identifier=hashlib.sha256(text.encode()).digest()[:16]))


def _render(text: str, *styles: Any, lean: bool = False) -> Any:
    html = _parsed(text)
    if lean:
        elements, counting = _elements()
        html._ua_stylesheets = lambda forms=False: [elements]  # noqa: SLF001
        html._ua_counter_style = lambda: [counting]  # noqa: SLF001
    return html.render(stylesheets=list(styles), font_config=_fonts(), pdf_variant=VARIANT)


def _parsed(text: str) -> Any:
    """WeasyPrint's page of a text, without its own parser where the text is XML too."""
    package, tree = weasyprint(), page_tree(text)
    if tree is None:
        return package.HTML(string=text, url_fetcher=_fetcher())
    html = package.HTML.__new__(package.HTML)
    html.base_url, html.url_fetcher, html.media_type = None, _fetcher(), "print"
    html.wrapper_element = part("cssselect2").ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


@cache
def _fonts() -> Any:
    """One font configuration for all documents: making one reads every font of the machine."""
    return part("weasyprint.text.fonts").FontConfiguration()


@cache
def _fetcher() -> Any:
    return part("weasyprint.urls").URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


@cache
def _faces() -> Any:
    """The bundled font, from its files; nothing else may be read."""
    folder = resources.folder("stylesheets") / "_base" / "fonts"
    rules = "".join(
        f"@font-face{{font-family:'Fatturakit Sans';font-weight:{weight};src:url({(folder / name).as_uri()}.ttf)}}"
        for weight, name in FONTS.items()
    )
    fetcher = part("weasyprint.urls").URLFetcher(allowed_protocols={"file"}, allow_redirects=False)
    return weasyprint().CSS(string=rules, font_config=_fonts(), url_fetcher=fetcher)


@cache
def _elements() -> tuple[Any, Any]:
    """What the elements of our own templates are, and how pages are counted."""
    counting = part("weasyprint.css.counters").CounterStyle()
    path = resources.folder("stylesheets") / "_base" / "paper" / "elements.css"
    text = path.read_text(encoding="utf-8")
    sheet = weasyprint().CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher(), counter_style=counting)
    return sheet, counting


@lru_cache(_STYLES)
def _style(theme: Theme, lang: str) -> Any:
    """The style of a theme, parsed once."""
    _faces()
    text = page_words(speech(lang)) + theme.css
    return weasyprint().CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


def _written(laid: Sequence[Laid], theme: Theme) -> bytes:
    first = laid[0]
    whole = first.pages.copy([page for item in laid for page in item.pages.pages]) if len(laid) > 1 else first.pages
    when = _date(first)
    metadata = whole.metadata
    metadata.authors = [name for name in dict.fromkeys(item.page.seller_name for item in laid) if name]
    metadata.description = first.page.subject if len(laid) == 1 else None
    metadata.created = metadata.modified = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.attachments = [file for item in laid for file in _files(item)]
    _distinct(metadata.attachments)
    if not theme.own:
        claim(metadata)
    identifier = hashlib.sha256(theme.name.encode())
    for item in laid:
        identifier.update(item.text.encode())
        identifier.update(item.source.data)
    done: bytes = whole.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier.digest()[:16], finisher=_finish)
    return done


def _distinct(files: list[Any]) -> None:
    """A PDF finds embedded files by name, so a name met again gets a number."""
    used: set[str] = set()
    for file in files:
        stem, dot, extension = file.name.rpartition(".")
        number, name = 1, file.name
        while name in used:
            number += 1
            name = f"{stem or extension}-{number}{dot}{extension if stem else ''}"
        used.add(name)
        file.name = name


def _finish(document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint leaves, and write the objects our way. It lists every embedded file twice."""
    from .saving import save

    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))
    say_scopes(pdf)
    pdf.write = partial(save, pdf)


def _date(item: Laid) -> datetime:
    """The date of the first document in a file; a message has none."""
    for sheet in item.page.sheets:
        try:
            return datetime.strptime(sheet.head.Data.raw.strip()[:10], "%Y-%m-%d")  # noqa: DTZ007
        except ValueError:
            continue
    return _NO_DATE


def _files(item: Laid) -> Iterator[Any]:
    received = item.source.made_from or item.source.received
    name = item.source.name or "documento.xml"
    when = _date(item)
    if received != item.source.data:
        yield _file(received, name, when, "Source", "")
        name = _bare(name)
    yield _file(item.source.data, name, when, "Source", item.page.title)
    for sheet in item.page.sheets:
        for attached in sheet.attachments:
            if attached.data is not None:
                described = attached.node.DescrizioneAttachment.raw
                yield _file(attached.data, attached.file_name, when, "Supplement", described)


def _bare(name: str) -> str:
    """The name of the XML inside something else: ``IT1_A.xml.p7m`` and ``IT1_A.json`` hold ``IT1_A.xml``."""
    stem, _, ending = name.rpartition(".")
    bare = stem if stem and ending.lower() in _WRAPPINGS else name
    return bare if bare.lower().endswith(".xml") else f"{bare}.xml"


def _file(data: bytes, name: str, when: datetime, relationship: str, description: str) -> Any:
    return weasyprint().Attachment(
        file_obj=io.BytesIO(data),
        name=name,
        description=description or name,
        created=when,
        modified=when,
        relationship=relationship,
        url_fetcher=_fetcher(),
    )
