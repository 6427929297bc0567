"""Audit files for programs: ``fatturakit.validate`` knows them, ``fatturakit.saft`` has the verbs, others say so."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.errors import InputError
from fatturakit.saft.formats import PT
from fatturakit.saft.schema import whole
from fatturakit.saft.second import judge as second_opinion

from ..shared import needs_shared, shared
from .small import SMALL

BROKEN = SMALL.replace(b"<NetTotal>", b"<NetTotal>9", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "saft.xml"
    found.write_bytes(SMALL)
    return found


def test_validate_judges_whatever_holds_one(path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "saft.zip", "w") as archive:
        archive.write(path, "inside.xml")
    given = (path, str(path), SMALL, io.BytesIO(SMALL), fk.open(path), fk.open(SMALL), tmp_path / "saft.zip")
    for source in given:
        report = fk.validate(source)
        assert (report.kind, report.verdict) == ("SAFT-PT", fk.Verdict.VALID), source
    assert {row.code for row in fk.validate(BROKEN).findings if row.severity is fk.Severity.ERROR} == {"PT5002"}
    assert fk.validate(SMALL[:-300]).verdict is fk.Verdict.UNREADABLE
    assert fk.validate(fk.open(path), name="other.xml").path == "other.xml"
    assert fk.validate(BROKEN, select=("PT9",)).findings == ()


def test_a_stream_of_something_else_is_read_from_where_it_stood() -> None:
    assert fk.validate(io.BytesIO(b"hello")).findings == fk.validate(b"hello").findings


def test_the_verbs(path: Path, tmp_path: Path) -> None:
    assert fk.saft.validate(path, engine="xmlschema").verdict is fk.Verdict.VALID
    assert {row.code for row in fk.saft.validate(BROKEN, select=["PT5002", "PT9"]).findings} == {"PT5002"}
    assert fk.saft.inspect(path).kind == "SAFT-PT"
    assert fk.saft.convert([path, path], "csv", tmp_path / "tables").files == 2
    assert list(fk.saft.qr(path, "FT A/1")) == ["FT A/1"]
    with pytest.raises(fk.InputError, match=r"none\.pem"):
        fk.saft.verify(path, tmp_path / "none.pem")


def test_drawing_one_names_the_verbs_for_it(path: Path) -> None:
    with pytest.raises(fk.InputError) as caught:
        fk.render(fk.open(path))
    assert "saft inspect" in caught.value.say("en")
    assert "saft convert" in caught.value.say("en")


@needs_shared
def test_the_official_schema_needs_the_engine_of_xsd_1_1() -> None:
    """That of XSD 1.0 takes the official file without a word and finds no element in it; ours is not read by it."""
    import xmlschema

    assert not xmlschema.XMLSchema(str(shared("official", "saft-pt-1.04_01-2022.xsd"))).elements
    assert whole(PT, "2022").elements


def test_the_second_opinion_has_no_limit_on_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    from xmlschema import limits

    monkeypatch.setattr(limits, "MAX_XML_ELEMENTS", 10)
    assert second_opinion(SMALL).verdict is fk.Verdict.VALID


def test_elements_outside_the_namespace_are_said() -> None:
    """The usual mistake of programs that write: ``nsmap`` alone puts nothing into a namespace."""
    root = etree.Element("AuditFile", nsmap={None: PT.namespace})
    report = fk.saft.validate(etree.tostring(root, encoding="unicode").replace(f' xmlns="{PT.namespace}"', "").encode())
    assert [row.code for row in report.findings] == ["PT1013"]


def test_the_json_of_an_audit_file_names_the_verb_made_for_it() -> None:
    with pytest.raises(InputError) as caught:
        fk.to_json(fk.open(SMALL))
    assert "SAF-T" in caught.value.text.en
    assert caught.value.finding
    assert "fatturakit.saft.convert" in caught.value.finding.fix.en
    assert "saft convert FICHEIRO" in caught.value.finding.fix.say("pt")
