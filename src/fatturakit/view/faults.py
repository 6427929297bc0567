"""What goes wrong when fields are named or set, as exceptions that are also Python's own kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from ..errors import ExitCode, FatturakitError
from ..schema.names import snake
from ..schema.table import Element
from ..schema.wording import value_sentence
from ..texts import Text


class FieldError(FatturakitError, ValueError):
    """A value that its field cannot hold; the sentence names the SdI field number and what was expected."""

    exit_code = ExitCode.FINDINGS


class UnknownField(FatturakitError, AttributeError, LookupError):
    """A field the format does not have at this place."""

    exit_code = ExitCode.USAGE


class SignedDocument(FatturakitError, TypeError):
    """A change to a document that is signed: ``Document.unsigned()`` gives one that can be changed."""

    exit_code = ExitCode.USAGE

    def __init__(self, text: Text | None = None, **args: object) -> None:
        super().__init__(text or _SIGNED, **args)


def wrong(rule: str, found: str, row: Element) -> FieldError:
    """The refusal of a text that breaks ``rule`` (a word of ``lexical.problem``)."""
    message, fix, args = value_sentence(rule, found, row)
    number = f"{row.field} " if row.field else ""
    if "{expected}" in message.it and "suggestion" not in args:
        return FieldError(Text(f"{number}{message.it}", f"{number}{message.en}"), **args)
    return FieldError(Text(f"{number}{message.it} {fix.it}", f"{number}{message.en} {fix.en}"), **args)


def misfit(value: object, row: Element) -> FieldError:
    """The refusal of a Python value of the wrong kind; floats get a sentence of their own."""
    text = _FLOAT if isinstance(value, float) else _KIND
    number = f"{row.field} " if row.field else ""
    return FieldError(text, number=number, name=row.name, kind=type(value).__name__, wanted=_WANTED[shape(row)])


def unknown(name: str, row: Element, known: list[str]) -> UnknownField:
    """The refusal of a name, with the one that was probably meant."""
    near = get_close_matches(name, known, n=1, cutoff=0.6) or get_close_matches(snake(name), known, n=1)
    if near:
        return UnknownField(_MEANT, name=name, parent=row.name, near=near[0])
    return UnknownField(_UNKNOWN if known else _VALUE, name=name, parent=row.name, known=", ".join(known))


def several(value: object, row: Element) -> list[object]:
    """The items of a list; None is none, a lone text or block is refused rather than taken apart."""
    if value is None:
        return []
    if isinstance(value, str | bytes | Mapping) or hasattr(value, "as_written") or not isinstance(value, Iterable):
        raise FieldError(_NO_LIST, name=row.name, number=row.field, kind=type(value).__name__)
    return list(value)


def shape(row: Element) -> str:
    """What Python makes of a field: str, Decimal, int, date, datetime, bytes; "" for one with fields of its own."""
    if row.kind == "complex":
        return ""
    return _SHAPES.get(row.type.base, "str") if row.type else "str"


_SHAPES: Final = {
    "xs:decimal": "Decimal",
    "xs:integer": "int",
    "xs:positiveInteger": "int",
    "xs:nonNegativeInteger": "int",
    "xs:date": "date",
    "xs:dateTime": "datetime",
    "xs:base64Binary": "bytes",
}
_WANTED: Final = {
    "": Text("un blocco di campi (un dizionario)", "a block of fields (a mapping)"),
    "str": Text("un testo (str)", "text (str)"),
    "Decimal": Text("un numero: Decimal, int o testo", "a number: Decimal, int or text"),
    "int": Text("un numero intero", "a whole number"),
    "date": Text("una data: datetime.date o testo AAAA-MM-GG", "a date: datetime.date or text YYYY-MM-DD"),
    "datetime": Text("data e ora: datetime.datetime o testo", "a date and time: datetime.datetime or text"),
    "bytes": Text("bytes, o testo in base64", "bytes, or base64 text"),
    "list": Text("una lista", "a list"),
}
_SIGNED: Final = Text(
    "Il documento è firmato e non si modifica: doc.unsigned() ne dà una copia senza firma.",
    "The document is signed and cannot be changed: doc.unsigned() gives a copy without the signature.",
)
_KIND: Final = Text(
    "{number}<{name}> non può essere {kind}: serve {wanted}.", "{number}<{name}> cannot be {kind}: it takes {wanted}."
)
_FLOAT: Final = Text(
    "{number}<{name}> non accetta un float, che non è esatto: usa Decimal o un testo.",
    "{number}<{name}> takes no float, which is not exact: use Decimal or text.",
)
_MEANT: Final = Text("<{parent}> non ha «{name}»: forse «{near}».", "<{parent}> has no “{name}”: perhaps “{near}”.")
_UNKNOWN: Final = Text("<{parent}> non ha «{name}»: ha {known}.", "<{parent}> has no “{name}”: it has {known}.")
_VALUE: Final = Text(
    "<{parent}> è un valore e non contiene campi: «{name}» non c'è.",
    "<{parent}> is a value and holds no fields: there is no “{name}”.",
)
_NO_LIST: Final = Text(
    "{number} <{name}> si ripete: serve una lista, non {kind}.",
    "{number} <{name}> repeats: it takes a list, not {kind}.",
)
