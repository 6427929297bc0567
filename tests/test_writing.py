"""Files written whole, and the folders they go to."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatturakit import storage
from fatturakit.writing import make_folder, write_whole


def test_a_folder_at_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a ``Path`` does to an address is undone; nothing of it lands on the disk."""
    pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    folder = make_folder("memory://written/here/")
    write_whole(folder / "a", b"1")
    write_whole(str(folder / "b"), b"2")
    assert [storage.read(f"memory://written/here/{name}", 10) for name in "ab"] == [b"1", b"2"]
    assert not list(tmp_path.iterdir())
