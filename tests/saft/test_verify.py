"""The chain: documents signed here, spoilt one way each, and what the diagnosis says."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from fatturakit.errors import InputError
from fatturakit.findings import Report, Verdict
from fatturakit.saft.source import source_of
from fatturakit.saft.verifying import verify

from .small import NS

pytest.importorskip("cryptography")
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = rsa.generate_private_key(65537, 1024)  # the law prescribes 1024 bits
OTHER = rsa.generate_private_key(65537, 1024)
PEM = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(text: str, key: Any = KEY) -> str:
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA1())).decode()


class Document:
    """One invoice of the series FT A, dated by its number."""

    def __init__(self, number: int, previous: str, month: int = 3) -> None:
        self.number, self.previous = number, previous
        self.day = f"2025-{month:02d}-{number % 28 + 1:02d}"
        self.entry, self.gross = f"{self.day}T10:00:00", f"{100 + number}.105"
        self.hash = sign(self.text())

    def text(self, gross: str | None = None, previous: str | None = None, entry: str | None = None) -> str:
        rounded = f"{100 + self.number}.11" if gross is None else gross
        before = self.previous if previous is None else previous
        return f"{self.day};{entry or self.entry};FT A/{self.number};{rounded};{before}"

    def xml(self) -> str:
        return (
            f"<Invoice><InvoiceNo>FT A/{self.number}</InvoiceNo><DocumentStatus><InvoiceStatusDate>{self.entry}"
            f"</InvoiceStatusDate><SourceBilling>P</SourceBilling></DocumentStatus><Hash>{self.hash}</Hash><HashControl>1"
            f"</HashControl><InvoiceDate>{self.day}</InvoiceDate><SystemEntryDate>{self.entry}</SystemEntryDate><Line/>"
            f"<DocumentTotals><NetTotal>90.00</NetTotal><GrossTotal>{self.gross}</GrossTotal></DocumentTotals></Invoice>"
        )


def chained(first: int, last: int, previous: str = "", month: int = 3) -> list[Document]:
    found: list[Document] = []
    for number in range(first, last + 1):
        found.append(Document(number, found[-1].hash if found else previous, month))
    return found


def audit(documents: list[Document], month: int = 3) -> bytes:
    head = (
        f"<Header><TaxRegistrationNumber>599999993</TaxRegistrationNumber><StartDate>2025-{month:02d}-01</StartDate>"
        "<DateCreated>2025-12-01</DateCreated></Header>"
    )
    sales = "".join(document.xml() for document in documents)
    body = f"<SourceDocuments><SalesInvoices>{sales}</SalesInvoices></SourceDocuments>"
    return f'<AuditFile xmlns="{NS}">{head}{body}</AuditFile>'.encode()


def reports(*files: bytes) -> list[Report]:
    return list(verify([source_of(data, f"{place}.xml") for place, data in enumerate(files)], PEM))


def counts(report: Report) -> dict[str, int]:
    """The verdicts of the only series."""
    row = next(row for row in report.findings if row.code == "PT7100")
    names = ("valid", "invalid", "skipped", "unsigned")
    return {name: int(str(row.args[name])) for name in names if row.args[name] != "0"}


def test_a_sound_chain() -> None:
    (report,) = reports(audit(chained(1, 5)))
    assert (report.verdict, counts(report)) == (Verdict.VALID, {"valid": 5})


def test_the_order_of_the_file_does_not_matter() -> None:
    documents = chained(1, 6)
    (report,) = reports(audit([documents[place] for place in (3, 1, 5, 0, 4, 2)]))
    assert counts(report) == {"valid": 6}


def test_the_first_of_a_series_begun_earlier_is_skipped() -> None:
    (report,) = reports(audit(chained(7, 9, previous=chained(6, 6)[0].hash)))
    assert (report.verdict, counts(report)) == (Verdict.VALID, {"valid": 2, "skipped": 1})


def test_months_are_taken_in_their_order_whatever_the_order_given() -> None:
    march = chained(1, 3)
    april = chained(4, 5, march[-1].hash, month=4)
    found = reports(audit(april, 4), audit(march))
    assert [(report.path, counts(report)) for report in found] == [("1.xml", {"valid": 3}), ("0.xml", {"valid": 2})]


def test_after_a_gap_a_document_is_skipped_and_unsigned_ones_are_told() -> None:
    documents = chained(1, 5)
    del documents[2]
    documents[-1].hash = "0"
    (report,) = reports(audit(documents))
    assert counts(report) == {"valid": 2, "skipped": 1, "unsigned": 1}


def spoilt(change: Callable[[Document, Document], None]) -> Report:
    """The report on three documents, the last one changed."""
    documents = chained(1, 3)
    change(documents[2], documents[1])
    (report,) = reports(audit(documents))
    return report


def signed_with(**parts: str) -> Callable[[Document, Document], None]:
    def change(document: Document, _before: Document) -> None:
        document.hash = sign(document.text(**parts))

    return change


def of_another_key(document: Document, _before: Document) -> None:
    document.hash = sign(document.text(), OTHER)


def cut(document: Document, _before: Document) -> None:
    document.hash = document.hash[:100]


def repeated(document: Document, before: Document) -> None:
    document.hash = before.hash


def altered_later(document: Document, _before: Document) -> None:
    document.gross = "999.99"


def two_before(document: Document, before: Document) -> None:
    document.hash = sign(document.text(previous=before.previous))


def moved_moment(document: Document, _before: Document) -> None:
    document.hash = sign(document.text(entry=document.entry[:10] + " " + document.entry[11:], gross="103.10"))


def newline(document: Document, _before: Document) -> None:
    document.hash = sign(document.text() + "\n")


DIAGNOSES = {
    "no previous hash": (signed_with(previous=""), "wrong previous hash (empty)"),
    "previous hash of two before": (two_before, "wrong previous hash (that of two documents before)"),
    "total not rounded": (signed_with(gross="103.105"), "a total written another way (103.105)"),
    "total truncated": (signed_with(gross="103.10"), "a total written another way (103.10)"),
    "total with a comma": (signed_with(gross="103,11"), "a total written another way (103,11)"),
    "net total": (signed_with(gross="90.00"), "a total written another way (90.00)"),
    "moment without T": (signed_with(entry="2025-03-04 10:00:00"), "another date or time (2025-03-04 10:00:00)"),
    "two things": (moved_moment, "differs in several points"),
    "newline at the end": (newline, "a text of another form"),
    "another key": (of_another_key, "was not made with this key"),
    "cut": (cut, "has not the 172 characters of a signature (it has 100)"),
    "the same hash twice": (repeated, "that of the document before (FT A/2)"),
    "changed after signing": (altered_later, "over another text"),
}


@pytest.mark.parametrize("case", DIAGNOSES)
def test_diagnoses(case: str) -> None:
    change, words = DIAGNOSES[case]
    report = spoilt(change)
    wrong = [row for row in report.findings if row.code == "PT7101"]
    assert counts(report) == {"valid": 2, "invalid": 1}
    assert report.verdict is Verdict.INVALID
    assert words in wrong[0].say("en")
    assert str(wrong[0].args["expected"]).startswith("2025-03-04;2025-03-04T10:00:00;FT A/3;")


def test_the_exact_text_that_was_signed_is_shown() -> None:
    row = next(row for row in spoilt(signed_with(gross="103.105")).findings if row.code == "PT7101")
    document = chained(1, 3)[2]
    assert f"«{document.text(gross='103.105')}»" in row.say("pt")
    assert row.args["expected"] == document.text()


def test_a_file_that_cannot_be_read_and_files_of_two_companies() -> None:
    first, second = audit(chained(1, 2)), audit(chained(1, 2)).replace(b"599999993", b"501442600")
    found = reports(first, b"<a/>", second)
    assert Counter(report.verdict for report in found) == {Verdict.VALID: 2, Verdict.UNREADABLE: 1}


def test_a_private_key_and_one_that_is_not_rsa_are_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    form = serialization.PrivateFormat.PKCS8
    private = KEY.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    with pytest.raises(InputError, match="pubblica"):
        list(verify([], private))
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    shape = serialization.PublicFormat.SubjectPublicKeyInfo
    with pytest.raises(InputError):
        list(verify([], other.public_bytes(serialization.Encoding.PEM, shape)))
