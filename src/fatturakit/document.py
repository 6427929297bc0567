"""A document: the received bytes, the XML tree over them, and what it is.

Nothing is copied out of the tree: the bytes stay what was received (and perhaps signed), every question is answered
from the tree. ``open_document`` is the one way in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from .envelope import sniff
from .errors import InputError
from .fields import SIGNATURE, Fields
from .findings import BodyKey, Repair
from .lazy import lazy
from .limits import DEFAULT, Limits
from .schema.profiles import SAFT_PT_NS, Profile, profile_of
from .sources import Source, source_bytes, source_name
from .xmlio import IN_UTF8, can_be_lean, child, line_of, local, parse, text

if TYPE_CHECKING:
    from .envelope.unwrap import Unwrapped

UNKNOWN: Final = "unknown"
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BLANK: Final = b" \t\r\n\x00\xef\xbb\xbf"
_GENERAL: Final = ("DatiGenerali", "DatiGeneraliDocumento")
_KEY: Final = ("TipoDocumento", "Numero", "Data")
_LOOK: Final = 2048
_FORMAT: Final = ("FatturaElettronicaHeader", "DatiTrasmissione", "FormatoTrasmissione")


class Document(Fields):
    """One document, as received.

    data: the bytes of the XML, as wrapped and signed; received: the bytes as given, wrapping and all; root: its root
    element, mended where reading had to; name: the file name or "" when unknown; layers: the wrappings that were
    peeled, outermost first ("zip", "cms", "xml"); repairs: what reading had to mend; wrapping: what unwrapping found,
    None for plain XML; as_written: the root as SdI reads it, where the mended one says otherwise; made_from: the JSON
    it was made from, None for anything else; is_lean: read for being judged alone, without blanks between elements
    (and there is neither a comment nor an instruction in it).
    """

    made_from: bytes | None = None
    is_lean = False

    def __init__(
        self,
        data: bytes,
        root: etree._Element,
        name: str = "",
        layers: tuple[str, ...] = ("xml",),
        repairs: tuple[Repair, ...] = (),
        received: bytes | None = None,
        wrapping: Unwrapped | None = None,
    ) -> None:
        self.data = data
        self.received = data if received is None else received
        self.wrapping = wrapping
        self.as_written = root
        self.root = root
        self.name = name
        self.layers = layers
        self.repairs = repairs
        self.namespace, self.root_name = _qualified(root)
        self.profile: Profile | None = profile_of(self.namespace, self.root_name)

    def __repr__(self) -> str:
        return f"<Document {self.kind} {self.name or '(no name)'} {len(self.data)} bytes>"

    @lazy
    def kind(self) -> str:
        """FPA12 FPR12 FSM10 (SDI11, SDI10: the older ordinary ones), RC NS MC NE DT AT EC SE MT, SAFT-PT, unknown."""
        if self.profile is None:
            return "SAFT-PT" if self.is_audit_file and self.namespace.startswith(SAFT_PT_NS) else UNKNOWN
        return self.profile.roots[self.root_name] or self._format(self.profile)

    def _format(self, profile: Profile) -> str:
        if len(profile.formats) == 1:
            return profile.formats[0]
        declared = self.version
        if declared in profile.formats:
            return declared or UNKNOWN
        node = self.format_element
        stated = "" if node is None else text(node)
        return stated if stated in profile.formats else UNKNOWN

    @property
    def format_element(self) -> etree._Element | None:
        """1.1.3 FormatoTrasmissione, None when it is missing."""
        return child(self.root, *_FORMAT)

    @property
    def is_signed(self) -> bool:
        """True when there is a signature around the document (CAdES) or in it (XAdES), whatever it is worth."""
        if self.is_lean:
            return False
        wrapped = self.wrapping is not None and bool(self.wrapping.envelopes)
        return wrapped or next(self.root.iterchildren(SIGNATURE), None) is not None

    @property
    def is_audit_file(self) -> bool:
        """True for SAF-T, of any country."""
        return self.root_name == "AuditFile" and "StandardAuditFile" in self.namespace

    @property
    def version(self) -> str | None:
        """The ``versione`` attribute as written ("FPR12", "1.1", "1.0"), None when absent."""
        return self.root.get("versione")

    @property
    def encoding(self) -> str:
        """The encoding the document declares, or the one its first bytes show; "utf-8" when neither says."""
        return (self.declared_encoding or self.byte_order_mark or "utf-8").lower()

    @property
    def declared_encoding(self) -> str | None:
        """The encoding named in the XML declaration, None when there is none."""
        return _declared_encoding(self.data)

    @property
    def byte_order_mark(self) -> str | None:
        """The encoding a leading byte order mark announces, None without one."""
        return next((name for bom, name in _BOMS if self.data.startswith(bom)), None)

    @property
    def is_surely_ascii(self) -> bool:
        """True when the bytes show at a glance that there is no other character in the document."""
        return self.data.isascii() and self.data.startswith(IN_UTF8) and b"&" not in self.data and not self.repairs

    @property
    def is_lot(self) -> bool:
        """True when one header carries several invoices."""
        return len(self.bodies) > 1

    @lazy
    def bodies(self) -> tuple[Body, ...]:
        """The invoices of the file, in order; empty for messages and unknown documents."""
        if self.profile is None or not self.profile.is_invoice:
            return ()
        found = self.root.iterchildren("FatturaElettronicaBody")
        return tuple(Body(index, element) for index, element in enumerate(found, 1))

    def line(self, path: str) -> int | None:
        """The 1-based line of the first node an XPath finds (``p:`` is the document's own namespace)."""
        for node in self.find(path):
            return line_of(node)
        return None

    def find(self, path: str) -> Iterator[etree._Element]:
        """The elements an XPath finds, with ``p:`` bound to the document's own namespace."""
        spaces = {"p": self.namespace} if self.namespace else {}
        result = self.root.getroottree().xpath(path, namespaces=spaces)
        return (node for node in result if etree.iselement(node)) if isinstance(result, list) else iter(())


class Body:
    """One FatturaElettronicaBody: its 1-based index in the file and its element."""

    __slots__ = ("element", "index")

    def __init__(self, index: int, element: etree._Element) -> None:
        self.index = index
        self.element = element

    def key(self) -> BodyKey:
        """TipoDocumento, Numero and Data as written, None where absent."""
        general = child(self.element, *_GENERAL)
        if general is None:
            return BodyKey(self.index, None, None, None)
        found = {node.tag: text(node) for node in general.iterchildren(*_KEY)}
        return BodyKey(self.index, *(found.get(name) or None for name in _KEY))


def open_document(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT, strict: bool = False
) -> Document:
    """Open a document from a path, bytes or a binary file object, whatever it is wrapped in.

    strict: mend nothing and recover nothing. Raises ``InputError`` with an explaining ``finding`` when it cannot be
    read, holds no document, has a DOCTYPE, or passes a limit. What is wrong *inside* a readable document is for
    ``validate`` to say.
    """
    data = source_bytes(source, limits)
    return from_bytes(data, source_name(source) if name is None else name, limits=limits, strict=strict)


def unwrap_source(
    source: Source, *, name: str | None = None, limits: Limits = DEFAULT, strict: bool = False
) -> Unwrapped:
    """The innermost content of a path, bytes or a binary file object, byte for byte, and the layers around it.

    strict: refuse what could only be recovered from a damaged envelope. Raises ``InputError`` with a ``finding`` when
    there is no document in it, or no reaching it. Whether the content is sound XML is not looked at.
    """
    from .envelope.unwrap import unwrap

    data = source_bytes(source, limits)
    return unwrap(data, source_name(source) if name is None else name, limits=limits, strict=strict)


def open_to_judge(source: Source, *, name: str | None, limits: Limits, strict: bool) -> Document:
    """As ``open_document``, for one who only judges it, and lets it go: see ``Document.is_lean``."""
    data = source_bytes(source, limits)
    return from_bytes(data, source_name(source) if name is None else name, limits=limits, strict=strict, lean=True)


def from_bytes(
    data: bytes,
    name: str = "",
    *,
    layers: tuple[str, ...] = (),
    limits: Limits = DEFAULT,
    strict: bool = False,
    lean: bool = False,
) -> Document:
    """The document in ``data``; see ``open_document``. layers: what was peeled off already; lean: where it can be."""
    if sniff.looks_like_xml(data):
        document = _document(data, name, limits, strict=strict, lean=lean and can_be_lean(data))
        document.layers = (*layers, "xml")
        return document
    from .envelope.unwrap import unknown, unwrap

    wrapping = unwrap(data, name, limits=limits, strict=strict)
    if not sniff.looks_like_xml(wrapping.content):
        raise unknown(wrapping.content)
    document = _document(wrapping.content, wrapping.name, limits, strict=strict, lean=False)
    document.received, document.wrapping = data, wrapping
    document.layers = (*layers, *wrapping.layers)
    if wrapping.recovered:
        from .envelope.ledger import repair

        document.repairs = (repair("R12", None), *document.repairs)
    return document


def _document(data: bytes, name: str, limits: Limits, *, strict: bool, lean: bool) -> Document:
    """The document in XML ``data``, mended where it must be; a sound one costs a few comparisons."""
    repairs: tuple[Repair, ...] = ()
    try:
        root = parse(data, limits, lean=lean)
    except InputError as error:
        if strict:
            raise
        from .envelope.mend import mended

        root, repairs = mended(data, error, limits)
    document = Document(data, root, name, repairs=repairs)
    odd = not strict and _is_odd(document)
    if lean:
        if odd or repairs or document.is_signed:
            return _document(data, name, limits, strict=strict, lean=False)
        document.is_lean = True
    if odd:
        from .envelope.tolerate import second_reading

        read = second_reading(data, root, document.profile, limits, settled=bool(repairs))
        document.root, document.as_written, more = read
        document.repairs = (*repairs, *more)
    return document


def make_whole(document: Document, limits: Limits) -> None:
    """Read the bytes again, with every blank of theirs, where the document ``is_lean``."""
    if document.is_lean:
        document.root = document.as_written = parse(document.data, limits)
        document.is_lean = False


def _is_odd(document: Document) -> bool:
    """True for what parses but was probably meant otherwise: namespaces and one-byte encodings."""
    data, profile = document.data, document.profile
    if not data.startswith(IN_UTF8) and not data.isascii() and not document.encoding.startswith("utf"):
        return True
    if profile is None:
        return False
    return document.namespace != profile.namespace or _has_qualified_children(document)


def _has_qualified_children(document: Document) -> bool:
    """True when the elements below the root are in its namespace, where none should be."""
    head = document.data[:_LOOK]
    if b"<FatturaElettronicaHeader" in head and b"xmlns=" not in head:
        return False
    return next(document.root.iterchildren(f"{{{document.namespace}}}*"), None) is not None


def document_of(source: Document | Source, limits: Limits = DEFAULT) -> Document:
    """A document that is open, or is opened now."""
    return source if isinstance(source, Document) else open_document(source, limits=limits)


def _qualified(root: etree._Element) -> tuple[str, str]:
    tag = str(root.tag)
    return (tag[1:].partition("}")[0], local(root)) if tag.startswith("{") else ("", tag)


def _declared_encoding(data: bytes) -> str | None:
    head = data[:400].replace(b"\x00", b"")
    declaration, _, _ = head.partition(b"?>")
    _, found, rest = declaration.partition(b"encoding")
    value = rest.lstrip(b" \t\r\n=")[:60] if found and b"<?xml" in declaration else b""
    return value[1:].split(value[:1])[0].decode("ascii", "replace") if value[:1] in {b'"', b"'"} else None
