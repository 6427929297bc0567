"""The words of a page in one language or in two, from the catalogue of the themes.

``Speech("it")`` says ``Netto a pagare``; ``Speech("it+de")`` says ``Netto a pagare / Zahlbetrag``, the second in a span
of its own language. Codes are decoded likewise. What the invoice itself says is never translated.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from markupsafe import Markup

from ..errors import UsageError
from ..schema.codes import Code
from ..schema.table import Element
from ..texts import Text
from ._compiled.labels import DE, WORDS
from .output import marked, quote

LANGUAGES: Final = ("it", "en", "de")


class Words:
    """The catalogue as attributes, ready to be printed: ``words.net``."""

    def __init__(self, said: dict[str, Markup]) -> None:
        self.__dict__.update(said)

    def __getattr__(self, name: str) -> Markup:
        raise AttributeError(f"no such word: {name}")

    def __getitem__(self, name: str) -> Markup:
        return self.__dict__[name]  # type: ignore[no-any-return]

    def get(self, name: str) -> Markup | None:
        """A word that may not be in the catalogue."""
        return self.__dict__.get(name)


class Speech:
    """One or two languages; ``lang`` is the first, which also shapes numbers."""

    def __init__(self, asked: str) -> None:
        self.langs = tuple(dict.fromkeys(asked.split("+")))
        if not 1 <= len(self.langs) <= 2 or not set(self.langs) <= set(LANGUAGES):
            raise UsageError(_UNKNOWN, asked=asked)
        self.lang = self.langs[0]
        self.words = Words({name: self.both(*row) for name, row in WORDS.items()})

    def both(self, it: str, en: str, de: str) -> Markup:
        """A word in every language of the page, once where they agree."""
        said = {"it": it, "en": en, "de": de}
        texts = [quote(said[lang]) for lang in self.langs]
        if len(texts) == 1 or texts[0] == texts[1]:
            return marked(texts[0])
        return marked(f'{texts[0]} <span class="b" lang="{self.langs[1]}">/ {texts[1]}</span>')

    def label(self, element: Element) -> Markup:
        """The name of an element."""
        return self.both(element.it, element.en, DE.get(element.name, element.it))

    def meaning(self, code: Code | None) -> Markup:
        """What a code stands for; that it is unknown when it is."""
        if code is None:
            return marked(f"({self.words.unknown_code})")
        return self.both(code.it, code.en, code.de)

    @lru_cache(64)  # noqa: B019 - there are few Speeches, and they stay
    def cards(self, *names: str) -> Markup:
        """The names of columns as CSS variables, for tables that become cards on a phone."""
        said = (f'--c{place}:"{self.plain(name)}: "' for place, name in enumerate(names, 1) if name)
        return marked(quote(";".join(said)).replace("&#34;", '"'))

    def first(self, name: str) -> str:
        """A word in the first language alone, as bare text."""
        return WORDS[name][LANGUAGES.index(self.lang)]

    def plain(self, name: str, /, **values: object) -> str:
        """A sentence as bare text (for titles and running heads), its languages side by side."""
        said = self._sentence(name)
        return said.format_map(values) if values else said

    @lru_cache(256)  # noqa: B019 - there are few Speeches, and they stay
    def _sentence(self, name: str) -> str:
        row = dict(zip(LANGUAGES, WORDS[name], strict=True))
        return " / ".join(dict.fromkeys(row[lang] for lang in self.langs))


@cache
def speech(asked: str) -> Speech:
    """The words for ``it``, ``en``, ``de`` or two of them joined by ``+``; ``UsageError`` for anything else."""
    return Speech(asked)


_UNKNOWN: Final = Text(
    "Lingua «{asked}» sconosciuta: usa it, en, de oppure due insieme, per esempio it+de.",
    "Unknown language “{asked}”: use it, en, de, or two of them together, such as it+de.",
)
