"""The rejection message: valid by our schemas, in the right vocabulary, honest about what only SdI knows."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import fatturakit
from fatturakit.errors import UsageError
from fatturakit.findings import Report, Verdict
from fatturakit.report import says
from fatturakit.report.receipt import errors_of

from ..cli.run import fatturakit as call
from ..shared import ROOT
from .cases import ADVICE, BROKEN, CLEAN, HOSTILE, LOST, LOT, NOTICE, NUMBER, ODD, PRICE, UNSURE, WRONG, render, report

WRONGS = sorted((ROOT / "fixtures" / "wrong").iterdir())
LONG = HOSTILE._replace(args={"found": "è€" * 900})
REJECTED: dict[str, Report] = {
    "private": WRONG,
    "administration": LOT,
    "unreadable": LOST,
    "hostile": ODD,
    "simplified": report("s.xml", Verdict.INVALID, kind="FSM10", findings=(PRICE, BROKEN)),
    "long": report("a" * 90 + ".xml.p7m", Verdict.INVALID, findings=(LONG,)),
    "long, administration": report("b/c.xml", Verdict.INVALID, kind="FPA12", findings=(LONG, NUMBER)),
    "many": report("c.xml", Verdict.INVALID, findings=(NUMBER,) * 300),
    "standard input": report("-", Verdict.INVALID, findings=(NUMBER,)),
}


def texts(xml: str, name: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(xml.encode()).iter(name)]


@pytest.mark.parametrize("case", list(REJECTED))
def test_valid_by_our_schemas(case: str) -> None:
    xml = render("receipt", (REJECTED[case],))
    judged = fatturakit.validate(xml.encode(), name="IT01234567890_00001_NS_001.xml")
    assert (judged.kind, judged.verdict, judged.findings) == ("NS", Verdict.VALID, ())


@pytest.mark.parametrize("case", list(REJECTED))
def test_what_it_says(case: str) -> None:
    each = REJECTED[case]
    xml = render("receipt", (each,), "en", received_on="2026-11-20T10:30:00Z")
    public = each.kind == "FPA12"
    assert etree.QName(etree.fromstring(xml.encode())).localname == ("NotificaScarto" if public else "RicevutaScarto")
    assert texts(xml, "Codice") == [error.code for error in errors_of(each)]
    assert len(texts(xml, "Suggerimento")) == (0 if public else len(errors_of(each)))
    assert texts(xml, "IdentificativoSdI")[0] == "0"
    assert texts(xml, "DataOraRicezione") == ["2026-11-20T10:30:00+00:00"]
    assert "non è firmato" in texts(xml, "Note")[0]
    assert ("64 zeri" in texts(xml, "Note")[0]) == (not public)


def test_an_outcome_that_is_not_valid_is_discarded() -> None:
    """An EC with format errors is answered with an SE, valid by our schemas; a valid one with nothing."""
    outcome = ROOT / "fixtures" / "messages" / "IT07599810939_PA001_EC_001.xml"
    data = outcome.read_bytes()
    assert render("receipt", (fatturakit.validate(data, name=outcome.name),)) == ""
    spoiled = fatturakit.validate(data.replace(b"EC01", b"EC09"), name=outcome.name)
    xml = render("receipt", (spoiled,))
    assert etree.QName(etree.fromstring(xml.encode())).localname == "ScartoEsitoCommittente"
    assert texts(xml, "Scarto") == ["EN00"]
    judged = fatturakit.validate(xml.encode(), name="IT07599810939_PA001_SE_001.xml")
    assert (judged.kind, judged.verdict, judged.findings) == ("SE", Verdict.VALID, ())


def test_names() -> None:
    xml = render("receipt", (LOST,))
    assert texts(xml, "NomeFile") == ["rotto.xml.p7m", "posta.zip"]
    (name,) = texts(render("receipt", (REJECTED["long"],)), "NomeFile")
    assert name == "a" * 36 + ".xml.p7m"


def test_without_a_moment_it_is_the_day_of_the_judgement() -> None:
    assert texts(render("receipt", (WRONG,)), "DataOraRicezione") == ["2026-11-20T00:00:00+01:00"]


@pytest.mark.parametrize("each", [CLEAN, NOTICE, UNSURE, report("x", findings=(ADVICE,))], ids=lambda each: each.path)
def test_no_message(each: Report) -> None:
    assert render("receipt", (each,)) == ""
    assert not says("receipt", each)
    assert says("json", each)


def test_several_need_a_folder() -> None:
    with pytest.raises(UsageError, match="-o DIR/"):
        render("receipt", (WRONG, LOT))
    assert render("receipt", (CLEAN, WRONG, CLEAN)).count("<?xml") == 1


def test_command_line(tmp_path: Path) -> None:
    names = [path.name for path in WRONGS]
    done = call("validate", *WRONGS, "--format", "receipt")
    assert (done.returncode, done.stdout) == (2, "")
    done = call("validate", *WRONGS, ROOT / "fixtures/simplified", "--format", "receipt", "-o", f"{tmp_path}/out/")
    assert done.returncode == 3
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {f"{name.partition('.')[0]}_NS_001.xml" for name in names}
    for path in (tmp_path / "out").iterdir():
        assert fatturakit.validate(path).verdict is Verdict.VALID


def test_hash_is_that_of_the_file(tmp_path: Path) -> None:
    path = ROOT / "fixtures/wrong/IT07599810939_XSDKO.xml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with zipfile.ZipFile(tmp_path / "IT07599810939_ZIP01.zip", "w") as archive:
        archive.write(path, path.name)
    for source in (path, tmp_path / "IT07599810939_ZIP01.zip"):
        done = call("validate", source, "--format", "receipt", "--received-on", "2026-11-20")
        assert done.returncode == 1
        assert texts(done.stdout, "Hash") == [digest]
        assert texts(done.stdout, "DataOraRicezione") == ["2026-11-20T00:00:00+01:00"]
