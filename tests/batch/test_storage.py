"""Inputs and outputs in a storage, over real HTTP: found, read, written whole, and every trouble in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fatturakit import storage

from ..cli.run import environment
from ..shared import ROOT

ODD = "s3://home/in/a b%20c#?é€[1].xml"
MISSING = "The file cannot be opened: it does not exist."
JSON = ["IT01879020517_00009.json", "a b%20c#_é€[1].json", "y.json"]
EXPECTED = {
    "prefix": [
        ODD,
        "s3://home/in/sub/y.xml",
        "s3://home/in/w.zip",
        "s3://home/in/w.zip!IT01879020517_00009.xml",
        "s3://home/in/zero.xml",
    ],
    "pattern": [ODD, "s3://home/in/zero.xml"],
    "one_key": [ODD],
    "archive_without_a_name": ["s3://home/in/plain", "s3://home/in/plain!IT01879020517_00009.xml"],
    "same_as_on_disk": True,
    "listed_page_by_page": [["s3://home/many/9999.xml"], 8],
    "troubles": [
        3,
        MISSING,
        MISSING,
        "The file cannot be opened: Protocol not supported (foo://).",
        "The folder has no .xml, .p7m, .zip or .eml file.",
        "The file is empty.",
    ],
    "written": [[0, 6, 0, 6], True],
    "written_each": [
        [3, 3, 3],
        [
            JSON,
            [name.replace("json", "html") for name in JSON],
            sorted([*(name.replace("json", "txt") for name in JSON), "w.txt", "zero.txt"]),
        ],
    ],
    "every_verb": [
        [0, 0, 0, 0, 0, 0],
        "s3://home/peeled/y.xml",
        True,
        ["s3://home/files/a.pdf", "s3://home/files/a-2.pdf"],
        True,
        [["s3://home/saft/x.xml"]] * 2,
        ["s3://home/receipts/x.json"],
        True,
    ],
    "resumed": [True, True, True],
    "not_overwritten_by_somebody_quicker": "FileExistsError",
    "in_memory": ["memory://box/a/x.xml"] * 2,
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    pytest.importorskip("moto")
    pytest.importorskip("s3fs")
    home = tmp_path_factory.mktemp("storage")
    command = [sys.executable, "-W", "ignore", "-m", "tests.batch.storage_session", str(home)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_a_storage_is_as_a_disk(answers: dict[str, Any], name: str) -> None:
    assert answers[name] == EXPECTED[name]


def test_an_object_that_changes_is_never_half_old_and_half_new(answers: dict[str, Any]) -> None:
    assert answers["changed_while_it_is_read"] not in {"mixed", ""}


def test_secrets_are_not_shown(answers: dict[str, Any]) -> None:
    """A password in an address is refused; nothing that was said has the key of the environment."""
    assert answers["password"]["code"] == 2
    assert "wJalrXUtnFEMI" not in json.dumps(answers)


def test_a_server_that_is_gone(answers: dict[str, Any]) -> None:
    code, said = answers["no_server"]
    assert (code, "Could not connect" in said, "Traceback" in said) == (3, True, False)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("s3://b/k", True),
        ("file:///x", True),
        ("in/x.xml", False),
        ("C:\\x", False),
        ("s3:/b", False),
        ("://x", False),
    ],
)
def test_what_an_address_is(name: str, answer: bool) -> None:
    assert storage.is_url(name) is answer


def test_a_path_made_of_an_address_is_one_again() -> None:
    """``Path`` takes a slash away."""
    assert storage.restored(Path("s3://b/k") / "x y.xml") == "s3://b/k/x y.xml"
    assert storage.restored(Path("a/s3:/b")) == Path("a/s3:/b")


def test_a_file_address(tmp_path: Path) -> None:
    """Its name as it is, or with what browsers put in place of blanks."""
    (tmp_path / "a%20b").touch()
    assert storage.on_disk(f"file://{tmp_path}/a%20b") == f"{tmp_path}/a%20b"
    assert storage.on_disk(f"file://{tmp_path}/c%20d") == f"{tmp_path}/c d"
