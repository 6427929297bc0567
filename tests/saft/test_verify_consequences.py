"""What a spoilt hash means for the documents around it, for other versions of the key, and for other files."""

from __future__ import annotations

import pytest

from fatturakit.findings import Verdict

from .test_verify import OTHER, Document, audit, chained, counts, reports, sign

pytest.importorskip("cryptography")


def words(documents: list[Document], number: int) -> str:
    """What is said of an invalid document, in English."""
    (report,) = reports(audit(documents))
    found = [row for row in report.findings if row.code == "PT7101" and row.args["document"] == f"FT A/{number}"]
    return found[0].say("en")


@pytest.mark.parametrize("spoilt", ["", "0", "cut", "altered", "repeated"])
def test_the_document_after_a_hash_that_is_not_its_own_is_said_to_suffer_from_it(spoilt: str) -> None:
    documents = chained(1, 4)
    whole = documents[1].hash
    documents[1].hash = {"cut": whole[:90], "altered": "AAAA" + whole[4:], "repeated": documents[0].hash}.get(
        spoilt, spoilt
    )
    assert "the document before it (FT A/2) has not its own hash" in words(documents, 3)


def test_a_hash_of_two_documents_before_is_recognised() -> None:
    documents = chained(1, 4)
    documents[2].hash = documents[0].hash
    assert "not its own, but that of two documents before" in words(documents, 3)


def of_version(documents: list[Document], version: str) -> bytes:
    """Documents under another version of the key, signed with another key."""
    for document in documents:
        document.hash = sign(document.text(), OTHER)
    return audit(documents).replace(b"<HashControl>1", f"<HashControl>{version}".encode())


def test_another_version_of_the_key_is_skipped_where_this_one_is_known() -> None:
    march = chained(1, 2)
    april = chained(3, 4, march[-1].hash, month=4)
    later = of_version(april, "2").replace(b"2025-03-01<", b"2025-04-01<")
    found = reports(audit(march), later)
    assert [counts(report) for report in found] == [{"valid": 2}, {"skipped": 2}]
    assert counts(reports(audit(march), later.replace(b"<HashControl>2", b"<HashControl>1"))[1]) == {"invalid": 2}
    assert counts(reports(of_version(chained(1, 2), "2"))[0]) == {"invalid": 2}


def test_a_file_that_lies_about_its_encoding_is_read_once_and_stops_nothing() -> None:
    text = audit(chained(1, 300)).decode().replace("</AuditFile>", "<Más/></AuditFile>")
    lies = b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode("cp1252")
    marked = b'\xef\xbb\xbf<?xml version="1.0" encoding="Windows-1252"?>' + text.encode("cp1252")
    found = reports(lies, marked.replace(b"599999993", b"501442600"), b"PK\x03\x04broken", audit(chained(1, 2)[1:]))
    assert sorted((report.verdict.value, report.path) for report in found) == [
        (Verdict.UNREADABLE.value, "2.xml"),
        *((Verdict.VALID.value, f"{place}.xml") for place in (0, 1, 3)),
    ]
    assert [counts(report) for report in found if report.path in {"0.xml", "1.xml"}] == [{"valid": 300}] * 2
