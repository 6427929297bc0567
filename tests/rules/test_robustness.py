"""Whatever is done to a document, ``validate`` answers: every place it names is there, every sentence is whole.

Valid documents of every vocabulary, mutated as for the schema tests, go through the whole of ``validate``.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import cache

import jsonschema
import pytest
from lxml import etree

import fatturakit as fk

from ..samples import invoice
from ..schema.mutate import mutate
from ..schema.seeds import seeds
from ..shared import ROOT, needs_shared

SHARES = {
    "ordinary-1.2.3": 60,
    "simplified-1.0.2": 20,
    "ordinary-1.1": 5,
    "ordinary-1.0": 3,
    "messages-pa-1.1": 7,
    "messages-private-1.0": 5,
}
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


@cache
def checker() -> jsonschema.Draft202012Validator:
    """The published form of a report."""
    whole = json.loads((ROOT / "docs" / "report.schema.json").read_bytes())
    return jsonschema.Draft202012Validator({"$ref": "#/$defs/document", "$defs": whole["$defs"]})


def named(finding: fk.Finding, root: etree._Element) -> list[etree._Element]:
    """What the XPath of a finding leads to."""
    assert finding.path is not None
    space = etree.QName(root).namespace
    known = {"p": space, "ds": "http://www.w3.org/2000/09/xmldsig#"} if space else {"ds": "urn:none", "p": "urn:none"}
    try:
        return root.getroottree().xpath(finding.path, namespaces=known)  # type: ignore[no-any-return]
    except etree.XPathError:
        return []


def troubles(report: fk.Report, root: etree._Element) -> list[str]:
    """What is wrong with the findings of one report."""
    found = []
    for finding in report.findings:
        for words in (finding.say("it"), finding.say("en"), finding.remedy("it"), finding.remedy("en")):
            written = {str(value) for value in finding.args.values()}
            if PLACEHOLDER.search(words) and not any(PLACEHOLDER.search(value) for value in written):
                found.append(f"{finding.code}: {words}")
        if finding.path:
            nodes = named(finding, root)
            holders = [node if isinstance(node, etree._Element) else node.getparent() for node in nodes]
            lines = [holder.sourceline for holder in holders]
            if len(nodes) != 1 or lines != [finding.line]:
                found.append(f"{finding.code} {finding.path} line {finding.line}: {len(nodes)} nodes, lines {lines}")
    for lang in ("it", "en"):
        entry = json.loads(json.dumps(report.to_dict(lang)))
        found += [error.message for error in checker().iter_errors(entry)]
    return found


def judge(run: int, amount: int) -> tuple[list[str], Counter[str]]:
    """What is wrong with the answers about that many mutations, and the verdicts."""
    rng, verdicts, wrong = random.Random(run), Counter[str](), []
    for name in rng.choices([*SHARES], [*SHARES.values()], k=amount):
        seed = rng.choice(seeds()[name])
        root, ways = mutate(rng, seed)
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        report = fk.validate(data, received_on="2026-11-21", preflight=rng.random() < 0.2)
        verdicts[report.verdict.value] += 1
        read = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
        wrong += [f"{seed.origin} {ways}: {each}" for each in troubles(report, read)]
    return wrong, verdicts


CAUSALE = "</Numero>\n<Causale>a</Causale>\n<Causale xmlns='urn:b'>b</Causale>\n<Causale>c</Causale>\n"


@pytest.mark.parametrize(
    "change",
    [
        ("</Numero>\n", CAUSALE),
        ("</Numero>\n", CAUSALE.replace("'urn:b'", '"urn:it\'s"')),
        (
            "</Numero>\n",
            CAUSALE.replace("<Causale>c", "<q:Causale xmlns:q='urn:b'/><Causale>c"),
        ),
        ("<Divisa>", "<Divisa xml:lang='it'>"),
        ("<Divisa>", "<Divisa xmlns:q='urn:q' q:a='1'>"),
        ("<Divisa>", "<Divisa a='1'>"),
    ],
    ids=str,
)
def test_places_in_other_namespaces(change: tuple[str, str]) -> None:
    """The path leads to the one node that is meant."""
    data = invoice(change)
    report = fk.validate(data, received_on="2026-11-21")
    assert report.findings
    assert troubles(report, etree.fromstring(data)) == []


@needs_shared
def test_every_answer_is_whole() -> None:
    """The sample of every run."""
    wrong, verdicts = judge(20261121, 400)
    assert wrong == []
    assert verdicts["valid"] > 20
    assert verdicts["invalid"] > 100


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("run", range(5))
def test_every_answer_is_whole_on_many(run: int) -> None:
    """The whole."""
    assert judge(run, 5_000)[0] == []
