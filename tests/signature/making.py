"""Authorities, certificates and signatures made on the spot: throwaway keys, the real openssl."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
QC = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), bytes.fromhex("300a3008060604008e460101"))
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class Holder(NamedTuple):
    """A key, its certificate, and the certificates above it."""

    key: Any
    cert: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.cert.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.cert.public_bytes(serialization.Encoding.PEM)

    def p12(self, path: Path, password: bytes = b"segreta") -> Path:
        """The holder as a PKCS#12 file."""
        from cryptography.hazmat.primitives.serialization import pkcs12

        locked = serialization.BestAvailableEncryption(password)
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"firma", self.key, self.cert, self.above, locked))
        return path

    def files(self, folder: Path, name: str) -> tuple[Path, Path, Path]:
        """Certificate, key and chain as PEM files for openssl."""
        paths = tuple(folder / f"{name}.{part}" for part in ("crt", "key", "chain"))
        private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        paths[0].write_bytes(self.pem)
        paths[1].write_bytes(self.key.private_bytes(serialization.Encoding.PEM, *private))
        paths[2].write_bytes(b"".join(each.public_bytes(serialization.Encoding.PEM) for each in self.above))
        return paths  # type: ignore[return-value]


@cache
def key(kind: str = "rsa", number: int = 0) -> Any:
    """A key, the same for the same question: rsa, rsa1024, p256, p384."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:] or 2048))
    return ec.generate_private_key(ec.SECP256R1() if kind == "p256" else ec.SECP384R1())


def name(common: str, **more: str) -> x509.Name:
    """IT, an organisation, a common name, and what else is given by name."""
    parts = [(NameOID.COUNTRY_NAME, "IT"), (NameOID.ORGANIZATION_NAME, more.pop("organisation", "Inventata"))]
    parts += [(getattr(NameOID, each.upper()), value) for each, value in more.items()]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in [*parts, (NameOID.COMMON_NAME, common)]])


@cache
def authority(common: str = "CA Inventata", above: Holder | None = None, organisation: str = "Inventata") -> Holder:
    """A root, or an intermediate under ``above``."""
    own = key("rsa", hash(common) % 97)
    subject = name(common, organisation=organisation)
    issuer = above or Holder(own, None)  # type: ignore[arg-type]
    builder = _builder(subject, above.cert.subject if above else subject, own, NOW - 9 * YEAR, NOW + 9 * YEAR)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(usage("key_cert_sign", "crl_sign"), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    cert = builder.sign(issuer.key, hashes.SHA256())
    return Holder(own, cert, (above.cert, *above.above) if above else ())


def usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{each: each in allowed for each in _USAGES})


def signer(
    kind: str = "rsa",
    *,
    issuer: Holder | None = None,
    common: str = "Ada Inventata",
    allowed: tuple[str, ...] | None = ("content_commitment",),
    since: datetime = NOW - YEAR,
    until: datetime = NOW + YEAR,
    qualified: bool = True,
    serial: str = "TINIT-NVNDAA80A41H501X",
    number: int = 0,
    extensions: tuple[tuple[Any, bool], ...] = (),
) -> Holder:
    """A person with a certificate; ``allowed`` None leaves the key usage out."""
    above, own = issuer or authority(), key(kind, number)
    builder = _builder(name(common, serial_number=serial), above.cert.subject, own, since, until)
    if allowed is not None:
        builder = builder.add_extension(usage(*allowed), critical=True)
    if qualified:
        builder = builder.add_extension(QC, critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return Holder(own, builder.sign(above.key, hashes.SHA256()), (above.cert, *above.above))


def _builder(
    subject: x509.Name, issuer: x509.Name, own: Any, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(own.public_key())
    return builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


def openssl(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run openssl; it must succeed."""
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, check=False, **more)
    assert done.returncode == 0, done.stderr.decode()
    return done


def p7m(content: bytes, *holders: Holder, folder: Path, options: tuple[str, ...] = ("-cades",)) -> bytes:
    """``content`` in an attached envelope in DER, signed by all ``holders`` with openssl."""
    source, target = folder / "content", folder / "made.p7m"
    source.write_bytes(content)
    words: list[object] = ["cms", "-sign", "-nodetach", "-binary", "-outform", "DER", "-in", source, "-out", target]
    for place, holder in enumerate(holders):
        cert, private, chain = holder.files(folder, f"s{place}")
        words += ["-signer", cert, "-inkey", private]
        if place == 0 and holder.above:
            words += ["-certfile", chain]
    openssl(*words, *options)
    return target.read_bytes()
