"""The verification of one file: every signature on the way in, then the signatures in the document itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from ..document import Document, Source, from_path_bytes
from ..envelope.sniff import looks_like_xml
from ..envelope.unwrap import Unwrapped, unwrap
from ..limits import DEFAULT, Limits
from ..texts import EMPTY, Text
from . import extra
from .verdict import Integrity, Signer, Verdict, Verification, worst

Trusted = Iterable[str | os.PathLike[str]]
_SIGNATURE: Final = b"Signature"


def verify(
    source: Document | Unwrapped | Source,
    *,
    trust: Trusted | None = None,
    at: datetime | None = None,
    online: bool = False,
    name: str = "",
    limits: Limits = DEFAULT,
) -> Verification:
    """What the signatures of a file are worth; never raises for a bad signature.

    source: a path, bytes, a binary file, an open ``Document`` or what ``unwrap`` gave. trust: certificates, folders or
    trusted lists (None: $FATTURAKIT_TRUST, else what ``trust update`` kept; (): nobody). at: the moment to judge for
    (default now). online: ask for revocation. Raises ``InputError`` when nothing can be opened, ``MissingExtra``
    without the extra ``sign``.
    """
    extra.require()
    from . import trust as trusting

    anchors = trusting.NOBODY if trust == () else trusting.anchors(trust or ())
    moment = at or datetime.now(UTC)
    pieces = _unwrapped(source, name, limits)
    found = [_with_trust(row, anchors, moment, online=online) for row in _rows(pieces, anchors.certificates)]
    verdicts = [row.verdict for row in found if not row.counter or row.integrity is not Integrity.INTACT]
    if pieces.recovered:
        verdicts.append(Verdict.NOT_VERIFIABLE)
    return Verification(
        verdict=worst(verdicts),
        signers=tuple(found),
        at=moment,
        anchors=bool(anchors),
        recovered=pieces.recovered,
        layers=pieces.layers,
        problem=_problem(pieces, found),
    )


def _unwrapped(source: Document | Unwrapped | Source, name: str, limits: Limits) -> Unwrapped:
    if isinstance(source, Unwrapped):
        return source
    if isinstance(source, Document):
        return source.wrapping or Unwrapped(source.data, source.layers, (), ())
    if isinstance(source, str | os.PathLike):
        return unwrap(from_path_bytes(source, limits), name or os.path.basename(source), limits=limits)  # noqa: PTH119
    data = bytes(source) if isinstance(source, bytes | bytearray | memoryview) else source.read(limits.document_bytes)
    return unwrap(data, name, limits=limits)


def _rows(pieces: Unwrapped, known: tuple[bytes, ...]) -> Iterator[Signer]:
    """The rows of every envelope, outermost first, then those of the document's own signatures."""
    from . import cades

    for level, envelope in enumerate(pieces.envelopes, 1):
        if not envelope.recovered:
            yield from cades.signers(envelope.data, envelope.content, level, known)
    if _may_be_signed(pieces.content):
        from . import xades

        yield from xades.signers(pieces.content, len(pieces.envelopes) + 1, known)


def _may_be_signed(data: bytes) -> bool:
    """Whether a look into the tree is worth it: the name is there, or the encoding would hide it."""
    return _SIGNATURE in data or (0 in data[:4] and looks_like_xml(data))


def _with_trust(row: Signer, anchors: object, moment: datetime, *, online: bool) -> Signer:
    """The row with what depends on the moment and on whom we trust."""
    from . import trust as trusting

    facts = row.certificate
    if facts is None:
        return row
    signed = row.signed_at or moment
    at_signing = facts.not_before <= signed <= facts.not_after and facts.may_sign
    answer = trusting.judge(row.der, row.chain, anchors, signed, online=online)  # type: ignore[arg-type]
    expired = at_signing and moment > facts.not_after
    return replace(row, at_signing=at_signing, expired_since=expired, trust=answer.trust, trust_problem=answer.problem)


def _problem(pieces: Unwrapped, found: list[Signer]) -> Text:
    """Why the verdict is what it is, when a row says it."""
    for envelope in pieces.envelopes:
        if envelope.detail:
            return envelope.detail
    return next((row.problem for row in found if row.problem != EMPTY), EMPTY)
