"""The controls on signatures inside ``validate``: each raised by its own defect, none by a sound signature."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import fatturakit as fk
from fatturakit.batch.judge import verifier
from fatturakit.signature.warning import warning

from ..cli.run import environment
from ..samples import INVOICE, NAME
from .making import NOW, YEAR, Holder, authority, p7m, signer

DATA = INVOICE.encode()
ROME = ZoneInfo("Europe/Rome")
SIGNATURE = ("00100", "00101", "00102", "00103", "00104", "00105", "00107")


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No anchors from outside."""
    monkeypatch.delenv("FATTURAKIT_TRUST", raising=False)
    monkeypatch.setenv("FATTURAKIT_CACHE", str(tmp_path / "none"))


def codes(report: fk.Report, *severities: str) -> list[str]:
    wanted = severities or ("error", "warning")
    found = [each for each in report.findings if each.layer is fk.Layer.SIGNATURE]
    return [f"{each.code} {each.severity.value}" for each in found if each.severity.value in wanted]


def judged(data: bytes, **options: object) -> fk.Report:
    return fk.validate(data, name=f"{NAME}.p7m", **options)  # type: ignore[arg-type]


def test_a_sound_signature_is_silent_and_says_what_is_left(tmp_path: Path) -> None:
    """Revocation is never judged, the authority only with somebody to trust."""
    data = p7m(DATA, signer(), folder=tmp_path)
    report = judged(data)
    assert (report.verdict, codes(report, "error", "warning", "info")) == (fk.Verdict.VALID, [])
    left = {row.code for row in report.not_evaluated} & set(SIGNATURE)
    assert left == {"00101", "00104"}
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    known = judged(data, trust=(str(tmp_path / "ca.pem"),))
    assert codes(known) == []
    assert {row.code for row in known.not_evaluated} & set(SIGNATURE) == {"00101"}
    unsigned = fk.validate(DATA, name=NAME)
    assert not {row.code for row in unsigned.not_evaluated} & set(SIGNATURE)


CASES: dict[str, tuple[Callable[[], Holder], tuple[str, ...], dict[str, object], list[str]]] = {
    "expired when it signed": (
        lambda: signer(since=NOW - 3 * YEAR, until=NOW - YEAR),
        ("-cades",),
        {},
        ["00100 error"],
    ),
    "expired since": (signer, ("-cades",), {"received_on": NOW + 2 * YEAR}, ["00100 warning"]),
    "no signing time": (signer, ("-noattr",), {}, ["00103 error"]),
    "another authority": (lambda: signer(issuer=authority("Altra CA")), ("-cades",), {"trust": True}, ["00104 error"]),
    "Agenzia delle Entrate": (
        lambda: signer(issuer=authority("CA Entratel", organisation="Agenzia delle Entrate"), qualified=False),
        ("-cades",),
        {"trust": True},
        ["00104 warning"],
    ),
    "received before it signed": (signer, ("-cades",), {"received_on": NOW - timedelta(hours=1)}, ["00105 error"]),
    "received the same day": (signer, ("-cades",), {"received_on": NOW.astimezone(ROME).date().isoformat()}, []),
    "not yet valid": (lambda: signer(since=NOW + YEAR, until=NOW + 2 * YEAR), ("-cades",), {}, ["00107 error"]),
    "not for signing": (lambda: signer(allowed=("key_encipherment",)), ("-cades",), {}, ["00107 error"]),
    "for authentication": (
        lambda: signer(allowed=("digital_signature",)),
        ("-cades",),
        {"preflight": True},
        ["00107 warning"],
    ),
    "not qualified": (lambda: signer(qualified=False), ("-cades",), {"preflight": True}, ["00107 warning"]),
}


@pytest.mark.parametrize("case", CASES)
def test_each_defect_has_its_code(case: str, tmp_path: Path) -> None:
    """And no other code."""
    made, how, options, expected = CASES[case]
    if options.get("trust"):
        (tmp_path / "ca.pem").write_bytes(authority().pem)
        options = {"trust": (str(tmp_path / "ca.pem"),)}
    assert codes(judged(p7m(DATA, made(), folder=tmp_path, options=how), **options)) == expected


def test_a_changed_total_is_caught_everywhere(tmp_path: Path) -> None:
    """00102 in validate, the warning for every view; nothing else is said of that signature."""
    data = p7m(DATA, signer(), folder=tmp_path)
    changed = data.replace(b"<PrezzoUnitario>100.00<", b"<PrezzoUnitario>900.00<")
    report = judged(changed)
    assert codes(report) == ["00102 error"]
    assert report.verdict is fk.Verdict.INVALID
    text = warning(fk.open(changed))
    assert text is not None
    assert text.it.startswith("ATTENZIONE")
    assert warning(fk.open(data)) is None
    assert warning(fk.open(DATA)) is None


def test_a_cut_envelope_is_00102(tmp_path: Path) -> None:
    """Recovered, and never looking sound."""
    report = judged(p7m(DATA, signer(), folder=tmp_path)[:-200])
    assert codes(report) == ["00102 error"]


def test_without_the_extra_the_controls_are_listed(tmp_path: Path) -> None:
    """With the line that installs it; everything else works."""
    path = tmp_path / f"{NAME}.p7m"
    path.write_bytes(p7m(DATA, signer(), folder=tmp_path))
    program = (
        "import sys\nsys.modules['signxml'] = None\nimport fatturakit as fk\n"
        "report = fk.validate(sys.argv[1])\n"
        "print({row.code: row.reason.en for row in report.not_evaluated}['00102'], len(report.findings))\n"
        "try:\n    fk.verify(sys.argv[1])\nexcept fk.FatturakitError as error:\n    print(error.exit_code, error)\n"
    )
    words = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment())
    first, second = done.stdout.splitlines()
    assert first == "signatures need an extra: pip install 'fatturakit[sign]' 0"
    assert second.startswith("4 ")
    assert "pip install 'fatturakit[sign]'" in second


def test_an_unsigned_document_loads_no_signature_library() -> None:
    """A plain file stays as fast as it was."""
    program = (
        "import sys\nimport fatturakit as fk\nfk.validate('fixtures/invoices/IT07654320071_00001.xml')\n"
        "print([name for name in ('cryptography', 'signxml', 'pyhanko', 'asn1crypto') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert verifier() is not None
