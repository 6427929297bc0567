"""Documents that parse but say something else than was meant: their second reading.

SdI reads what is written, and the schema judges that; everything else works with what was meant.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from ..findings import Repair
from ..limits import Limits
from ..schema.profiles import Profile
from .encodings import declared_name, is_latin1, is_utf8_beyond_ascii
from .ledger import repair
from .mend import misdeclared, unqualified, windows


class Reading(NamedTuple):
    """A document read again. meant: its root as it was meant; written: as the schema is to judge it."""

    meant: etree._Element
    written: etree._Element
    repairs: tuple[Repair, ...]


def second_reading(
    data: bytes, root: etree._Element, profile: Profile | None, limits: Limits, *, settled: bool = False
) -> Reading:
    """What was meant, and what had to be taken otherwise than written. settled: mending has looked at the encoding."""
    ledger: list[Repair] = []
    meant = written = _namespaces(data, root, profile, ledger) if profile else root
    again = None if settled else _respelt(data, limits)
    if again is not None:
        meant, entry = again
        ledger.append(entry)
        meant = _namespaces(data, meant, profile, []) if profile else meant
    return Reading(meant, written, tuple(ledger))


def _respelt(data: bytes, limits: Limits) -> tuple[etree._Element, Repair] | None:
    """The document in the encoding it is really in, when that is not the one it declares; None when it is."""
    declared = declared_name(data)
    if is_utf8_beyond_ascii(data) and not declared.lower().startswith("utf"):
        return misdeclared(data, declared, limits)
    return windows(data, declared, limits) if is_latin1(declared) else None


def _namespaces(data: bytes, root: etree._Element, profile: Profile, ledger: list[Repair]) -> etree._Element:
    found = str(root.tag).rpartition("}")[0].lstrip("{")
    if found != profile.namespace:
        code = "R09" if found else "R08"
        ledger.append(repair(code, _place(data, found), found=found[:120], expected=profile.namespace))
    if found and next(root.iterchildren(f"{{{found}}}*"), None) is not None:
        ledger.append(repair("R10", _place(data, found), found=found[:120]))
        root = unqualified(root, found)
    return root


def _place(data: bytes, namespace: str) -> int | None:
    """Where a namespace is written, or where the root begins."""
    found = re.search(re.escape(namespace.encode()) if namespace else rb"<(?:[\w-]+:)?Fattura", data)
    return found.start() if found else None
