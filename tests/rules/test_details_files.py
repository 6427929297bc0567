"""What the controls on files and signatures say besides their codes, each asked directly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import fatturakit as fk
from fatturakit.rules import engine, unevaluated
from fatturakit.rules.options import Options
from fatturakit.rules.sdi import (
    e00001_nome_file,
    e00002_nome_ripetuto,
    e00003_dimensione,
    e00100_scaduto,
    e00105_firma_futura,
    e00107_certificato,
)
from fatturakit.rules.signed import Signed
from fatturakit.rules.transmission import Transmission

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


def test_00100_the_last_moment_is_no_expiry() -> None:
    """Signed and received in it."""
    assert e00100_scaduto.check(Signed("X", intact=True, signed_at=END, not_after=END), END) is None


def test_00002_the_same_name_or_the_same_but_for_its_extension() -> None:
    """Before sending an error, or only a warning; a file without a name has none to repeat."""
    seen: dict[str, tuple[str, str]] = {}
    names = ("a.xml", "a.xml", "a.xml.p7m", "b.xml", "", "")
    files = [Transmission(name, 1, "FPR12", preflight=True) for name in names]
    made = [e00002_nome_ripetuto.check(file, seen, f"{place}/{file.name}") for place, file in enumerate(files)]
    found = [each and (each.severity.value, each.args["found"], each.args["other"]) for each in made]
    assert found == [None, ("error", "a.xml", "0/a.xml"), ("warning", "a.xml.p7m", "0/a.xml"), None, None, None]
    assert "extension" in (made[2].say("en") if made[2] else "")


@pytest.mark.parametrize(
    ("kind", "signatures", "left"),
    [
        ("FPA12", "judged", {"00101", "00104"}),
        ("FPA12", "trusted", {"00101"}),
        ("FPA12", "none", set()),
        ("FPR12", "unjudged", {"00100", "00101", "00102", "00103", "00104", "00105", "00107"}),
        ("EC", "unjudged", set()),
    ],
)
def test_what_is_not_evaluated_of_signatures(kind: str, signatures: unevaluated.Signatures, left: set[str]) -> None:
    """Revocation never is, the authority only with somebody to trust; nothing is left where there is no signature."""
    named, unnamed = (
        {row.code: row.reason for row in unevaluated.rows(kind, named=each, signatures=signatures)}
        for each in (True, False)
    )
    assert {code for code in named if "00100" <= code < "00200"} == left
    assert "00001" not in named
    assert [code for code, why in unnamed.items() if why != named.get(code)] == ["00001", "00002"]


def test_what_is_not_evaluated_because_it_was_left_out() -> None:
    """By either choice, with its own reason; what is chosen keeps its own."""
    chosen = {row.code: row.reason for row in unevaluated.rows("FPR12", select=("003",))}
    ignored = {row.code: row.reason for row in unevaluated.rows("FPR12", ignore=("003",))}
    plain = {row.code: row.reason for row in unevaluated.rows("FPR12")}
    excluded = unevaluated.reason("excluded")
    assert (chosen["00423"], chosen["00305"]) == (excluded, plain["00305"])
    assert "00423" not in ignored
    assert (ignored["00305"], ignored["00301"]) == (excluded, excluded)


@pytest.mark.parametrize(
    ("received", "latest"),
    [(END.replace(hour=10), END.replace(hour=10)), (END, END + timedelta(1))],
)
def test_00105_a_day_of_reception_lasts_until_its_end(received: datetime, latest: datetime) -> None:
    """Midnight stands for the whole day; any other moment for itself."""
    for signed, late in ((latest, False), (latest + timedelta(seconds=1), True)):
        made = e00105_firma_futura.check(Signed("X", intact=True, signed_at=signed), received)
        assert (made is not None) is late
        if made is not None:
            assert made.args == {"name": "X", "found": signed.isoformat(), "expected": received.isoformat()}


SOUND = Signed("X", intact=True, signed_at=END, not_before=END, not_after=END)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (SOUND, []),
        (SOUND._replace(signed_at=END - timedelta(seconds=1)), [("error", e00107_certificato._EARLY)]),
        (SOUND._replace(signed_at=None, not_before=END + timedelta(1)), []),
        (SOUND._replace(signed_at=None, not_before=END + timedelta(8)), [("error", e00107_certificato._EARLY)]),
        (SOUND._replace(not_before=None, may_sign=False), []),
        (SOUND._replace(may_sign=False, non_repudiation=False), [("error", e00107_certificato._USAGE)]),
        (SOUND._replace(chain_broken=True), [("error", Signed("", intact=True).trust_problem)]),
        (SOUND._replace(non_repudiation=False), [("info", e00107_certificato._AUTHENTICATION)]),
        (SOUND._replace(qualified=False), [("info", e00107_certificato._NOT_QUALIFIED)]),
        (SOUND._replace(qualified=False, revenue=True), []),
    ],
)
def test_00107_each_defect_of_a_certificate(row: Signed, expected: list[tuple[str, object]]) -> None:
    """Errors are certain; what SdI may still take is information, and before sending a warning."""
    received = END + timedelta(7)
    found = [(each.severity.value, each.args["reason"]) for each in e00107_certificato.check(row, received)]
    assert found == expected
    sending = [each.severity.value for each in e00107_certificato.check(row, received, preflight=True)]
    assert sending == ["warning" if severity == "info" else severity for severity, _ in expected]


def test_00106_an_archive_that_cannot_be_used() -> None:
    """Its report is that of an unreadable file, and names the reason."""
    report = engine.archive_report("a.zip", 1, Options(), "encrypted")
    assert report is not None
    assert (report.verdict, [each.code for each in report.findings]) == (fk.Verdict.UNREADABLE, ["00001", "00106"])
    assert engine.archive_report("IT01234567890_00001.zip", 1, Options()) is None


@pytest.mark.parametrize(("channel", "mebi"), [("web", 5), ("sdicoop", 5), ("pec", 30), ("sftp", 150)])
def test_00003_an_archive_may_fill_its_channel(channel: str, mebi: int) -> None:
    """An archive is measured by its channel; before sending the megabyte of a million bytes warns."""
    sizes = (mebi * 1_000_000, mebi * 1_000_000 + 1, mebi * 1_048_576, mebi * 1_048_576 + 1)
    files = [Transmission("a.zip", size, "ZIP", archive=True, preflight=True, channel=channel) for size in sizes]
    found = [made and (made.severity, made.args["expected"]) for made in map(e00003_dimensione.check, files)]
    small, large = ("warning", str(sizes[0])), ("error", str(sizes[2]))
    assert found == [None, small, small, large]
    kept = [each._replace(preflight=False) for each in files]
    assert [made and made.severity for made in map(e00003_dimensione.check, kept)] == [None, None, None, "warning"]


def test_00001_shows_a_name_of_the_same_sort() -> None:
    """An archive is to be called as an archive."""
    for archive, extension in ((False, "xml"), (True, "zip")):
        made = e00001_nome_file.check(Transmission("x", 1, "FPR12", archive=archive))
        assert made is not None
        assert made.args == {"found": "x", "extension": extension, "example": f"IT01234567890_00001.{extension}"}
    default = e00001_nome_file.check(Transmission("x", 1, "FPR12"))
    assert default is not None
    assert (default.severity, default.args["extension"]) == ("warning", "xml")
