"""The schema verdict of a document: libxml2 in microseconds when it is valid, every violation explained when not."""

from __future__ import annotations

from lxml import etree

from ..findings import Finding
from .compiled import fast
from .profiles import Profile


def violations(root: etree._Element, profile: Profile, most: int = 50, ascii_only: bool = False) -> list[Finding]:
    """The 00200 findings of a document whose root belongs to ``profile``; [] when it is valid.

    ascii_only: the document is known to have no character beyond ASCII, so none need be looked for.
    At most ``most + 1`` are returned, so that the caller can tell "fifty" from "more than fifty".
    """
    if fast(profile, ascii_only).validate(root):
        return []
    from .explained import explained

    return explained(root, profile, most + 1)
