"""Envelopes and documents made by somebody who wants a wrong verdict, or a program that never ends."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

import fatturakit as fk
from fatturakit.signature.reencoding import in_der
from fatturakit.signature.verdict import Trust, Verdict
from fatturakit.signature.verify import verify

from ..envelope.wrapping import element
from ..samples import INVOICE
from .making import NOW, YEAR, Holder, _builder, authority, key, name, p7m, signer
from .test_xades import signed

DATA = INVOICE.encode()
SIGNED = bytes.fromhex("06092a864886f70d010702")
PLAIN = bytes.fromhex("06092a864886f70d010701")
TIME_STAMP = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")
COUNTER = bytes.fromhex("06092a864886f70d010906")
OURS = element(4, hashlib.sha256(DATA).digest())
OTHER = element(4, bytes(32))


class Kit(NamedTuple):
    """The parts of a real envelope, to be put together otherwise."""

    head: bytes
    tail: bytes
    sid: bytes
    digest: bytes
    algorithm: bytes

    def envelope(self, *infos: bytes, content: bytes = DATA) -> bytes:
        body = self.head + element(0x30, PLAIN + element(0xA0, element(4, content))) + self.tail
        return element(0x30, SIGNED + element(0xA0, element(0x30, body + element(0x31, b"".join(infos)))))

    def info(self, attributes: bytes | None, signature: bytes, unsigned: bytes = b"") -> bytes:
        stated = b"" if attributes is None else element(0xA0, attributes)
        rest = self.algorithm + element(4, signature) + (element(0xA1, unsigned) if unsigned else b"")
        return element(0x30, b"\x02\x01\x01" + self.sid + self.digest + stated + rest)

    def signed(self, *attributes: bytes) -> bytes:
        """A signer info whose attributes are rightly signed, whatever they say."""
        joined = b"".join(attributes)
        return self.info(joined, hand(element(0x31, joined)))


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    data = p7m(DATA, signer(), folder=tmp_path_factory.mktemp("kit"))
    found = cms.ContentInfo.load(data)["content"]
    info = found["signer_infos"][0]
    return Kit(
        found["version"].dump() + found["digest_algorithms"].dump(),
        found["certificates"].dump(),
        *(info[part].dump() for part in ("sid", "digest_algorithm", "signature_algorithm")),
    )


def hand(data: bytes) -> bytes:
    """The signature of the usual signer."""
    return bytes(signer().key.sign(data, padding.PKCS1v15(), hashes.SHA256()))


def attribute(kind: bytes, *values: bytes) -> bytes:
    return element(0x30, kind + element(0x31, b"".join(values)))


TYPE = attribute(CONTENT_TYPE, PLAIN)
ATTRIBUTES: dict[str, tuple[tuple[bytes, ...], Verdict]] = {
    "as they must be": ((TYPE, attribute(DIGEST, OURS)), Verdict.NOT_VERIFIED),
    "no content type": ((attribute(DIGEST, OURS),), Verdict.CHANGED),
    "no digest": ((TYPE,), Verdict.CHANGED),
    "another content type": ((attribute(CONTENT_TYPE, TIME_STAMP), attribute(DIGEST, OURS)), Verdict.CHANGED),
    "another digest": ((TYPE, attribute(DIGEST, OTHER)), Verdict.CHANGED),
    "the digest twice": ((TYPE, attribute(DIGEST, OURS), attribute(DIGEST, OTHER)), Verdict.NOT_VERIFIABLE),
    "two values": ((TYPE, attribute(DIGEST, OTHER, OURS)), Verdict.NOT_VERIFIABLE),
}


@pytest.mark.parametrize("case", ATTRIBUTES)
def test_signed_attributes_that_say_something_else(case: str, kit: Kit) -> None:
    """Each rightly signed: only what they say is wrong."""
    attributes, expected = ATTRIBUTES[case]
    assert verify(kit.envelope(kit.signed(*attributes)), trust=()).verdict is expected


def test_one_good_signer_does_not_cover_a_bad_one(kit: Kit) -> None:
    """In either order."""
    good, bad = kit.signed(TYPE, attribute(DIGEST, OURS)), kit.signed(TYPE, attribute(DIGEST, OTHER))
    for infos in ((good, bad), (bad, good)):
        assert verify(kit.envelope(*infos), trust=()).verdict is Verdict.CHANGED


def test_signed_attributes_passed_off_as_a_content(kit: Kit) -> None:
    """The signature over the attributes of one envelope, moved into one whose content they are."""
    attributes = element(0x31, TYPE + attribute(DIGEST, OURS))
    assert verify(kit.envelope(kit.info(None, hand(attributes)), content=attributes), trust=()).verdict is (
        Verdict.CHANGED
    )


def test_attributes_sent_in_ber_and_signed_in_der(kit: Kit) -> None:
    """Indefinite lengths, and a set out of order: what was signed is its DER."""
    sorted_ = b"".join(sorted((TYPE, attribute(DIGEST, OURS))))
    endless = b"\x30\x80" + DIGEST + b"\x31\x80" + b"\x24\x80" + OURS + b"\x00\x00" * 3
    for sent in (attribute(DIGEST, OURS) + TYPE, TYPE + endless):
        info = kit.info(sent, hand(element(0x31, sorted_)))
        assert verify(kit.envelope(info), trust=()).verdict is Verdict.NOT_VERIFIED
    assert in_der(element(0x31, endless + TYPE)) == element(0x31, sorted_)


def _many_counters(kit: Kit) -> bytes:
    inner = kit.info(TYPE, bytes(256))
    for _ in range(3):
        inner = kit.info(TYPE, bytes(256), attribute(COUNTER, *[inner] * 14))
    return kit.envelope(inner)


def _nested_certificates(kit: Kit) -> bytes:
    """A whole envelope among the signed attributes: a library that rebuilds values needs minutes for it."""
    whole = kit.envelope(*[kit.signed(TYPE, attribute(DIGEST, OURS))])
    content_stamp = attribute(bytes.fromhex("060b2a864886f70d010910020e"), whole)
    return kit.envelope(kit.info(TYPE + attribute(DIGEST, OURS) + content_stamp, bytes(256)))


def _deep(kit: Kit) -> bytes:
    inner = b""
    for _ in range(3000):
        inner = element(0x30, inner)
    return kit.envelope(kit.info(TYPE + attribute(DIGEST, OURS) + attribute(SIGNING_TIME, inner), bytes(256)))


@pytest.mark.parametrize(
    "made",
    [
        _many_counters,
        _nested_certificates,
        _deep,
        lambda kit: kit.envelope(*[kit.info(TYPE, bytes(256))] * 3000),
        lambda kit: kit.envelope(element(0x30, b"\x02\x01\x01" + b"\x30\x80" * 60_000)),
    ],
)
def test_work_stays_small(made: Callable[[Kit], bytes], kit: Kit) -> None:
    """A verdict, and soon."""
    data = made(kit)
    start = time.process_time()
    assert not verify(data, trust=()).verdict.is_intact
    assert time.process_time() - start < 3


@cache
def _twins() -> tuple[Holder, ...]:
    """Authorities of one name that all certify one another."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(4)]
    limits, both = x509.BasicConstraints(ca=True, path_length=None), name("Gemelle")
    made = []
    for own in keys:
        builder = _builder(both, both, own, NOW - YEAR, NOW + YEAR).add_extension(limits, critical=True)
        made += [Holder(other, builder.sign(other, hashes.SHA256())) for other in keys if other is not own]
    return tuple(made)


def test_certificates_that_certify_one_another(tmp_path: Path) -> None:
    """There are more ways through them than anybody can try."""
    twins = _twins()
    first = Holder(twins[0].key, twins[0].cert, tuple(each.cert for each in twins[1:]))
    data = p7m(DATA, signer(issuer=first), folder=tmp_path)
    (tmp_path / "ca.pem").write_bytes(authority("Altra CA").pem)
    start = time.process_time()
    found = verify(data, trust=[tmp_path / "ca.pem"])
    assert ([row.trust for row in found.signers], found.verdict) == ([Trust.UNTRUSTED], Verdict.NOT_VERIFIED)
    assert time.process_time() - start < 5


def test_the_sound_way_is_found_among_others(tmp_path: Path) -> None:
    """An intermediate of the same name with another key, and one that has run out, stand beside the right one."""
    root = authority()
    right = authority("Intermedia", root)
    subject = right.cert.subject
    limits = x509.BasicConstraints(ca=True, path_length=None)
    wrong = [
        _builder(subject, root.cert.subject, own, since, until)
        .add_extension(limits, critical=True)
        .sign(root.key, hashes.SHA256())
        for own, since, until in (
            (key("p256", 7), NOW - YEAR, NOW + YEAR),
            (right.key, NOW - 3 * YEAR, NOW - 2 * YEAR),
        )
    ]
    holder = signer(issuer=right)
    holder = holder._replace(above=(*wrong, *holder.above))
    (tmp_path / "ca.pem").write_bytes(root.pem)
    assert verify(p7m(DATA, holder, folder=tmp_path), trust=[tmp_path / "ca.pem"]).verdict is Verdict.TRUSTED
    only_expired = holder._replace(above=(wrong[1],))
    found = verify(p7m(DATA, only_expired, folder=tmp_path), trust=[tmp_path / "ca.pem"])
    assert [row.trust for row in found.signers] != [Trust.TRUSTED]


def test_certificates_nobody_can_use(tmp_path: Path, kit: Kit) -> None:
    """A curve written out, a damaged one: not verifiable, no exception."""
    data = p7m(DATA, signer("p256"), folder=tmp_path)
    named = bytes.fromhex("06082a8648ce3d030107")
    broken = data.replace(named, b"\x30" + named[1:])
    assert broken != data
    assert verify(broken, trust=()).verdict is Verdict.NOT_VERIFIABLE


def _many_references(made: bytes) -> bytes:
    found = re.search(rb"<ds:Reference [^>]*>.*?</ds:Reference>", made, re.DOTALL)
    assert found is not None
    return made.replace(found[0], found[0] * 60)


def _comment_between_digits(made: bytes) -> bytes:
    return made.replace(b">100.00<", b">1<!-- 9 -->00.00<")


def test_documents_that_cost_or_confuse(tmp_path: Path) -> None:
    """Sixty references; comments, which no signature covers, never change what is read; no certificate inside."""
    made = signed(DATA, tmp_path)
    assert not verify(_many_references(made), trust=()).verdict.is_intact
    commented = _comment_between_digits(made)
    assert commented != made
    assert verify(commented, trust=()).verdict is Verdict.NOT_VERIFIED
    line = fk.open(commented).body[0].dati_beni_servizi.dettaglio_linee[0]
    assert str(line.prezzo_totale) == "100.00"
    without = re.sub(rb"<ds:KeyInfo.*?</ds:KeyInfo>", b"", made, flags=re.DOTALL)
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    assert verify(without, trust=[tmp_path / "ca.pem"]).verdict is Verdict.NOT_VERIFIABLE
