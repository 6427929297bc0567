"""The schema verdict of a document: libxml2 in microseconds when it is valid, every violation explained when not."""

from __future__ import annotations

from lxml import etree

from ..findings import Finding
from .compiled import fast
from .profiles import Profile


def conforms(root: etree._Element, profile: Profile, *, ascii_only: bool = False) -> bool:
    """Whether a document whose root belongs to ``profile`` is valid.

    ascii_only: it is known to have no character beyond ASCII, so none need be looked for.
    """
    return bool(fast(profile, ascii_only).validate(root))


def violations(root: etree._Element, profile: Profile, most: int = 50) -> list[Finding]:
    """The 00200 findings of a document; [] when it is valid.

    At most ``most + 1`` are returned, so that the caller can tell "fifty" from "more than fifty".
    """
    if conforms(root, profile):
        return []
    from .explained import explained

    return explained(root, profile, most + 1)
