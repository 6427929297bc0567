"""Reading audit files: validation beside ``iterparse`` with the schema alone and ``xmlschema``; memory; the chain."""

from __future__ import annotations

import gc
import tempfile
from functools import partial
from pathlib import Path

import saft_files
from cases import Case, Result, at_least, at_most
from clock import QUICK, Effort, pair
from saft_alone import alone


def table(*, quick: bool) -> tuple[Case, ...]:
    """The rows of this benchmark; 42,000 invoices are 100 MB."""
    most, some = (200, 100) if quick else (42_000, 2_000)
    bare = "iterparse(schema=…) alone"
    return (
        Case("saft", f"validate {most:,} invoices", bare, at_most(3.5), partial(_against, most, "bare")),
        Case("saft", f"validate {some:,} invoices", "xmlschema", at_least(15), partial(_against, some, "xmlschema")),
        Case("saft", f"validate {most:,} invoices, memory", "120 MB", at_most(1), partial(_memory, most)),
        Case("saft", f"verify {some:,} hashes", "bare RSA", at_least(0.7), partial(_chain, some)),
    )


def _against(invoices: int, other: str, effort: Effort) -> Result:
    """Each side in a process of its own, so that neither warms the other; the best of two."""
    with tempfile.TemporaryDirectory() as scratch:
        path = saft_files.write(Path(scratch) / "saft.xml", invoices)
        rounds = 1 if effort is QUICK else 2
        turns = [(alone("validate", path)[0], alone(other, path)[0]) for _ in range(rounds)]
        mine, theirs = map(min, zip(*turns, strict=True))
        size = path.stat().st_size / 1e6
    rates = (f"{size / mine:.1f} MB/s", f"{size / theirs:.1f} MB/s")
    return Result(mine / theirs if other == "bare" else theirs / mine, *rates, "processor time")


def _memory(invoices: int, effort: Effort) -> Result:
    del effort
    with tempfile.TemporaryDirectory() as scratch:
        peak = alone("validate", saft_files.write(Path(scratch) / "saft.xml", invoices))[1]
    return Result(peak / 120, f"{peak:.0f} MB", "120 MB", "peak resident")


def _chain(documents: int, effort: Effort) -> Result:
    """The chain over documents in memory beside the RSA operations it cannot do without."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    from fatturakit.saft.diagnose import Signed
    from fatturakit.saft.hashchain import Signer, Verifier, message
    from fatturakit.saft.model import number
    from fatturakit.saft.verifying import Chain, public_key

    gc.set_threshold(50_000, 20, 20)  # as the command line sets it
    key = rsa.generate_private_key(65537, 1024)  # the size the law prescribes
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, form)
    signer, before, signed, pairs = Signer(key), "", [], []
    for place in range(1, documents + 1):
        day, name, gross = "2025-03-10", f"FT A/{place}", f"{place}.50"
        text = message(day, f"{day}T10:00:00", name, number(gross) or 0, before)
        before = signer.sign(text)
        pairs.append((text.encode(), before))
        moment = f"{day}T10:00:00"
        row = (place, name, day, moment, gross, gross, before, "1", "P", moment, "", place)
        signed.append(Signed("SalesInvoices", "FT A", *row))
    from base64 import b64decode

    public, how = key.public_key(), (padding.PKCS1v15(), hashes.SHA1())

    def bare_ones() -> None:
        for text, value in pairs:
            public.verify(b64decode(value), text, *how)

    def chained() -> None:
        _verified(Chain(Verifier.from_pem(pem), public_key(pem)), signed)

    turns = pair(chained, bare_ones, effort)
    mine, bare = min(turns.ours), min(turns.theirs)
    rates = (f"{documents / mine:,.0f}/s", f"{documents / bare:,.0f}/s")
    return Result(1 / turns.ratio, *rates, f"fastest {bare / mine:.2f}x; one process")


def _verified(chain: object, documents: list[object]) -> None:
    chain.file("1")  # type: ignore[attr-defined]
    for document in documents:
        chain.document(document)  # type: ignore[attr-defined]
    chain.closed()  # type: ignore[attr-defined]
