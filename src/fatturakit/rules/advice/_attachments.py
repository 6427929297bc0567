"""The beginning of an attachment: enough to see what it is, without decoding megabytes."""

from __future__ import annotations

import binascii
from typing import Final

from ..facts import Block

_LOOK: Final = 4096
"""Characters of base64 that are read: some 3 kB of content, far past every signature."""


def head(attachment: Block) -> bytes | None:
    """The first bytes of the content, b"" for an empty one, None when there is none or it is not base64."""
    node = attachment.children.get("Attachment")
    if node is None:
        return None
    text = "".join((node.text or "")[:_LOOK].split())
    try:
        return binascii.a2b_base64(text[: len(text) // 4 * 4])
    except ValueError:
        return None
