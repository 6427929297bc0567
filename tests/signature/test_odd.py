"""Signatures written otherwise than most programs write them, and what is said of those nobody can verify."""

from __future__ import annotations

from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.batch import inputs
from fatturakit.batch.envelopes import extracting
from fatturakit.envelope.unwrap import unwrap
from fatturakit.limits import DEFAULT
from fatturakit.signature import pieces
from fatturakit.signature.verdict import Verdict, Verification
from fatturakit.signature.verify import verify

from ..envelope.wrapping import DATA as PLAIN_DATA
from ..envelope.wrapping import SIGNED, element, enclosed, endless
from ..samples import INVOICE
from .making import authority, openssl, p7m, signer

DATA = INVOICE.encode()


def verdict(data: bytes, folder: Path) -> Verification:
    (folder / "ca.pem").write_bytes(authority().pem)
    return verify(data, trust=[folder / "ca.pem"])


def in_ber(data: bytes) -> bytes:
    """An element with every length in it indefinite, as a generator of BER writes them."""
    if not data[0] & 0x20:
        return data
    return endless(data[0], b"".join(in_ber(each) for each in children(data)))


def children(data: bytes) -> list[bytes]:
    size = data[1] & 0x7F if data[1] > 0x80 else 0
    at, found = 2 + size, []
    while at < len(data):
        more = data[at + 1] & 0x7F if data[at + 1] > 0x80 else 0
        length = int.from_bytes(data[at + 2 : at + 2 + more], "big") if more else data[at + 1]
        found.append(data[at : at + 2 + more + length])
        at += len(found[-1])
    return found


@pytest.mark.parametrize("options", [(), ("-cades",), ("-noattr",)])
def test_everything_in_ber(options: tuple[str, ...], tmp_path: Path) -> None:
    """Certificates, names and attributes too: the signature is over their DER."""
    data = in_ber(p7m(DATA, signer(), folder=tmp_path, options=options))
    found = verdict(data, tmp_path)
    assert found.verdict is Verdict.TRUSTED
    changed = verdict(data.replace(b"100.00", b"900.00"), tmp_path)
    assert changed.verdict is Verdict.CHANGED


def test_a_signer_in_ber_alone(tmp_path: Path) -> None:
    data = p7m(DATA, signer(), folder=tmp_path)
    (info,) = pieces.read(data).signers
    certificates = element(0xA0, b"".join(pieces.read(data).certificates))
    made = enclosed(element(4, DATA), after=certificates + endless(0x31, in_ber(info)))
    assert verdict(made, tmp_path).verdict is Verdict.TRUSTED


@pytest.mark.parametrize(("name", "shown"), [("sha512-256", "sha512_256"), ("sha3-256", "sha3_256")])
def test_digests_few_use(name: str, shown: str, tmp_path: Path) -> None:
    found = verdict(p7m(DATA, signer(), folder=tmp_path, options=("-md", name)), tmp_path)
    assert found.verdict is Verdict.TRUSTED
    assert found.signers[0].digest == shown


def test_an_unknown_digest_is_named(tmp_path: Path) -> None:
    """Not verifiable, and the reason is not that something is damaged."""
    data = p7m(DATA, signer(), folder=tmp_path, options=("-md", "sha256"))
    other = data.replace(bytes.fromhex("0609608648016503040201"), bytes.fromhex("060960864801650304027f"))
    found = verdict(other, tmp_path)
    assert found.verdict is Verdict.NOT_VERIFIABLE
    assert "2.16.840.1.101.3.4.2.127" in found.problem.it
    assert "2.16.840.1.101.3.4.2.127" in found.problem.en


def test_an_envelope_without_signatures(tmp_path: Path) -> None:
    """Nobody signed, rightly said; what lost the place of its signatures is damaged, and never unsigned."""
    nobody = enclosed(element(4, DATA))
    assert verdict(nobody, tmp_path).verdict is Verdict.UNSIGNED
    lost = element(0x30, SIGNED + element(0xA0, element(0x30, b"\x02\x01\x01\x31\x00" + element(0x30, _inner()))))
    other = enclosed(element(4, DATA), after=b"\x33\x00")
    for data in (lost, other):
        assert unwrap(data).content == DATA
        assert verdict(data, tmp_path).verdict is Verdict.NOT_VERIFIABLE


def _inner() -> bytes:
    return PLAIN_DATA + element(0xA0, element(4, DATA))


def test_openssl_agrees_on_every_byte(tmp_path: Path) -> None:
    """What we call intact has the signed content, whichever byte of the envelope was changed."""
    data = p7m(DATA, signer(), folder=tmp_path)
    openssl("cms", "-verify", "-noverify", "-inform", "DER", "-out", tmp_path / "out", "-binary", input=data)
    for place in range(0, len(data), 29):
        changed = data[:place] + bytes([data[place] ^ 0x21]) + data[place + 1 :]
        try:
            found = unwrap(changed)
        except fk.InputError:
            continue
        if verify(found, trust=()).verdict.is_intact:
            assert found.content == DATA


def test_the_warning_comes_first(tmp_path: Path) -> None:
    """Before a name that breaks the rule, and before the attachments of a changed document."""
    path = tmp_path / "qualsiasi.p7m"
    path.write_bytes(
        p7m(DATA, signer(), folder=tmp_path).replace(b"<PrezzoUnitario>100.00<", b"<PrezzoUnitario>900.00<")
    )
    assert [finding.code for finding in fk.validate(str(path)).findings][:2] == ["00102", "00001"]
    (item,) = inputs.expand([str(path)], DEFAULT)
    answer = extracting(DEFAULT).one(item)
    assert answer is not None
    assert answer.warning is not None
    assert answer.warning.it.startswith("ATTENZIONE")
