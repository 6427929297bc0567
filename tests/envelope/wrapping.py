"""Wrappings made in tests: envelopes by the real openssl and by hand, e-mail, archives."""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest

from ..samples import invoice

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None and not os.environ.get("CI"), reason="openssl is not here")
SIGNED = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"


@cache
def _identity() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fatturakit-throwaway-"))
    subject = "/C=IT/O=Certificati Inventati/CN=Firma di Prova"
    words = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", subject)
    _openssl(*words, "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    return folder


def _openssl(*words: str, data: bytes = b"") -> bytes:
    assert OPENSSL, "mark the test with needs_openssl"
    return subprocess.run([OPENSSL, *words], input=data, capture_output=True, check=True).stdout


def signed(payload: bytes, *options: str, form: str = "DER") -> bytes:
    """``payload`` in an envelope signed with a throwaway key; options as ``openssl cms -sign`` takes them."""
    keys = ("-signer", str(_identity() / "cert.pem"), "-inkey", str(_identity() / "key.pem"))
    return _openssl("cms", "-sign", "-binary", "-nodetach", *keys, "-outform", form, *options, data=payload)


@cache
def sample() -> bytes:
    """The sample invoice, signed."""
    return signed(invoice())


def element(tag: int, content: bytes) -> bytes:
    """An ASN.1 element of definite length."""
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def endless(tag: int, content: bytes) -> bytes:
    """An ASN.1 element of indefinite length."""
    return bytes([tag, 0x80]) + content + b"\x00\x00"


def enclosed(string: bytes, *, indefinite: bool = False, after: bytes = b"\x31\x00") -> bytes:
    """SignedData around an encoded OCTET STRING; ``after`` is what follows the content (no signer at all)."""
    make = endless if indefinite else element
    body = b"\x02\x01\x01\x31\x00" + make(0x30, DATA + make(0xA0, string)) + after
    return make(0x30, SIGNED + make(0xA0, make(0x30, body)))


def chunks(payload: bytes, size: int, *, indefinite: bool = False) -> bytes:
    """``payload`` as a constructed OCTET STRING of pieces."""
    pieces = b"".join(element(0x04, payload[at : at + size]) for at in range(0, len(payload), size))
    return (endless if indefinite else element)(0x24, pieces)


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def letter(files: dict[str, bytes], *, end: str = "\r\n", encoding: str = "base64") -> bytes:
    """An e-mail with attachments; ``.eml`` ones are attached as messages."""
    edge = f"b=_{sum(map(len, files.values()))}"  # a letter in a letter has another one
    lines = ["From: a@pec.example", "Subject: =?utf-8?q?Invio_=C3=A8?=", "MIME-Version: 1.0"]
    lines += [f'Content-Type: multipart/mixed; boundary="{edge}"', "", "Testo", f"--{edge}", "Content-Type: text/plain"]
    lines += ["", "Ciao"]
    for name, data in files.items():
        message = name.endswith(".eml")
        lines += [f"--{edge}", f"Content-Type: {'message/rfc822' if message else 'application/octet-stream'}"]
        lines += [f'Content-Disposition: attachment; filename="{name}"']
        lines += [] if message else [f"Content-Transfer-Encoding: {encoding}"]
        lines += ["", data.decode("latin-1") if message else _encoded(data, encoding)]
    return end.join([*lines, f"--{edge}--", ""]).encode("latin-1")


def _encoded(data: bytes, encoding: str) -> str:
    return base64.encodebytes(data).decode() if encoding == "base64" else data.decode("latin-1")
