"""Our schemas and the official ones give the same verdict on every public file we know."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from ..shared import manifest, needs_shared, shared
from .judges import OFFICIAL, official, our_file, ours, parser, vocabulary

FOLDERS = {"invoices": 500, "simplified": 8, "notifications": 28, "broken": 7}
# PECDestinatario "test@pec": the pattern of 1.2.1 and later wants no dot; the manifest's verdict is that of 1.2.
OUTDATED = {"invoices/d351edee_IT01234567890_FPR13.xml"}


def parsed(path: Path) -> etree._Element | None:
    """The root of a file, None when it is not well-formed or has a DOCTYPE (refused before any schema)."""
    try:
        tree = etree.parse(str(path), parser())
    except etree.XMLSyntaxError:
        return None
    return None if tree.docinfo.internalDTD is not None else tree.getroot()


@needs_shared
@pytest.mark.parametrize(("folder", "least"), FOLDERS.items())
def test_same_verdict_on_the_corpus(folder: str, least: int) -> None:
    """Every well-formed file of a folder, judged by namespace; none of them may have gone missing."""
    roots = {path.name: parsed(path) for path in sorted(shared("corpus", folder).iterdir())}
    known = {name: root for name, root in roots.items() if root is not None}
    verdicts = {n: (official(vocabulary(r)).validate(r), ours(vocabulary(r)).validate(r)) for n, r in known.items()}
    assert len(verdicts) >= least
    assert {name: pair for name, pair in verdicts.items() if pair[0] != pair[1]} == {}


@needs_shared
def test_same_verdict_as_the_manifest() -> None:
    """The verdicts written in the manifest, which another tool found."""
    judged = [row for row in manifest() if row["xsd_valid"] and row["file"] not in OUTDATED]
    wrong = []
    for row in judged:
        root = parsed(shared("corpus", row["file"]))
        assert root is not None, row["file"]
        if ours(vocabulary(root)).validate(root) != (row["xsd_valid"] == "true"):
            wrong.append((row["file"], row["xsd_valid"], row["xsd_first_error"]))
    assert len(judged) > 500
    assert wrong == []


@needs_shared
@pytest.mark.parametrize("name", OFFICIAL)
def test_same_roots(name: str) -> None:
    """The two schemas declare the same root elements in the same namespace."""
    own = etree.parse(our_file(name)).getroot()
    theirs = etree.parse(str(shared("official", OFFICIAL[name]))).getroot()
    assert own.get("targetNamespace") == theirs.get("targetNamespace")
    assert own.get("version") == theirs.get("version")
    assert roots(own) == roots(theirs)


def roots(schema: etree._Element) -> set[str | None]:
    """The names of the global elements of a schema."""
    return {node.get("name") for node in schema.iterfind("{http://www.w3.org/2001/XMLSchema}element")}
