"""The files that travel with an invoice: what they are called, how large they are, and their bytes."""

from __future__ import annotations

import base64
import binascii
import mimetypes
import re
from typing import Any, Final

from ..lazy import lazy
from ..texts import Text
from .values import size

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
UNREADABLE: Final = Text("contenuto illeggibile", "content unreadable")


class Attached:
    """One Allegati; its content counts as shown by its size, because nobody reads base64."""

    def __init__(self, node: Any, lang: str) -> None:
        self.node = node
        self._lang = lang
        if node.Attachment:
            node.Attachment.printed = True

    @lazy
    def data(self) -> bytes | None:
        """The decoded content, None when it is not base64 or is missing."""
        raw = self.node.Attachment.raw
        try:
            return binascii.a2b_base64(raw) if raw.strip() else None
        except ValueError:
            return None

    @property
    def size(self) -> str:
        """The size in words, "" when the content cannot be read."""
        return "" if self.data is None else size(len(self.data), self._lang)

    @property
    def file_name(self) -> str:
        """A name that is safe as a file name, with an extension where the format says one."""
        name = _UNSAFE.sub("_", self.node.NomeAttachment.raw.strip()).strip(". ") or "allegato"
        kind = (self.node.AlgoritmoCompressione.raw.strip() or self.node.FormatoAttachment.raw.strip()).lower()
        return name if "." in name or not kind.isalnum() else f"{name}.{kind}"

    @property
    def link(self) -> str:
        """The content as a data URI."""
        kind = mimetypes.guess_type(self.file_name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(self.data or b'').decode('ascii')}"


def attached(body: Any, lang: str) -> list[Attached]:
    """The attachments of a body, in order."""
    return [Attached(node, lang) for node in body.Allegati]
