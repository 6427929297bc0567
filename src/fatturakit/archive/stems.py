"""What a message of SdI and the file it is about know each other by: names without endings, and digests."""

from __future__ import annotations

import binascii
import hashlib
import re
from typing import Final

from ..envelope.names import notice_type, split
from ..invoice.messages import Message

_HEX: Final = re.compile(r"[0-9A-Fa-f]{64}")


def stem_of(name: str) -> str:
    """What a file is known by, however it is wrapped: the name without its extension, in lower case.

    >>> stem_of("IT01234567890_00001.xml.p7m"), stem_of("IT01234567890_0000A.XML")
    ('it01234567890_00001', 'it01234567890_0000a')
    """
    base = name.strip().replace("\\", "/").rpartition("/")[2]
    return split(base)[0].lower()


def stem_of_message(said: Message, name: str) -> str:
    """The file a message is about: the one it names, else the one its own name begins with, else ""."""
    if said.nome_file and said.nome_file.strip():
        return stem_of(said.nome_file)
    kind = notice_type(name)
    if kind is None:
        return ""
    return name[: name.upper().rfind(f"_{kind}_")].lower()


def digest_of(written: str | None) -> bytes | None:
    """A SHA-256 as messages write it, in hexadecimal or base64; None for anything else."""
    bare = (written or "").strip()
    if _HEX.fullmatch(bare):
        return bytes.fromhex(bare)
    try:
        found = binascii.a2b_base64(bare.encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeEncodeError):
        return None
    return found if len(found) == hashlib.sha256().digest_size else None
