"""The facts of a file around any consistent document: its name, its size, its signature, and what was sent before."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import fatturakit as fk
from fatturakit.document import from_bytes
from fatturakit.rules.between import Sent, keys_of
from fatturakit.rules.engine import judge
from fatturakit.rules.facts import Reading
from fatturakit.rules.options import Options, moment

from ..signature.making import NOW, YEAR, Holder, p7m, signer
from . import parties
from .anywhere import general, tipi
from .breakers import BODY
from .invoice import RECEIVED, compose
from .tree import Tree, xml

ALNUM: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LIMIT: Final = 5 * 1024 * 1024


def errors(data: bytes, **options: Any) -> set[str]:
    """The codes of errors of a file about to be sent."""
    options = {"received_on": RECEIVED.isoformat(), "preflight": True, **options}
    return {each.code for each in fk.validate(data, **options).findings if each.severity is fk.Severity.ERROR}


def private(rng: random.Random, **wishes: Any) -> bytes:
    """A document that needs no signature."""
    return xml(compose(rng, kind=rng.choice(("FPR12", "FSM10")), **wishes))


def named(rng: random.Random) -> tuple[str, str, str]:
    """The parts of a name that is right: country and identifier, progressive, extension."""
    owner = rng.choice((parties.vat_number(rng), parties.tax_code(rng)))
    progressive = "".join(rng.choices(ALNUM, k=rng.randint(1, 5)))
    return (
        rng.choice((f"IT{owner}", f"{rng.choice(('DE', 'FR', 'SM'))}{owner[: rng.randint(2, 11)]}")),
        progressive,
        ".xml",
    )


WRONG_NAMES: Final[tuple[Callable[[str, str, str], str], ...]] = (
    lambda owner, progressive, ending: f"{owner}-{progressive}{ending}",
    lambda owner, progressive, ending: f"{owner}_{ending}",
    lambda owner, progressive, ending: f"{owner}_{'0' * 5}{progressive}{ending}",
    lambda owner, progressive, ending: f"{owner}_{progressive[:-1]}.{ending}",
    lambda owner, progressive, ending: f"{owner}_{progressive}{ending.upper()}",
    lambda owner, progressive, ending: f"{owner.lower()}_{progressive}{ending}",
    lambda owner, progressive, ending: f"XX{owner}_{progressive}{ending}",
    lambda owner, progressive, ending: f"IT{owner[2:12][:10]}_{progressive}{ending}",
    lambda owner, progressive, ending: f"{owner}_{progressive}.pdf",
)


def test_00001_any_name() -> None:
    """Names by the rule are silent, names that break it raise 00001 and nothing else."""
    for seed in range(30):
        rng = random.Random(seed)
        data, parts = private(rng), named(rng)
        assert errors(data, name="_".join(parts[:2]) + parts[2]) == set(), parts
        wrong = rng.choice(WRONG_NAMES)(*parts)
        assert errors(data, name=wrong) == {"00001"}, wrong


@pytest.mark.parametrize("more", [0, 1])
def test_00003_any_document_that_is_too_large(more: int) -> None:
    """One byte decides."""
    rng = random.Random(more)
    data = private(rng)
    padded = data.replace(
        b"<FatturaElettronicaHeader>", b" " * (LIMIT + more - len(data)) + b"<FatturaElettronicaHeader>"
    )
    assert errors(padded, name="IT01234567890_00001.xml") == ({"00003"} if more else set())


def test_00102_unsigned_to_the_administration() -> None:
    for seed in range(5):
        data = xml(compose(random.Random(seed), kind="FPA12"))
        assert errors(data, name="IT01234567890_00001.xml") == {"00102"}


def altered(data: bytes) -> bytes:
    """A digit of a number in the signed document is another."""
    place = data.index(b"<Numero>") + len(b"<Numero>")
    return data[:place] + (b"8" if data[place : place + 1] != b"8" else b"9") + data[place + 1 :]


SIGNED: Final[tuple[tuple[str, Callable[[], Holder], str, timedelta], ...]] = (
    ("", signer, "-cades", timedelta()),
    ("00100", lambda: signer(since=NOW - 3 * YEAR, until=NOW - YEAR), "-cades", timedelta()),
    ("00102", signer, "-cades", timedelta()),
    ("00103", signer, "-noattr", timedelta()),
    ("00105", signer, "-cades", -timedelta(hours=1)),
    ("00107", lambda: signer(since=NOW + YEAR, until=NOW + 2 * YEAR), "-cades", timedelta()),
)


@pytest.mark.parametrize(("code", "made", "how", "later"), SIGNED, ids=[case[0] or "sound" for case in SIGNED])
def test_signatures_of_any_document(
    code: str, made: Callable[[], Holder], how: str, later: timedelta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each defect has its own code, whatever was signed."""
    monkeypatch.delenv("FATTURAKIT_TRUST", raising=False)
    monkeypatch.setenv("FATTURAKIT_CACHE", str(tmp_path / "none"))
    today = NOW.astimezone(ZoneInfo("Europe/Rome")).date() - timedelta(2)
    for seed in range(3):
        data = xml(compose(random.Random(seed), day=today))
        signed = p7m(data, made(), folder=tmp_path, options=(how,))
        received = {"received_on": NOW + later} if later else {"received_on": NOW + timedelta(hours=1)}
        found = errors(altered(signed) if code == "00102" else signed, name="IT01234567890_00001.xml.p7m", **received)
        assert found == ({code} if code else set())


def sent(trees: list[Tree]) -> list[set[str]]:
    """The errors of each file of one call."""
    options, before, found = Options(received_on=moment(RECEIVED.isoformat())), Sent(), []
    for number, tree in enumerate(trees):
        path = f"IT01234567890_{number}.xml"
        reading = Reading(from_bytes(xml(tree), path), options)
        report = before.compared(judge(reading, path), keys_of(reading))
        found.append({each.code for each in report.findings if each.severity is fk.Severity.ERROR})
    return found


def test_00404_any_document_sent_again() -> None:
    """The same owner, number and year; another number, year or class of documents is no repetition."""
    for seed in range(40):
        rng = random.Random(seed)
        kind = rng.choice(("FPR12", "FSM10"))
        one, again = compose(random.Random(seed), kind=kind), compose(random.Random(seed), kind=kind)
        assert sent([one, again]) == [set(), {"00404"}], seed
        way = rng.choice(("number", "year", "class"))
        for body in again[BODY]:
            own = general(body)
            if way == "number":
                own["Numero"] += "bis"
            elif way == "year":
                own["Data"] = f"{int(own['Data'][:4]) - 1}-06-15"
        if way == "class" and tipi(one) == {"TD01"}:
            for body in again[BODY]:
                general(body)["TipoDocumento"] = "TD04"
        if way != "class" or tipi(one) == {"TD01"}:
            # a note of another year precedes what it corrects
            assert sent([one, again])[1] - {"00418"} == set(), (seed, way)
