"""What a finding says besides its code: severity, line and arguments, on the fixtures that fail a control."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import fatturakit as fk
from fatturakit.rules.sdi import e00100_scaduto
from fatturakit.rules.signed import Signed

from ..samples import INVOICE, invoice
from ..shared import ROOT

HOME = ROOT / "fixtures" / "rules"
CASES = [
    ("00409/ko-same-year.xml", "error", {"found": "12/A", "year": "2026", "other": "1"}),
    ("00409/ko-art73-same-day.xml", "error", {"found": "12/A", "year": "2026", "other": "1"}),
    ("FK001/ko-french-seller.xml", "warning", {"found": "4030326504", "country": "FR"}),
    ("FK018/ko-eu-services.xml", "warning", {"tipo": "TD17"}),
    ("FK018/ko-goods.xml", "warning", {"tipo": "TD18"}),
    ("FK018/ko-outside-eu.xml", "info", {"tipo": "TD17"}),
    ("FK005/ko-abroad.xml", "info", {"found": "900.00"}),
    ("FK005/ko-over-threshold.xml", "warning", {"found": "77.48"}),
    ("FK005/ko-with-advances.xml", "info", {"found": "100.00"}),
]


def found(data: bytes, code: str) -> list[tuple[str, dict[str, object]]]:
    report = fk.validate(data, received_on="2026-11-21")
    return [(each.severity.value, dict(each.args)) for each in report.findings if each.code == code]


@pytest.mark.parametrize(("path", "severity", "args"), CASES, ids=[case[0] for case in CASES])
def test_said(path: str, severity: str, args: dict[str, str]) -> None:
    assert found((HOME / path).read_bytes(), path.partition("/")[0]) == [(severity, args)]


def test_00409_between_a_document_that_counts_by_day_and_one_by_year_only_warns() -> None:
    """Art73 makes the day part of the key, so that SdI may see two keys: a warning, whichever comes first."""
    start, end = INVOICE.index("  <FatturaElettronicaBody>"), INVOICE.index("</p:FatturaElettronica>")
    plain = INVOICE[start:end]
    by_day = plain.replace("</Numero>", "</Numero><Art73>SI</Art73>")
    for bodies in ((plain, by_day), (by_day, plain)):
        data = INVOICE[:start] + "".join(bodies) + INVOICE[end:]
        assert [severity for severity, _ in found(data.encode(), "00409")] == ["warning"]
    assert found(invoice(), "00409") == []


END = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed", "severity"), [(END - timedelta(1), "warning"), (END, "warning"), (END + timedelta(1), "error")]
)
def test_00100_in_the_very_moment_of_expiry_a_certificate_still_signs(signed: datetime, severity: str) -> None:
    """Received when it has expired; an error only when it was used after its end."""
    row = Signed("X", intact=True, signed_at=signed, not_after=END)
    made = e00100_scaduto.check(row, END + timedelta(30))
    assert made is not None
    moment = signed if severity == "error" else END + timedelta(30)
    assert (made.severity, made.args["moment"]) == (severity, moment.isoformat(timespec="minutes"))


def test_00424_names_only_the_rates_that_are_fractions() -> None:
    """A document may have others that are as they should be."""
    data = INVOICE.replace("<AliquotaIVA>22.00<", "<AliquotaIVA>0.22<", 1).encode()
    assert found(data, "00424") == [("error", {"found": "0.22"})]
