"""Peel whatever is around an XML document: base64, PEM, S/MIME, e-mail, ZIP, signed envelopes, in any nesting.

The content comes out as it was wrapped and signed, byte for byte; nothing is re-encoded. What cannot be reached with
certainty is refused with a sentence; what was reached through damage is marked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from ..errors import InputError
from ..findings import Layer
from ..limits import DEFAULT, Limits
from ..texts import Text
from ..xmlio import refusal
from . import armor, cms, stamped
from .der import Damaged
from .pieces import Envelope, Stamp, Step
from .refusals import REFUSED
from .sniff import describe, is_zip, looks_like_xml

XML: Final = "xml"
_ENVELOPES: Final = frozenset(["cms", "tsd"])
"""Layers whose content is taken for what was wrapped, whatever it is."""


class Unwrapped(NamedTuple):
    """The innermost content and the way to it.

    content: as wrapped and signed; layers: outermost first, "xml" last when the content looks like XML; steps: the
    same with sizes; envelopes: one per signed envelope, outermost first; recovered: True when one was damaged;
    name: the file name the content goes by, "" when unknown; stamps: the time stamps around the content.
    """

    content: bytes
    layers: tuple[str, ...]
    steps: tuple[Step, ...]
    envelopes: tuple[Envelope, ...]
    recovered: bool = False
    name: str = ""
    stamps: tuple[Stamp, ...] = ()


def unwrap(data: bytes, name: str = "", *, limits: Limits = DEFAULT, strict: bool = False) -> Unwrapped:
    """The document inside ``data``. Raises ``InputError`` with a ``finding`` when there is no reaching it.

    name: the file name, when known; strict: refuse what could only be recovered from a damaged envelope.
    """
    peeling = _Peeling(data, name, limits)
    while peel := _next(peeling.data):
        peeling.enter(peel(peeling))
    found = peeling.result()
    if found.layers[-1:] != (XML,) and not _ENVELOPES.intersection(found.layers):
        raise unknown(found.content)
    if strict and found.recovered:
        raise refused("recovered")
    return found


def is_wrapped(data: bytes) -> bool:
    """True for XML, and for what holds a single document: neither an archive nor a letter."""
    return looks_like_xml(data) or _next(data) not in {None, _zip, _mail}


def unknown(data: bytes) -> InputError:
    """The refusal of bytes that are neither XML nor anything XML travels in."""
    if not data[:64].strip(_BLANK) and not data.strip(_BLANK):
        return refused("empty")
    return refused("not_xml", {"what": describe(data)})


def refused(reason: str, args: dict[str, str | Text] | None = None) -> InputError:
    """The refusal for a key of ``refusals.REFUSED``."""
    row = REFUSED[reason]
    layer = Layer.XML if row.code == "00200" else Layer.ENVELOPE
    return refusal(row.message, row.fix, args, code=row.code, layer=layer)


class _Peeling:
    """Where we are: the bytes of the present layer, and what has been noted on the way."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.data = data
        self.name = name
        self.limits = limits
        self.steps: list[Step] = []
        self.envelopes: list[Envelope] = []
        self.stamps: list[Stamp] = []
        self.whole = True
        self.produced = 0

    def enter(self, inner: tuple[str, bytes]) -> None:
        """Go one layer in: the layer's name and the bytes in it."""
        layer, content = inner
        self.steps.append(Step(layer, len(self.data)))
        self.produced += len(content)
        if len(self.steps) > self.limits.wrappings or self.produced > self.limits.unwrapped_bytes:
            raise refused("deep", {"limit": str(self.limits.wrappings)})
        self.data = content

    def result(self) -> Unwrapped:
        """What there is when nothing more can be peeled."""
        layers = tuple([step.layer for step in self.steps])
        if looks_like_xml(self.data):
            layers = (*layers, XML)
        steps = (*self.steps, Step(layers[-1] if layers[len(self.steps) :] else "", len(self.data)))
        envelopes = tuple(self.envelopes)
        recovered = any(envelope.recovered for envelope in envelopes)
        return Unwrapped(self.data, layers, steps, envelopes, recovered, self.name, tuple(self.stamps))

    def stamped(self, tokens: tuple[bytes, ...], covered: bytes) -> None:
        """Time stamps: the first over ``covered``, each other over the one before it."""
        for token in tokens:
            self.stamps.append(Stamp(token, covered, len(self.envelopes)))
            covered = token


Peel = Callable[[_Peeling], tuple[str, bytes]]


def _next(data: bytes) -> Peel | None:
    """How to peel what ``data`` begins as; None for XML and for what nothing is known about."""
    if cms.looks_like(data):
        return _cms
    if looks_like_xml(data) or not data:
        return None
    head = data[:16].lstrip(_BLANK)
    if is_zip(head):
        return _zip
    return _cms if cms.looks_like(head) else _text(data)


def _text(data: bytes) -> Peel | None:
    """What is written in characters; the remains of an envelope are looked for last."""
    head = armor.plain_text(data[: _LOOK * 2]) if 0 in data[:4] or data[:2] in _UTF16 else data[:_LOOK]
    if armor.is_pem(head):
        return _pem
    if armor.looks_like_base64(head) and (peel := _decoded(data)):
        return peel
    if b":" in head[:256] and _is_mail(armor.plain_text(data)):
        return _mail
    if cms.MARK in data[:_LOOK]:
        return _remains
    return _pem if armor.is_pem(data, _FAR) else None


def _is_mail(data: bytes) -> bool:
    from .mail import is_mail  # the e-mail parser is slow to load

    return is_mail(data)


def _decoded(data: bytes) -> Peel | None:
    """Base64, when something we know is in it (any word is base64 of something)."""
    text = armor.plain_text(data)
    found = armor.decode(text)
    if found is None:
        return _before_rest(text)
    content = found[0]
    return partial(_from_base64, content) if looks_like_xml(content) or _next(content) else None


def _from_base64(content: bytes, peeling: _Peeling) -> tuple[str, bytes]:
    if looks_like_xml(content) and not _has_end(content, peeling.limits):
        raise refused("cut")
    return "base64", content


def _before_rest(text: bytes) -> Peel | None:
    """Base64 with something else after it, when what is before that is a whole envelope."""
    content = armor.leading(text)
    try:
        whole = content is not None and cms.looks_like(content) and cms.read(content).whole
    except Damaged:
        return None
    return partial(_from_base64, content) if content and whole else None


def _has_end(content: bytes, limits: Limits) -> bool:
    from .ending import has_end

    return has_end(content, limits)


def _pem(peeling: _Peeling) -> tuple[str, bytes]:
    block = armor.pem(armor.plain_text(peeling.data))
    if block.content is None:
        wrong = block.label in armor.PEM_LABELS
        raise refused("base64" if wrong else "pem", {"label": block.label})
    return "pem", block.content


def _cms(peeling: _Peeling) -> tuple[str, bytes]:
    data = peeling.data
    start = 0 if data[0] == 0x30 else len(data) - len(data.lstrip(_BLANK))
    if stamped.looks_like(data, start):
        return _tsd(peeling, start)
    try:
        found = cms.read(data, start)
    except Damaged:
        return _remains(peeling)
    if found.content is None:
        raise refused("detached" if found.kind == cms.SIGNED else found.kind)
    if found.kind != cms.SIGNED:
        return "cms", found.content
    inside = data if start == 0 and found.stop == len(data) else data[start : found.stop]
    if not found.whole and not _is_whole(found.content, peeling.limits):
        return _remains(peeling)
    detail = None if found.whole else _CUT
    peeling.envelopes.append(Envelope(inside, found.content, not found.whole, detail))
    return "cms", found.content


def _tsd(peeling: _Peeling, start: int) -> tuple[str, bytes]:
    try:
        found = stamped.read(peeling.data, start)
    except (Damaged, IndexError):
        return _remains(peeling)
    if found is None:
        raise refused("stamps")
    peeling.stamped(found.tokens, found.covered)
    return "tsd", found.content


def _is_whole(content: bytes, limits: Limits) -> bool:
    from .rescue import is_whole

    return is_whole(content, limits)


def _remains(peeling: _Peeling) -> tuple[str, bytes]:
    from .rescue import recovered

    content = recovered(peeling.data, peeling.limits)
    if content is None:
        raise refused("damaged")
    peeling.envelopes.append(Envelope(peeling.data, content, recovered=True, detail=_DAMAGED))
    return "cms", content


def _zip(peeling: _Peeling) -> tuple[str, bytes]:
    return _contained(peeling, peeling.data.lstrip(_BLANK))


def _mail(peeling: _Peeling) -> tuple[str, bytes]:
    return _contained(peeling, armor.plain_text(peeling.data))


def _contained(peeling: _Peeling, data: bytes) -> tuple[str, bytes]:
    from . import containers, zipfiles

    try:
        container = containers.opened(data, peeling.limits)
    except zipfiles.BadArchive as error:
        raise containers.unusable(error) from error
    member = container.only()
    peeling.name = containers.base(member.name)
    content = container.read(member)
    if container.signature is not None:
        peeling.envelopes.append(container.signature)
    peeling.stamped(container.tokens, content)
    return container.kind, content


_BLANK: Final = b" \t\r\n\x00\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LOOK: Final = 4096
_FAR: Final = 1_048_576
"""How much text may stand before a PEM block."""
_CUT: Final = Text(
    "la busta è troncata o incoerente dopo il contenuto, che è intero",
    "the envelope is cut or inconsistent after its content, which is whole",
)
_DAMAGED: Final = Text(
    "la busta è danneggiata; l'XML al suo interno è intero", "the envelope is damaged; the XML inside it is whole"
)
