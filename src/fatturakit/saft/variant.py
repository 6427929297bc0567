"""What a national variant is made of: namespace, codes and the shapes of its records. One folder each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ..errors import UsageError
from ..texts import EMPTY, Text
from .shape import Shape

VARIANTS: Final = ("pt", "ao")


class Section(NamedTuple):
    """A section of documents. name: "sales", "movement", "work" or "payments"; silent: statuses outside the totals;
    own, line, debit: shapes of a document and of a line; codes are those of its type and status."""

    name: str
    container: str
    element: str
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    silent: tuple[str, ...]
    shape: tuple[Shape, ...]
    line: tuple[Shape, ...]


class Rate(NamedTuple):
    """A tax rate. since: first day; code: what the law calls it; rate: per cent."""

    since: str
    code: str
    rate: str


class Variant(NamedTuple):
    """A country's audit file."""

    name: str
    namespace: str
    country: str
    currency: str
    final_consumer: str
    unknown: str
    regions: tuple[str, ...]
    rates: Mapping[str, tuple[tuple[str, str, str], ...]]
    exemptions: Mapping[str, str]
    tax_names: Mapping[str, str]
    vat_codes: tuple[str, ...]
    debit_types: tuple[str, ...]
    correcting_types: tuple[str, ...]
    retired: Mapping[str, str]
    bases: Mapping[str, tuple[str, ...]]
    sections: tuple[Section, ...]
    header: tuple[Shape, ...]
    customer: tuple[Shape, ...]
    supplier: tuple[Shape, ...]
    product: tuple[Shape, ...]
    tax: tuple[Shape, ...]
    account: tuple[Shape, ...]
    entry: tuple[Shape, ...]
    entry_line: tuple[Shape, ...]
    taxonomy: bool
    atcud_since: str
    conversion: Text = EMPTY
    conversion_fix: Text = EMPTY
    nif: Callable[[str], bool] | None = None


def variant(name: str) -> Variant:
    """The variant of a country ("pt", "ao"); ``UsageError`` for one there is none of."""
    if name.lower() not in VARIANTS:
        raise UsageError(_UNKNOWN, name=name, known=", ".join(VARIANTS))
    found: Variant = importlib.import_module(f".{name.lower()}.variant", __package__).VARIANT
    return found


_UNKNOWN: Final = Text(
    "«{name}» non è una variante. Ci sono: {known}.",
    "“{name}” is no variant. There are: {known}.",
    "«{name}» não é uma variante. Existem: {known}.",
)
