"""The verification of one file: every signature on the way in, then the signatures in the document itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ..document import Document
from ..envelope.pieces import Envelope, Stamp
from ..envelope.sniff import looks_like_xml
from ..envelope.unwrap import Unwrapped, unwrap
from ..limits import DEFAULT, Limits
from ..sources import Source, source_bytes
from ..texts import EMPTY, Text
from . import extra
from .verdict import Integrity, Signer, TimeStamp, Verdict, Verification, worst

if TYPE_CHECKING:
    from .trust import Anchors

Trusted = Iterable[str | os.PathLike[str]]
_SIGNATURE: Final = b"Signature"
_LINE_END: Final = re.compile(rb"\r?\n|\r")


def verify(
    source: Document | Unwrapped | Source,
    *,
    trust: Trusted | None = None,
    at: datetime | None = None,
    online: bool = False,
    content: Source | None = None,
    name: str = "",
    limits: Limits = DEFAULT,
) -> Verification:
    """What the signatures of a file are worth; never raises for a bad signature.

    source: a path, bytes, a binary file, an open ``Document`` or what ``unwrap`` gave. trust: certificates, folders or
    trusted lists (None: $FATTURAKIT_TRUST, else what ``trust update`` kept; (): nobody). at: the moment to judge for
    (default now). online: ask for revocation. content: the document ``source`` is the detached signature (.p7s) of.
    Raises ``InputError`` when nothing can be opened, ``MissingExtra`` without the extra ``sign``.
    """
    extra.require()
    from . import trust as trusting

    anchors = trusting.NOBODY if trust == () else trusting.anchors(trust or ())
    moment = at or datetime.now(UTC)
    pieces = _unwrapped(source, content, name, limits)
    rows = [*_rows(pieces, anchors.certificates)]
    around = [_stamp(each, anchors, online=online) for each in pieces.stamps]
    outer = [(each.level, stamp) for each, stamp in zip(pieces.stamps, around, strict=True)]
    found = []
    for row in rows:
        within = [stamp for level, stamp in outer if row.level > level]
        found.append(_with_trust(_with_time(row, within, anchors, online=online), anchors, moment, online=online))
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
        time_stamps=tuple(around),
    )


def _unwrapped(source: Document | Unwrapped | Source, content: Source | None, name: str, limits: Limits) -> Unwrapped:
    if content is not None and not isinstance(source, Document | Unwrapped):
        from ..envelope.detached import beside

        return beside(
            source_bytes(source, limits), source_bytes(content, limits), name or _base(content), limits=limits
        )
    if isinstance(source, Unwrapped):
        return source
    if isinstance(source, Document):
        return source.wrapping or Unwrapped(source.data, source.layers, (), ())
    return unwrap(source_bytes(source, limits), name or _base(source), limits=limits)


def _base(source: Source) -> str:
    return os.path.basename(source) if isinstance(source, str | os.PathLike) else ""  # noqa: PTH119


def _rows(pieces: Unwrapped, known: tuple[bytes, ...]) -> Iterator[Signer]:
    """The rows of every envelope, outermost first, then those of the document's own signatures."""
    from . import cades

    for level, envelope in enumerate(pieces.envelopes, 1):
        if envelope.detached:
            yield from _beside(envelope, level, known)
        elif not envelope.recovered:
            yield from cades.signers(envelope.data, envelope.content, level, known)
    if _may_be_signed(pieces.content):
        from . import xades

        yield from xades.signers(pieces.content, len(pieces.envelopes) + 1, known)


def _beside(envelope: Envelope, level: int, known: tuple[bytes, ...]) -> list[Signer]:
    """The rows of a detached signature; one over text is made with line ends of mail (RFC 8551, 3.1.1)."""
    from . import cades

    found = [*cades.signers(envelope.data, envelope.content, level, known)]
    as_mail = _LINE_END.sub(b"\r\n", envelope.content)
    if as_mail != envelope.content and any(row.integrity is Integrity.CHANGED for row in found):
        again = [*cades.signers(envelope.data, as_mail, level, known)]
        return [new if new.integrity is Integrity.INTACT else row for row, new in zip(found, again, strict=True)]
    return found


def _may_be_signed(data: bytes) -> bool:
    """Whether a look into the tree is worth it: the name is there, or the encoding would hide it."""
    return _SIGNATURE in data or (0 in data[:4] and looks_like_xml(data))


def _stamp(found: Stamp, anchors: Anchors, *, online: bool) -> TimeStamp:
    from . import stamps

    return stamps.judged(stamps.Proof(found.token, found.covered), anchors.certificates, anchors, online=online)


def _with_time(row: Signer, around: list[TimeStamp], anchors: Anchors, *, online: bool) -> Signer:
    """The row with its time stamps and when it existed at the latest, by them or by those around it."""
    own: tuple[TimeStamp, ...] = ()
    if row.tokens:
        from . import stamps

        proofs = (stamps.Proof(token, row.stamped) for token in row.tokens)
        known = (*row.chain, *anchors.certificates)
        own = tuple([stamps.judged(proof, known, anchors, online=online) for proof in proofs])
    times = [each.time for each in (*own, *around) if each.holds and each.time]
    return replace(row, time_stamps=own, proven_at=min(times, default=None))


def _with_trust(row: Signer, anchors: Anchors, moment: datetime, *, online: bool) -> Signer:
    """The row with what depends on the moment and on whom we trust."""
    from . import trust as trusting

    facts = row.certificate
    if facts is None:
        return row
    signed = row.proven_at or row.signed_at or moment
    at_signing = facts.not_before <= signed <= facts.not_after and facts.may_sign
    answer = trusting.judge(row.der, row.chain, anchors, signed, online=online)
    expired = at_signing and moment > facts.not_after
    return replace(row, at_signing=at_signing, expired_since=expired, trust=answer.trust, trust_problem=answer.problem)


def _problem(pieces: Unwrapped, found: list[Signer]) -> Text:
    """Why the verdict is what it is, when a row says it."""
    for envelope in pieces.envelopes:
        if envelope.detail:
            return envelope.detail
    return next((row.problem for row in found if row.problem != EMPTY), EMPTY)
