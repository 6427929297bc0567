"""Whom to trust: files, folders, national lists, and lists fetched from a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

import fatturakit as fk
from fatturakit.errors import RemoteError
from fatturakit.signature import store
from fatturakit.signature.trust import anchors
from fatturakit.signature.update import update
from fatturakit.signature.verdict import Trust, Verdict

from ..samples import INVOICE
from . import lists
from .making import NOW, YEAR, Holder, authority, p7m, signer

DATA = INVOICE.encode()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, and nothing from outside."""
    for name in ("FATTURAKIT_TRUST", "FATTURAKIT_LOTL_URL", "FATTURAKIT_LOTL_CERTIFICATES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FATTURAKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def operator(common: str = "Operatore della lista") -> Holder:
    return signer(common=common, allowed=("digital_signature",), issuer=authority("Radice dell'operatore"))


def national(folder: Path, status: str = lists.GRANTED, since: str = "2020-01-01T00:00:00Z") -> bytes:
    return lists.signed(lists.country((authority(), status, since)), operator(), folder)


def test_files_folders_der_and_pem(tmp_path: Path) -> None:
    """A bundle of PEM, a DER file, a folder of both; the environment; nothing else in a folder matters."""
    folder = tmp_path / "autorità"
    folder.mkdir()
    (folder / "due.pem").write_bytes(authority().pem + b"\ntesto\n" + authority("Altra CA").pem)
    (folder / "una.der").write_bytes(authority("Terza CA").der)
    (folder / "leggimi.txt").write_text("niente")
    assert len(anchors([folder]).certificates) == 3
    assert len(anchors([folder / "due.pem"]).certificates) == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FATTURAKIT_TRUST", str(folder / "una.der"))
        assert anchors().certificates == (authority("Terza CA").der,)
    assert not anchors()


@pytest.mark.parametrize(
    "content", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(content: bytes, tmp_path: Path) -> None:
    """A sentence, exit code 2."""
    (tmp_path / "x.pem").write_bytes(content)
    with pytest.raises(fk.UsageError):
        anchors([tmp_path / "x.pem"])
    with pytest.raises(fk.UsageError):
        anchors([tmp_path / "missing.pem"])


@pytest.mark.parametrize(
    ("status", "since", "trust", "verdict"),
    [
        (lists.GRANTED, "2020-01-01T00:00:00Z", Trust.TRUSTED, Verdict.TRUSTED),
        (lists.GRANTED, "2099-01-01T00:00:00Z", Trust.UNTRUSTED, Verdict.NOT_VERIFIED),
    ],
)
def test_a_national_list_on_disk(status: str, since: str, trust: Trust, verdict: Verdict, tmp_path: Path) -> None:
    """The authority counts from the day the list recognises it."""
    path = tmp_path / "IT.xml"
    path.write_bytes(national(tmp_path, status, since))
    found = fk.verify(p7m(DATA, signer(), folder=tmp_path), trust=[path])
    assert [row.trust for row in found.signers] == [trust]
    assert found.verdict is verdict


def test_a_withdrawn_authority_is_not_trusted(tmp_path: Path) -> None:
    """Not the only one of the list, so that the list is not empty."""
    path = tmp_path / "IT.xml"
    both = lists.country(
        (authority(), lists.WITHDRAWN, "2020-01-01T00:00:00Z"),
        (authority("Altra CA"), lists.GRANTED, "2020-01-01T00:00:00Z"),
    )
    path.write_bytes(lists.signed(both, operator(), tmp_path))
    assert not fk.verify(p7m(DATA, signer(), folder=tmp_path), trust=[path]).ok
    other = signer(issuer=authority("Altra CA"))
    assert fk.verify(p7m(DATA, other, folder=tmp_path), trust=[path]).verdict is Verdict.TRUSTED


def test_lists_that_are_changed_or_not_signed_are_refused(tmp_path: Path) -> None:
    """Nobody may add an authority on the way."""
    sound = national(tmp_path)
    path = tmp_path / "IT.xml"
    for data in (
        sound.replace(b"CA Inventata", b"CA Diversa"),
        lists.country((authority(), lists.GRANTED, "2020-01-01T00:00:00Z")).encode(),
    ):
        path.write_bytes(data)
        with pytest.raises(fk.InputError):
            anchors([path])
        path.unlink()


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """A server on this machine; the address its files are under."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_update_fetches_checks_and_keeps(tmp_path: Path, cache: Path) -> None:
    """Then signers are verified without naming anything, and the age is known."""
    own, national_operator = operator("Operatore europeo"), operator()
    text = lists.country((authority(), lists.GRANTED, "2020-01-01T00:00:00Z"))
    files = {"/IT.xml": lists.signed(text, national_operator, tmp_path)}
    signers = tmp_path / "signers.pem"
    signers.write_bytes(own.pem)
    with served(files) as home:
        files["/lotl.xml"] = lists.signed(lists.list_of_lists(f"{home}/IT.xml", national_operator), own, tmp_path)
        kept = update(url=f"{home}/lotl.xml", signers=signers)
    assert [source.territory for source in kept.sources] == ["EU", "IT"]
    assert [service.certificate for service in kept.services] == [authority().der]
    again = store.load()
    assert again == kept
    assert again.age(NOW) == 0
    assert not again.overdue(NOW)
    assert again.overdue(NOW + YEAR)
    data = p7m(DATA, signer(), folder=tmp_path)
    assert fk.verify(data).verdict is Verdict.TRUSTED
    assert fk.verify(data, trust=()).verdict is Verdict.NOT_VERIFIED
    assert not fk.verify(p7m(DATA, signer(issuer=authority("Altra CA")), folder=tmp_path)).ok


@pytest.mark.parametrize(
    "wrong", ["lotl signer", "lotl changed", "national signer", "national changed", "absent", "country"]
)
def test_update_refuses_what_is_not_rightly_signed(wrong: str, tmp_path: Path, cache: Path) -> None:
    """Nothing is kept."""
    own, theirs = operator("Operatore europeo"), operator()
    text = lists.country((authority(), lists.GRANTED, "2020-01-01T00:00:00Z"))
    files = {"/IT.xml": lists.signed(text, operator("Altri") if wrong == "national signer" else theirs, tmp_path)}
    if wrong == "national changed":
        files["/IT.xml"] = files["/IT.xml"].replace(b"CA Inventata", b"CA Diversa")
    signers = tmp_path / "signers.pem"
    signers.write_bytes(own.pem)
    with served(files) as home:
        where = "assente" if wrong == "absent" else "IT"
        lotl = lists.list_of_lists(f"{home}/{where}.xml", theirs, "FR" if wrong == "country" else "IT")
        files["/lotl.xml"] = lists.signed(lotl, theirs if wrong == "lotl signer" else own, tmp_path)
        if wrong == "lotl changed":
            files["/lotl.xml"] = files["/lotl.xml"].replace(b"Lista di prova", b"Lista diversa")
        with pytest.raises(RemoteError):
            update(url=f"{home}/lotl.xml", signers=signers)
    assert store.load() is None


def test_revocation_is_asked_for_only_online(tmp_path: Path) -> None:
    """A certificate on the revocation list of its authority, served here."""
    root = authority()
    files: dict[str, bytes] = {}
    with served(files) as home:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{home}/ca.crl")], None, None, None)
        holder = signer(extensions=((x509.CRLDistributionPoints([point]), False),))
        revoked = x509.RevokedCertificateBuilder().serial_number(holder.cert.serial_number)
        entry = revoked.revocation_date(NOW - timedelta(days=30)).build()
        builder = x509.CertificateRevocationListBuilder().issuer_name(root.cert.subject).add_revoked_certificate(entry)
        builder = builder.last_update(NOW - timedelta(hours=1)).next_update(NOW + timedelta(days=1))
        made = builder.sign(root.key, hashes.SHA256())
        files["/ca.crl"] = made.public_bytes(serialization.Encoding.DER)
        data = p7m(DATA, holder, folder=tmp_path)
        (tmp_path / "ca.pem").write_bytes(root.pem)
        offline = fk.verify(data, trust=[tmp_path / "ca.pem"])
        online = fk.verify(data, trust=[tmp_path / "ca.pem"], online=True)
    assert offline.verdict is Verdict.TRUSTED
    assert [row.trust for row in online.signers] == [Trust.REVOKED]
    assert (online.verdict, online.ok) == (Verdict.NOT_VALID_AT_SIGNING, False)
