"""InvoiceXpress: the same request until the file is there, and its oddities."""

from __future__ import annotations

import io
import zipfile

import pytest
import xmlschema
from lxml import etree

from fatturakit.saft.validating import validate

from ..shared import needs_shared, shared
from .visitor import Visitor, visiting


def ready(visitor: Visitor, **query: str) -> str:
    answers = [visitor.saft(**({"month": "10", "year": "2026"} | query)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 200]
    url: str = answers[-1].json()["url"]
    return url


def test_polling(visitor: Visitor) -> None:
    url = ready(visitor)
    answer = visitor.http.get(url)
    assert answer.headers["content-type"] == "application/xml"
    assert etree.fromstring(answer.content).tag == "{urn:OECD:StandardAuditFile-Tax:PT_1.04_01}AuditFile"
    assert visitor.saft(month="10", year="2026").json() == {"url": url}
    assert visitor.http.get(url + "x").status_code == 404


def test_the_file_is_generated_by_the_real_module(visitor: Visitor) -> None:
    data = visitor.http.get(ready(visitor, month="2", year="2024")).content
    report = validate(data)
    assert report.verdict == "valid"
    assert {finding.code for finding in report.findings} == {"PT9001"}, "only that no certified program made it"
    names = "{*}SourceDocuments/{*}SalesInvoices/{*}Invoice/{*}InvoiceNo"
    numbers = [node.text for node in etree.fromstring(data).findall(names)]
    assert numbers == ["FT 202402/1", "FT 202402/2", "FT 202402/3", "NC 202402/1"]


@needs_shared
@pytest.mark.parametrize("edition", ["2016", "2022"])
def test_the_file_keeps_the_official_schema(visitor: Visitor, edition: str) -> None:
    schema = xmlschema.XMLSchema11(shared("official", f"saft-pt-1.04_01-{edition}.xsd"))
    data = visitor.http.get(ready(visitor)).content
    assert [error.reason for error in schema.iter_errors(io.BytesIO(data))] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"month": "10"}, 422),
        ({"year": "2026"}, 422),
        ({"month": "13", "year": "2026"}, 422),
        ({"month": "x", "year": "2026"}, 422),
        ({"month": "10", "year": "26"}, 422),
        ({"month": "01", "year": "2026"}, 202),
        ({"month": "1", "years": "2026"}, 202),
        ({"month": "1", "year": "2026", "years": "2026"}, 202),
        ({"month": "10", "year": "2026", "api_key": "wrong"}, 401),
    ],
)
def test_parameters(visitor: Visitor, query: dict[str, str], status: int) -> None:
    answer = visitor.saft(**query)
    assert answer.status_code == status
    if status == 422:
        assert answer.content == b""


@pytest.mark.parametrize(("quirk", "name"), [("only-year", "years"), ("only-years", "year")])
def test_year_or_years(quirk: str, name: str) -> None:
    with visiting(quirks=[quirk]) as visitor:
        assert visitor.saft(month="10", **{name: "2026"}).status_code == 422
        assert visitor.saft(month="10", year="2026", years="2026").status_code == 202


def test_months_without_documents(visitor: Visitor) -> None:
    answers = [visitor.saft(month="12", year="2026") for _ in range(3)]
    assert answers[-1].status_code == 200
    assert set(answers[-1].json()) == {"message"}


def test_failures_archives_and_silence() -> None:
    with visiting(quirks=["saft-fails", "saft-zip", "saft-silent"]) as visitor:
        failed = visitor.saft(month="10", year="2026")
        assert (failed.status_code, "try again" in failed.json()["message"]) == (500, True)
        visitor.control("quirks", switch=["no-saft-fails"])
        assert visitor.saft(month="9", year="2026").content == b""
        archive = zipfile.ZipFile(io.BytesIO(visitor.http.get(ready(visitor)).content))
        assert archive.namelist() == ["saft_2026-10.xml"]
