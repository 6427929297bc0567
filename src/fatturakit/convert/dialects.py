"""The dialects of JSON as one declared row each: how names, numbers and dates are written, and what has a place.

acube: the A-Cube service: snake_case, amounts as strings exactly as written, a few integers.
invoicetronic: ``/send/json`` of Invoicetronic: the names of the schema, numbers as numbers, dates as date-times.
xml: the names of the schema below the name of the root, attributes included, every value a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from ..errors import UsageError
from ..schema.profiles import Profile
from ..schema.table import Element
from ..texts import Text

RESERVED: Final = "_fatturakit"
_COUNTED: Final = frozenset(
    {"NumeroLinea", "RiferimentoNumeroLinea", "RiferimentoFase", "NumeroColli", "GiorniTerminiPagamento"}
)
_BEFORE_WORD: Final = re.compile(r"(.)([A-Z][a-z]+)")
_BEFORE_CAPITAL: Final = re.compile(r"([a-z0-9])([A-Z])")


@cache
def snake(name: str) -> str:
    """A name of the schema in snake_case, as A-Cube writes it.

    >>> [snake(name) for name in ("EsigibilitaIVA", "CodiceCIG", "DatiSAL", "Art73", "CFQuietanzante")]
    ['esigibilita_iva', 'codice_cig', 'dati_sal', 'art73', 'cf_quietanzante']
    """
    return _BEFORE_CAPITAL.sub(r"\1_\2", _BEFORE_WORD.sub(r"\1_\2", name)).lower()


def _same(name: str) -> str:
    return name


def _never(row: Element) -> bool:
    return False


def _is_counted(row: Element) -> bool:
    """The integers of A-Cube; in DatiDDT the same reference to a line is a string."""
    return row.name in _COUNTED and "/DatiDDT/" not in row.path


def _is_integer(row: Element) -> bool:
    return row.type is not None and "nteger" in row.type.base


def _is_decimal(row: Element) -> bool:
    return row.type is not None and row.type.base == "xs:decimal"


class Dialect(NamedTuple):
    """One dialect.

    key: name of the schema -> key; integer, number: which values are JSON numbers; moments: dates carry a time;
    rooted: the name of the root stands above the content of an invoice too (for messages it always does);
    single: a lone value is read where a list belongs, and "" for an empty object, as other programs write them;
    messages: whether it has them.
    """

    name: str
    key: Callable[[str], str]
    integer: Callable[[Element], bool] = _never
    number: Callable[[Element], bool] = _never
    moments: bool = False
    rooted: bool = False
    single: bool = False
    messages: bool = True

    def wraps(self, profile: Profile) -> bool:
        """True when the name of the root, and the attributes, have a place."""
        return self.rooted or not profile.is_invoice


DIALECTS: Final = {
    dialect.name: dialect
    for dialect in (
        Dialect("acube", snake, integer=_is_counted),
        Dialect(
            "invoicetronic", _same, integer=_is_integer, number=_is_decimal, moments=True, single=True, messages=False
        ),
        Dialect("xml", _same, rooted=True, single=True),
    )
}
DEFAULT: Final = "acube"


def dialect_of(name: str) -> Dialect:
    """The dialect of a name; ``UsageError`` when there is none."""
    if name not in DIALECTS:
        raise UsageError(_UNKNOWN, name=name, known=", ".join(DIALECTS))
    return DIALECTS[name]


_UNKNOWN = Text("«{name}» non è un dialetto: scegli fra {known}.", "“{name}” is not a dialect: choose from {known}.")
