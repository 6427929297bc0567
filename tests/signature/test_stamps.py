"""Time stamps: what they prove, and when they prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

import fatturakit as fk
from fatturakit.signature.verdict import Integrity, Trust, Verdict, Verification
from fatturakit.signature.verify import verify

from ..samples import INVOICE
from . import stamping
from .making import NOW, YEAR, authority, p7m, signer

DATA = INVOICE.encode()
LATER = NOW + 2 * YEAR
"""When the certificate of the signer has run out, and that of the time stamp has not."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authorities of the signer and of the time stamps as files."""
    home = tmp_path_factory.mktemp("stamps")
    (home / "ca.pem").write_bytes(authority().pem)
    (home / "tsa.pem").write_bytes(authority("Radice delle marche").pem)
    return home


@pytest.fixture(scope="module")
def undated(folder: Path) -> bytes:
    """An envelope that does not say when it was signed: only a time stamp can tell."""
    return p7m(DATA, signer(), folder=folder, options=("-noattr",))


def judged(data: bytes, folder: Path, *names: str) -> Verification:
    return verify(data, trust=[folder / name for name in names], at=LATER)


def test_a_time_stamp_proves_that_the_signature_was_in_time(undated: bytes, folder: Path) -> None:
    """Without it the certificate has just expired; with it, it expired after signing; the report has its time."""
    both = ("ca.pem", "tsa.pem")
    assert judged(undated, folder, *both).verdict is Verdict.NOT_VALID_AT_SIGNING
    made = stamping.cades_t(undated, stamping.stamp(stamping.signature_of(undated), folder))
    found = judged(made, folder, *both)
    (row,) = found.signers
    (stamp,) = row.time_stamps
    assert (found.verdict, found.ok, row.trust) == (Verdict.EXPIRED_AFTER, True, Trust.TRUSTED)
    assert (stamp.holds, stamp.trust, stamp.digest) == (True, Trust.TRUSTED, "sha256")
    assert stamp.authority is not None
    assert stamp.authority.subject == "TSA Inventata"
    assert row.proven_at == stamp.time
    assert abs(stamp.time - NOW) < timedelta(minutes=30)  # type: ignore[operator]


def _other(data: bytes, folder: Path) -> bytes:
    return stamping.stamp(b"qualcos'altro", folder)


def _unknown(data: bytes, folder: Path) -> bytes:
    return stamping.stamp(data, folder, stamping.tsa(authority("Radice ignota")))


def _not_critical(data: bytes, folder: Path) -> bytes:
    """openssl itself refuses to stamp with it, so the certificate is exchanged afterwards: the signature says so."""
    token = stamping.stamp(data, folder)
    return token.replace(b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x08", b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01")


def _time_changed(data: bytes, folder: Path) -> bytes:
    """A year later, under the same signature."""
    year = NOW.strftime("%Y").encode()
    token = stamping.stamp(data, folder)
    at = token.index(b"\x18\x0f" + year) + 2
    return token[:at] + b"2001" + token[at + 4 :]


def _not_a_token(data: bytes, folder: Path) -> bytes:
    """An envelope that has the same shape and is none."""
    return p7m(data, stamping.tsa(), folder=folder)


@pytest.mark.parametrize("attack", [_other, _unknown, _not_critical, _time_changed, _not_a_token])
def test_what_proves_nothing(attack: Callable[[bytes, Path], bytes], undated: bytes, folder: Path) -> None:
    """Said beside the signer, and the signature is judged as without it."""
    made = stamping.cades_t(undated, attack(stamping.signature_of(undated), folder))
    found = judged(made, folder, "ca.pem", "tsa.pem")
    (row,) = found.signers
    assert [stamp.holds for stamp in row.time_stamps] == [False]
    assert row.time_stamps[0].problem.en
    assert (found.verdict, row.proven_at) == (Verdict.NOT_VALID_AT_SIGNING, None)


def test_a_certificate_for_everything_makes_no_time_stamps(folder: Path) -> None:
    """RFC 3161 wants the one purpose, and critical."""
    from fatturakit.signature import stamps

    wrong = (
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), False),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]), True),
    )
    assert stamps._for_time_stamps(stamping.tsa().der)
    assert not stamps._for_time_stamps(signer().der)
    assert not any(stamps._for_time_stamps(stamping.tsa(extension=each).der) for each in wrong)


def test_the_proven_time_counts_not_the_claimed_one(folder: Path) -> None:
    """A signer sets his clock back to when his certificate was in force: the time stamp tells."""
    holder = signer(since=NOW - 2 * YEAR, until=NOW - timedelta(days=10))
    claimed = NOW - timedelta(days=30)
    with fk.signing_key(p12=holder.p12(folder / "old.p12"), secret="segreta") as key:
        made = fk.sign(DATA, key, at=claimed)
    alone = verify(made, trust=[folder / "ca.pem"])
    assert alone.verdict is Verdict.EXPIRED_AFTER
    stamped = stamping.cades_t(made, stamping.stamp(stamping.signature_of(made), folder))
    found = verify(stamped, trust=[folder / "ca.pem", folder / "tsa.pem"])
    assert (found.verdict, found.signers[0].signed_at) == (Verdict.NOT_VALID_AT_SIGNING, claimed)


def test_nobody_to_trust_is_said(undated: bytes, folder: Path) -> None:
    """As for signers: intact, and not verified."""
    made = stamping.cades_t(undated, stamping.stamp(stamping.signature_of(undated), folder))
    (row,) = verify(made, trust=()).signers
    assert [(each.holds, each.trust) for each in row.time_stamps] == [(True, Trust.NOT_CHECKED)]


def test_xades_t(folder: Path) -> None:
    """Over the canonical SignatureValue; over anything else it is changed."""
    with fk.signing_key(p12=signer().p12(folder / "k.p12"), secret="segreta") as key:
        made = fk.sign(DATA, key, form="xades")
    token = stamping.stamp(stamping.signature_value(made), folder)
    found = judged(stamping.xades_t(made, token), folder, "ca.pem", "tsa.pem")
    (row,) = found.signers
    assert (row.format, [each.holds for each in row.time_stamps]) == ("XAdES-T enveloped", [True]), row.time_stamps
    assert found.verdict is Verdict.EXPIRED_AFTER
    (row,) = judged(stamping.xades_t(made, stamping.stamp(made, folder)), folder, "ca.pem", "tsa.pem").signers
    assert [each.integrity for each in row.time_stamps] == [Integrity.CHANGED]
    for text in (b"", b"!!!", b"AAAA"):
        from base64 import b64encode

        broken = stamping.xades_t(made, token).replace(b64encode(token), text)
        assert not verify(broken, trust=()).signers[0].time_stamps[0].holds


@pytest.mark.parametrize("metadata", [b"", b"\x30\x06\x01\x01\xff\x0c\x01f", b"\x30\x06\x01\x01\x00\x0c\x01f"])
def test_a_time_stamped_file(metadata: bytes, undated: bytes, folder: Path) -> None:
    """The document is as it was and every signature has its time; a file name may be stamped with it, or not."""
    covered = metadata + undated if metadata[4:5] == b"\xff" else undated
    token = stamping.stamp(covered, folder)
    made = stamping.tsd(undated, token, stamping.stamp(token, folder), metadata=metadata)
    opened = fk.unwrap(made)
    assert (opened.content, opened.layers) == (DATA, ("tsd", "cms", "xml"))
    found = judged(made, folder, "ca.pem", "tsa.pem")
    assert [each.holds for each in found.time_stamps] == [True, True]
    assert found.verdict is Verdict.EXPIRED_AFTER
    assert fk.open(made).kind == "FPR12"
    changed = judged(made.replace(b"PrezzoTotale>100", b"PrezzoTotale>900"), folder, "ca.pem", "tsa.pem")
    assert (changed.verdict, [each.holds for each in changed.time_stamps]) == (Verdict.CHANGED, [False, True])
    for cut in (20, 60):
        with pytest.raises(fk.InputError):
            fk.unwrap(made[:cut])
    assert fk.unwrap(made[:-10]).recovered


def test_a_letter_with_a_time_stamp(undated: bytes, folder: Path) -> None:
    """.m7m: an envelope and the answer of the authority, in one multipart file."""
    made = stamping.m7m(undated, stamping.stamp(undated, folder, whole=True))
    found = judged(made, folder, "ca.pem", "tsa.pem")
    assert (found.verdict, [each.holds for each in found.time_stamps]) == (Verdict.EXPIRED_AFTER, [True])
    assert fk.unwrap(made).content == DATA


def test_stamps_without_a_document_are_refused(folder: Path) -> None:
    """A file that stamps a document which is elsewhere."""
    made = stamping.tsd(DATA, stamping.stamp(DATA, folder)).replace(DATA, b"").replace(b"\x04\x00", b"")
    with pytest.raises(fk.InputError):
        verify(made, trust=())
