"""An input read and understood, before the archive is touched: bytes, identities, and the facts to be written down."""

from __future__ import annotations

import binascii
import hashlib
import os
import re
from typing import Final, NamedTuple

from ..batch.inputs import Input
from ..document import Document, from_bytes
from ..envelope.containers import unusable
from ..envelope.names import notice_type, split
from ..envelope.zipfiles import BadArchive
from ..errors import FatturakitError, InputError
from ..invoice.messages import Message, message
from ..limits import Limits
from ..sdi.kinds import is_message
from ..texts import Text
from .facts import Facts, facts_of

_HEX: Final = re.compile(r"[0-9A-Fa-f]{64}")


class Received(NamedTuple):
    """Bytes under a name. source: the path or archive member they came from."""

    data: bytes
    sha256: bytes
    name: str
    source: str
    layers: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """What an input is: an invoice file (``facts``) or a message of SdI (``message``)."""

    received: Received
    content: bytes
    kind: str
    signed: bool
    facts: Facts | None = None
    message: Message | None = None


def receive(item: Input, limits: Limits) -> Received:
    """The bytes of an input; ``InputError`` when there are none to be had."""
    if item.archive:
        raise unusable(BadArchive(item.archive))
    data = item.read(limits)
    name = _writable(item.name or "senza-nome.xml")
    return Received(data, hashlib.sha256(data).digest(), name, _writable(item.shown), item.layers)


def prepare(received: Received, limits: Limits) -> Prepared:
    """What was received, understood; ``InputError`` when it is no invoice and no message of SdI."""
    document = from_bytes(received.data, received.name, layers=received.layers, limits=limits)
    whole = document.data is received.data
    content = received.sha256 if whole else hashlib.sha256(document.data).digest()
    if not whole and document.name and document.name != received.name and _is_container(received.name):
        received = received._replace(name=_writable(document.name))
    kind = document.kind
    if is_message(kind):
        return Prepared(received, content, kind, document.is_signed, message=message(document))
    if document.profile is None or not document.profile.is_invoice:
        raise InputError(_OTHER, kind=kind, root=document.root_name[:80])
    return Prepared(received, content, kind, document.is_signed, facts=_facts(document))


def _facts(document: Document) -> Facts:
    found = facts_of(document)
    if not found.invoices:
        raise InputError(_NO_BODY)
    return found


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


def trouble(error: FatturakitError, item: Input) -> tuple[str, FatturakitError]:
    """An input that has no place in the archive, and why."""
    return _writable(item.shown), error


def _is_container(name: str) -> bool:
    return name.lower().endswith((".zip", ".eml", ".txt"))


def _writable(name: str) -> str:
    """A name that any database takes, whatever bytes the system gave for it."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\0", "\ufffd")


_OTHER: Final = Text(
    "Non è una fattura né un messaggio di SdI ({kind}, <{root}>).",
    "It is no invoice and no message of SdI ({kind}, <{root}>).",
)
_NO_BODY: Final = Text("La fattura non ha alcun corpo.", "The invoice has no body.")
