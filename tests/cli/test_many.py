"""verify, unwrap, attachments and sign over many files: the same answers, in order, for any number of processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ..samples import INVOICE
from ..signature.making import p7m, signer
from .run import COMMAND, environment, fatturakit

DATA = INVOICE.encode()
ENV = {"FATTURAKIT_CACHE": "/nonexistent"}
ATTACHED = "<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>JVBERi0xLjc=</Attachment></Allegati>"
WITH_ATTACHMENT = INVOICE.replace("</FatturaElettronicaBody>", ATTACHED + "</FatturaElettronicaBody>").encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty files: sound, changed, cut, no document at all, unsigned."""
    folder = tmp_path_factory.mktemp("many")
    sound = p7m(WITH_ATTACHMENT, signer(), folder=folder)
    kinds = (sound, sound.replace(b">100.00<", b">900.00<"), sound[:-100], b"nothing", WITH_ATTACHMENT)
    (folder / "in").mkdir()
    for number in range(30):
        (folder / "in" / f"{number:02}.xml").write_bytes(kinds[number % len(kinds)])
    signer().p12(folder / "k.p12")
    return folder


@pytest.mark.parametrize("verb", ["verify", "unwrap", "attachments"])
def test_any_number_of_processes_gives_the_same(verb: str, home: Path) -> None:
    """Data, messages and exit code; one bad file stops nothing; the progress is for people only."""
    words = (verb, "in", "--format", "json", "--lang", "en")
    alone = fatturakit(*words, "-j", "1", cwd=home, **ENV)
    several = fatturakit(*words, "-j", "3", cwd=home, **ENV)
    moments = [json.loads(done.stdout)["documents"] for done in (alone, several)]
    for each in (row for rows in moments for row in rows):
        each.pop("at", None)
    assert moments[0] == moments[1]
    assert [Path(each["path"]).stem for each in moments[0]] == [f"{number:02}" for number in range(30)]
    assert (several.returncode, several.stderr) == (alone.returncode, alone.stderr)
    assert several.returncode == 3
    assert several.stderr.count("03.xml") == 1


def test_signing_on_several_processes(home: Path) -> None:
    """Every readable file is signed; the password is in no message and on no command line."""
    words = ("sign", "in", "--cades", "--p12", "k.p12", "-o", "out/", "--any-certificate")
    env = {**ENV, "FATTURAKIT_P12_PASSWORD": "segreta"}
    done = fatturakit(*words, "-j", "3", cwd=home, **env)
    assert done.returncode == 3, done.stderr
    assert len(list((home / "out").iterdir())) == 24
    assert "segreta" not in done.stderr + done.stdout
    judged = fatturakit("verify", "out", "-j", "2", "--format", "json", cwd=home, **ENV)
    rows = json.loads(judged.stdout)["documents"]
    assert {each["signers"][0]["integrity"] for each in rows} == {"intact"}


def test_progress_when_asked_for(home: Path) -> None:
    """Not on a pipe by itself (it would be a line every 30 seconds); never on stdout."""
    done = fatturakit("verify", "in", "--progress", "-q", cwd=home, **ENV)
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interruption_ends_well(home: Path) -> None:
    """Ctrl-C to the whole group, as a terminal sends it: well-formed data, exit code 130, no traceback, no process."""
    names = [str(home / "in" / "00.xml")] * 3000
    (home / "list.txt").write_text("\n".join(names))
    words = [*COMMAND, "verify", "@list.txt", "-j", "2", "--format", "json"]
    run = subprocess.Popen(
        words,
        cwd=home,
        env=environment(**ENV),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    )
    assert run.stdout is not None
    first = run.stdout.read(600)
    os.killpg(run.pid, signal.SIGINT)
    rest, messages = run.communicate(timeout=60)
    assert run.returncode == 130, messages
    assert b"Traceback" not in messages
    assert len(json.loads(first + rest)["documents"]) < 3000
    assert _gone(run.pid)


def _gone(group: int) -> bool:
    """Whether every process of a group ends by itself; that of a fork server's helper may take a moment."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.2)
    return False
