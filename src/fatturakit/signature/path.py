"""The one way from a certificate to an authority that is worth judging, found in a time that stays small.

A library that tries every way through the certificates of an envelope can be kept busy for ever by a dozen that certify
one another; here each certificate is visited once, the sound links first.
"""

from __future__ import annotations

import heapq
import warnings
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography import x509

_MOST: Final = 24
"""Certificates of an envelope that are looked at; real ones have two or three."""


class Path(NamedTuple):
    """The authority at the end, and the certificates between it and the signer's."""

    anchor: bytes
    between: tuple[bytes, ...]


def to_anchor(der: bytes, chain: Iterable[bytes], trusted: Iterable[bytes], moment: datetime) -> Path | None:
    """The way from ``der`` through ``chain`` to one of ``trusted`` with the fewest links that do not hold, or None."""
    anchors = [*trusted]
    others = sorted(set(chain) - {der, *anchors})[:_MOST]
    waiting: list[tuple[int, int, bytes, tuple[bytes, ...]]] = [(0, 0, der, ())]
    visited: set[bytes] = set()
    while waiting:
        wrong, steps, here, between = heapq.heappop(waiting)
        if here in visited:
            continue
        visited.add(here)
        if here in anchors:
            return Path(here, between[:-1])
        for above in _issuers(here, [*anchors, *others]):
            if above not in visited:
                cost = wrong + _flaw(here, above, moment, anchor=above in anchors)
                heapq.heappush(waiting, (cost, steps + 1, above, (*between, above)))
    return None


def _issuers(der: bytes, among: list[bytes]) -> list[bytes]:
    own = _loaded(der)
    return [each for each in among if own and (other := _loaded(each)) and other.subject == own.issuer]


@lru_cache(maxsize=4096)
def _flaw(der: bytes, above: bytes, moment: datetime, *, anchor: bool) -> int:
    """1 for a link that does not hold: another key signed, or the authority was not in force."""
    own, issuer = _loaded(der), _loaded(above)
    if own is None or issuer is None:
        return 1
    if not anchor and not issuer.since <= moment <= issuer.until:
        return 1
    return 0 if _signed_by(own.certificate, issuer.certificate) else 1


def _signed_by(own: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        own.verify_directly_issued_by(issuer)
    except Exception:  # the library raises errors of its own for what it does not know
        return False
    return True


class _Loaded(NamedTuple):
    certificate: x509.Certificate
    subject: x509.Name
    issuer: x509.Name
    since: datetime
    until: datetime


@lru_cache(maxsize=2048)
def _loaded(der: bytes) -> _Loaded | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = x509.load_der_x509_certificate(der)
            period = found.not_valid_before_utc, found.not_valid_after_utc
            return _Loaded(found, found.subject, found.issuer, *period)
    except ValueError:
        return None
