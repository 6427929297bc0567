"""Whom to trust: certificates and trusted lists the user names, and whether a signer's certificate leads to one.

pyHanko builds and judges the path (RFC 5280); the operating system's store, made for web sites, is never asked.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import UsageError
from ..refusals import reason
from ..texts import EMPTY, Text
from . import path, store
from .store import Service
from .verdict import Trust

if TYPE_CHECKING:
    from pyhanko_certvalidator import ValidationContext

VARIABLE: Final = "FATTURAKIT_TRUST"
_SUFFIXES: Final = (".pem", ".crt", ".cer", ".der", ".xml", ".xtsl")
_MOST_BYTES: Final = 64 * 1024 * 1024


class Anchors(NamedTuple):
    """The authorities to trust, and where they come from ("" for the list kept by ``trust update``)."""

    services: tuple[Service, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.services)

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """The encodings, each once."""
        return tuple(dict.fromkeys(service.certificate for service in self.services))


NOBODY: Final = Anchors()


def anchors(named: Iterable[str | os.PathLike[str]] = ()) -> Anchors:
    """The anchors in ``named``, else in FATTURAKIT_TRUST, else in the list kept by ``trust update``, else nobody.

    A name is a PEM or DER file, a folder of them, or a trusted list (ETSI TS 119 612). ``UsageError`` when one is
    missing or has no certificate, ``InputError`` when the signature of a list does not hold.
    """
    names = tuple(os.fspath(name) for name in named) or tuple(
        filter(None, os.environ.get(VARIABLE, "").split(os.pathsep))
    )
    if names:
        return _loaded(names, tuple(_stamp(name) for name in names))
    kept = store.load()
    return Anchors(kept.services, ("",)) if kept else NOBODY


def _stamp(name: str) -> int:
    try:
        return Path(name).stat().st_mtime_ns
    except OSError as error:
        raise UsageError(_NO_FILE, name=name, reason=reason(error)) from error


@lru_cache(maxsize=8)
def _loaded(names: tuple[str, ...], stamps: tuple[int, ...]) -> Anchors:
    services: list[Service] = []
    for name in names:
        path = Path(name)
        found = [*_folder(path)] if path.is_dir() else [*_file(path)]
        if not found:
            raise UsageError(_NO_CERTIFICATE, name=name)
        services += found
    return Anchors(tuple(dict.fromkeys(services)), names)


def _folder(path: Path) -> Iterator[Service]:
    for each in sorted(path.rglob("*")):
        if each.suffix.lower() in _SUFFIXES and each.is_file():
            yield from _file(each)


def _file(path: Path) -> Iterator[Service]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES)
    except OSError as error:
        raise UsageError(_NO_FILE, name=str(path), reason=reason(error)) from error
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from .lists import services

        yield from services(data, str(path))
        return
    for der in _certificates(data):
        yield Service(certificate=der, name=path.name)


def _certificates(data: bytes) -> list[bytes]:
    from asn1crypto import pem, x509

    try:
        if pem.detect(data):
            blocks = [der for kind, _, der in pem.unarmor(data, multiple=True) if kind.endswith("CERTIFICATE")]
        else:
            blocks = [data]
        return [bytes(x509.Certificate.load(der, strict=True).dump()) for der in blocks if _has_key(der)]
    except ValueError:
        return []


def _has_key(der: bytes) -> bool:
    from . import certificate

    return bool(certificate.read(der))


class Answer(NamedTuple):
    """Whether a certificate is trusted, and if not, why."""

    trust: Trust
    problem: Text = EMPTY


def judge(
    der: bytes,
    chain: tuple[bytes, ...],
    given: Anchors,
    moment: datetime,
    *,
    online: bool = False,
    purpose: str = store.SIGNATURES,
) -> Answer:
    """Whether the certificate ``der`` led to one of the anchors at ``moment``, through ``chain``.

    online: also ask the authorities' revocation lists and responders. purpose: what the authority must be recognised
    for, where a list says it; the files a user names are for everything.
    """
    if not given:
        return Answer(Trust.NOT_CHECKED, _NOBODY)
    return _judged(der, frozenset(chain), given, moment.replace(microsecond=0), online, purpose)


@lru_cache(maxsize=1024)
def _judged(
    der: bytes, chain: frozenset[bytes], given: Anchors, moment: datetime, online: bool, purpose: str
) -> Answer:
    trusted = [each.certificate for each in given.services if each.at(moment) and each.purpose in {"", purpose}]
    if der in trusted:
        return Answer(Trust.TRUSTED)
    way = path.to_anchor(der, chain, trusted, moment)
    if way is None and not online:  # online the missing certificates may be fetched
        return Answer(Trust.UNTRUSTED, _NOT_THEN if given.services and not trusted else _NO_PATH)
    from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

    roots, between = (trusted, ()) if way is None else ([way.anchor], way.between)
    try:
        asyncio.run(_validated(der, between, roots, moment, online))
    except RevokedError:
        return Answer(Trust.REVOKED, _REVOKED)
    except (PathError, ValidationError, ValueError, TypeError, KeyError) as error:
        return _why(error)
    return Answer(Trust.TRUSTED)


async def _validated(
    der: bytes, chain: tuple[bytes, ...], trusted: list[bytes], moment: datetime, online: bool
) -> None:
    from asn1crypto import x509
    from pyhanko_certvalidator import CertificateValidator

    context = _context(trusted, moment, online=online)
    between = [x509.Certificate.load(other) for other in chain]
    try:
        await CertificateValidator(x509.Certificate.load(der), between, context).async_validate_path()
    finally:
        await context.aclose()  # type: ignore[no-untyped-call]


def _context(trusted: list[bytes], moment: datetime, *, online: bool) -> ValidationContext:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in dict.fromkeys(trusted)],
        moment=moment,
        allow_fetching=online,
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
    )


def _why(error: Exception) -> Answer:
    from pyhanko_certvalidator.errors import InvalidCertificateError, PathBuildingError

    if isinstance(error, PathBuildingError | InvalidCertificateError):
        return Answer(Trust.UNTRUSTED, _NO_PATH)
    return Answer(Trust.BROKEN, _BAD_PATH)


_NO_FILE: Final = Text("«{name}» non si può leggere: {reason}.", "“{name}” cannot be read: {reason}.")
_NO_CERTIFICATE: Final = Text(
    "«{name}» non contiene certificati né una lista di fiducia (PEM, DER o XML).",
    "“{name}” has no certificate and no trusted list in it (PEM, DER or XML).",
)
_NOBODY: Final = Text(
    "nessuna autorità di cui fidarsi: usa --trust o fatturakit trust update",
    "nobody to trust: use --trust or fatturakit trust update",
)
_NO_PATH: Final = Text(
    "l'autorità che ha emesso il certificato non è fra quelle affidabili",
    "the authority that issued the certificate is not among the trusted ones",
)
_NOT_THEN: Final = Text(
    "nessuna autorità della lista era riconosciuta in quel momento",
    "no authority of the list was recognised at that time",
)
_BAD_PATH: Final = Text(
    "la catena fino all'autorità affidabile non è valida", "the chain up to the trusted authority is not valid"
)
_REVOKED: Final = Text("il certificato è revocato o sospeso", "the certificate is revoked or suspended")
