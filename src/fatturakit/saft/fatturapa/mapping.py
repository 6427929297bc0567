"""How the codes of FatturaPA are said in an audit file. Give your own ``Mapping`` to say it otherwise."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Final, NamedTuple

TYPES: Final = {
    "TD01": "FT",
    "TD02": "FT",
    "TD03": "FT",
    "TD04": "NC",
    "TD05": "ND",
    "TD06": "FT",
    "TD07": "FS",
    "TD08": "NC",
    "TD09": "ND",
    "TD20": "FT",
    "TD21": "FT",
    "TD24": "FT",
    "TD25": "FT",
}
"""Other types integrate a supplier's invoice or are no sale: left out, and said."""
SELF_BILLED: Final = frozenset({"TD20", "TD21"})

NATURES: Final = {
    "N1": ("NS", "M99"),
    "N2": ("NS", "M99"),
    "N3": ("IVA", "M05"),
    "N3.2": ("IVA", "M16"),
    "N4": ("IVA", "M07"),
    "N5": ("IVA", "M13"),
    "N6": ("IVA", "M40"),
    "N6.1": ("IVA", "M30"),
    "N6.2": ("IVA", "M43"),
    "N6.3": ("IVA", "M31"),
    "N6.4": ("IVA", "M31"),
    "N6.7": ("IVA", "M31"),
    "N7": ("IVA", "M44"),
}
"""Natura, or its letter and number alone: kind of tax and exemption code."""

RATES: Final = {"22": "NOR", "10": "INT", "5": "RED", "4": "RED"}
"""Italian rates; any other is OUT."""

PAYMENTS: Final = {
    "MP01": "NU",
    "MP02": "CH",
    "MP03": "CH",
    "MP05": "TB",
    "MP08": "CC",
    "MP12": "OU",
    "MP19": "TB",
    "MP20": "TB",
    "MP21": "TB",
}
WITHHOLDINGS: Final = {"RT01": "IRS", "RT02": "IRC"}


class Mapping(NamedTuple):
    """The tables above, each of which may be replaced."""

    types: Table[str, str] = TYPES
    natures: Table[str, tuple[str, str]] = NATURES
    rates: Table[str, str] = RATES
    payments: Table[str, str] = PAYMENTS
    withholdings: Table[str, str] = WITHHOLDINGS

    def nature(self, code: str) -> tuple[str, str]:
        """Kind of tax and exemption code of a Natura."""
        return self.natures.get(code) or self.natures.get(code.partition(".")[0]) or ("NS", "M99")


DEFAULT: Final = Mapping()
