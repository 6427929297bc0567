"""``validate``: every control of a file, verdicts, options, honesty about what was not judged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import fatturakit as fk
from fatturakit import clock
from fatturakit.rules import _index, content, unevaluated
from fatturakit.rules.declare import catalogue
from fatturakit.schema.codes import code_list, code_lists
from fatturakit.schema.table import table

from ..samples import NAME, administration, invoice, lines
from ..shared import ROOT

MESSAGES = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"
OUTCOME = f"""<t:NotificaEsitoCommittente xmlns:t="{MESSAGES}" versione="1.0"><IdentificativoSdI>1</IdentificativoSdI>
<Esito>EC01</Esito></t:NotificaEsitoCommittente>""".encode()


def codes(report: fk.Report) -> list[tuple[str, str]]:
    """Codes and severities, our own advice left aside."""
    found = [finding for finding in report.findings if finding.layer is not fk.Layer.ADVICE]
    return [(finding.code, finding.severity.value) for finding in found]


def test_a_sound_invoice() -> None:
    """Nothing is found, the keys of its body are there, and what was not judged is listed with reasons."""
    report = fk.validate(invoice(), name=NAME)
    assert (report.verdict, report.kind, report.layers) == (fk.Verdict.VALID, "FPR12", ("xml",))
    assert codes(report) == []
    assert report.bodies == ((1, "TD01", "12/A", "2026-11-03"),)
    reasons = {row.code: row.reason.it for row in report.not_evaluated}
    assert "anagrafe tributaria" in reasons["00305"]
    assert "00398" not in reasons  # exists for the administration only
    report.raise_for_findings()


@pytest.mark.parametrize(
    ("name", "working", "preflight"),
    [
        (NAME, [], []),
        ("IT01879020517_00001.xml.p7m", [], []),
        ("ITAAABBB99T99X999W_aZ09.xml", [], []),
        ("DE123_1.xml", [], []),
        ("EL12_1.xml", [], []),
        ("IT0187902051_00001.xml", ["warning"], ["error"]),  # ten characters
        ("IT01879020517_000001.xml", ["warning"], ["error"]),  # six in the progressive
        ("IT01879020517-00001.xml", ["warning"], ["error"]),
        ("it01879020517_00001.xml", ["warning"], ["error"]),
        ("ZZ01879020517_00001.xml", ["warning"], ["error"]),  # no such country
        ("DE1_1.xml", ["warning"], ["error"]),
        ("IT01879020517_00001.XML", [], ["error"]),  # tolerated in what was received
        ("IT01879020517_00001.zip", ["warning"], ["error"]),  # a document is not an archive
        ("IT01879020517_00001", ["warning"], ["error"]),
        ("fattura.xml\n", ["warning"], ["error"]),
        ("IT01879020517_00001.xml\n", ["warning"], ["error"]),
    ],
)
def test_00001(name: str, working: list[str], preflight: list[str]) -> None:
    """The name: a warning on a working copy, an error before sending."""
    for strict, expected in ((False, working), (True, preflight)):
        found = [s for code, s in codes(fk.validate(invoice(), name=name, preflight=strict)) if code == "00001"]
        assert found == expected, strict


@pytest.mark.parametrize(
    ("size", "working", "preflight"),
    [
        (5_000_000, None, None),
        (5_000_001, None, "warning"),
        (5_242_880, None, "warning"),
        (5_242_881, "warning", "error"),
    ],
)
@pytest.mark.parametrize("channel", ["web", "sdicoop", "pec", "sftp"])
def test_00003(size: int, working: str | None, preflight: str | None, channel: str) -> None:
    """5 MB for an invoice on every channel; between the two meanings of MB only a warning before sending."""
    data = invoice()
    padded = data.replace(b"<Numero>", b" " * (size - len(data)) + b"<Numero>")
    for strict, expected in ((False, working), (True, preflight)):
        report = fk.validate(padded, name=NAME, preflight=strict, channel=channel)
        assert dict(codes(report)).get("00003") == expected


def test_00102_an_unsigned_invoice_to_the_administration() -> None:
    """Required before sending, a warning otherwise; what looks like a signature and is none is an error."""
    assert codes(fk.validate(administration(), name=NAME)) == [("00102", "warning")]
    assert codes(fk.validate(administration(), name=NAME, preflight=True)) == [("00102", "error")]
    signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></p:FatturaElettronica>'
    signed = fk.validate(administration(("</p:FatturaElettronica>", signature)), name=NAME, preflight=True)
    assert dict(codes(signed))["00102"] == "error"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('versione="FPR12"', 'versione="FPA12"'), [("00102", "warning"), ("00428", "error")]),
        (("FormatoTrasmissione>FPR12", "FormatoTrasmissione>FPA12"), [("00427", "error"), ("00428", "error")]),
        (('versione="FPR12"', ""), [("00200", "error")]),
        (("<FormatoTrasmissione>FPR12</FormatoTrasmissione>", ""), [("00200", "error")]),
        (('versione="FPR12"', 'versione="X"'), [("00200", "error"), ("00428", "error")]),
    ],
)
def test_00428(change: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    """versione against FormatoTrasmissione, where both are there; content is judged after 00200 too."""
    report = fk.validate(invoice(change), name=NAME)
    assert codes(report) == expected
    for finding in report.findings:
        if finding.code == "00428":
            assert (finding.field, finding.line) == ("1.1.3", 7)


def test_00201_after_fifty_format_errors() -> None:
    """Fifty are listed and content is judged; with one more 00201 closes the list and content is not judged."""
    change = (b'versione="FPR12"', b'versione="FPA12"')
    for count, expected in ((50, {"00200": 50, "00428": 1, "00102": 1}), (51, {"00200": 50, "00201": 1, "00102": 1})):
        data = lines(count).replace(b"<Descrizione>Tavolo<", b"<Descrizione><").replace(*change)
        report = fk.validate(data, name=NAME)
        found = [code for code, _ in codes(report)]
        assert {code: found.count(code) for code in found} == expected


@pytest.mark.parametrize("data", [b"<fattura/>", b'<x:FatturaElettronika xmlns:x="urn:x"/>'])
def test_an_unknown_root_is_invalid(data: bytes) -> None:
    """Well-formed XML that is no document of SdI is a 00200 on the root."""
    report = fk.validate(data, name=NAME)
    assert (report.kind, report.verdict) == ("unknown", fk.Verdict.INVALID)
    assert codes(report) == [("00200", "error")]


@pytest.mark.parametrize("root", ["OECD:StandardAuditFile-Tax:PT_1.04_01", "StandardAuditFile-Taxation-Financial:NO"])
def test_an_audit_file_has_its_own_engine(root: str) -> None:
    """An audit file is judged by the rules of its country, not by those of SdI."""
    report = fk.validate(f'<AuditFile xmlns="urn:{root}"/>'.encode())
    assert report.verdict is fk.Verdict.INVALID
    assert not {finding.code for finding in report.findings} & {*catalogue()}


def test_en00_on_an_outcome_notice() -> None:
    """A notice of outcome that breaks its schema gets EN00 beside the violations."""
    assert codes(fk.validate(OUTCOME)) == []
    bad = fk.validate(OUTCOME.replace(b"EC01", b"EC09"))
    assert codes(bad) == [("00200", "error"), ("EN00", "error")]


def test_old_formats_are_read_but_not_sent() -> None:
    """A 1.1 document is judged by its own schema; before sending SdI's refusal is said."""
    data = invoice(
        (
            "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2",
            "http://www.fatturapa.gov.it/sdi/fatturapa/v1.1",
        ),
        ('versione="FPR12"', 'versione="1.1"'),
        ("FormatoTrasmissione>FPR12", "FormatoTrasmissione>SDI11"),
        ("0000000", "UFABCD"),
    )
    assert codes(fk.validate(data, name=NAME)) == []
    assert codes(fk.validate(data, name=NAME, preflight=True)) == [("00200", "error")]


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"", "00106"), (b"<a>", "00200"), (b"<!DOCTYPE a><a/>", "00200"), ("no/such/file.xml", "00106"), ("/", "00106")],
)
def test_unreadable_never_raises(source: bytes | str, code: str) -> None:
    """What cannot be opened has a report too."""
    report = fk.validate(source)
    assert report.verdict is fk.Verdict.UNREADABLE
    assert codes(report) == [(code, "error")]
    with pytest.raises(fk.FindingsError, match=code):
        report.raise_for_findings()


def test_00200_a_character_beyond_latin_1() -> None:
    """Also in a document that is read for the first time."""
    assert ("00200", "error") in codes(fk.validate(invoice(("Falegnameria Colle", "Falegnameria 10 \u20ac"))))
    assert codes(fk.validate(invoice(("Falegnameria Colle", "Falegnameria \u00c8")))) == []


def test_select_and_ignore() -> None:
    """Prefixes choose the findings; what was left out is listed as not evaluated."""
    bad = invoice(("TD01", "TD99"), ('versione="FPR12"', 'versione="FPA12"'))
    assert codes(fk.validate(bad, name="x", select=("004",))) == [("00428", "error")]
    ignoring = fk.validate(bad, name="x", ignore=("0020", "00428", "001"))
    assert codes(ignoring) == [("00001", "warning")]
    left = {row.code: row.reason.en for row in ignoring.not_evaluated}
    assert "--ignore" in left["00428"]


def test_moments() -> None:
    """The reception decides the day of the controls, in Rome; --as-of overrides it."""
    assert fk.validate(invoice(), received_on="2026-06-30T22:30:00Z").as_of == date(2026, 7, 1)
    assert fk.validate(invoice(), received_on=datetime(2026, 1, 1, 12, tzinfo=clock.rome())).as_of == date(2026, 1, 1)
    assert fk.validate(invoice(), received_on="2026-06-30", as_of=date(2020, 1, 2)).as_of == date(2020, 1, 2)
    with pytest.raises(fk.UsageError, match="ISO"):
        fk.validate(invoice(), received_on="ieri")
    with pytest.raises(fk.UsageError, match="fax"):
        fk.validate(invoice(), channel="fax")


def test_codes_may_come_as_any_list() -> None:
    wrong = invoice(("100.00</PrezzoTotale", "1.00</PrezzoTotale"))
    for select in (("0042",), ["0042"], "0042"):
        assert fk.validate(wrong, select=select, ignore=[]).findings  # type: ignore[arg-type]


def test_a_document_can_be_validated_as_it_is(tmp_path: Path) -> None:
    """An open document needs no second reading; its name is judged."""
    path = tmp_path / "x.xml"
    path.write_bytes(invoice())
    assert codes(fk.validate(fk.open(path))) == [("00001", "warning")]
    assert fk.validate(path).path == str(path)
    with path.open("rb") as stream:
        assert fk.validate(stream).path == str(path)
    unnamed = fk.validate(fk.open(invoice()))
    assert {"00001", "00002"} <= {row.code for row in unnamed.not_evaluated}


def test_every_control_is_accounted_for() -> None:
    """Every current code of the facts has a module or a row; modules explain themselves in full."""
    kinds = ("FPA12", "FPR12", "FSM10", "EC")
    listed = {row.code for kind in kinds for row in unevaluated.rows(kind)}
    for rule in catalogue().values():
        assert all(f"{heading}:" in rule.doc for heading in ("What", "Why", "Fix", "Source")), rule.code
        assert rule.module.rpartition(".")[2].startswith(("e" + rule.code, rule.code.lower())), rule.code
        assert rule.message.it != rule.message.en
        assert _placeholders(rule.message.it) == _placeholders(rule.message.en)
        assert _placeholders(rule.fix.it) == _placeholders(rule.fix.en)
    assert len(listed | set(catalogue())) >= 70


def _placeholders(template: str) -> set[str]:
    return {part.partition("}")[0] for part in template.split("{")[1:]}


def test_a_control_that_is_not_run_would_have_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a control needs is only a short cut: without it, every fixture gets the same findings."""
    files = sorted((ROOT / "fixtures").rglob("*.xml"))
    before = [fk.validate(path).findings for path in files]
    every = tuple((*row[:6], "") for row in _index.CONTROLS)
    monkeypatch.setattr(content, "CONTROLS", every)
    content._in_force.cache_clear()
    after = [fk.validate(path).findings for path in files]
    content._in_force.cache_clear()
    assert len(files) > 200
    assert [path.name for path, one, other in zip(files, before, after, strict=True) if one != other] == []


def test_words_that_controls_need_exist() -> None:
    """An element of the formats or a value of a code list: a word that is neither would silence a control."""
    names = {row.name for profile in ("ordinary-1.2.3", "simplified-1.0.2") for row in table(profile)}
    values = {code.code for name in code_lists() for code in code_list(name).codes} | {
        "XXXXXXX",
        "0000000",
        "#zero",
        "#both",
        "#fraction",
    }
    needed = {word for row in _index.CONTROLS for word in row[6].split()}
    assert needed - names - values == set()


def test_the_day_in_italy_is_that_of_its_time_zone() -> None:
    """The quick way says what the time zone says, around every midnight of two years and at the ends of time."""
    start = datetime(2025, 12, 31, 20, tzinfo=UTC)
    moments = [start + timedelta(days=day, minutes=20 * step) for day in range(800) for step in range(18)]
    moments += [datetime(1950, 6, 1, 22, 30, tzinfo=UTC), datetime(1916, 6, 3, 22, 30, tzinfo=UTC)]
    assert all(clock.italian_day(each) == each.astimezone(clock.rome()).date() for each in moments)
    assert clock.italian_day(datetime.max.replace(tzinfo=UTC)) == date.max
