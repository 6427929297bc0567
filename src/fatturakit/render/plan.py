"""For every place of a format: what its values are called and how they are shown, in the languages of a page.

Compiled from the element table once per format and language and kept: reading a document only looks things up.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from markupsafe import Markup

from ..schema.codes import CodeList, list_for
from ..schema.table import Element, ElementTable, table
from .output import marked, quote
from .speech import Speech, speech
from .values import Form, as_written, form_of

_KEPT: Final = 4096
_SELF_EVIDENT: Final = frozenset(["BolloVirtuale", "Ritenuta", "Art73", "FormatoTrasmissione"])


class Spec:
    """One place. said, official: values already put into words; below: the places under it ("@name" for attributes);
    kind: the class of its nodes."""

    __slots__ = (
        "below",
        "codes",
        "form",
        "kind",
        "known",
        "label",
        "leaf",
        "name",
        "official",
        "plain",
        "repeats",
        "said",
        "speech",
    )

    def __init__(self, name: str, label: Markup, speech: Speech, *, known: bool = True) -> None:
        self.name = name
        self.label = label
        self.speech = speech
        self.known = known
        self.leaf = not known
        self.repeats = False
        self.codes: CodeList | None = None
        self.form: Form = as_written
        self.plain = True
        self.below: dict[str, Spec] = {}
        self.kind: type[Any] | None = None
        self.said: dict[str, Markup] = {}
        self.official: dict[str, Markup] = {}

    def html(self, raw: str) -> str:
        """A value as it is shown; a code with its meaning."""
        return quote(raw) if self.plain else self.said.get(raw) or self._say(raw)

    def _say(self, raw: str) -> Markup:
        if len(self.said) > _KEPT:
            self.said.clear()
        meaning = self.meaning(raw)
        said = self.said[raw] = marked(f"{self.bare(raw)} {meaning}" if meaning else self.bare(raw))
        return said

    def officially(self, raw: str) -> Markup:
        """As the official sheet writes it: the value in bold, the meaning of a code in brackets."""
        if self.plain:
            return marked(f"<b>{quote(raw)}</b>")
        if raw not in self.official:
            if len(self.official) > _KEPT:
                self.official.clear()
            meaning = self.meaning(raw)
            self.official[raw] = marked(
                f"<b>{self.bare(raw)}</b> ({meaning})" if meaning else f"<b>{self.bare(raw)}</b>"
            )
        return self.official[raw]

    def bare(self, raw: str) -> str:
        """A value without the meaning of its code."""
        return quote(raw if self.plain or self.codes else self.form(raw, self.speech.lang))

    def meaning(self, raw: str) -> Markup:
        """What the code ``raw`` stands for; empty where values are not coded, or stand for themselves."""
        if self.codes is None or self.name in _SELF_EVIDENT:
            return Markup()
        return self.speech.meaning(self.codes.get(raw.strip()))

    def foreign(self, name: str) -> Spec:
        """The place of something the format does not know here."""
        return Spec(name, marked(quote(name)), self.speech, known=False)

    @property
    def stray(self) -> Spec:
        """The place of text between elements."""
        return Spec("", self.speech.words.text_inside, self.speech, known=False)


@cache
def plan(name: str, root: str, langs: str) -> Spec:
    """The place of the root element of a format, with everything below it."""
    rows, words = table(name), speech(langs)
    top = rows.get("/" + root)
    return _spec(rows, top, words) if top else Spec(root, marked(quote(root)), words)


def _spec(rows: ElementTable, element: Element, words: Speech) -> Spec:
    spec = Spec(element.name, words.label(element), words)
    spec.leaf = element.kind != "complex"
    spec.repeats = element.repeats
    if spec.leaf:
        spec.codes, spec.form = list_for(element), form_of(element)
        spec.plain = spec.codes is None and spec.form is as_written
    for child in rows.children(element.path):
        spec.below[child.name] = _spec(rows, child, words)
    for attribute in rows.attributes(element.path):
        spec.below["@" + attribute.name] = _spec(rows, attribute, words)
    return spec
