"""The names SdI gives and wants: ``IT01234567890_00001.xml`` and the notices about it."""

from __future__ import annotations

import re
from typing import Final

_SHAPE: Final = re.compile(
    r"(?:IT[A-Za-z0-9]{11,16}|(?!IT)(?P<country>[A-Z]{2})[A-Za-z0-9]{2,28})_[A-Za-z0-9]{1,5}\.(?P<suffix>xml|xml\.p7m|zip)"
)
_NOTICE: Final = re.compile(r"(.+)_(RC|NS|MC|NE|DT|AT|MT|EC|SE)_[A-Za-z0-9]{1,3}\.xml", re.IGNORECASE)
_STAMPED: Final = (".xml.p7m.tsd", ".p7m.tsd", ".xml.tsd", ".tsd", ".xml.p7m.m7m", ".xml.m7m", ".m7m")
_SUFFIXES: Final = (*_STAMPED, ".xml.p7m", ".xml", ".zip", ".p7m")

# ISO 3166-1 alpha-2, and the codes tax matters use beside it: EL (Greece), XI (Northern Ireland), XK (Kosovo).
_CODES: Final = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW EL XI XK
"""
COUNTRIES: Final = frozenset(_CODES.split())


def is_valid(name: str, *, archive: bool = False, strict: bool = True) -> bool:
    """True when ``name`` (no folders) follows the rule of control 00001.

    strict wants a lower-case extension, as for a file about to be sent; archive wants ``.zip``, a document does not.
    """
    match = _SHAPE.fullmatch(name)
    if match is None and not strict:
        stem, suffix = split(name)
        match = _SHAPE.fullmatch(stem + suffix.lower())
    if match is None or (match["suffix"] == "zip") != archive:
        return False
    return match["country"] is None or match["country"] in COUNTRIES


def split(name: str) -> tuple[str, str]:
    """A name as (stem, extension), where ``.xml.p7m`` is one extension.

    >>> split("IT01234567890_00001.xml.p7m")
    ('IT01234567890_00001', '.xml.p7m')
    """
    lowered = name.lower()
    suffix = next((suffix for suffix in _SUFFIXES if lowered.endswith(suffix)), "")
    cut = len(name) - len(suffix)
    return name[:cut], name[cut:]


def notice_type(name: str) -> str | None:
    """The type in the name of a notice of SdI ("RC"), None for other names."""
    match = _NOTICE.fullmatch(name)
    return match[2].upper() if match else None
