"""verify, sign and trust as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..samples import INVOICE, NAME
from ..signature.making import authority, p7m, signer
from .run import fatturakit

DATA = INVOICE.encode()
ENV = {"FATTURAKIT_CACHE": "/nonexistent"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An unsigned invoice, a signed one, a changed one, a cut one, a key and its authority."""
    sound = p7m(DATA, signer(), folder=tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / NAME).write_bytes(DATA)
    (tmp_path / "sound.p7m").write_bytes(sound)
    (tmp_path / "changed.p7m").write_bytes(sound.replace(b">100.00<", b">900.00<"))
    (tmp_path / "cut.p7m").write_bytes(sound[:-100])
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    (tmp_path / "other.pem").write_bytes(authority("Altra CA").pem)
    signer().p12(tmp_path / "k.p12")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["sound.p7m"], 0, "firmatario non verificato"),
        (["sound.p7m", "--trust", "ca.pem"], 0, "affidabile"),
        (["sound.p7m", "--trust", "other.pem"], 1, "firmatario non verificato"),
        (["sound.p7m", "--trust", "missing.pem"], 2, ""),
        (["sound.p7m", "--at", "2099-01-01"], 0, "scaduto dopo la firma"),
        (["sound.p7m", "--at", "ieri"], 2, ""),
        (["changed.p7m"], 1, "contenuto cambiato"),
        (["cut.p7m"], 3, "recuperato"),
        (["in"], 1, "non firmato"),
        (["missing.p7m"], 3, ""),
        (["sound.p7m", "changed.p7m", "cut.p7m", "in"], 3, "esito"),
    ],
)
def test_verify(words: list[str], code: int, said: str, home: Path) -> None:
    """The exit code and the words for each."""
    done = fatturakit("verify", *words, cwd=home, **ENV)
    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stderr


def test_verify_as_data(home: Path) -> None:
    """One entry an input, in order, unreadable ones too."""
    done = fatturakit("verify", "sound.p7m", "missing.p7m", "-", "--format", "json", cwd=home, stdin=DATA, **ENV)
    found = json.loads(done.stdout)
    assert found["schema"] == "fatturakit/verify@1"
    assert [each["verdict"] for each in found["documents"]] == [
        "intact-signer-not-verified",
        "unreadable",
        "not-signed",
    ]
    (row,) = found["documents"][0]["signers"]
    assert (row["certificate"]["tax_code"], row["digest"]) == ("NVNDAA80A41H501X", "sha256")


def test_the_warning_comes_first(home: Path) -> None:
    """inspect says it before the document, beside the data on stderr; validate has 00102."""
    done = fatturakit("inspect", "changed.p7m", cwd=home, **ENV)
    assert done.stdout.startswith("ATTENZIONE: LA FIRMA NON È VALIDA")
    data = fatturakit("inspect", "changed.p7m", "--format", "json", cwd=home, **ENV)
    assert json.loads(data.stdout)
    assert "ATTENZIONE" in data.stderr
    assert not fatturakit("inspect", "sound.p7m", cwd=home, **ENV).stdout.startswith("ATTENZIONE")
    peeled = fatturakit("unwrap", "changed.p7m", cwd=home, **ENV)
    assert (peeled.returncode, "ATTENZIONE" in peeled.stderr) == (0, True)
    judged = fatturakit("validate", "changed.p7m", "--format", "concise", cwd=home, **ENV)
    assert (judged.returncode, "00102" in judged.stdout) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("convert", "{}"),
        ("convert", "{}", "--to", "csv", "--sheet", "lines"),
        ("diff", "{}", f"in/{NAME}"),
        ("render", "{}", "--to", "html"),
        ("split", "{}", "-o", "parts/"),
    ],
    ids=lambda words: "-".join(words[::2]) if words[0] == "convert" else words[0],
)
def test_every_verb_that_shows_a_document_warns(words: tuple[str, ...], home: Path) -> None:
    """Of the changed one, and not of the sound one; pages have it on the page."""
    said = {}
    for name in ("changed.p7m", "sound.p7m"):
        (home / "parts").mkdir(exist_ok=True)
        done = fatturakit(*(word.format(name) for word in words), "--lang", "it", cwd=home, **ENV)
        assert "Traceback" not in done.stderr
        said[name] = "LA FIRMA NON È VALIDA" in done.stdout + done.stderr
    assert said == {"changed.p7m": True, "sound.p7m": False}


@pytest.mark.parametrize(("form", "name"), [("--cades", f"{NAME}.p7m"), ("--xades", NAME)])
def test_sign_a_folder(form: str, name: str, home: Path) -> None:
    """The password from the environment; the names; no overwriting; what comes out verifies."""
    words = ("sign", "in", form, "--p12", "k.p12", "-o", "out/")
    assert fatturakit(*words, cwd=home, **ENV).returncode == 2  # no password
    env = {**ENV, "FATTURAKIT_P12_PASSWORD": "segreta"}
    done = fatturakit(*words, cwd=home, **env)
    assert (done.returncode, [path.name for path in (home / "out").iterdir()]) == (0, [name]), done.stderr
    assert fatturakit(*words, cwd=home, **env).returncode == 6
    assert fatturakit(*words, "--force", cwd=home, **env).returncode == 0
    assert fatturakit("verify", "out", "--trust", "ca.pem", cwd=home, **env).returncode == 0
    assert "segreta" not in done.stderr + done.stdout


def test_sign_to_standard_output_and_password_from_a_file(home: Path) -> None:
    """One file in, its envelope out."""
    (home / "secret").write_text("segreta\n")
    words = ("sign", f"in/{NAME}", "--cades", "--p12", "k.p12", "--password-file", "secret", "-o", "one.p7m")
    assert fatturakit(*words, cwd=home, **ENV).returncode == 0
    assert fatturakit("verify", "one.p7m", cwd=home, **ENV).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["in", "--p12", "k.p12"],
        ["in", "--cades"],
        ["in", "--cades", "--p12", "k.p12", "--pkcs11", "x.so"],
        ["in", "--cades", "--p12", "missing.p12"],
        ["in", "--cades", "--pkcs11", "missing.so", "--token", "T", "--key", "K"],
    ],
)
def test_sign_wrongly_called(words: list[str], home: Path) -> None:
    """Exit code 2 and a sentence."""
    done = fatturakit("sign", *words, cwd=home, FATTURAKIT_P12_PASSWORD="segreta", **ENV)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_trust_without_a_list(home: Path) -> None:
    """Says so; doctor too; an update that cannot be had is 5."""
    assert "trust update" in fatturakit("trust", "status", cwd=home, **ENV).stdout
    assert "trust update" in fatturakit("trust", "list", cwd=home, **ENV).stdout
    assert fatturakit("trust", "show", "x", cwd=home, **ENV).returncode == 2
    assert json.loads(fatturakit("trust", "status", "--format", "json", cwd=home, **ENV).stdout)["fetched"] is None
    done = fatturakit("trust", "update", "--url", "http://127.0.0.1:9/lotl.xml", cwd=home, **ENV)
    assert done.returncode == 5, done.stderr
    assert "trust update" in fatturakit("doctor", cwd=home, **ENV).stdout
