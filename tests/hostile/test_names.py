"""Names from outside as names of files: every verb that writes into a folder keeps to it, and to names systems take."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ..cli.run import fatturakit
from ..samples import invoice

NAMES = (
    *("../../out.xml", "/etc/passwd.xml", "C:\\Windows\\win.xml", "\\\\server\\share\\a.xml", "..\\..\\b.xml"),
    *("con.xml", "NUL.xml", "com1.p7m.xml", "aux .xml", "a:b.xml", "a*?.xml", "-rf.xml", "~root.xml", " .xml"),
    *("\u202egpj.xml", "a\x1b[31m.xml", "a\nb.xml", "n" * 400 + ".xml", "è" * 200 + ".xml", "..xml", "a.xml", "A.XML"),
    *("a-2.xml", "x/a.xml", "y/a.xml", "d./e..xml"),
)
VERBS = (
    ("validate", "--format", "json"),
    ("validate", "--format", "receipt", "--ignore", "FK"),
    ("inspect",),
    ("unwrap",),
    ("convert", "--to", "json"),
    ("render",),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ZIP archive of one invoice under all these names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in NAMES:
            made.writestr(zipfile.ZipInfo(name), invoice())
    path = tmp_path_factory.mktemp("hostile") / "all.zip"
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words))
def test_everything_stays_in_the_folder(archive: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "deep" / "out"
    done = fatturakit(*words, archive, "-o", f"{folder}/", cwd=tmp_path)
    assert "interno" not in done.stderr
    assert "\x1b[31m" not in done.stdout + done.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    if "receipt" not in words:
        archives = words == VERBS[0]  # the archive has a report too; ..xml is a hidden file, and no document
        assert len(written) == len(NAMES) - 1 + archives, done.stderr
    assert {path.parent for path in written} <= {folder}
    assert len({path.name.lower() for path in written}) == len(written)
    for path in written:
        stem = path.name.partition(".")[0].lower()
        assert stem not in {"con", "nul", "aux", "com1"}
        assert len(path.name.encode()) < 200
        assert path.name.isprintable()
        assert not set('<>:"|?*\\') & set(path.name)
        assert path.name == path.name.strip(" .")
        assert path.stat().st_size


@pytest.mark.parametrize("verb", ["validate", "inspect", "unwrap", "convert", "render", "attachments", "split"])
def test_a_folder_that_cannot_be(tmp_path: Path, verb: str) -> None:
    """A file stands where the folder should be: said so, with the exit code of outputs."""
    (tmp_path / "a.xml").write_bytes(invoice(("Tavolo", "Tavolo")))
    (tmp_path / "file").write_bytes(b"")
    done = fatturakit(verb, "a.xml", "-o", "file/out/", cwd=tmp_path)
    expected = 0 if verb == "attachments" else 6  # there is nothing to write
    assert done.returncode == expected, done.stderr
    assert "interno" not in done.stderr
