"""Documents that parse but say something else than was meant: their second reading.

SdI reads what is written, and the schema judges that; everything else works with what was meant.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ..findings import Repair
from ..limits import Limits
from ..schema.profiles import Profile
from .encodings import declared_name, is_utf8_beyond_ascii
from .ledger import repair
from .mend import misdeclared, unqualified


class Reading(NamedTuple):
    """A document read again. meant: its root as it was meant; written: as the schema is to judge it."""

    meant: etree._Element
    written: etree._Element
    repairs: tuple[Repair, ...]


def second_reading(data: bytes, root: etree._Element, profile: Profile | None, limits: Limits) -> Reading:
    """What was meant, and what had to be taken otherwise than written."""
    ledger: list[Repair] = []
    meant = written = _namespaces(data, root, profile, ledger) if profile else root
    declared = declared_name(data)
    if is_utf8_beyond_ascii(data) and not declared.lower().startswith("utf"):
        meant, entry = misdeclared(data, declared, limits)
        ledger.append(entry)
        meant = _namespaces(data, meant, profile, []) if profile else meant
    return Reading(meant, written, tuple(ledger))


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
    at = data.find(namespace.encode()) if namespace else data.find(b"<Fattura")
    return at if at >= 0 else None
