"""CMS and CAdES made by openssl: what holds, what does not, and pyHanko's opinion beside ours."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1
from pyhanko.sign.validation import async_validate_cms_signature
from pyhanko_certvalidator import ValidationContext

from fatturakit.errors import InputError
from fatturakit.signature.verdict import Integrity, Trust, Verdict, Verification
from fatturakit.signature.verify import verify

from ..samples import INVOICE
from ..shared import needs_shared, shared
from .making import NOW, YEAR, Holder, authority, p7m, signer

DATA = INVOICE.encode()
TOTAL = b"<PrezzoTotale>100.00<"


def trusted(data: bytes, *roots: Holder, tmp_path: Path) -> Verification:
    """Verified with the roots as the only anchors."""
    folder = tmp_path / "anchors"
    folder.mkdir(exist_ok=True)
    for place, root in enumerate(roots):
        (folder / f"{place}.pem").write_bytes(root.pem)
    return verify(data, trust=[folder])


def oracle(data: bytes, root: Holder) -> list[bool]:
    """What pyHanko says of every signer: intact and valid."""
    found = cms.ContentInfo.load(data)["content"]
    answers = []
    for info in found["signer_infos"]:
        alone = found.copy()
        alone["signer_infos"] = [info]
        context = ValidationContext(trust_roots=[asn1.Certificate.load(root.der)])
        status = asyncio.run(async_validate_cms_signature(alone, validation_context=context))
        answers.append(status.intact and status.valid)
    return answers


KINDS: dict[str, tuple[str, tuple[str, ...], str, tuple[str, ...]]] = {
    "rsa": ("rsa", ("-cades",), "CAdES-BES", ()),
    "plain": ("rsa", (), "CMS", ()),
    "sha384": ("rsa", ("-cades", "-md", "sha384"), "CAdES-BES", ()),
    "sha512": ("rsa", ("-cades", "-md", "sha512"), "CAdES-BES", ()),
    "sha1": ("rsa", ("-md", "sha1"), "CMS", ("SHA-1",)),
    "pss": ("rsa", ("-cades", "-keyopt", "rsa_padding_mode:pss"), "CAdES-BES", ()),
    "pss-long-salt": ("rsa", ("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:64"), "CMS", ()),
    "p256": ("p256", ("-cades",), "CAdES-BES", ()),
    "p384": ("p384", ("-cades", "-md", "sha384"), "CAdES-BES", ()),
    "no-attributes": ("rsa", ("-noattr",), "CMS", ()),
    "key-id": ("rsa", ("-cades", "-keyid"), "CAdES-BES", ()),
    "stream": ("rsa", ("-cades", "-stream"), "CAdES-BES", ()),
    "weak-key": ("rsa1024", ("-cades",), "CAdES-BES", ("RSA 1024",)),
}


@pytest.mark.parametrize("case", KINDS)
def test_every_algorithm_holds_and_a_changed_total_is_caught(case: str, tmp_path: Path) -> None:
    """The format, what is obsolete, the path to the anchor; one digit of an amount breaks it."""
    kind, options, form, obsolete = KINDS[case]
    data = p7m(DATA, signer(kind), folder=tmp_path, options=options)
    found = trusted(data, authority(), tmp_path=tmp_path)
    (row,) = found.signers
    assert (row.format, row.obsolete, row.problem.en, row.trust_problem.en) == (form, obsolete, "", "")
    assert (found.verdict, found.ok) == (Verdict.TRUSTED, True)
    assert row.certificate is not None
    assert (row.certificate.tax_code, row.certificate.qualified) == ("NVNDAA80A41H501X", True)
    assert row.certificate_match is (None if form == "CMS" else True)
    changed = verify(data.replace(TOTAL, b"<PrezzoTotale>900.00<"), trust=())
    assert (changed.verdict, changed.ok) == (Verdict.CHANGED, False)
    assert changed.problem.en


@pytest.mark.parametrize("case", ["rsa", "sha384", "pss", "p256", "key-id", "stream"])
def test_pyhanko_agrees(case: str, tmp_path: Path) -> None:
    """The same envelopes, sound and changed, judged by pyHanko."""
    kind, options, *_ = KINDS[case]
    data = p7m(DATA, signer(kind), folder=tmp_path, options=options)
    for each in (data, data.replace(TOTAL, b"<PrezzoTotale>900.00<")):
        ours = [row.integrity is Integrity.INTACT for row in verify(each, trust=()).signers]
        assert ours == oracle(each, authority())


CERTIFICATES: dict[str, tuple[Callable[[], Holder], Verdict, Verdict]] = {
    "in force": (signer, Verdict.TRUSTED, Verdict.NOT_VERIFIED),
    "expired": (
        lambda: signer(since=NOW - 3 * YEAR, until=NOW - YEAR),
        Verdict.NOT_VALID_AT_SIGNING,
        Verdict.NOT_VALID_AT_SIGNING,
    ),
    "not yet valid": (
        lambda: signer(since=NOW + YEAR, until=NOW + 2 * YEAR),
        Verdict.NOT_VALID_AT_SIGNING,
        Verdict.NOT_VALID_AT_SIGNING,
    ),
    "for encryption": (
        lambda: signer(allowed=("key_encipherment",)),
        Verdict.NOT_VALID_AT_SIGNING,
        Verdict.NOT_VALID_AT_SIGNING,
    ),
    "non-repudiation only": (signer, Verdict.TRUSTED, Verdict.NOT_VERIFIED),
    "digital signature only": (
        lambda: signer(allowed=("digital_signature",)),
        Verdict.TRUSTED,
        Verdict.NOT_VERIFIED,
    ),
    "no usage": (lambda: signer(allowed=None), Verdict.TRUSTED, Verdict.NOT_VERIFIED),
    "of another authority": (
        lambda: signer(issuer=authority("Altra CA")),
        Verdict.NOT_VERIFIED,
        Verdict.NOT_VERIFIED,
    ),
    "self-made": (lambda: signer(issuer=authority("Ada da sé")), Verdict.NOT_VERIFIED, Verdict.NOT_VERIFIED),
    "under an intermediate": (
        lambda: signer(issuer=authority("Intermedia", authority())),
        Verdict.TRUSTED,
        Verdict.NOT_VERIFIED,
    ),
}


@pytest.mark.parametrize("case", CERTIFICATES)
def test_certificates(case: str, tmp_path: Path) -> None:
    """The verdict with an anchor, and with nobody to trust: never trusted then."""
    made, with_anchor, without = CERTIFICATES[case]
    data = p7m(DATA, made(), folder=tmp_path)
    found = trusted(data, authority(), tmp_path=tmp_path)
    assert found.verdict is with_anchor
    assert found.ok is (with_anchor is Verdict.TRUSTED)
    assert verify(data, trust=()).verdict is without


def test_expired_after_signing(tmp_path: Path) -> None:
    """Signed in time, looked at after the certificate ran out: still fine, and said."""
    data = p7m(DATA, signer(until=NOW + YEAR), folder=tmp_path)
    found = verify(data, trust=(), at=NOW + 2 * YEAR)
    assert (found.verdict, found.ok) == (Verdict.EXPIRED_AFTER, True)
    assert verify(data, trust=(), at=NOW + timedelta(days=1)).verdict is Verdict.NOT_VERIFIED


def test_a_signer_given_as_anchor_is_trusted(tmp_path: Path) -> None:
    """A user may trust a certificate itself, also one that nobody issued."""
    holder = signer()
    assert trusted(p7m(DATA, holder, folder=tmp_path), holder, tmp_path=tmp_path).verdict is Verdict.TRUSTED


def test_without_signing_time_the_moment_of_looking_counts(tmp_path: Path) -> None:
    """Nobody can tell whether an expired certificate signed in time."""
    data = p7m(DATA, signer(until=NOW + YEAR), folder=tmp_path, options=("-noattr",))
    assert verify(data, trust=(), at=NOW + 2 * YEAR).verdict is Verdict.NOT_VALID_AT_SIGNING


def test_several_signers_each_get_a_row(tmp_path: Path) -> None:
    """Parallel signatures; the worst decides."""
    second = signer("p256", common="Bruno Inventato", serial="TINIT-NVNBRN70A01H501Y")
    data = p7m(DATA, signer(), second, folder=tmp_path)
    found = verify(data, trust=())
    assert {row.certificate.tax_code for row in found.signers if row.certificate} == {
        "NVNDAA80A41H501X",
        "NVNBRN70A01H501Y",
    }
    foreign = p7m(DATA, signer(), signer("p256", issuer=authority("Altra CA")), folder=tmp_path)
    half = trusted(foreign, authority(), tmp_path=tmp_path)
    assert sorted(row.trust for row in half.signers) == [Trust.TRUSTED, Trust.UNTRUSTED]
    assert (half.verdict, half.ok) == (Verdict.NOT_VERIFIED, False)


def test_nested_signatures_each_get_a_row(tmp_path: Path) -> None:
    """An envelope in an envelope; a change inside breaks both, a bad inner signature under a good outer one is seen."""
    inner = p7m(DATA, signer(), folder=tmp_path)
    found = verify(p7m(inner, signer("p256"), folder=tmp_path), trust=())
    assert [(row.level, row.integrity) for row in found.signers] == [(1, Integrity.INTACT), (2, Integrity.INTACT)]
    forged = inner.replace(TOTAL, b"<PrezzoTotale>900.00<")
    laundered = verify(p7m(forged, signer("p256"), folder=tmp_path), trust=())
    assert [row.integrity for row in laundered.signers] == [Integrity.INTACT, Integrity.CHANGED]
    assert laundered.verdict is Verdict.CHANGED


def _attributes_changed(data: bytes, folder: Path) -> bytes:
    """The year of the signing time, among the signed attributes."""
    mark = bytes.fromhex("2a864886f70d010905310f170d")
    place = data.index(mark) + len(mark)
    return data[:place] + b"19" + data[place + 2 :]


def _signature_changed(data: bytes, folder: Path) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _certificate_replaced(data: bytes, folder: Path) -> bytes:
    """Another certificate with the same issuer, serial and key: only signing-certificate-v2 tells it apart."""
    found = cms.ContentInfo.load(data)
    places = found["content"]["certificates"]
    mine = next(place for place, each in enumerate(places) if not each.chosen.ca)
    own = places[mine].chosen
    other = signer(common="Carla Inventata")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    builder = x509.CertificateBuilder().subject_name(other.cert.subject).issuer_name(authority().cert.subject)
    builder = builder.serial_number(own.serial_number).public_key(other.key.public_key())
    builder = builder.not_valid_before(NOW - YEAR).not_valid_after(NOW + YEAR)
    twin = builder.sign(authority().key, hashes.SHA256())
    from cryptography.hazmat.primitives.serialization import Encoding

    places[mine] = cms.CertificateChoices("certificate", asn1.Certificate.load(twin.public_bytes(Encoding.DER)))
    return bytes(found.dump(force=True))


@pytest.mark.parametrize("change", [_attributes_changed, _signature_changed, _certificate_replaced])
def test_what_is_changed_beside_the_content(change: Callable[[bytes, Path], bytes], tmp_path: Path) -> None:
    """Signed attributes, the signature itself, the certificate."""
    data = p7m(DATA, signer(), folder=tmp_path)
    assert verify(data, trust=()).verdict is Verdict.NOT_VERIFIED
    assert verify(change(data, tmp_path), trust=()).verdict is Verdict.CHANGED


def test_a_missing_certificate_is_not_verifiable_until_it_is_given(tmp_path: Path) -> None:
    """Its digest still tells a changed content."""
    holder = signer()
    data = p7m(DATA, holder._replace(above=()), folder=tmp_path, options=("-cades", "-nocerts"))
    found = verify(data, trust=())
    assert (found.verdict, found.say("en"), found.ok) == (Verdict.NOT_VERIFIABLE, "signature not verifiable", False)
    assert trusted(data, holder, tmp_path=tmp_path).verdict is Verdict.TRUSTED
    assert verify(data.replace(TOTAL, b"<PrezzoTotale>900.00<"), trust=()).verdict is Verdict.CHANGED


def test_counter_signature(tmp_path: Path) -> None:
    """A signature over a signature, in an unsigned attribute: a row of its own."""
    import hashlib

    data = p7m(DATA, signer(), folder=tmp_path)
    found = cms.ContentInfo.load(data)
    info = found["content"]["signer_infos"][0]
    other = signer("p256", common="Notaio Inventato")
    digest = hashlib.sha256(info["signature"].native).digest()
    attributes = cms.CMSAttributes([{"type": "message_digest", "values": [digest]}])
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    own = asn1.Certificate.load(other.der)
    sid = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    counter = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", sid),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": other.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )
    info["unsigned_attrs"] = [{"type": "counter_signature", "values": [counter]}]
    found["content"]["certificates"].append(cms.CertificateChoices("certificate", own))
    rows = verify(bytes(found.dump(force=True)), trust=()).signers
    assert [(row.counter, row.integrity) for row in rows] == [(False, Integrity.INTACT), (True, Integrity.INTACT)]


@pytest.mark.parametrize("cut", [3, 40, 300, 900])
def test_a_cut_envelope_is_recovered_and_says_so(cut: int, tmp_path: Path) -> None:
    """The content is whole, its signature is gone."""
    data = p7m(DATA, signer(), folder=tmp_path)[:-cut]
    found = verify(data, trust=())
    assert (found.verdict, found.recovered, found.ok) == (Verdict.NOT_VERIFIABLE, True, False)
    assert found.problem.it


def test_mutations_never_break_and_never_look_sound(tmp_path: Path) -> None:
    """A byte flipped anywhere: a verdict or a refusal, never a crash; a changed content is never intact."""
    import random

    data = p7m(DATA, signer(), folder=tmp_path)
    chance = random.Random(4)
    start = data.index(DATA)
    for _ in range(400):
        place = chance.randrange(len(data))
        mutant = data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
        try:
            found = verify(mutant, trust=())
        except InputError:
            continue
        if start <= place < start + len(DATA):
            assert not found.verdict.is_intact, place


@needs_shared
def test_the_envelopes_others_made() -> None:
    """The signature and certificate columns of the public envelopes."""
    wrong = []
    with shared("corpus", "p7m-made", "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["expected_unwrap"] == "yes"]
    for row in rows:
        expected = _expected(row["expected_signature"], row["expected_cert"])
        found = verify(shared("corpus", row["file"]), trust=())
        if found.verdict is not expected or found.recovered:
            wrong.append((row["case"], found.verdict.value))
    assert (len(rows), wrong) == (len(rows), [])
    assert len(rows) >= 60


def _expected(signature: str, cert: str) -> Verdict:
    if signature.startswith("unknown"):
        return Verdict.NOT_VERIFIABLE
    if signature != "valid":
        return Verdict.CHANGED
    return Verdict.NOT_VERIFIED if cert == "valid" else Verdict.NOT_VALID_AT_SIGNING


@needs_shared
def test_the_missing_certificate_of_a_public_envelope() -> None:
    """Given beside it, it verifies."""
    given = shared("corpus", "p7m-made", "certs", "A_rsa.crt")
    found = verify(shared("corpus", "p7m-made", "A_013_der-nocerts.p7m"), trust=[given])
    assert found.verdict is Verdict.TRUSTED
