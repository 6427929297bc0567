"""Killed, crowded, without room: the archive stays whole, and doing it again finishes the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fatturakit as fk

from .made import OURS, message, received, sent

MANY = 600
ADD = (
    "import sys, fatturakit as fk\nwith fk.Archive(sys.argv[1]) as archive: print(archive.add(*sys.argv[2:]).documents)"
)

SLOWLY = (
    "import sys, fatturakit as fk\n"
    "with fk.Archive(sys.argv[1]) as a: a.add(*sys.argv[2:], step=lambda name: print(name, flush=True))"
)
COUNTED = ("documents", "invoices", "files")


def folder(home: Path, count: int = MANY) -> Path:
    home.mkdir()
    for serial in range(1, count + 1):
        name, data = received(serial)
        (home / name).write_bytes(data)
    return home


def start(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_killed_while_adding_and_resumed(place: str, tmp_path: Path) -> None:
    home = folder(tmp_path / "in")
    fk.Archive(place).close()
    for inputs in (MANY // 4, MANY // 2, MANY - 10):
        working = start(SLOWLY, place, home)
        assert working.stdout is not None
        for _ in range(inputs):
            working.stdout.readline()
        working.kill()
        working.communicate()
        with fk.Archive(place) as archive:
            assert not archive.check()
            counts = {archive.store.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in COUNTED}
            assert len(counts) == 1, "a portion was written in part"
    with fk.Archive(place) as archive:
        archive.add(str(home))
        assert archive.count() == MANY
        assert not archive.check()


def test_several_writers_at_once(place: str, tmp_path: Path) -> None:
    home = folder(tmp_path / "in", 300)
    fk.Archive(place).close()
    working = [start(ADD, place, home) for _ in range(3)]
    outcomes = [each.communicate(timeout=120) for each in working]
    assert [each.returncode for each in working] == [0, 0, 0], outcomes
    assert sum(int(out) for out, _ in outcomes) == 300
    with fk.Archive(place) as archive:
        assert archive.count() == 300
        assert not archive.check()


def test_killed_while_exporting(place: str, tmp_path: Path) -> None:
    home, target = folder(tmp_path / "in", 400), tmp_path / "out.zip"
    with fk.Archive(place) as archive:
        archive.add_company(OURS)
        archive.add(str(home))
    slow = (
        "import sys, time, fatturakit as fk\ndef step(_): print('.', flush=True); time.sleep(.01)\n"
        "with fk.Archive(sys.argv[1]) as a: a.export(sys.argv[2], step=step)"
    )
    working = start(slow, place, target)
    assert working.stdout is not None
    working.stdout.readline()
    os.kill(working.pid, signal.SIGKILL)
    working.wait()
    assert not target.exists()
    with fk.Archive(place) as archive:
        assert archive.count(read=True) == 0
        assert archive.export(target).received == 400


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system with little room."""
    home = tmp_path / "small"
    home.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", home], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield home
    finally:
        subprocess.run(["umount", "-l", home], check=False)


def test_no_room(small: Path, tmp_path: Path) -> None:
    home = folder(tmp_path / "in", 400)
    with fk.Archive(small / "a.db") as archive:
        archive.add(sent(1))
        with pytest.raises(fk.FatturakitError) as caught:
            archive.add(str(home))
        assert caught.value.exit_code == fk.ExitCode.OUTPUT
        assert not archive.check()
        assert archive.get(1).data == sent(1)[1]


def test_a_medium_that_can_only_be_read(small: Path, tmp_path: Path) -> None:
    with fk.Archive(small / "a.db") as archive:
        archive.add_company(OURS)
        archive.add(received(1), sent(1), message("RC", sent(1)[0]))
    assert subprocess.run(["mount", "-o", "remount,ro", small], check=False).returncode == 0
    with fk.Archive(small / "a.db", create=False) as archive:
        assert [entry.number for entry in archive.list("colle", type="received")] == ["1/R"]
        assert archive.export(tmp_path / "x.zip", dry_run=True).received == 1
        assert archive.export(tmp_path / "s.zip", type="send").written
        for change in (lambda: archive.add(received(2)), lambda: archive.export(tmp_path / "x.zip")):
            with pytest.raises(fk.FatturakitError) as caught:
                change()
            assert caught.value.exit_code == fk.ExitCode.OUTPUT
        assert not (tmp_path / "x.zip").exists()
