"""Several processes read and one writes: the archive is the same, whatever is wrong with some of the inputs."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.archive import crowd
from fatturakit.batch.inputs import Input
from fatturakit.errors import InputError
from fatturakit.limits import DEFAULT
from fatturakit.texts import Text

from .made import OURS, message, received, sent
from .test_crashes import SLOWLY, folder

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def mixed(home: Path) -> Path:
    """Some hundred documents, on the disk and in a ZIP, with messages, doubles and what is none in between."""
    folder(home, 230)
    (home / "a0.xml").write_bytes(b"<a/>")
    (home / "z1.xml").write_bytes(b"no document at all")
    (home / "z2.xml").write_bytes(received(7)[1])
    with zipfile.ZipFile(home / "z.zip", "w") as packed:
        for name, data in (sent(1), message("RC", sent(1)[0]), sent(2), ("odd.xml", b"<b/>")):
            packed.writestr(name, data)
    return home


def content(archive: fk.Archive) -> list[list[tuple[object, ...]]]:
    tables = ("documents", "invoices", "sides", "messages", "files", "blobs")
    return [archive.store.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def test_the_same_archive_by_one_process_or_three(tmp_path: Path) -> None:
    home, found = mixed(tmp_path / "in"), []
    for jobs in (1, 3):
        seen: list[str] = []
        with fk.Archive(tmp_path / f"{jobs}.db", now=lambda: NOON) as archive:
            archive.add_company(OURS)
            added = archive.add(str(home), step=seen.append, jobs=jobs)
            told = [(Path(name).name, error.say("en")) for name, error in added.refused]
            found.append((added.documents, added.messages, added.known, told, seen, content(archive)))
            assert archive.add(str(home), jobs=jobs).documents == 0
    assert found[0] == found[1]
    assert found[0][:2] == (232, 1)
    assert len(found[0][3]) == 3


def test_an_archive_in_memory_travels_in_pieces() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.xml", sent(1)[1])
    whole = Input("-!a.xml", members=("a.xml",), places=(0,), name="a.xml", data=packed.getvalue(), containers=("zip",))
    lost = whole._replace(trouble=InputError(Text("no", "no")))
    chunk, *_ = crowd.chunks(iter([whole, lost]), DEFAULT)
    assert (chunk[0].data, chunk[0].layers, chunk[0].members) == (sent(1)[1], ("zip",), ())
    assert chunk[1].data is None
    assert chunk[1].trouble is not None


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks for processes in /proc")
def test_nobody_is_left_behind_by_a_kill(tmp_path: Path) -> None:
    home = folder(tmp_path / "in", 600)
    with subprocess.Popen(
        [sys.executable, "-c", SLOWLY.replace("step=", "jobs=2, step="), str(tmp_path / "a.db"), str(home)],
        stdout=subprocess.PIPE, start_new_session=True,
    ) as working:  # fmt: skip
        assert working.stdout is not None
        for _ in range(260):
            working.stdout.readline()
        os.kill(working.pid, signal.SIGKILL)
        working.wait()
        end = time.monotonic() + 20
        while group := _group(working.pid):
            assert time.monotonic() < end, group
            time.sleep(0.05)


def _group(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(place.parent.name))
    return found
