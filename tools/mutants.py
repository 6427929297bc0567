"""The small changes that mutation testing makes to a module (see mutate.py): each comparison, condition, sum, number,
answer, one at a time.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Final, NamedTuple

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
