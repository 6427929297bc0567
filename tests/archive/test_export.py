"""The ZIP for the accountant: what is in it, in which bytes, what is marked; against an independent little model."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatturakit as fk
from fatturakit.archive.export import ExportBusy
from fatturakit.archive.zips import ZipStream
from fatturakit.texts import Text

from .made import OTHER, OURS, message, received, sent

PERIODS = [
    ({}, True),
    ({"year": 2026, "month": 11}, True),
    ({"year": 2026, "quarter": 4}, True),
    ({"first": "2026-11-01", "last": "2026-11-30"}, True),
    ({"first": "2026-11-01"}, True),
    ({"last": "2026-11-30"}, True),
    ({"year": 2026}, False),
    ({"month": 11}, False),
    ({"quarter": 4}, False),
    ({"year": 2026, "month": 11, "quarter": 4}, False),
    ({"year": 2026, "month": 11, "first": "2026-11-01"}, False),
    ({"year": 2026, "month": 13}, False),
    ({"year": 2026, "quarter": 0}, False),
    ({"year": 0, "month": 1}, False),
    ({"first": "2026-12-01", "last": "2026-11-01"}, False),
    ({"first": "yesterday"}, False),
    ({"type": "send "}, False),
    ({"company": "IT00000000000"}, False),
    ({"extras": ["docx"]}, False),
]


@pytest.fixture
def filled(archive: fk.Archive) -> fk.Archive:
    archive.add_company(OURS)
    archive.add(sent(1), sent(2), sent(3), received(4), received(5, ("Data>2026-11-03", "Data>2026-10-31")))
    archive.add(message("RC", sent(1)[0]), message("NS", sent(2)[0], sdi="222"))
    return archive


@pytest.mark.parametrize(("asked", "right"), PERIODS)
def test_periods(filled: fk.Archive, tmp_path: Path, asked: dict, right: bool) -> None:
    if right:
        assert filled.export(tmp_path / "x.zip", dry_run=True, **asked).documents >= 2
    else:
        with pytest.raises(fk.UsageError):
            filled.export(tmp_path / "x.zip", **asked)
    assert not (tmp_path / "x.zip").exists()


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
        return found.namelist()


def test_layout_states_and_marks(filled: fk.Archive, tmp_path: Path) -> None:
    seen = filled.export(tmp_path / "x.zip", year=2026, month=11, dry_run=True)
    assert (seen.sent, seen.received, seen.operations, seen.held, seen.written) == (1, 1, 1, (3,), False)
    assert filled.count(read=True) == 0
    done = filled.export(tmp_path / "x.zip", year=2026, month=11)
    assert done == seen._replace(written=True)
    assert names(tmp_path / "x.zip") == [f"{OURS}/receive/{OTHER}_00004.xml", f"{OURS}/send/{OURS}_00001.xml"]
    assert [entry.number for entry in filled.list(read=True)] == ["4/R"]
    assert filled.export(tmp_path / "y.zip", type="receive").operations == 1
    with pytest.raises(fk.FatturakitError):
        filled.export(tmp_path / "x.zip")


def test_nothing_found_writes_nothing(filled: fk.Archive, tmp_path: Path) -> None:
    assert not filled.export(tmp_path / "x.zip", year=1999, month=1).written
    assert not list(tmp_path.glob("*.zip"))


def test_one_export_at_a_time(filled: fk.Archive, place: str, tmp_path: Path) -> None:
    with fk.Archive(place) as other, filled.store.exclusive("export") as mine:
        assert mine
        with pytest.raises(ExportBusy):
            other.export(tmp_path / "x.zip")
    filled.export(tmp_path / "x.zip")


def test_the_export_of_an_import_is_the_same_bytes(filled: fk.Archive, tmp_path: Path) -> None:
    extras = ["messages", "csv", "manifest"]
    filled.export(tmp_path / "one.zip", extras=extras)
    with fk.Archive(":memory:") as other:
        other.add_company(OURS)
        assert not other.add(str(tmp_path / "one.zip")).refused
        other.export(tmp_path / "two.zip", extras=extras)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as found:
        for line in found.read("sha256sums.txt").decode().splitlines():
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(found.read(path)).hexdigest() == digest


def test_pages_tables_and_digests_beside_the_documents(filled: fk.Archive, tmp_path: Path) -> None:
    asked = {"extras": ["pdf", "csv", "manifest", "messages"], "first": "2026-11-01"}
    filled.export(tmp_path / "x.zip", **asked)
    with zipfile.ZipFile(tmp_path / "x.zip") as opened:
        assert opened.testzip() is None
        files = {name: opened.read(name) for name in opened.namelist()}
    stems = [f"{OURS}/send/{sent(1)[0][:-4]}", f"{OURS}/receive/{received(4)[0][:-4]}"]
    for stem, (_, data) in zip(stems, (sent(1), received(4)), strict=True):
        assert files[f"{stem}.xml"] == data
        assert files[f"{stem}.pdf"][:5] == b"%PDF-"
    tables = {name: data.decode("utf-8-sig") for name, data in files.items() if name.startswith("csv/")}
    assert len(tables) > 1
    assert any("4/R" in table for table in tables.values())
    lines = files.pop("sha256sums.txt").decode().splitlines()
    assert lines == [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items())]
    filled.export(tmp_path / "y.zip", **asked)
    assert (tmp_path / "x.zip").read_bytes() == (tmp_path / "y.zip").read_bytes()


def test_pages_of_equal_names_and_one_that_cannot_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(document: fk.Document, **_: object) -> bytes:
        if document.body[0].dati_generali.dati_generali_documento.numero == "3/R":
            raise fk.InputError(Text("no", "no"))
        return b"%PDF-"

    monkeypatch.setattr("fatturakit.batch.pages.render", render)
    with fk.Archive(tmp_path / "a.db") as archive:
        archive.add_company(OURS)
        archive.add(received(1), (received(1)[0] + ".p7m", received(2)[1]), received(3))
        found = archive.export(tmp_path / "x.zip", extras=["pdf"])
        home, stem = f"{OURS}/receive", received(1)[0][:-4]
        with zipfile.ZipFile(tmp_path / "x.zip") as opened:
            names = [name for name in opened.namelist() if name.endswith(".pdf")]
        assert names == [f"{home}/{stem}.pdf", f"{home}/{stem}-2.pdf"]
        assert found.undrawn == (f"{home}/{received(3)[0]}",)


def test_equal_and_hostile_names(tmp_path: Path) -> None:
    things = [("A.xml", sent(1)[1]), ("a.XML", sent(2)[1]), ("../../A.xml", sent(3)[1]), ("con.xml", sent(4)[1])]
    outcomes = set()
    for order in (things, things[::-1]):
        with fk.Archive(":memory:") as archive:
            archive.add_company(OURS)
            archive.add(*order)
            archive.mark(range(1, 5), state="delivered")
            archive.export(tmp_path / "x.zip", force=True)
        outcomes.add((tmp_path / "x.zip").read_bytes())
        found = [name.lower() for name in names(tmp_path / "x.zip")]
        assert len(set(found)) == 4
        assert not [name for name in found if ".." in name or "/con." in name]
    assert len(outcomes) == 1


def test_the_signed_copy_goes(tmp_path: Path) -> None:
    from fatturakit.archive.export import best

    with fk.Archive(":memory:") as archive:
        archive.add(("x.xml", sent(1)[1]))
        archive.add(("x.xml.p7m", sent(1)[1]))
        assert best(archive.store, 1)[0] == "x.xml.p7m"


def test_zip_beyond_four_gigabytes_and_65535_entries() -> None:
    out = BytesIO()
    target = ZipStream(out.write)
    for number in range(70_000):
        target.add(f"{number}.txt", b"x")
    target.close()
    with zipfile.ZipFile(out) as found:
        assert len(found.namelist()) == 70_000
        assert found.read("69999.txt") == b"x"


def test_zip_that_begins_beyond_four_gigabytes(tmp_path: Path) -> None:
    far, path = 5 * 1024**3, tmp_path / "far.zip"
    with path.open("wb") as stream:  # sparse: it takes no room
        stream.seek(far)
        target = ZipStream(stream.write, start=far)
        target.add("è.txt", b"far away" * 100)
        target.close()
    with zipfile.ZipFile(path) as found:
        assert found.read("è.txt") == b"far away" * 100


DOCUMENTS = st.lists(
    st.tuples(
        st.sampled_from(["sent", "received"]),
        st.booleans(),
        st.sampled_from(["", "RC", "NS", "MC", "DT", "NE:EC01", "NE:EC02", "AT"]),
        st.integers(1, 12),
    ),
    max_size=8,
)
FINAL = {False: {"RC", "MC"}, True: {"DT", "NE:EC01", "NE:EC02", "AT"}}


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, st.sampled_from(["send", "receive", "both"]), st.integers(1, 4))
def test_selection_against_a_model(documents: list, type_: str, quarter: int) -> None:
    expected = set()
    with fk.Archive(":memory:") as archive:
        archive.add_company(OURS)
        for serial, (side, pa, word, month) in enumerate(documents, 1):
            when = "Data>2026-11-03", f"Data>2026-{month:02}-15"
            name, data = sent(serial, when, pa=pa) if side == "sent" else received(serial, when)
            kind, _, answer = word.partition(":")
            archive.add((name, data))
            if word and side == "sent" and (pa or kind in {"RC", "NS", "MC"}):
                archive.add(message(kind, name, pa=pa, answer=answer, sdi=str(serial)))
                settled = word in FINAL[pa]
            else:
                settled = side == "received"
            if settled and (month + 2) // 3 == quarter and type_ in {"both", {"sent": "send"}.get(side, "receive")}:
                expected.add(f"{OURS}/{'send' if side == 'sent' else 'receive'}/{name}")
        out = BytesIO()
        done = archive.export(out.write, type=type_, year=2026, quarter=quarter)
        found = zipfile.ZipFile(out).namelist() if done.written else []
        assert (set(found), len(found)) == (expected, len(expected))
        assert archive.count(read=True) == sum("/receive/" in path for path in found)


def test_a_zip_that_gets_no_name_marks_nothing(archive: fk.Archive, tmp_path: Path) -> None:
    archive.add_company(OURS)
    archive.add(received(1))
    target = tmp_path / "taken.zip"
    with pytest.raises(fk.FatturakitError) as caught:
        archive.export(target, step=lambda _: target.write_bytes(b"somebody was quicker") and None)
    assert caught.value.exit_code == fk.ExitCode.OUTPUT
    assert archive.count(read=True) == 0
    assert archive.export(target, force=True).operations == 1
