"""The figures of a period: sums to the cent, what counts and what does not, what is missing and what is double."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit.archive.doubles import Numbered
from fatturakit.archive.facts import facts_of
from fatturakit.archive.series import gaps
from fatturakit.archive.stamp import Quarter, deferred
from fatturakit.report import archive_html, archive_report
from fatturakit.report.screen import Page, Style

from ..shared import ROOT
from .made import OTHER, OURS, message, received, sent

STAMP = "<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><DatiBollo><BolloVirtuale>SI</BolloVirtuale></DatiBollo>"


@pytest.fixture
def filled(archive: fk.Archive) -> fk.Archive:
    archive.add_company(OURS)
    archive.add(sent(1), sent(2, ("TD01", "TD04")), sent(3, STAMP), sent(6), sent(7), received(4))
    archive.add(message("NS", sent(6)[0], sdi="6", data=sent(6)[1]), message("RC", "IT99_00001.xml", sdi="9"))
    return archive


def sums(lines: tuple, *keys: str) -> tuple[int, str, str, str]:
    (line,) = [line for line in lines if line.keys == (*keys, "")]
    return line.invoices, *(f"{amount:.2f}" for amount in (line.taxable, line.tax, line.total))


def test_sums(filled: fk.Archive) -> None:
    found = filled.report(year=2026)
    assert sums(found.by_rate, "sent", "22", "") == (4, "200.00", "44.00", "244.00")
    assert sums(found.by_type, "sent", "TD04")[3] == "-122.00"
    assert sums(found.by_state, "sent", "rejected") == (1, "0.00", "0.00", "0.00")
    assert sums(found.by_month, "received", "2026-11")[3] == "122.00"
    assert [(gap.series, gap.first, gap.last) for gap in found.gaps] == [("#/A", 4, 6)]
    assert [notice.file_name for notice in found.unmatched] == ["IT99_00001.xml"]
    assert found.stamp[0][:4] == (2026, 4, 1, Decimal("2.00"))
    assert not filled.report(year=2025).by_type


def test_doubles(filled: fk.Archive) -> None:
    again = sent(1, ("Tavolo", "Altro tavolo"))[1]
    corrected = [sent(6, ("Tavolo", word))[1] for word in ("Corretto", "Rifatto")]
    filled.add(("other.xml", again), (sent(6)[0], corrected[0]), ("new.xml", corrected[1]))
    found = {(double.code, double.what, len(double.documents)) for double in filled.report().doubles}
    assert found == {("00404", "1/A", 2), ("00404", "6/A", 2), ("00002", sent(6)[0][:-4].lower(), 2)}


def test_list_b_is_what_the_advice_says(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    rate = "<AliquotaIVA>22.00</AliquotaIVA>", "<AliquotaIVA>0.00</AliquotaIVA><Natura>N4</Natura>"
    archive.add(sent(1, rate, rate, ("<Imposta>22.00", "<Imposta>0.00")))
    assert archive.report().stamp[0].missing == (1,)


@pytest.mark.parametrize(
    ("amounts", "days"),
    [
        (("2", "2"), ("2026-11-30", "2026-11-30")),
        (("5002", "2"), ("2026-05-31", "2026-09-30")),
        (("4000", "4000"), ("2026-09-30", "2026-09-30")),
        (("5000", "0"), ("2026-11-30", "2026-11-30")),
    ],
)
def test_small_duties_may_wait(amounts: tuple, days: tuple) -> None:
    whole = ("2026-05-31", "2026-09-30")
    rows = [Quarter(2026, n, 1, Decimal(a), whole[n - 1], ()) for n, a in enumerate(amounts, 1)]
    assert tuple(row.pay_by for row in deferred(rows)) == days


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ("7 8 10 12", [("#", 9, 9), ("#", 11, 11)]),
        ("24/2026 25/2026 26/2026 27/2026", []),
        ("FPR25/26 FPR26/26 FPR27/26 FPR29/26", [("FPR#/26", 28, 28)]),
        ("2026/0025 2026/0026 2026/0028", [("2026/#", 27, 27)]),
        ("1/1 2/1 4/1 1/2 2/2", [("#/1", 3, 3)]),
        ("7/A 9/A 8/B A", [("#/A", 8, 8)]),
        ("2025 2026 2027", []),
        ("9999999999999999999999 1", []),
    ],
)
def test_missing_numbers(numbers: str, missing: list[tuple[str, int, int]]) -> None:
    used = [Numbered(1, 1, OURS, number, False, "2026", False, True, OURS) for number in numbers.split()]
    assert [(gap.series, gap.first, gap.last) for gap in gaps(used)] == missing


def test_a_refused_number_was_used_and_a_rejected_one_was_not(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(*(sent(serial, pa=True) for serial in (1, 2, 3, 4, 5)))
    archive.add(message("NE", sent(2)[0], pa=True, answer="EC02", sdi="2"), message("NS", sent(4)[0], pa=True, sdi="4"))
    assert [(gap.first, gap.last) for gap in archive.report().gaps] == [(4, 4)]


def test_a_report_of_a_company_that_is_not_ours(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    archive.add(sent(1))
    assert archive.report(company=OURS[2:].lower()).by_type == archive.report().by_type
    with pytest.raises(fk.UsageError, match=OTHER):
        archive.report(company=OTHER)


def test_the_stamp_of_a_simplified_invoice() -> None:
    text = (ROOT / "fixtures" / "rules" / "00418" / "ok-simplified.xml").read_text(encoding="utf-8")
    end = "</DatiGeneraliDocumento>"
    stamped = text.replace(end, f"<BolloVirtuale>SI</BolloVirtuale>{end}", 1)
    assert [facts_of(fk.open(each.encode())).invoices[0].stamp for each in (text, stamped)] == [False, True]


def test_the_picture_has_a_scale_and_labels_that_fit(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    days = [f"{2020 + month // 12}-{month % 12 + 1:02}-01" for month in range(40)]
    archive.add(*(sent(serial, ("2026-11-03", day)) for serial, day in enumerate(days, 1)))
    picture = archive_html.page(archive.report(), "en").partition("</svg>")[0]
    assert "122.00 euro" in picture
    places = [int(found) for found in re.findall(r'<text x="(\d+)" y="236"', picture)]
    assert len(places) > 10
    assert min(after - before for before, after in pairwise(places)) >= 56
    assert max(places) < 900


def test_pages(filled: fk.Archive) -> None:
    filled.add(sent(9, ("Falegnameria Colle", "<script>alert(1)</script>".replace("<", "&lt;"))))
    found = filled.report()
    page = archive_html.page(found, "it")
    assert "<svg" in page
    assert "<script>" not in page
    assert "Numeri mancanti" in page
    assert any("-122,00" in line for line in archive_report.text(Page(Style()), found))


def test_preservation(filled: fk.Archive, tmp_path: Path) -> None:
    import zipfile

    filled.add(message("RC", sent(1)[0], sdi="1"))
    with pytest.raises(fk.UsageError):
        filled.preserve([sent(2)[0]], tmp_path / "p.zip")
    with pytest.raises(fk.UsageError):
        filled.preserve([sent(1)[0], sent(6)[0]], tmp_path / "p.zip")
    assert filled.preserve([sent(1)[0], received(4)[0]], tmp_path / "p.zip") == 2
    status = filled.preserved(sent(1)[0])
    assert status is not None
    assert (status.status, status.object_type, status.weight) == ("sent", "customer invoice", len(sent(1)[1]))
    assert filled.preserved(sent(2)[0]) is None
    with zipfile.ZipFile(tmp_path / "p.zip") as found:
        assert len(found.namelist()) == 4
        assert b"SHA-256" in found.read("index.xml")
