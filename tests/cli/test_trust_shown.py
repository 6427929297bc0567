"""What is kept of the trusted lists, shown: nothing, one authority, lists that are overdue."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fatturakit.signature import store

from ..signature.making import authority
from .run import Ended, fatturakit

NOW = datetime.now(UTC)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FATTURAKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def trust(cache: Path, *words: str) -> Ended:
    return fatturakit("trust", *words, "--lang", "en", FATTURAKIT_CACHE=str(cache))


def keep(days: int) -> None:
    """One authority of one list, fetched and due so many days ago and from now."""
    found = store.Service(authority().der, "Autorità di prova", SINCE, territory="IT")
    source = store.Source("IT", "https://example.test/IT.xml", SINCE, NOW + timedelta(days))
    store.save(store.Kept(NOW - timedelta(days=3), (source,), (found,)))


def test_nothing_is_kept(cache: Path) -> None:
    told = [trust(cache, word) for word in ("list", "status")]
    assert [each.returncode for each in told] == [0, 0]
    assert told[0].stdout == told[1].stdout != ""
    assert json.loads(trust(cache, "status", "--format", "json").stdout)["fetched"] is None


def test_an_authority(cache: Path) -> None:
    keep(30)
    table = trust(cache, "list").stdout
    assert "Autorità di prova" in table
    assert "2020-01-01 -\n" in table
    (row,) = json.loads(trust(cache, "list", "--format", "json").stdout)["services"]
    assert (row["territory"], row["name"], row["valid_until"]) == ("IT", "Autorità di prova", None)
    shown = trust(cache, "show", "DI PROVA").stdout
    assert "IT  2020-01-01 - " in shown
    assert len(shown.splitlines()) == 3
    missing = trust(cache, "show", "nessuna")
    assert (missing.returncode, "nessuna" in missing.stderr) == (2, True)


@pytest.mark.parametrize(("days", "overdue"), [(30, False), (-1, True)])
def test_the_age_of_the_lists(cache: Path, days: int, overdue: bool) -> None:
    keep(days)
    answer = json.loads(trust(cache, "status", "--format", "json").stdout)
    assert (answer["age_days"], answer["overdue"], answer["authorities"]) == (3, overdue, 1)
    told = trust(cache, "status").stdout
    assert "https://example.test/IT.xml" in told
    assert f"{NOW + timedelta(days):%Y-%m-%d}" in told
    assert len(told.splitlines()) == 2 + overdue
