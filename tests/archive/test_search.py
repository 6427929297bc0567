"""Every filter, every hostile value, full text: the same answers from both stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

import fatturakit as fk
from fatturakit.archive import search

from .made import OTHER, OURS, message, received, sent

NASTY = [
    "'",
    '"',
    "'; DROP TABLE documents; --",
    "%",
    "_",
    "\\",
    "!",
    ":x",
    "{names}",
    "\0",
    "𝔘",
    "a' OR '1'='1",
    "*",
    "NEAR(",
    "\udcff",
]


@pytest.fixture
def filled(archive: fk.Archive) -> Iterator[fk.Archive]:
    archive.add_company(OURS)
    stamp = "<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><DatiBollo><BolloVirtuale>SI</BolloVirtuale></DatiBollo>"
    archive.add(sent(1), sent(2, ("Data>2026-11-03", "Data>2026-10-01"), pa=True), sent(3, ("TD01", "TD04"), stamp))
    shop = "<Denominazione>Falegnameria Colle", "<Denominazione>CAFFÈ 100% &amp; Figli_srl 30m²"
    archive.add(received(4, shop), ("x.xml", received(5)[1]))
    archive.add(message("NS", sent(1)[0]), message("RC", sent(2)[0], pa=True, sdi="222"))
    return archive


FILTERS = [
    ({}, "1/A 2/A 3/A 4/R 5/R"),
    ({"type": "0"}, "1/A 2/A 3/A"),
    ({"type": "received"}, "4/R 5/R"),
    ({"invoice_number": "2/A"}, "2/A"),
    ({"invoice_date_before": "2026-10-01"}, "2/A"),
    ({"invoice_date_strictly_before": "2026-10-01"}, ""),
    ({"invoice_date_after": "2026-11-03"}, "1/A 3/A 4/R 5/R"),
    ({"invoice_date_strictly_after": "2026-11-03"}, ""),
    ({"created_at_before": "2000-01-01"}, ""),
    ({"created_at_strictly_after": "2000-01-01"}, "1/A 2/A 3/A 4/R 5/R"),
    ({"signed": True}, ""),
    ({"downloaded": False}, "1/A 2/A 3/A 4/R 5/R"),
    ({"stamp": True}, "3/A"),
    ({"stamp": "false"}, "1/A 2/A 4/R 5/R"),
    ({"to_pa": True}, "2/A"),
    ({"sender": f"{OTHER},NOBODY"}, "4/R 5/R"),
    ({"sender": "07643520567"}, "4/R 5/R"),
    ({"recipient": ["rssmra80a01h501u"]}, "1/A 2/A 3/A"),
    ({"sender_business_name": "CAFFÈ"}, "4/R"),
    ({"sender_business_name": "caffè"}, "4/R"),
    ({"sender_business_name": "caffe"}, ""),
    ({"document_type": "td04"}, "3/A"),
    ({"company": "01879020517", "invoice_number": "2/A"}, "2/A"),
    ({"sender_business_name": "100%"}, "4/R"),
    ({"sender_business_name": "i_s"}, "4/R"),
    ({"recipient_business_name": "mario"}, "1/A 2/A 3/A 4/R 5/R"),
    ({"recipient_business_fiscal_code": "RSSMRA80A01H501U"}, "1/A 2/A 3/A"),
    ({"recipient_business_vat_number_code": "01879020517"}, "4/R 5/R"),
    ({"marking": "rejected"}, "1/A"),
    ({"marking": ["sent", "delivered-pa"]}, "2/A 3/A"),
    ({"marking": "none-such"}, ""),
    ({"document_type": "TD04,TD05"}, "3/A"),
    ({"rejected_to_fix": True}, "1/A"),
    ({"definitive": True, "type": "sent"}, "1/A"),
    ({"sdi_id": "222"}, "2/A"),
    ({"name": "x.XML"}, "5/R"),
    ({"state": "rejected", "type": "received"}, ""),
]


def numbers(found: Iterator[object]) -> list[str]:
    return sorted(entry.number for entry in found)  # type: ignore[attr-defined]


def test_filters(filled: fk.Archive) -> None:
    for filters, expected in FILTERS:
        assert numbers(filled.list(**filters)) == expected.split(), filters
        assert filled.count(**filters) == len(expected.split())


def test_every_filter_has_a_case() -> None:
    tested = {name for filters, _ in FILTERS for name in filters}
    left = {"company", "id", "after_id", "read"}  # tested with what they are for
    rest = {name for name in search.FILTERS if name.startswith(("created_at", "sender_b", "recipient_b"))}
    assert set(search.FILTERS) - tested - left - rest == set()


TEXTS = [
    ("tavolo", "1/A 2/A 3/A 4/R 5/R"),
    ("TAVO*", "1/A 2/A 3/A 4/R 5/R"),
    ("caffe", "4/R"),
    ('"figli srl"', "4/R"),
    ('"srl figli"', ""),
    ("30m²", "4/R"),
    ("30M2", "4/R"),
    ("caffè tavolo", "4/R"),
    ("caffè nonesuch", ""),
]


def test_full_text(filled: fk.Archive) -> None:
    for text, expected in TEXTS:
        assert numbers(filled.list(text)) == expected.split(), text


def test_hostile_values_are_values(filled: fk.Archive) -> None:
    for nasty in NASTY:
        for name in ("invoice_number", "sender", "sender_business_name", "marking", "document_type", "state", "name"):
            list(filled.list(**{name: nasty}))
        for name in ("invoice_date_before", "created_at_after", "signed", "type"):
            with pytest.raises(fk.UsageError):
                list(filled.list(**{name: nasty}))
        with pytest.raises(fk.UsageError):
            filled.get(nasty)
        with suppress(fk.UsageError):  # no word in it
            list(filled.list(nasty))
        with pytest.raises(fk.UsageError):
            list(filled.list(order=nasty))
    assert filled.count() == 5
    assert not filled.check()


def test_order_and_pages(filled: fk.Archive) -> None:
    assert [entry.number for entry in filled.list(order="-invoice_number")][:2] == ["5/R", "4/R"]
    assert next(entry.number for entry in filled.list(order="invoice_date:asc")) == "2/A"
    pages = [[entry.id for entry in filled.list(page=page, per_page=2)] for page in (1, 2, 3, 4)]
    assert pages == [[5, 4], [3, 2], [1], []]
    assert list(filled.list(page=10**30)) == []
    with pytest.raises(fk.UsageError):
        filled.list(colour="red")


def test_hostile_names_stay_names(archive: fk.Archive) -> None:
    data = sent(1)[1]
    for name in ("../../etc/passwd.xml", "a'b.xml", "b\udcff.xml", "con.xml", "x\0y.xml", "\u202elmx.exe.xml"):
        archive.add((name, data))
    assert len(archive.get(1).files) == 6
    assert not archive.check()
