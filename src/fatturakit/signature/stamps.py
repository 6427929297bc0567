"""Time stamps (RFC 3161): when something existed, said by an authority and not by whoever signed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from asn1crypto import tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from ..envelope import cms
from ..texts import EMPTY, Text
from . import algorithms, cades, pieces
from .verdict import Integrity, Signer, TimeStamp, Trust

if TYPE_CHECKING:
    from .trust import Anchors

_INFO: Final = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04"
"""id-ct-TSTInfo: what is signed in a time stamp."""


class Proof(NamedTuple):
    """A time stamp and what it was made over."""

    token: bytes
    covered: bytes


def judged(proof: Proof, known: Sequence[bytes], anchors: Anchors, *, online: bool = False) -> TimeStamp:
    """Whether a time stamp is over what it is said to be over, is intact, and by an authority for time stamps.

    known: certificates from elsewhere. Never raises for a bad one.
    """
    try:
        found = cms.read(proof.token)
        kind = pieces.read(proof.token).content_type
        info = tsp.TSTInfo.load(found.content or b"", strict=True)
        time = info["gen_time"].native
        imprint = info["message_imprint"]
        name = imprint["hash_algorithm"]["algorithm"].native
        same = bytes(imprint["hashed_message"]) == algorithms.digest(name, proof.covered)
    except cades.BROKEN:
        return TimeStamp(problem=_DAMAGED)
    if kind != _INFO or not found.whole or not isinstance(time, datetime) or time.tzinfo is None:
        return TimeStamp(problem=_DAMAGED)
    rows = [row for row in cades.signers(proof.token, found.content or b"", 0, known) if not row.counter]
    made = TimeStamp(time=time, digest=name, obsolete=algorithms.weak((name,), ""))
    if len(rows) != 1:
        return replace(made, problem=_DAMAGED)
    made = replace(made, authority=rows[0].certificate, integrity=rows[0].integrity, problem=_wrong(rows[0], time))
    if not same:
        return replace(made, integrity=Integrity.CHANGED, problem=_OTHER)
    return made if made.problem != EMPTY else _trusted(made, rows[0], time, anchors, online=online)


def _wrong(row: Signer, time: datetime) -> Text:
    """Why the signature of an authority does not make a time stamp; EMPTY when it does."""
    if row.integrity is not Integrity.INTACT or row.certificate is None:
        return row.problem
    if not row.certificate_match:  # RFC 3161, 2.4.2: the certificate must be among the signed attributes
        return _NO_REFERENCE
    if not _for_time_stamps(row.der):
        return _NOT_FOR_STAMPS
    in_force = row.certificate.not_before <= time <= row.certificate.not_after
    return EMPTY if in_force else _NOT_IN_FORCE


def _for_time_stamps(der: bytes) -> bool:
    """RFC 3161, 2.3: one extended key usage, timeStamping, and critical."""
    try:
        found = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (ValueError, x509.ExtensionNotFound):
        return False
    return found.critical and list(found.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def _trusted(made: TimeStamp, row: Signer, time: datetime, anchors: Anchors, *, online: bool) -> TimeStamp:
    from . import store, trust

    answer = trust.judge(row.der, row.chain, anchors, time, online=online, purpose=store.TIME_STAMPS)
    refused = answer.trust not in {Trust.TRUSTED, Trust.NOT_CHECKED}
    return replace(made, trust=answer.trust, problem=answer.problem if refused else EMPTY)


_DAMAGED: Final = Text("la marca temporale è danneggiata", "the time stamp is damaged")
_OTHER: Final = Text(
    "la marca temporale è di qualcos'altro: l'impronta non corrisponde",
    "the time stamp is over something else: its digest differs",
)
_NO_REFERENCE: Final = Text(
    "la marca temporale non indica il certificato di chi l'ha emessa",
    "the time stamp does not refer to the certificate of its authority",
)
_NOT_FOR_STAMPS: Final = Text("il certificato non è per marche temporali", "the certificate is not one for time stamps")
_NOT_IN_FORCE: Final = Text(
    "il certificato della marca temporale non era in vigore a quell'ora",
    "the certificate of the time stamp was not in force at that time",
)
