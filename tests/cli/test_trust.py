"""``trust update`` from the first byte to the verdict: both lists come from a server on this machine."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from fatturakit.errors import RemoteError
from fatturakit.signature import store
from fatturakit.signature.update import update

from ..samples import INVOICE
from ..signature import lists, stamping
from ..signature.making import NOW, YEAR, Holder, authority, p7m, signer
from ..signature.test_trust import operator, served
from .run import fatturakit

DATA = INVOICE.encode()
GRANTED = (authority(), lists.GRANTED, "2020-01-01T00:00:00Z")


@cache
def signs(which: str) -> Holder:
    """Who signs a list, the same certificate every time."""
    return operator(which)


def day(years: float) -> str:
    return f"{NOW + timedelta(days=365 * years):%Y-%m-%dT00:00:00Z}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "f.p7m").write_bytes(p7m(DATA, signer(), folder=tmp_path))
    (tmp_path / "signers.pem").write_bytes(signs("Operatore europeo").pem)
    return tmp_path


def files(url: str, home: Path, *, lotl_dates: tuple[str, str] = (), stamps: bool = False) -> dict[str, bytes]:  # type: ignore[assignment]
    """Both lists, signed by whom they must be."""
    national = lists.country(GRANTED, stamps=(authority("Radice delle marche"),) if stamps else ())
    lotl = lists.list_of_lists(f"{url}/IT.xml", signs("Operatore"))
    return {
        "/IT.xml": lists.signed(national, signs("Operatore"), home),
        "/lotl.xml": lists.signed(
            lists.dated(lotl, *lotl_dates) if lotl_dates else lotl, signs("Operatore europeo"), home
        ),
    }


def test_from_the_server_to_the_verdict(home: Path) -> None:
    """Nobody is trusted before, everybody of the list after; doctor and status know its age."""
    env = {"FATTURAKIT_CACHE": str(home / "cache")}
    made: dict[str, bytes] = {}
    undated = p7m(DATA, signer(), folder=home, options=("-noattr",))
    stamped = stamping.cades_t(undated, stamping.stamp(stamping.signature_of(undated), home))
    (home / "t.p7m").write_bytes(stamped)
    with served(made) as url:
        made |= files(url, home, stamps=True)
        words = ("trust", "update", "--url", f"{url}/lotl.xml", "--signers", "signers.pem", "--lang", "en")
        done = fatturakit(*words, cwd=home, **env)
        assert (done.returncode, "2 authorities kept" in done.stderr) == (0, True), done.stderr
        made["/lotl.xml"] = made["/lotl.xml"].replace(b"Lista di prova", b"Lista diversa")
        changed = fatturakit(*words, cwd=home, **env)
        assert (changed.returncode, "not valid" in changed.stderr) == (5, True), changed.stderr
    assert "Traceback" not in changed.stderr
    words = ("verify", "f.p7m", "t.p7m", "--at", f"{NOW + 2 * YEAR:%Y-%m-%d}", "--format", "json")
    first, second = json.loads(fatturakit(*words, cwd=home, **env).stdout)["documents"]
    assert [each["verdict"] for each in (first, second)] == ["intact-certificate-expired-after-signing"] * 2
    assert [each["signers"][0]["trust"] for each in (first, second)] == ["trusted"] * 2
    assert second["signers"][0]["time_stamps"][0]["trust"] == "trusted"
    kept = json.loads((home / "cache" / "trust.json").read_text())
    kept["fetched"] = f"{NOW - timedelta(days=12):%Y-%m-%dT%H:%M:%S+00:00}"
    (home / "cache" / "trust.json").write_text(json.dumps(kept))
    assert "12 days old" in fatturakit("doctor", "--lang", "en", cwd=home, **env).stdout


def test_old_lists_are_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has run out, and one older than the one kept: rightly signed both; what was kept stays."""
    monkeypatch.setenv("FATTURAKIT_CACHE", str(home / "cache"))
    made: dict[str, bytes] = {}
    with served(made) as url:
        how = {"url": f"{url}/lotl.xml", "signers": home / "signers.pem"}
        made |= files(url, home, lotl_dates=(day(-1), day(-0.5)))
        with pytest.raises(RemoteError, match=r"scaduta|ran out"):
            update(**how)
        assert store.load() is None
        made |= files(url, home)
        kept = update(**how)
        made |= files(url, home, lotl_dates=(day(-1), day(1)))
        with pytest.raises(RemoteError, match=r"più vecchia|older"):
            update(**how)
    with pytest.raises(RemoteError, match=r"non si può scaricare|cannot be fetched"):
        update(**how)
    assert store.load() == kept
