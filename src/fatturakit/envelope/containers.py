"""What holds several documents: ZIP archives and e-mail. Its documents by name, junk left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from ..errors import InputError
from ..findings import Layer
from ..limits import Limits
from ..texts import Text
from ..xmlio import refusal
from . import mail, stamped, zipfiles
from .cms import looks_like
from .directory import Directory
from .ending import has_end
from .names import notice_type
from .pieces import Envelope
from .reasons import WHY
from .sniff import is_zip, looks_like_xml

SUFFIXES: Final = (".zip", ".eml")
DOCUMENTS: Final = (*zipfiles.DOCUMENTS, *SUFFIXES)
_TIME_STAMPS: Final = ("application/timestamp-reply", "application/timestamp-token")
_PEC_DATA: Final = ("daticert.xml",)


class Member(NamedTuple):
    """One document in a container: the name it has there, and a number that tells it from others of that name."""

    name: str
    place: int


class Container:
    """An opened container. kind: "zip", "eml" or "smime"; ``members`` in their order; ``read`` gives their bytes.

    signature: of a message signed as a whole, over its document; tokens: time stamps beside the document (.m7m).
    """

    def __init__(self, data: bytes | str | IO[bytes], limits: Limits) -> None:
        self.limits = limits
        self._zip: Directory | None = None
        self._parts: list[mail.Part] = []
        self.signature: Envelope | None = None
        self.tokens: tuple[bytes, ...] = ()
        if not isinstance(data, bytes) or is_zip(data[:4]):
            self.kind = "zip"
            self._zip = zipfiles.open_directory(io.BytesIO(data) if isinstance(data, bytes) else data)
        else:
            self.kind = "smime" if mail.is_smime(data) else "eml"
            self._parts = list(mail.parts(data, limits))
            if self.kind == "smime":
                self.signature = _signature(data)
                self.tokens = tuple(_tokens(self._parts))

    def members(self, suffixes: tuple[str, ...] = DOCUMENTS) -> Iterator[Member]:
        """The documents in it, those with one of the suffixes; ``BadArchive``, at once, when a ZIP has none to read."""
        if self._zip is None:
            return iter(list(_documents(self._parts, suffixes)) or list(_recognised(self._parts)))
        return (Member(each.filename, each.place) for each in zipfiles.documents(self._zip, self.limits, suffixes))

    def read(self, member: Member) -> bytes:
        """The bytes of a member; ``InputError`` when they cannot be had."""
        if self._zip is not None:
            return zipfiles.read_at(self._zip, member.place, member.name, self.limits)
        content = self._parts[member.place].content
        if content is None or (looks_like_xml(content) and not has_end(content, self.limits)):
            raise refusal(_ATTACHMENT, _ATTACHMENT_FIX, {"name": member.name}, code="00106", layer=Layer.ENVELOPE)
        if len(content) > self.limits.document_bytes:
            raise zipfiles.refused("large", member.name)
        return content

    def only(self) -> Member:
        """The one document in it; ``InputError`` when there is none or no telling which.

        Beside one invoice the messages of SdI do not count.
        """
        try:
            found = list(self.members())
        except zipfiles.BadArchive as error:
            raise unusable(error) from error
        if len(found) > 1:
            found = [member for member in found if notice_type(base(member.name)) is None] or found
        if len(found) == 1:
            return found[0]
        names = ", ".join(base(member.name) for member in found[:5]) + (", …" if len(found) > 5 else "")
        args: dict[str, str | Text] = {"count": str(len(found)), "names": names, "what": _WHAT[self.kind]}
        raise refusal(_SEVERAL if found else _NONE, _SEVERAL_FIX if found else _NONE_FIX, args, None, "00106", _LAYER)


def opened(data: bytes | str | IO[bytes], limits: Limits) -> Container:
    """A ZIP archive (bytes, a path or a stream) or a message (bytes). ``BadArchive`` when it cannot be used."""
    try:
        return Container(data, limits)
    except mail.TooMany as error:
        raise zipfiles.BadArchive("nesting") from error


def is_one(container: Container) -> bool:
    """Whether it is a signed message around one document: that is opened with its signature."""
    return container.kind == "smime" and len(list(container.members())) == 1


def is_container(name: str) -> bool:
    """True for the names whose content may be several documents."""
    return name.lower().endswith(SUFFIXES)


def base(name: str) -> str:
    """The last part of a member's name."""
    return name.replace("\\", "/").rpartition("/")[2]


def unusable(error: zipfiles.BadArchive) -> InputError:
    """The refusal of a container that cannot be used."""
    return refusal(_UNUSABLE, _UNUSABLE_FIX, {"reason": WHY[error.reason]}, code="00106", layer=_LAYER)


def _signature(data: bytes) -> Envelope | None:
    """The signature of a message that says it has one; it may have been lost on the way."""
    found = mail.signed(data)
    if found is not None and found[1]:
        return Envelope(found[1], found[0], detached=True)
    return Envelope(b"", b"", recovered=True, detail=_LOST) if mail.is_clear_signed(data) else None


def _tokens(parts: list[mail.Part]) -> Iterator[bytes]:
    for part in parts:
        found = stamped.token(part.content) if part.content and _is_time_stamp(part) else None
        if found is not None:
            yield found


def _is_time_stamp(part: mail.Part) -> bool:
    return part.type in _TIME_STAMPS or part.name.lower().endswith((".tsr", ".tst"))


def _documents(parts: list[mail.Part], suffixes: tuple[str, ...]) -> Iterator[Member]:
    for place, part in enumerate(parts):
        name = part.name or _unnamed(part)
        if name.lower().endswith(suffixes) and name.lower() not in _PEC_DATA:
            yield Member(name, place)


def _recognised(parts: list[mail.Part]) -> Iterator[Member]:
    """The documents that go by another name."""
    from .recognise import LOOK, is_document, may_be

    for place, part in enumerate(parts):
        if may_be(part.name) and is_document((part.content or b"")[:LOOK]):
            yield Member(part.name or "smime.p7m", place)


def _unnamed(part: mail.Part) -> str:
    """The name of a part that has none, by what it is; "" for what is no document (the text of the letter)."""
    if part.type == "message/rfc822":
        return "message.eml"
    if part.type in mail.SMIME or looks_like(part.content or b""):
        return "smime.p7m"
    return "part.xml" if part.type.startswith("text/") and looks_like_xml(part.content or b"") else ""


_LAYER: Final = Layer.ENVELOPE
_WHAT: Final = {
    "zip": Text("L'archivio ZIP", "The ZIP archive"),
    "eml": Text("Il messaggio di posta", "The e-mail"),
    "smime": Text("Il messaggio S/MIME", "The S/MIME message"),
}
_SEVERAL: Final = Text(
    "{what} contiene {count} documenti ({names}): non si sa quale aprire.",
    "{what} holds {count} documents ({names}): there is no telling which to open.",
)
_SEVERAL_FIX: Final = Text(
    "Estraili con «fatturakit unwrap FILE -o CARTELLA/», poi apri quello che ti serve.",
    "Extract them with “fatturakit unwrap FILE -o FOLDER/”, then open the one you need.",
)
_NONE: Final = Text("{what} non contiene fatture né messaggi.", "{what} holds no invoice and no message.")
_NONE_FIX: Final = Text("Controlla di avere scelto il file giusto.", "Check that this is the right file.")
_ATTACHMENT: Final = Text(
    "L'allegato «{name}» del messaggio è troncato o danneggiato: non è stato letto.",
    "The attachment “{name}” of the e-mail is cut short or damaged: it was not read.",
)
_LOST: Final = Text(
    "il messaggio dice di essere firmato, ma la firma manca o è danneggiata",
    "the message says that it is signed, but the signature is missing or damaged",
)
_ATTACHMENT_FIX: Final = Text("Scarica di nuovo il messaggio.", "Download the message again.")
_UNUSABLE: Final = Text("L'archivio non si può usare: {reason}", "The archive cannot be used: {reason}")
_UNUSABLE_FIX: Final = Text("Rifai l'archivio, senza password.", "Make the archive again, without a password.")
