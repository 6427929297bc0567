"""Signing with files and with a token; openssl and our own verification read it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms

import fatturakit as fk
from fatturakit.signature.verdict import Verdict
from fatturakit.signature.verify import verify

from ..samples import INVOICE
from .making import NOW, YEAR, Holder, authority, openssl, signer

DATA = INVOICE.encode()
MODULE = next(
    (
        path
        for path in (
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm2.so",
            "/opt/homebrew/lib/softhsm/libsofthsm2.so",
        )
        if Path(path).is_file()
    ),
    "",
)
needs_softhsm = pytest.mark.skipif(not (MODULE and shutil.which("softhsm2-util")), reason="SoftHSM is not here")


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_cades_is_what_openssl_and_we_accept(kind: str, tmp_path: Path) -> None:
    """Attached, with signing time, signing-certificate-v2, SHA-256 and the chain; the content byte for byte."""
    holder = signer(kind, issuer=authority("Intermedia", authority()))
    with fk.signing_key(p12=holder.p12(tmp_path / "k.p12"), secret="segreta") as key:
        made = fk.sign(DATA, key, at=NOW)
    (tmp_path / "made.p7m").write_bytes(made)
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    words = ("-inform", "DER", "-in", tmp_path / "made.p7m", "-CAfile", tmp_path / "ca.pem", "-purpose", "any")
    openssl("cms", "-verify", "-cades", "-binary", *words, "-out", tmp_path / "out.xml")
    assert (tmp_path / "out.xml").read_bytes() == DATA
    info = cms.ContentInfo.load(made)["content"]["signer_infos"][0]
    names = {each["type"].native for each in info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_time", "signing_certificate_v2"} <= names
    found = verify(made, trust=[tmp_path / "ca.pem"])
    (row,) = found.signers
    assert (found.verdict, row.signed_at, row.format) == (Verdict.TRUSTED, NOW, "CAdES-BES")


def test_a_signed_file_is_signed_again_around_it(tmp_path: Path) -> None:
    """CAdES around CAdES; XAdES has no place in an envelope, and a second XAdES would break the first."""
    with fk.signing_key(p12=signer().p12(tmp_path / "k.p12"), secret="segreta") as key:
        once = fk.sign(DATA, key)
        assert [row.level for row in verify(fk.sign(once, key), trust=()).signers] == [1, 2]
        with pytest.raises(fk.InputError, match=r"busta|envelope"):
            fk.sign(once, key, form="xades")
        with pytest.raises(fk.InputError, match="XAdES"):
            fk.sign(fk.sign(DATA, key, form="xades"), key, form="xades")


@pytest.mark.parametrize(
    "holder",
    [
        signer(since=NOW - 3 * YEAR, until=NOW - timedelta(days=1)),
        signer(since=NOW + timedelta(days=1), until=NOW + YEAR),
        signer(allowed=("key_encipherment",)),
    ],
    ids=["expired", "future", "encryption"],
)
def test_an_unfit_certificate_signs_only_when_told(holder: Holder, tmp_path: Path) -> None:
    """SdI would refuse the signature."""
    with fk.signing_key(p12=holder.p12(tmp_path / "k.p12"), secret="segreta") as key:
        with pytest.raises(fk.UsageError):
            fk.sign(DATA, key)
        assert verify(fk.sign(DATA, key, any_certificate=True), trust=()).verdict is Verdict.NOT_VALID_AT_SIGNING


@pytest.mark.parametrize("secret", ["nonquesta", None])
def test_a_wrong_password_is_a_sentence_without_it(secret: str | None, tmp_path: Path) -> None:
    """No traceback, and the password is not in it."""
    path = signer().p12(tmp_path / "k.p12")
    with pytest.raises(fk.UsageError) as caught, fk.signing_key(p12=path, secret=secret):
        pass
    assert "nonquesta" not in str(caught.value)


def token(folder: Path, kind: str) -> Holder:
    """A SoftHSM token FIRMA with key and certificate «firma», in a folder of the test."""
    holder = signer(kind)
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    env = os.environ | {"SOFTHSM2_CONF": str(folder / "softhsm2.conf")}
    cert, private, _ = holder.files(folder, "token")
    run = {"env": env, "check": True, "capture_output": True}
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "FIRMA", "--pin", "1234", "--so-pin", "5678"], **run
    )  # type: ignore[call-overload]
    words = [
        "softhsm2-util",
        "--import",
        str(private),
        "--token",
        "FIRMA",
        "--label",
        "firma",
        "--id",
        "01",
        "--pin",
        "1234",
    ]
    subprocess.run(words, **run)  # type: ignore[call-overload]
    openssl("x509", "-in", cert, "-outform", "DER", "-out", folder / "token.der")
    words = ["pkcs11-tool", "--module", MODULE, "--login", "--pin", "1234", "--token-label", "FIRMA"]
    words += ["--write-object", str(folder / "token.der"), "--type", "cert", "--label", "firma", "--id", "01"]
    subprocess.run(words, **run)  # type: ignore[call-overload]
    return holder


PROGRAM = """
import sys
import fatturakit as fk
with fk.signing_key(pkcs11=sys.argv[1], token="FIRMA", key="firma", secret="1234") as key:
    for form in ("cades", "xades", "cades"):
        found = fk.verify(fk.sign(sys.argv[2], key, form=form), trust=[sys.argv[3]])
        print(found.verdict.value, found.signers[0].format)
"""


@needs_softhsm
@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_a_token_signs(kind: str, tmp_path: Path) -> None:
    """The key stays in SoftHSM; several signatures in one session, in a process of its own: the library keeps state."""
    import sys

    if not shutil.which("pkcs11-tool"):
        pytest.skip("pkcs11-tool is not here")
    token(tmp_path, kind)
    (tmp_path / "f.xml").write_bytes(DATA)
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    words = [sys.executable, "-c", PROGRAM, MODULE, str(tmp_path / "f.xml"), str(tmp_path / "ca.pem")]
    env = os.environ | {"SOFTHSM2_CONF": str(tmp_path / "softhsm2.conf")}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "intact-trusted CAdES-BES",
        "intact-trusted XAdES-BES enveloped",
        "intact-trusted CAdES-BES",
    ], done.stderr
