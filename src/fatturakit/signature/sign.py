"""Signing: CAdES-BES around a file, XAdES-BES inside a document; what is signed stays as it was, byte for byte."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from typing import Final, Literal

from ..document import Document
from ..envelope.unwrap import Unwrapped, unwrap
from ..errors import InputError, UsageError
from ..limits import DEFAULT, Limits
from ..sources import Source, source_bytes
from ..texts import Text
from . import extra
from .keys import Key

Form = Literal["cades", "xades"]
FORMS: Final = ("cades", "xades")
DIGEST: Final = "sha256"


def sign(
    source: Document | Source,
    key: Key,
    *,
    form: Form = "cades",
    at: datetime | None = None,
    any_certificate: bool = False,
    limits: Limits = DEFAULT,
) -> bytes:
    """``source`` signed with ``key``: an attached CAdES-BES envelope (.xml.p7m), or the document with XAdES-BES in it.

    at: the signing time (default now); any_certificate: also with a certificate that is expired or not for signing.
    SHA-256, signing-time, signing-certificate-v2 and the chain of the key are included. Raises ``UsageError`` for an
    unfit certificate, ``InputError`` for a document that cannot be signed that way.
    """
    extra.require()
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    if not any_certificate and not key.usable(moment):
        facts = key.certificate
        period = {"since": facts.not_before.date(), "until": facts.not_after.date()}
        raise UsageError(_UNFIT, name=facts.subject, **period)
    wrapped = _opened(source, limits)
    if form == "xades":
        if wrapped.envelopes:
            raise InputError(_ENVELOPED)
        from .sign_xades import enveloped

        return enveloped(wrapped.content, key, moment)
    return _attached(_to_wrap(wrapped), key, moment)


def _opened(source: Document | Source, limits: Limits) -> Unwrapped:
    if isinstance(source, Document):
        return source.wrapping or Unwrapped(source.data, ("xml",), (), ())
    name = os.path.basename(source) if isinstance(source, str | os.PathLike) else ""  # noqa: PTH119
    return unwrap(source_bytes(source, limits), name, limits=limits)


def _to_wrap(wrapped: Unwrapped) -> bytes:
    """The XML, or the envelope it is already in: a second signature goes around the first."""
    return wrapped.envelopes[0].data if wrapped.envelopes else wrapped.content


def _attached(content: bytes, key: Key, moment: datetime) -> bytes:
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    made = asyncio.run(
        key.signer.async_sign_general_data(
            content,
            DIGEST,
            detached=False,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
        )
    )
    return bytes(made.dump())


_UNFIT: Final = Text(
    "Il certificato di {name} non è valido per firmare (dal {since} al {until}): SdI rifiuterebbe la firma.",
    "The certificate of {name} is not valid for signing (from {since} to {until}): SdI would refuse the signature.",
)
_ENVELOPED: Final = Text(
    "Il documento è già in una busta firmata: la firma XAdES va nell'XML. Usa --cades per una seconda firma.",
    "The document is already in a signed envelope: XAdES goes into the XML. Use --cades for a second signature.",
)
