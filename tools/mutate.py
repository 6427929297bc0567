"""Mutation testing: small changes to a module, one at a time, and whether the tests that belong to it notice.

    python tools/mutate.py [MODULE…] [--each N] [--seconds N] [--seed N]

MODULE: a path below src/fatturakit (default: money.py and every module of rules/). Every change runs in a process of
its own that was forked when all the heavy libraries were loaded, so one takes about as long as its tests. Needs a
system that can fork. Prints the changes nobody noticed; their explanation is in docs/decisions.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "fatturakit"
SLOWEST: Final = 120
COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
GENERATED: Final = frozenset(["_index.py", "_unevaluated.py", "_italian.py", "_changes.py", "_foreign.py"])
GENERAL: Final = ("fixtures", "amounts", "identity", "advice", "between", "engine", "comments", "facts")
"""Modules of tests/rules that judge documents; those on the corpus and on random damage are too slow here."""


class Mutant(NamedTuple):
    """One change: where, what, and the module with it."""

    line: int
    what: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every change to a module, one at a time."""
    tree = ast.parse(source)
    skipped = set(_said(tree))
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            for number, other in enumerate(ast.walk(changed)):
                if number == place:
                    change(other)
                    break
            yield Mutant(getattr(node, "lineno", 0), what, ast.fix_missing_locations(changed))


def _said(tree: ast.Module) -> Iterator[int]:
    """Nodes that are words, types or declarations: decorators, annotations, sentences."""
    for node in ast.walk(tree):
        roots: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.args, *node.args.kwonlyargs]
            roots = [*node.decorator_list, node.returns, *(each.annotation for each in arguments)]
        elif isinstance(node, ast.AnnAssign):
            roots = [node.annotation]
        elif (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text") or (
            isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        ):
            roots = [node]
        for root in roots:
            if root is not None:
                yield from map(id, ast.walk(root))


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:  # noqa: C901 - a table of ways
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            other = COMPARED[type(op)]
            yield (
                f"{type(op).__name__} -> {other.__name__}",
                _setter(lambda new, p=place, o=other: new.ops.__setitem__(p, o())),
            )
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {other_op.__name__}", _setter(lambda new: setattr(new, "op", other_op()))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not x -> x", _setter(lambda new: _become(new, ast.Call(ast.Name("bool", ast.Load()), [new.operand], [])))
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        op_class = COMPUTED[type(node.op)]
        yield f"{type(node.op).__name__} -> {op_class.__name__}", _setter(lambda new: setattr(new, "op", op_class()))
    elif isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            yield f"if {value}", _setter(lambda new, v=value: setattr(new, "test", ast.Constant(v)))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Decimal" and node.args:
        for step in ("0.01", "-0.01"):
            wrapped = f"Decimal {step}"
            yield wrapped, _setter(lambda new, s=step: _become(new, _plus(copy.deepcopy(new), s)))
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        for value in (node.value + 1, node.value - 1):
            yield f"{node.value} -> {value}", _setter(lambda new, v=value: setattr(new, "value", v))
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} -> {not node.value}", _setter(lambda new: setattr(new, "value", not new.value))
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Call | ast.Name | ast.Attribute):
        yield "return None", _setter(lambda new: setattr(new, "value", ast.Constant(None)))


def _setter(change: object) -> object:
    return change


def _plus(call: ast.expr, step: str) -> ast.expr:
    return ast.BinOp(call, ast.Add(), ast.Call(ast.Name("Decimal", ast.Load()), [ast.Constant(step)], []))


def _become(node: ast.AST, other: ast.AST) -> None:
    node.__class__ = other.__class__  # type: ignore[assignment]
    node.__dict__.update({**other.__dict__, "lineno": node.__dict__.get("lineno", 1)})


def tests_of(module: Path) -> list[str]:
    """What pytest is given for a module."""
    home = ROOT / "tests"
    if module.name == "money.py":
        return [str(home / "test_money.py")]
    general = [str(home / "rules" / f"test_{name}.py") for name in GENERAL]
    code = module.stem.partition("_")[0].removeprefix("e").upper()
    code = f"E{code}" if code.startswith("N0") else code
    if module.parent.name in {"sdi", "advice"} and not module.name.startswith("_"):
        return [*general, "-k", f"{code} or test_boundaries or test_line_total"]
    return general


class _Loader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Gives one module from a tree instead of its file."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        parts = path.relative_to(SOURCE).with_suffix("").parts
        self.name, self.path, self.tree = ".".join(("fatturakit", *parts)), path, tree

    def find_spec(self, name: str, path: object, target: object = None) -> object:
        """Ours when it is the one."""
        return importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module: object) -> None:
        """Run the changed tree."""
        vars(module)["__file__"] = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


def noticed(path: Path, mutant: Mutant | None) -> bool:
    """Whether the tests of a module fail with a change (None: without any, to see that they pass)."""
    child = os.fork()
    if child == 0:
        _child(path, mutant)
    end = time.monotonic() + SLOWEST
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _child(path: Path, mutant: Mutant | None) -> None:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Loader(path, mutant.tree))
    try:
        import pytest
        from hypothesis import settings

        settings.register_profile("mutate", max_examples=25, deadline=None, derandomize=True)
        settings.load_profile("mutate")
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests_of(path)])
    except BaseException:
        code = 1
    os._exit(1 if code else 0)


def _modules(names: list[str]) -> list[Path]:
    if names:
        return [SOURCE / name for name in names]
    rules = sorted(path for path in (SOURCE / "rules").rglob("*.py") if path.name not in GENERATED)
    return [SOURCE / "money.py", *rules]


def main() -> int:
    """Mutate what is named, and say what lived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--each", type=int, default=0, help="at most that many changes a module (0: all)")
    parser.add_argument("--seconds", type=int, default=0, help="stop after that long (0: never)")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import hypothesis, jsonschema, lxml.etree, pytest, xmlschema  # noqa: E401, F401, I001 - heavy, loaded once for all

    end, dice = time.monotonic() + (given.seconds or 10**9), random.Random(given.seed)
    tried = lived = 0
    for path in _modules(given.modules):
        found = list(mutants(path.read_text(encoding="utf-8")))
        chosen = dice.sample(found, given.each) if 0 < given.each < len(found) else found
        if chosen and noticed(path, None):
            print(f"{path.relative_to(SOURCE)}: its tests fail as it is")
            return 2
        for mutant in chosen:
            if time.monotonic() > end:
                break
            tried += 1
            if not noticed(path, mutant):
                lived += 1
                print(f"{path.relative_to(SOURCE)}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{tried} changes, {tried - lived} noticed, {lived} not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
