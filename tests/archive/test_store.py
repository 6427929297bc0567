"""What goes in comes out: once, unchanged, on the right side, under every name it has."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.archive.records import uuid_of

from ..samples import archive_of
from .conftest import fresh
from .made import BUYER, OTHER, OURS, SELLER, message, received, sent, vat


def test_adding_twice_changes_nothing(archive: fk.Archive) -> None:
    first = archive.add(sent(1), received(1), message("RC", sent(1)[0]))
    assert (first.documents, first.messages, first.known) == (2, 1, 0)
    again = archive.add(sent(1), received(1), message("RC", sent(1)[0]))
    assert (again.documents, again.messages, again.known) == (0, 0, 3)
    assert archive.count() == 2
    assert not archive.check()


def test_bytes_come_back_as_they_were(archive: fk.Archive) -> None:
    name, data = sent(1)
    archive.add((name, data))
    assert archive.get(name).data == data
    assert archive.get(hashlib.sha256(data).hexdigest()).entry.name == name
    assert archive.get(str(uuid_of(hashlib.sha256(data).digest()))).entry.id == archive.get(1).entry.id


def test_one_document_under_several_names_and_wrappings(archive: fk.Archive, tmp_path: Path) -> None:
    name, data = sent(1)
    archive.add((name, data), ("copy.xml", data), (name, b"\n" * 0 + data))
    zipped = archive_of(tmp_path / "in.zip", {"a/" + name: data, "b/x.xml": data})
    archive.add(str(zipped))
    found = archive.get(1)
    assert archive.count() == 1
    assert {file.name for file in found.files} == {name, "copy.xml", "x.xml"}
    assert {file.sha256 for file in found.files} == {hashlib.sha256(data).hexdigest()}


def test_what_cannot_be_taken_is_listed(archive: fk.Archive, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_bytes(b"<a>")
    (tmp_path / "other.xml").write_bytes(b"<a/>")
    (tmp_path / "good.xml").write_bytes(sent(1)[1])
    added = archive.add(str(tmp_path))
    assert added.documents == 1
    assert {Path(shown).name for shown, _ in added.refused} >= {"bad.xml", "other.xml"}


SELF = (BUYER, vat(OURS)), (SELLER, vat(OTHER))
SIDES = [
    ("sent", [OURS], (), [("sent", OURS, "seller")]),
    ("received", [OURS], SELF, [("received", OURS, "buyer")]),
    ("both ours", [OURS, OTHER], SELF, [("received", OURS, "both"), ("sent", OTHER, "both")]),
    ("nobody's", [], (), [("unknown", "", "unknown")]),
    ("self-invoice", [OURS], (*SELF, ("TD01", "TD17")), [("sent", OURS, "self")]),
    ("self-invoice of the customer", [OTHER], (*SELF, ("TD01", "TD16")), [("received", OTHER, "supplied")]),
    ("self-invoice, both ours", [OURS, OTHER], (*SELF, ("TD01", "TD20")), [("sent", OURS, "self")]),
    ("to oneself", [OURS], ((BUYER, vat(OURS)), ("TD01", "TD27")), [("sent", OURS, "oneself")]),
    (
        "by tax code",
        [OURS],
        ((SELLER, vat(OTHER)), (BUYER, "<CodiceFiscale>01879020517</CodiceFiscale>")),
        [("received", OURS, "buyer")],
    ),
]


@pytest.mark.parametrize(("ours", "changes", "sides"), [row[1:] for row in SIDES], ids=[row[0] for row in SIDES])
@pytest.mark.parametrize("first", ["companies", "documents"])
def test_sides(archive: fk.Archive, ours: list[str], changes: tuple, sides: list, first: str) -> None:
    steps = [lambda: [archive.add_company(each) for each in ours], lambda: archive.add(sent(1, *changes))]
    for step in steps if first == "companies" else reversed(steps):
        step()
    assert sorted((e.direction, e.company, e.reason) for e in archive.list()) == sides


def test_removing_a_company_makes_strangers_and_keeps_documents(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(sent(1), received(1))
    assert archive.remove_company(OURS) == 2
    assert {entry.direction for entry in archive.list()} == {"unknown"}


@pytest.mark.parametrize("word", ["", "IT", "'; DROP TABLE documents; --", "IT 12_3%"])
def test_no_company_by_such_a_number(archive: fk.Archive, word: str) -> None:
    with pytest.raises(fk.UsageError):
        archive.add_company(word)


def test_flags_last_and_can_be_taken_back(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(received(1), received(2))
    assert archive.mark([1], downloaded=True, read=True) == 1
    archive.add(received(1))
    assert [entry.id for entry in archive.list(downloaded=True)] == [1]
    archive.mark([1], downloaded=False)
    assert archive.count(downloaded=True) == 0
    assert archive.count(read=True) == 1


def test_marking_is_all_or_nothing(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(received(1))
    with pytest.raises(fk.UsageError):
        archive.mark([1, 99], read=True)
    assert archive.count(read=True) == 0


def test_rejected_leave_the_list_to_fix(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(sent(1), sent(2), message("NS", sent(1)[0]))
    assert [entry.number for entry in archive.list(rejected_to_fix=True)] == ["1/A"]
    with pytest.raises(fk.UsageError):
        archive.mark([sent(2)[0]], archived=True)
    archive.mark([sent(1)[0]], archived=True)
    assert archive.count(rejected_to_fix=True) == 0


def test_a_rejected_document_between_two_of_ours_is_dealt_with(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add_company(OTHER)
    name, data = received(1)
    archive.add((name, data), (sent(2)), message("NS", name))
    assert archive.mark([name], archived=True) == 1
    assert archive.count(rejected_to_fix=True) == 0
    with pytest.raises(fk.UsageError):
        archive.mark([name, sent(2)[0]], archived=True)


def test_a_state_somebody_told_us(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(sent(1))
    archive.mark([1], state="waiting")
    assert archive.get(1).entry.marking == "waiting"
    archive.add(message("RC", sent(1)[0]))
    assert archive.get(1).entry.state == "delivered"


def test_damage_is_found(tmp_path: Path) -> None:
    with fk.Archive(tmp_path / "a.db") as archive:
        archive.add(sent(1))
        archive.store.run("UPDATE blobs SET data = :data", {"data": b"other"})
        assert [sent(1)[0] in line for line in (*archive.check("it"), *archive.check("en"))] == [True, True]
        assert archive.check("it") != archive.check("en")
        assert (archive.add(sent(1)).mended, archive.add(sent(1)).mended) == (1, 0)
        assert not archive.check()
        assert archive.get(1).data == sent(1)[1]


def test_a_damaged_database_is_said_to_be(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with fk.Archive(place) as archive:
        archive.add_company(OURS)
        archive.add(*(sent(serial) for serial in range(1, 60)))
    whole = place.read_bytes()
    for start in range(8192, len(whole), 3 * 8192):
        place.write_bytes(whole[:start] + b"\xbe\xff" * 4096 + whole[start + 8192 :])
        works = (
            lambda archive: [list(archive.list("tavolo")), archive.report()],
            lambda archive: archive.check(),
            lambda archive: archive.export(tmp_path / "x.zip", force=True),
            lambda archive: archive.add(*(sent(serial) for serial in range(50, 70))),
        )
        for work in works:
            with suppress(fk.FatturakitError), fk.Archive(place) as archive:
                work(archive)


def test_no_archive_of_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all, but long enough to look at" * 50)
    for place in (tmp_path / "x.db", tmp_path / "no" / "folder.db"):
        with pytest.raises(fk.InputError):
            fk.Archive(place)
    with pytest.raises(fk.UsageError):
        fk.Archive("mysql://somewhere/base")
    with pytest.raises(fk.UsageError):
        fk.Archive(tmp_path / "not-there.db", create=False)


def test_no_archive_of_a_later_version(place: str) -> None:
    with fk.Archive(place) as archive, archive.store.writing():
        archive.store.run("UPDATE meta SET value = '2'")
    with pytest.raises(fk.InputError) as caught:
        fk.Archive(place)
    assert "update fatturakit" in caught.value.say("en")


def test_bytes_that_are_an_archive_are_opened(archive: fk.Archive, tmp_path: Path) -> None:
    archive.add_company(OURS)
    name, data = sent(1, pa=True)
    told = message("AT", name, pa=True)
    package = archive_of(tmp_path / "x.zip", {told[0]: told[1], name: data}).read_bytes()
    assert archive.add(("x.zip", package)).messages == 1
    assert archive.get(1).entry.state == "undeliverable"


def test_who_may_only_read_reads(server: str) -> None:
    import sqlalchemy

    place = fresh(server)
    schema = place.rpartition("%3D")[2]
    with fk.Archive(place) as archive:
        archive.add(sent(1))
    engine = sqlalchemy.create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as base:
        for line in (
            f"CREATE ROLE reader_{schema} LOGIN",
            f"GRANT USAGE ON SCHEMA {schema} TO reader_{schema}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}",
        ):
            base.execute(sqlalchemy.text(line))
    engine.dispose()
    with fk.Archive(place.replace("//fk@", f"//reader_{schema}@")) as archive:
        assert archive.count("tavolo") == 1
        with pytest.raises(fk.FatturakitError) as caught:
            archive.add(sent(2))
        assert caught.value.exit_code == fk.ExitCode.OUTPUT
