"""What cannot be run on the pages is read: links lead somewhere, data parses, lines to type are what commands take."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..cli.test_help import parsed, words_of
from ..shared import ROOT
from .pages import BLOCK, DOCS, Block, blocks

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PAGES = [*sorted(DOCS.rglob("*.md")), *(ROOT / name for name in ("README.md", "SECURITY.md", "CHANGELOG.md"))]
BLOCKS = list(blocks())
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def anchors(page: Path) -> set[str]:
    """The places of a page a link can name."""
    heads = HEADING.findall(BLOCK.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", plain(head)).strip().lower()) for head in heads}


def plain(heading: str) -> str:
    """A heading without accents and marks."""
    return heading.replace("`", "").replace("ò", "o").replace("è", "e").replace("à", "a").replace("ù", "u")


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
            if "://" not in target and not target.startswith("mailto:"):
                yield page, target


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether the file is there, and the heading in it."""
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    if not there.exists():
        return there.suffix == ".png" and not (DOCS / "images").is_dir()  # pictures are drawn by a build
    return not anchor or there.suffix != ".md" or anchor in anchors(there)


def test_every_link_leads_somewhere() -> None:
    wrong = [(page.name, target) for page, target in links() if not leads_somewhere(page, target)]
    assert not wrong


def test_pages_of_the_site_stay_inside_it() -> None:
    outside = [(page.name, target) for page, target in links() if DOCS in page.parents
               and not (page.parent / target.partition("#")[0]).resolve().is_relative_to(DOCS)]  # fmt: skip
    assert not outside


@pytest.mark.parametrize("block", [each for each in BLOCKS if each.kind in {"yaml", "toml", "json"}], ids=str)
def test_data_parses(block: Block) -> None:
    read = {"yaml": yaml.safe_load, "toml": tomllib.loads, "json": json.loads}[block.kind]
    assert read(block.text)


@pytest.mark.parametrize("block", [each for each in BLOCKS if each.kind == "sh"], ids=str)
def test_lines_that_are_not_run_are_at_least_right(block: Block) -> None:
    """Installations, and servers that go on: few, and their words are known."""
    subprocess.run(["bash", "-n", "-c", block.text], check=True)
    for line in block.text.replace("\\\n", " ").splitlines():
        word = line.split()[0]
        assert word in {"pip", "fatturakit"} or (ROOT / word).is_file(), line
        if word == "fatturakit":
            parsed(words_of(line))


def test_blocks_that_are_not_run_are_few() -> None:
    assert sum(each.kind == "sh" for each in BLOCKS) < len(BLOCKS) / 8


def workflow() -> dict[str, Any]:
    [block] = [each for each in BLOCKS if each.name.startswith(".github/workflows/")]
    found: dict[str, Any] = yaml.safe_load(block.text)
    return found


def test_the_workflow_is_one() -> None:
    found = workflow()
    assert found[True] == ["push", "pull_request"]  # YAML reads the word "on" as true
    for job in found["jobs"].values():
        assert job["runs-on"]
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert "uses" not in step or re.fullmatch(r"[\w./-]+@v\d+", step["uses"])
            if step.get("run", "").startswith("fatturakit "):
                parsed(words_of(step["run"]))


def test_the_hooks_are_commands_and_the_recipe_names_one() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert re.compile(hook["files"]).search("IT01234567890_00001.xml.p7m")
        parsed(words_of(f"{hook['entry']} invoice.xml"))
    [recipe] = [yaml.safe_load(each.text) for each in BLOCKS if each.name == ".pre-commit-config.yaml"]
    assert {hook["id"] for repo in recipe["repos"] for hook in repo["hooks"]} <= hooks.keys()


@pytest.mark.parametrize(
    ("page", "sentence", "pattern"),
    [
        (ROOT / "README.md", "| {} documents that break one SdI control each |", "ko-*.xml"),
        (ROOT / "README.md", "| {} documents that keep to it |", "ok-*.xml"),
        (DOCS / "comparison.md", "names 20 of {}, for", "ko-*.xml"),
        (DOCS / "comparison.md", "of the {} that keep to the rules", "ok-*.xml"),
    ],
)
def test_the_comparison_counts_what_is_there(page: Path, sentence: str, pattern: str) -> None:
    """Whoever adds documents measures again."""
    there = len([*(ROOT / "fixtures" / "rules").glob(f"00*/{pattern}")])
    assert sentence.format(there) in page.read_text(encoding="utf-8")
