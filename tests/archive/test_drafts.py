"""Drafts: only a draft changes or goes; sending checks first and leaves nothing half done."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest

import fatturakit as fk
from fatturakit.archive.drafts import DraftConflict, DraftInvalid, NoDraft

from .made import sent

NO_BODY = re.sub(rb"(?s)<FatturaElettronicaBody>.*</FatturaElettronicaBody>", b"", sent(1)[1])


def test_the_life_of_a_draft(archive: fk.Archive, tmp_path: Path) -> None:
    drafts = archive.drafts
    uuid = drafts.create(b'{"fattura_elettronica_header": {}}')
    assert drafts.get(uuid).is_json
    drafts.update(uuid, sent(7)[1], name=sent(7)[0])
    assert [draft.uuid for draft in drafts] == [uuid]
    done = drafts.send(uuid, tmp_path / "out")
    assert (done.state, archive.get(str(uuid)).entry.number) == ("sent", "7/A")
    assert (tmp_path / "out" / sent(7)[0]).read_bytes() == sent(7)[1]
    assert not list(drafts)
    for act in (lambda: drafts.update(uuid, b"<a/>"), lambda: drafts.delete(uuid), lambda: drafts.send(uuid, tmp_path)):
        with pytest.raises(DraftConflict):
            act()


def test_a_deleted_draft_is_gone(archive: fk.Archive) -> None:
    uuid = archive.drafts.create(sent(1)[1])
    archive.drafts.delete(uuid)
    for key in (uuid, uuid4(), "' OR 1=1 --"):
        with pytest.raises(NoDraft):
            archive.drafts.get(key)


def test_what_sdi_would_reject_does_not_go(archive: fk.Archive) -> None:
    uuid = archive.drafts.create(sent(1, ("<Imposta>22.00", "<Imposta>99.00"))[1])
    gone: list[str] = []
    with pytest.raises(DraftInvalid) as caught:
        archive.drafts.send(uuid, lambda name, data: gone.append(name))
    assert "00421" in {finding.code for finding in caught.value.report.findings}
    assert (gone, archive.drafts.get(uuid).state, archive.count()) == ([], "draft", 0)


def test_a_sending_that_fails_leaves_a_draft(archive: fk.Archive) -> None:
    uuid = archive.drafts.create(sent(1)[1], name=sent(1)[0])

    def refuse(name: str, data: bytes) -> None:
        raise ConnectionError(name)

    with pytest.raises(ConnectionError):
        archive.drafts.send(uuid, refuse)
    assert (archive.drafts.get(uuid).state, archive.count()) == ("draft", 0)


def test_json_goes_as_xml(archive: fk.Archive, tmp_path: Path) -> None:
    uuid = archive.drafts.create(fk.to_json(fk.open(sent(3)[1])))
    archive.drafts.send(uuid, tmp_path)
    (made,) = tmp_path.glob("IT*.xml")
    assert made.name == "IT01879020517_00001.xml"
    assert fk.open(made).bodies[0].key().numero == "3/A"


def test_what_is_there_already_may_be_sent(archive: fk.Archive, tmp_path: Path) -> None:
    archive.add(sent(1))
    uuid = archive.drafts.create(sent(1)[1], name=sent(1)[0])
    assert archive.drafts.send(uuid, tmp_path).document == 1


@pytest.mark.parametrize("content", [b"", b"type: invoice", b"<a/>", b"<a", b'{"a":', b'{"a": 1}', b"[]", "\x00"])
def test_what_is_no_invoice_is_no_draft(archive: fk.Archive, content: bytes | str) -> None:
    kept = archive.drafts.create({})
    assert archive.drafts.create(NO_BODY) != kept
    archive.drafts.delete(list(archive.drafts)[-1].uuid)
    for act in (lambda: archive.drafts.create(content), lambda: archive.drafts.update(kept, content)):
        with pytest.raises(fk.InputError) as refused:
            act()
        assert refused.value.say("it") != refused.value.say("en")
    assert [draft.data for draft in archive.drafts] == [b"{}"]
