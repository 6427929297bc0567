"""What another system does differently with files, pipes and names, tried here as far as it can be."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from fatturakit import storage
from fatturakit.batch import audit
from fatturakit.cli._io import Output, PipeClosed
from fatturakit.errors import OutputError
from fatturakit.writing import write_whole

PROCESS = Path("/proc/self/fd")


@pytest.mark.parametrize(
    ("system", "address", "path"),
    [
        ("nt", "file:///C:/dati/fattura%20n.%201.xml", "C:/dati/fattura n. 1.xml"),
        ("nt", "file://localhost/d:/x.xml", "d:/x.xml"),
        ("posix", "file:///C:/dati/x.xml", "/C:/dati/x.xml"),
        ("nt", "C:\\dati\\x.xml", "C:\\dati\\x.xml"),
    ],
)
def test_an_address_of_a_drive(system: str, address: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("os.name", system)
        found = storage.on_disk(address)
    assert found == path


class Gone(io.StringIO):
    """A pipe that nobody reads any more, as Windows tells it; or a disk with a fault."""

    name = "pipe"

    def write(self, piece: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    def flush(self) -> None:
        if not self.closed:  # an interpreter that cleans up asks once more
            self.close()
            raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize(("system", "expected"), [("nt", PipeClosed), ("posix", OutputError)])
def test_a_pipe_nobody_reads(system: str, expected: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("os.name", system)
        with pytest.raises(expected):
            Output(Gone()).write("x")
        with pytest.raises(expected):
            Output(Gone()).flush()


def test_standard_input_is_closed_before_it_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is open to be written cannot be opened by its name everywhere."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"<AuditFile/>")))
    with audit.files(["x.xml", "-"]) as (other, spooled):
        assert (other.path, spooled.shown) == ("x.xml", "-")
        assert Path(spooled.path).read_bytes() == b"<AuditFile/>"
        open_files = (
            [str(each.readlink()) for each in PROCESS.iterdir() if each.is_symlink()] if PROCESS.is_dir() else []
        )
        assert spooled.path not in open_files
    assert not Path(spooled.path).exists()


@pytest.mark.parametrize("name", ["x" * 250 + ".json", "è" * 120 + ".json"])
def test_a_name_as_long_as_can_be(name: str, tmp_path: Path) -> None:
    """The file it is written to first has a shorter one."""
    write_whole(tmp_path / name, b"1")
    assert [path.name for path in tmp_path.iterdir()] == [name]
