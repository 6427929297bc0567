"""Run the controls on signatures over a signed invoice (those on its content are in ``content``)."""

from __future__ import annotations

from collections.abc import Iterator

from ..clock import rome
from ..findings import Finding
from .options import Options
from .sdi import (
    e00100_scaduto,
    e00102_firma,
    e00103_ora_di_firma,
    e00104_autorita,
    e00105_firma_futura,
    e00107_certificato,
)
from .signed import Judged, Signed


def findings(judged: Judged, options: Options) -> Iterator[Finding]:
    """What the controls find, signature by signature; of one that is not intact nothing else is worth saying.

    An envelope too damaged to have signatures is a matter of reading (the ledger says 00102).
    """
    for signature in judged.signatures:
        broken = e00102_firma.verify(signature)
        yield from _intact(signature, options) if broken is None else (broken,)


def _intact(signature: Signed, options: Options) -> Iterator[Finding]:
    received = options.received_on.astimezone(rome())
    for finding in (
        e00100_scaduto.check(signature, received),
        e00103_ora_di_firma.check(signature),
        e00104_autorita.check(signature),
        e00105_firma_futura.check(signature, received),
    ):
        if finding is not None:
            yield finding
    yield from e00107_certificato.check(signature, received, preflight=options.preflight)
