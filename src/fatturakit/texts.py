"""Sentences in Italian and English (audit files also speak Portuguese), and the choice between them.

A ``Text`` is a pair of templates; the words are put together only when somebody reads them.
"""

import os
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Language = Literal["it", "en", "pt"]
LANGUAGES: Final[tuple[Language, ...]] = ("it", "en")
"""The languages of everything; Portuguese is for audit files."""
_LOCALE_VARIABLES = ("FATTURAKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class Text(NamedTuple):
    """One sentence in two languages or three (``pt`` empty: ``en``); ``{name}`` is filled from the arguments."""

    it: str
    en: str
    pt: str = ""

    def say(self, lang: Language = "it", args: Mapping[str, object] | None = None) -> str:
        """The sentence in ``lang``, with its arguments put in; an argument may itself be a ``Text``.

        >>> Text("ciao {name}", "hello {name}").say("en", {"name": Text("mondo", "world")})
        'hello world'
        """
        template = self.template(lang)
        return template.format_map(spoken(args, lang)) if "{" in template else template

    @property
    def both(self) -> tuple[str, str]:
        """The sentence in the two languages of everything."""
        return self.it, self.en

    def template(self, lang: Language) -> str:
        """The sentence with its places for arguments still open."""
        if lang == "it":
            return self.it
        return self.pt or self.en if lang == "pt" else self.en


EMPTY: Final = Text("", "")


class Amount(str):
    """A number, or a sum written out, in the spelling of the file: with a point."""

    __slots__ = ()


def counted(args: Mapping[str, object], lang: Language) -> Mapping[str, object]:
    """The arguments as a sentence says them: in Italian a number has a comma.

    >>> counted({"found": Amount("901.64"), "field": "2.2.1.11"}, "it")
    {'found': '901,64', 'field': '2.2.1.11'}
    """
    if lang != "it":
        return args
    return {name: value.replace(".", ",") if isinstance(value, Amount) else value for name, value in args.items()}


def spoken(args: Mapping[str, object] | None, lang: Language) -> dict[str, object]:
    """The arguments with every ``Text`` among them put into words (by the arguments that are plain values)."""
    plain = {name: value for name, value in (args or {}).items() if not isinstance(value, Text)}
    words = {name: value.say(lang, plain) for name, value in (args or {}).items() if isinstance(value, Text)}
    return plain | words


def language(explicit: str | None = None, environ: Mapping[str, str] | None = None) -> Language:
    """``--lang``, then ``FATTURAKIT_LANG``, then the locale, then Italian.

    >>> language("en"), language(environ={"LANG": "en_GB.UTF-8"}), language(environ={"LANG": "C"})
    ('en', 'en', 'it')
    """
    if explicit:
        return "pt" if explicit == "pt" else "en" if explicit == "en" else "it"
    environ = os.environ if environ is None else environ
    for name in _LOCALE_VARIABLES:
        value = environ.get(name, "")
        if value and value not in {"C", "POSIX", "C.UTF-8"}:
            return "it" if value[:2].lower() == "it" else "en"
    return "it"
