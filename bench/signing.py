"""Checking a signature, beside the two operations it cannot do without: SHA-256 of the content, and RSA.

The check is the digest of the content, its comparison, and the signature over the signed attributes. The whole of an
envelope (finding its pieces, its certificate, every attribute) is shown beside it, and pyHanko's integrity check.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import cases
import clock
from clock import Call, Effort

SMALL, LARGE, LARGE_QUICK = 8_000, 5_000_000, 50_000


def table(*, quick: bool) -> tuple[cases.Case, ...]:
    """The rows of this group."""
    large = LARGE_QUICK if quick else LARGE
    return (
        _row("digest and RSA check, 8 KB", SMALL, _check, "SHA-256 + RSA", _bare, cases.at_most(1.3)),
        _row("digest and RSA check, 5 MB", large, _check, "SHA-256 + RSA", _bare, cases.at_most(1.3)),
        _row("all of an envelope, 8 KB", SMALL, _whole, "SHA-256 + RSA", _bare, cases.Limit()),
        _row("all of an envelope, 5 MB", large, _whole, "SHA-256 + RSA", _bare, cases.Limit()),
        _row("all of an envelope, 8 KB", SMALL, _whole, "pyHanko", _pyhanko, cases.Limit()),
    )


class Made(NamedTuple):
    """An envelope made by openssl, and the parts the bare operations need."""

    data: bytes
    content: bytes
    attributes: bytes
    signature: bytes
    digest: bytes
    key: Any
    info: Any


Way = Callable[[Made], Call]


def _row(name: str, size: int, ours: Way, title: str, theirs: Way, limit: cases.Limit) -> cases.Case:
    return cases.Case("sign", name, title, limit, partial(_measure, size, ours, theirs, limit))


def _measure(size: int, ours: Way, theirs: Way, limit: cases.Limit, effort: Effort) -> cases.Result:
    try:
        made = _made(size)
    except (ImportError, OSError) as error:
        return cases.Result(None, note=f"not installed: {error}")
    return cases.compared(clock.pair(ours(made), theirs(made), effort), limit, "")


@cache
def _made(size: int) -> Made:
    from asn1crypto import cms

    from fatturakit.signature import certificate

    content = b"<a>" + b"x" * (size - 7) + b"</a>"
    data = _signed(content)
    found = cms.ContentInfo.load(data)["content"]
    info = found["signer_infos"][0]
    known = certificate.read(found["certificates"][0].chosen.dump())
    attributes = b"\x31" + info["signed_attrs"].dump()[1:]
    return Made(data, content, attributes, info["signature"].native, hashlib.sha256(content).digest(), known.key, info)


def _signed(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "content").write_bytes(content)
        subject = ("-subj", "/C=IT/CN=Firma di Prova/serialNumber=TINIT-RSSMRA80A01H501U")
        new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", *subject]
        subprocess.run([*new, "-keyout", home / "key", "-out", home / "crt"], check=True, capture_output=True)
        sign = ["openssl", "cms", "-sign", "-nodetach", "-binary", "-cades", "-outform", "DER", "-in", home / "content"]
        subprocess.run(
            [*sign, "-signer", home / "crt", "-inkey", home / "key", "-out", home / "made"],
            check=True,
            capture_output=True,
        )
        return (home / "made").read_bytes()


def _check(made: Made) -> Call:
    from fatturakit.signature import algorithms

    def call() -> bool:
        same = algorithms.digest("sha256", made.content) == made.digest
        return same and algorithms.fits(made.key, made.signature, made.attributes, "sha256")

    return call


def _whole(made: Made) -> Call:
    from fatturakit.signature import cades

    return lambda: bool([*cades.signers(made.data, made.content, 1)])


def _bare(made: Made) -> Call:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    def call() -> bool:
        hashlib.sha256(made.content).digest()
        made.key.verify(made.signature, made.attributes, padding.PKCS1v15(), hashes.SHA256())
        return True

    return call


def _pyhanko(made: Made) -> Call:
    from asn1crypto import cms, x509
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    own = x509.Certificate.load(cms.ContentInfo.load(made.data)["content"]["certificates"][0].chosen.dump())

    def call() -> bool:
        info = cms.ContentInfo.load(made.data)["content"]["signer_infos"][0]
        digest = hashlib.sha256(made.content).digest()
        return all(validate_sig_integrity(info, own, "data", digest))

    return call
