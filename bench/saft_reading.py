"""Reading audit files: validation beside ``iterparse`` with the schema alone and ``xmlschema``; memory; the chain."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

import saft_files
from cases import Case, Result, at_least, at_most
from clock import QUICK, Effort

_HERE = Path(__file__).resolve().parent


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
        mine = min(_process("validate", path)[0] for _ in range(rounds))
        theirs = min(_process(other, path)[0] for _ in range(rounds))
        size = path.stat().st_size / 1e6
    rates = (f"{size / mine:.1f} MB/s", f"{size / theirs:.1f} MB/s")
    return Result(mine / theirs if other == "bare" else theirs / mine, *rates, "one process")


def _memory(invoices: int, effort: Effort) -> Result:
    del effort
    with tempfile.TemporaryDirectory() as scratch:
        peak = _process("validate", saft_files.write(Path(scratch) / "saft.xml", invoices))[1]
    return Result(peak / 120, f"{peak:.0f} MB", "120 MB", "peak resident")


def _process(what: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run."""
    command = [sys.executable, __file__, what, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_HERE)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def _chain(documents: int, effort: Effort) -> Result:
    """The chain over documents in memory beside the RSA operations it cannot do without."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    from fatturakit.saft.diagnose import Signed
    from fatturakit.saft.hashchain import Signer, Verifier, message
    from fatturakit.saft.model import number
    from fatturakit.saft.verify import Chain, public_key

    del effort
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
    mine = min(_timed(lambda: _verified(Chain(Verifier.from_pem(pem), public_key(pem)), signed)) for _ in range(3))
    from base64 import b64decode

    public, how = key.public_key(), (padding.PKCS1v15(), hashes.SHA1())
    bare = min(_timed(lambda: [public.verify(b64decode(value), text, *how) for text, value in pairs]) for _ in range(3))
    return Result(bare / mine, f"{documents / mine:,.0f}/s", f"{documents / bare:,.0f}/s", "one process")


def _verified(chain: object, documents: list[object]) -> None:
    chain.file("1")  # type: ignore[attr-defined]
    for document in documents:
        chain.document(document)  # type: ignore[attr-defined]
    chain.end()  # type: ignore[attr-defined]


def _timed(call: object) -> float:
    began = perf_counter()
    call()  # type: ignore[operator]
    return perf_counter() - began


def _validate(path: str) -> None:
    from fatturakit.saft.validate import validate

    assert validate(path).verdict.value == "valid"


def _bare(path: str) -> None:
    """What any streaming check costs at least: lxml's iterparse with the schema, keys included, and nothing else."""
    from lxml import etree

    from fatturakit.saft.variants import PT

    tree = etree.parse(str(_HERE.parent / "schemas" / PT.schemas[0][1]))
    spaced = "{http://www.w3.org/2001/XMLSchema}"
    for found in list(tree.iter(spaced + "assert")):
        found.getparent().remove(found)
    for group in tree.iter(spaced + "all"):
        group.tag = spaced + "choice"
        group.set("maxOccurs", "unbounded")
        for member in group:
            member.attrib.pop("maxOccurs", "")
    for _, element in etree.iterparse(path, tag=f"{{{PT.namespace}}}Invoice", schema=etree.XMLSchema(tree)):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _xmlschema(path: str) -> None:
    import xmlschema
    from xmlschema import limits

    limits.MAX_XML_ELEMENTS = 1_000_000_000
    schema = xmlschema.XMLSchema11(str(_HERE.parent / "schemas" / "saft-pt-1.04_01-2022.xsd"))
    assert schema.is_valid(path)


if __name__ == "__main__":
    took = _timed(partial({"validate": _validate, "bare": _bare, "xmlschema": _xmlschema}[sys.argv[1]], sys.argv[2]))
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
