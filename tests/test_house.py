"""The house rules that a machine can check: sizes, money without floats, one place for XML parsers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from .shared import ROOT

PACKAGE = ROOT / "src" / "fatturakit"
GENERATED = {PACKAGE / "schema" / "_tables", PACKAGE / "render" / "_compiled"}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if GENERATED.isdisjoint(path.parents))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
PARSING = {
    "XMLParser",
    "XMLPullParser",
    "HTMLParser",
    "fromstring",
    "fromstringlist",
    "iterparse",
    "XML",
    "HTML",
    "XMLID",
}
PARSER_MODULES = (
    "xml.etree",
    "xml.dom",
    "xml.sax.handler",
    "xml.sax.make_parser",
    "xml.sax.parse",
    "xml.parsers",
    "lxml.html",
    "lxml.objectify",
)


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions() -> Iterator[int]:
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield node.end_lineno - node.lineno + 1


def p90(sizes: list[int]) -> float:
    return quantiles(sizes, n=10, method="inclusive")[-1]


def test_file_sizes() -> None:
    sizes = {str(path.relative_to(PACKAGE)): lines(path) for path in FILES if lines(path)}
    assert not [name for name, size in sizes.items() if size > 400]
    assert median(sizes.values()) <= 90
    assert p90(list(sizes.values())) <= 250


def test_function_sizes() -> None:
    sizes = list(functions())
    assert median(sizes) <= 8
    assert p90(sizes) <= 20


def called(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of everything called: ``float(x)`` is float, ``etree.XMLParser()`` is XMLParser."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.lineno, node.func.id if isinstance(node.func, ast.Name) else node.func.attr


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_becomes_a_float(path: Path) -> None:
    assert not [line for line, name in called(TREES[path]) if name == "float"]


def etree_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "etree":
            yield node.lineno, node.attr


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name != "xmlio.py"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_only_xmlio_builds_parsers(path: Path) -> None:
    tree = TREES[path]
    assert not [found for found in etree_calls(tree) if found[1] in PARSING | {"parse"}]
    assert not [found for found in imports(tree) if found[1].startswith(PARSER_MODULES)]
    assert not [found for found in imports(tree) if found[1] in {f"lxml.etree.{name}" for name in PARSING | {"parse"}}]
