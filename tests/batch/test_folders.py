"""Folders with more in them than files, and what can be read only once."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from fatturakit.batch.folders import walk
from fatturakit.batch.inputs import SUFFIXES, expand
from fatturakit.errors import InputError
from fatturakit.limits import DEFAULT, Limits

from ..cli.run import fatturakit
from ..samples import archive_of, invoice


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with a pipe, links to a file, a folder, nothing and themselves, and a folder named as a file."""
    folder = tmp_path / "in"
    (folder / "c.xml").mkdir(parents=True)
    for path in (folder / "a.xml", folder / "c.xml" / "d.xml", tmp_path / "out.xml"):
        path.write_bytes(invoice())
    os.mkfifo(folder / "pipe.xml")
    for name, target in (("e", "../out"), ("nowhere", "gone"), ("round", "round")):
        (folder / f"{name}.xml").symlink_to(f"{target}.xml")
    (folder / "up").symlink_to("..")
    return folder


def test_a_pipe_in_a_folder_is_passed_over(odd: Path) -> None:
    """Nobody writes to it, so reading would never end; links that lead nowhere are answered for."""
    names = [os.path.relpath(path, odd) for path in walk(str(odd), SUFFIXES)]
    assert names == ["a.xml", "e.xml", "nowhere.xml", "round.xml", "c.xml/d.xml"]
    told = fatturakit("validate", odd, "--format", "concise", "--select", "00106", FATTURAKIT_LANG="it")
    assert told.returncode == 3
    assert [line.rpartition(" aprire: ")[2] for line in told.stdout.splitlines()] == [
        "non esiste.",
        "i collegamenti girano in tondo.",
    ]


def test_a_folder_that_may_not_be_listed_is_named(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not go missing in silence."""
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("c.xml"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [*walk(str(odd), SUFFIXES)][-1] == str(odd / "c.xml")


def poured(data: bytes, path: Path) -> str:
    """A pipe through which ``data`` will come, once."""
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(data,), daemon=True).start()
    return str(path)


def test_a_pipe_that_is_named(tmp_path: Path) -> None:
    """It is read once, whatever is in it, as with ``<(…)`` of a shell."""
    (plain,) = expand([poured(invoice(), tmp_path / "one")], DEFAULT)
    assert plain.read(DEFAULT) == invoice()
    archive = archive_of(tmp_path / "x.zip", {"x.xml": invoice()}).read_bytes()
    inside = [item.shown for item in expand([poured(archive, tmp_path / "two")], DEFAULT) if item.archive != ""]
    assert inside == [f"{tmp_path / 'two'}!x.xml"]
    (large,) = expand([poured(invoice(), tmp_path / "three")], Limits(document_bytes=100))
    with pytest.raises(InputError, match="il limite di lettura"):
        large.read(DEFAULT)


@pytest.mark.parametrize("words", [["render"], ["inspect"], ["diff", "{it}"], ["saft", "validate"]])
def test_every_verb_takes_a_pipe(words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "out.xml"
    path.write_bytes(invoice())
    told = fatturakit(*(word.format(it=path) for word in words), poured(invoice(), tmp_path / "pipe"))
    assert told.returncode == (3 if words[0] == "saft" else 0), told.stderr
    assert "PT1013" in told.stdout or words[0] != "saft"
