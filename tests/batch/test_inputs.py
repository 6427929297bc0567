"""What the user names becomes documents: files, folders, globs, lists, archives, standard input."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from fatturakit.batch.inputs import Input, expand
from fatturakit.errors import InputError, UsageError
from fatturakit.limits import DEFAULT, Limits

from ..envelope.wrapping import letter
from ..samples import NAME, archive_of, invoice


def shown(*names: str, limits: Limits = DEFAULT) -> list[str]:
    return [item.shown for item in expand(names, limits)]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.xml",
        "a.XML",
        "in/c.xml.p7m",
        "in/d.txt",
        ".hid/e.xml",
        "__MACOSX/f.xml",
        "in/._g.xml",
        "in/è è.xml",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(invoice())
    return tmp_path


def test_folders_globs_and_lists(tree: Path) -> None:
    """Recursive and sorted, junk and hidden things left out, order as given, lists with their names."""
    assert shown(".") == ["./a.XML", "./b.xml", "./in/c.xml.p7m", "./in/è è.xml"]
    assert shown("in", "b.xml") == ["in/c.xml.p7m", "in/è è.xml", "b.xml"]
    assert shown("*.[xX]*") == ["a.XML", "b.xml"]
    assert shown("**/*.p7m") == ["in/c.xml.p7m"]
    (tree / "list.txt").write_text("# a comment\nb.xml\n\nin\n", encoding="utf-8-sig")
    assert shown("@list.txt") == ["b.xml", "in/c.xml.p7m", "in/è è.xml"]
    with pytest.raises(UsageError, match="nolist"):
        shown("@nolist.txt")
    (tree / "we[ird].xml").write_bytes(invoice())
    assert shown("we[ird].xml") == ["we[ird].xml"]


def test_what_is_named_always_answers(tree: Path) -> None:
    """A missing file, an empty folder and a glob without match have an input that says so."""
    (tree / "void").mkdir()
    for name, says in (("nope.xml", "non esiste"), ("void", "cartella"), ("x*.y", "Nessun file"), ("in/d.txt", None)):
        (item,) = expand([name], DEFAULT)
        assert item.shown == name
        if says:
            with pytest.raises(InputError, match=says):
                item.read(DEFAULT)
        else:
            assert item.read(DEFAULT) == invoice()


def test_archives(tmp_path: Path) -> None:
    """Members are documents with their own path; archives in archives too; other files are left out."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("deep/x.xml", invoice())
    members = {"b/y.xml": invoice(), "__MACOSX/y.xml": b"", "note.txt": b"", "in.zip": inner.getvalue(), ".x.xml": b""}
    path = archive_of(tmp_path / "a.zip", members)
    own, *items = expand([str(path)], DEFAULT)
    assert (own.archive, own.size) == ("", path.stat().st_size)
    assert [item.shown for item in items] == [f"{path}!b/y.xml", f"{path}!in.zip!deep/x.xml"]
    assert [item.read(DEFAULT) for item in items] == [invoice()] * 2
    assert items[1].layers == ("zip", "zip")
    renamed = path.rename(tmp_path / "a.dat")
    assert [item.shown for item in expand([str(renamed)], DEFAULT)][1:] == [
        f"{renamed}!b/y.xml",
        f"{renamed}!in.zip!deep/x.xml",
    ]


def test_letters(tmp_path: Path) -> None:
    """An e-mail is an archive too, alone or in others; its path leads to the attachment."""
    inner = letter({"IT01_1_MT_001.xml": b"<x/>", "IT01_1.xml.p7m": b"0\x80..", "same.xml": b"<a/>"})
    mail = tmp_path / "posta.eml"
    mail.write_bytes(letter({"daticert.xml": b"<postacert/>", "postacert.eml": inner}))
    packed = archive_of(tmp_path / "a.zip", {"posta.eml": mail.read_bytes(), "x.xml": invoice()})
    found = list(expand([str(tmp_path)], DEFAULT))
    names = ("IT01_1_MT_001.xml", "IT01_1.xml.p7m", "same.xml")
    inside = [f"{packed}!posta.eml!postacert.eml!{name}" for name in names]
    alone = [f"{mail}!postacert.eml!{name}" for name in names]
    assert [item.shown for item in found if item.archive is None] == [*inside, f"{packed}!x.xml", *alone]
    assert found[1].layers == ("zip", "eml", "eml")
    assert found[1].read(DEFAULT) == b"<x/>"
    assert found[-1].read(DEFAULT) == b"<a/>"


def test_attachments_of_one_name(tmp_path: Path) -> None:
    """Two attachments with the same name are two documents."""
    mail = tmp_path / "a.eml"
    mail.write_bytes(letter({"a.xml": b"<a/>", "b.xml": b"<b/>"}).replace(b'"b.xml"', b'"a.xml"'))
    assert [item.read(DEFAULT) for item in expand([str(mail)], DEFAULT)] == [b"<a/>", b"<b/>"]


def test_a_letter_without_documents(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(letter({"a.pdf": b"%PDF"}))
    assert [item.archive for item in expand([str(mail)], DEFAULT)] == ["empty"]


def archives_that_fail(folder: Path) -> dict[str, Path]:
    whole = archive_of(folder / "whole.zip", {"a.xml": invoice()})
    broken = folder / "broken.zip"
    broken.write_bytes(whole.read_bytes()[:200])
    locked = folder / "encrypted.zip"
    data = bytearray(whole.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    locked.write_bytes(data)
    nested = invoice()
    for level in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            target.writestr("x.zip" if level else "x.xml", nested)
        nested = buffer.getvalue()
    deep = folder / "nesting.zip"
    deep.write_bytes(nested)
    return {
        "empty": archive_of(folder / "empty.zip", {"a.txt": b"x"}),
        "broken": broken,
        "encrypted": locked,
        "nesting": deep,
    }


def test_archives_that_cannot_be_used(tmp_path: Path) -> None:
    """Empty, damaged, locked or nested without end: the archive has an entry that says why."""
    for reason, path in archives_that_fail(tmp_path).items():
        items = list(expand([str(path)], DEFAULT))
        assert items[-1].archive == reason, path
    many = archive_of(tmp_path / "many.zip", {f"{n}.xml": b"" for n in range(9)})
    assert [item.archive for item in expand([str(many)], Limits(zip_members=5))] == ["limits"]


def test_bombs_and_damage_are_refused_one_by_one(tmp_path: Path) -> None:
    """A member that expands too much, or whose data are broken, does not stop the others."""
    path = archive_of(tmp_path / "a.zip", {"bomb.xml": b"0" * 30_000_000, "ok.xml": invoice()})
    _, bomb, fine = expand([str(path)], DEFAULT)
    with pytest.raises(InputError, match="bomba"):
        bomb.read(DEFAULT)
    assert fine.read(DEFAULT) == invoice()
    with pytest.raises(InputError, match="limite"):
        fine.read(Limits(document_bytes=10))
    data = bytearray(path.read_bytes())
    start = data.index(b"ok.xml") + len("ok.xml")
    data[start + 20 : start + 60] = b"\xff" * 40
    damaged = tmp_path / "d.zip"
    damaged.write_bytes(data)
    *_, last = expand([str(damaged)], DEFAULT)
    with pytest.raises(InputError, match="danneggiati"):
        last.read(DEFAULT)


@pytest.mark.parametrize(("name", "expected"), [("", "-"), (NAME, NAME)])
def test_standard_input(name: str, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``-`` reads standard input, a document or an archive, under the name it is given."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(invoice())))
    (item,) = expand(["-"], DEFAULT, stdin_name=name)
    assert (item.shown, item.name, item.read(DEFAULT)) == (expected, name, invoice())
    packed = archive_of(tmp_path / "a.zip", {"x.xml": invoice()}).read_bytes()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(packed)))
    _, member = expand(["-"], DEFAULT, stdin_name=name)
    assert (member.shown, member.read(DEFAULT)) == (f"{expected}!x.xml", invoice())


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A file name with stray bytes can be opened and shown."""
    path = bytes(tmp_path) + b"/caff\xe8.xml"
    Path(path.decode(errors="surrogateescape")).write_bytes(invoice())
    (item,) = expand([str(tmp_path)], DEFAULT)
    assert item.read(DEFAULT) == invoice()
    item.shown.encode("utf-8")


def test_inputs_are_found_lazily(tmp_path: Path) -> None:
    """The first document is there before the last has been looked for."""
    (tmp_path / "a.xml").write_bytes(invoice())
    first = next(expand([str(tmp_path / "a.xml"), "@missing"], DEFAULT))
    assert isinstance(first, Input)
