"""The files attached to an invoice (2.5 Allegati), decoded, named by what they are, and unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from ..document import Body, Document, document_of
from ..envelope import armor, squeezed, zipfiles
from ..envelope.kinds import kind_of
from ..envelope.sniff import is_program, is_zip
from ..errors import InputError
from ..findings import Finding, Layer, Severity
from ..limits import DEFAULT, Limits
from ..sources import Source
from ..texts import Text
from ..xmlio import child, line_of, text

_FIELD: Final = "2.5.5"


class Attachment(NamedTuple):
    """One attached file.

    body: 1-based index of its invoice; name: as the invoice writes it, ``archive.zip!inner.pdf`` for an unpacked one;
    kind: what its bytes are ("PDF", "ZIP", "TXT", "BIN", "" when empty); declared: FormatoAttachment; compression:
    AlgoritmoCompressione; content: its bytes, None when they cannot be had, and ``finding`` says why.
    """

    body: int
    name: str
    kind: str
    declared: str
    compression: str
    description: str
    executable: bool
    content: bytes | None
    ending: str = ""
    finding: Finding | None = None

    @property
    def size(self) -> int | None:
        """The bytes of the content, None when there is none."""
        return None if self.content is None else len(self.content)


def attachments(source: Document | Source, *, unpack: bool = True, limits: Limits = DEFAULT) -> tuple[Attachment, ...]:
    """Every attachment of a document, in order. unpack: list what is in compressed ones instead of them.

    Raises ``InputError`` when the document cannot be opened; a broken attachment is a row with a ``finding``.
    """
    document = document_of(source, limits)
    found: list[Attachment] = []
    left = limits.unwrapped_bytes
    for body in document.bodies:
        for block in body.element.iterchildren("Allegati"):
            allowed = limits._replace(attachment_bytes=min(limits.attachment_bytes, left))
            plain = _attachment(body, block)
            rows = [*_opened(plain, block, allowed)] if unpack else [plain]
            left -= sum(row.size or 0 for row in rows if row.name != plain.name)
            found += rows
    return tuple(found)


def _opened(found: Attachment, block: etree._Element, limits: Limits) -> Iterator[Attachment]:
    """What is in a compressed attachment; any other as it is."""
    packed = found.content
    if packed is not None and found.kind == "ZIP" and is_zip(packed):
        yield from _unpacked(found, packed, block, limits)
    elif packed is not None and found.kind in squeezed.KINDS:
        yield from _expanded(found, packed, block, limits)
    else:
        yield found


def _attachment(body: Body, block: etree._Element) -> Attachment:
    content = _decoded(block)
    kind = kind_of(content or b"")
    name = _value(block, "NomeAttachment")
    return Attachment(
        body=body.index,
        name=name,
        kind=kind.name,
        declared=_value(block, "FormatoAttachment"),
        compression=_value(block, "AlgoritmoCompressione"),
        description=_value(block, "DescrizioneAttachment"),
        executable=is_program(name, content or b""),
        content=content,
        ending=kind.ending,
        finding=_wrong(_NOT_BASE64, _AGAIN, block, name) if content is None else None,
    )


def _value(block: etree._Element, name: str) -> str:
    node = child(block, name)
    return "" if node is None else text(node).strip()


def _decoded(block: etree._Element) -> bytes | None:
    node = child(block, "Attachment")
    written = "" if node is None else text(node)
    if not written.strip():
        return b""
    try:
        found = armor.decode(written.encode("ascii"))
    except UnicodeEncodeError:
        return None
    return found[0] if found and found[1] else None


def _unpacked(found: Attachment, packed: bytes, block: etree._Element, limits: Limits) -> Iterator[Attachment]:
    """The files in a compressed attachment; the attachment itself, with a finding, when it cannot be opened."""
    try:
        archive = zipfiles.open_zip(io.BytesIO(packed))
        infos = _files(archive, limits)
    except zipfiles.BadArchive:
        yield found._replace(finding=_wrong(_NOT_OPENED, _AGAIN, block, found.name))
        return
    for info in infos:
        yield _member(found, archive, info, block, limits)


def _files(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    infos = [
        info for info in archive.infolist() if not zipfiles.is_folder(info) and not info.filename.startswith("__MACOSX")
    ]
    if len(infos) > limits.attachment_files or sum(info.file_size for info in infos) > limits.attachment_bytes:
        raise zipfiles.BadArchive("limits")
    return infos


def _member(
    found: Attachment, archive: zipfile.ZipFile, info: zipfile.ZipInfo, block: etree._Element, limits: Limits
) -> Attachment:
    name = f"{found.name}!{info.filename}"
    try:
        content = zipfiles.read(archive, info, limits)
    except InputError as error:
        text = Text(error.say("it"), error.say("en"))
        return found._replace(name=name, kind="", content=None, finding=_wrong(text, _AGAIN, block, name))
    return _file(found, info.filename, content)


def _expanded(found: Attachment, packed: bytes, block: etree._Element, limits: Limits) -> Iterator[Attachment]:
    """What is in a gzip, bzip2, xz or tar; the attachment itself, with a finding, when it cannot be opened."""
    try:
        inside = squeezed.files(found.kind, found.name, packed, limits.attachment_bytes, limits.attachment_files)
        files = list(inside)
    except zipfiles.BadArchive:
        yield found._replace(finding=_wrong(_NOT_OPENED, _AGAIN, block, found.name))
        return
    yield from (_file(found, name, content) for name, content in files)


def _file(found: Attachment, name: str, content: bytes) -> Attachment:
    """One file of a compressed attachment."""
    kind = kind_of(content)
    return found._replace(
        name=f"{found.name}!{name}",
        kind=kind.name,
        ending=kind.ending,
        content=content,
        executable=is_program(name, content),
    )


def _wrong(message: Text, fix: Text, block: etree._Element, name: str) -> Finding:
    node = child(block, "Attachment")
    at = block if node is None else node
    return Finding(
        code="00200",
        severity=Severity.ERROR,
        layer=Layer.XSD,
        message=message,
        fix=fix,
        line=line_of(at),
        field=_FIELD,
        args={"name": name[:80]},
    )


_NOT_BASE64: Final = Text(
    "L'allegato «{name}» non è base64 integro: non si può estrarre.",
    "The attachment “{name}” is not whole base64: it cannot be extracted.",
)
_NOT_OPENED: Final = Text(
    "L'allegato «{name}» è un archivio che non si può aprire, o oltre i limiti: è lasciato com'è.",
    "The attachment “{name}” is an archive that cannot be opened, or beyond the limits: it is left as it is.",
)
_AGAIN: Final = Text("Chiedi il file a chi ha inviato la fattura.", "Ask whoever sent the invoice for the file.")
