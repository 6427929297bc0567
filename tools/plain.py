"""A template as a plain Python function that gathers texts in a list.

Jinja2 reads the templates; this writes what they say without jinja2's runtime, which is made for any template in any
environment. Ours are known: every name is one of those below, no value is undefined, words and pieces are HTML already.
What does not depend on the document (markup, words of the language, names of columns) is joined once a language.
A template this does not understand is an error when the package is built; those of users run in jinja2 itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes

GLOBALS = ("t", "theme", "version", "cards", "rest", "Party", "address", "adjustment")
"""What every template has: see ``render/themes.py``."""
GIVEN = ("page", "css")
IN_BLOCKS = ("page", "doc", "lot", "top", "sec")
_HTML = frozenset(["official", "mark", "label"])
_HTML_NAMES = frozenset(["top", "sec", "css", "version"])
_OPERATORS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}


class Unknown(ValueError):
    """Something in a template that has no plain form."""


def plain(environment: Environment, name: str, source: str) -> str:
    """The module of a template: ``bind`` makes its functions for one language of one theme."""
    return _Template(environment.parse(source, name)).module()


class _Template:
    """One template. texts: what is looked up and joined once a language."""

    def __init__(self, tree: nodes.Template) -> None:
        self.parent = next((_text(node.template) for node in tree.find_all(nodes.Extends)), None)
        self.imports = {node.target: _text(node.template) for node in tree.find_all(nodes.Import)}
        self.macros = {node.name: node for node in tree.find_all(nodes.Macro)}
        self.blocks = {node.name: node for node in tree.find_all(nodes.Block)}
        self.body = [node for node in tree.body if not isinstance(node, nodes.Extends | nodes.Import | nodes.Macro)]
        self.texts: list[str] = []

    def module(self) -> str:
        """The source of the module."""
        made = [self._function(f"piece_{name}", _names(node.args), node.body) for name, node in self.macros.items()]
        for name, block in self.blocks.items():
            made.append([f"above_{name} = blocks.get({name!r})"])
            made.append(self._function(f"block_{name}", IN_BLOCKS, block.body, above=f"above_{name}"))
            made.append([f"blocks[{name!r}] = block_{name}"])
        if self.parent is None and self.body:
            made.append(self._function("root", GIVEN, self.body))
        kept = ", ".join(f"{name!r}: piece_{name}" for name in self.macros)
        made.append([f"return {'root' if self.parent is None and self.body else None}, {{{kept}}}"])
        names = (*GLOBALS, *(f"of_{name}" for name in self.imports))
        lines = [
            "from fatturakit.render.printing import escape as e",
            f"PARENT = {self.parent!r}",
            f"IMPORTS = {tuple(self.imports.values())!r}",
            f"def bind(blocks, {', '.join(names)}):",
            *_indented(self.texts),
            *_indented(line for part in made for line in part),
        ]
        return ast.unparse(ast.parse("\n".join(lines)))

    def _function(self, name: str, arguments: Iterable[str], body: list[nodes.Node], *, above: str = "") -> list[str]:
        writer = _Writer(self, set(arguments), above)
        lines = writer.block(body)
        end = ["return out"] if name == "root" else []
        begin = ["out = []"] if name == "root" else []
        shown = ["out", *arguments] if name != "root" else list(arguments)
        return [f"def {name}({', '.join(shown)}):", *_indented([*begin, *lines, *end] or ["pass"])]

    def imported(self, name: str, piece: str) -> str:
        """The name of a piece of another template."""
        found = f"{name}_{piece}"
        line = f"{found} = of_{name}[{piece!r}]"
        if line not in self.texts:
            self.texts.append(line)
        return found

    def text(self, parts: list[str]) -> str:
        """The name of a text that is the same for every document."""
        name = f"k{len(self.texts)}"
        self.texts.append(f"{name} = ''.join(({''.join(f'{part}, ' for part in parts)}))")
        return name


class _Writer:
    """The statements of one function. known: its variables; html: those that are HTML already."""

    def __init__(self, template: _Template, known: set[str], above: str) -> None:
        self.template = template
        self.above = above
        self.known = known
        self.html: set[str] = set()
        self.loops: list[str] = []
        self.serial = 0

    def block(self, body: Iterable[nodes.Node]) -> list[str]:
        """A body, what follows each other gathered at once."""
        lines: list[str] = []
        waiting: list[tuple[str, bool]] = []
        for node in _flat(body):
            if isinstance(node, nodes.Expr | nodes.TemplateData) and not self._piece(node):
                waiting.append(self._shown(node))
                continue
            lines += self._gathered(waiting)
            waiting = []
            lines += self._statement(node)
        return lines + self._gathered(waiting)

    def _gathered(self, waiting: list[tuple[str, bool]]) -> list[str]:
        """Lines that keep some texts: those that never change first joined among themselves."""
        found: list[str] = []
        same: list[str] = []
        for said, constant in [*waiting, ("", False)]:
            if constant:
                same.append(said)
                continue
            if same:
                literal = len(same) == 1 and same[0][0] in "'\""
                found.append(same[0] if literal else self.template.text(same))
                same = []
            if said:
                found.append(said)
        if not found:
            return []
        return [f"out.append({found[0]})" if len(found) == 1 else f"out += ({', '.join(found)})"]

    def _shown(self, node: nodes.Node) -> tuple[str, bool]:
        """An expression as it is printed, and whether it is the same for every document."""
        if isinstance(node, nodes.TemplateData):
            return repr(node.data), True
        said = self.value(node)
        if self._is_html(node):
            return said, _is_constant(node)
        return f"e({said})", False

    def _is_html(self, node: nodes.Node) -> bool:
        match node:
            case nodes.Name():
                return node.name in _HTML_NAMES or node.name in self.html
            case nodes.Getattr():
                return node.attr in _HTML or _is_word(node)
            case nodes.Call():
                return isinstance(node.node, nodes.Name) and node.node.name == "cards"
        return False

    def _piece(self, node: nodes.Node) -> str:
        """The function a call of a macro means, "" for anything else."""
        if not isinstance(node, nodes.Call):
            return ""
        match node.node:
            case nodes.Name() if node.node.name == "super":
                return self.above
            case nodes.Name() if node.node.name in self.template.macros:
                return f"piece_{node.node.name}"
            case nodes.Getattr(node=nodes.Name() as where) if where.name in self.template.imports:
                return self.template.imported(where.name, node.node.attr)
        return ""

    def _called(self, node: nodes.Call, into: str) -> str:
        name = self._piece(node)
        given = [*IN_BLOCKS] if name == self.above else [self.value(found) for found in node.args]
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise Unknown(f"{name}: pieces are called by position")
        return f"{name}({', '.join([into, *given])})"

    def _statement(self, node: nodes.Node) -> list[str]:
        match node:
            case nodes.Call():
                return [self._called(node, "out")]
            case nodes.If():
                return self._if(node)
            case nodes.For():
                return self._for(node)
            case nodes.Assign(target=nodes.Name() as target):
                return self._assign(target.name, node.node)
            case nodes.AssignBlock(target=nodes.Name() as target):
                return self._captured(target.name, self.block(node.body))
            case nodes.Block():
                return [f"blocks[{node.name!r}](out, {', '.join(IN_BLOCKS)})"]
        raise Unknown(type(node).__name__)

    def _assign(self, name: str, value: nodes.Node) -> list[str]:
        if self._piece(value) and isinstance(value, nodes.Call):
            return self._captured(name, [self._called(value, "out")])
        self.known.add(name)
        return [f"{name} = {self.value(value)}"]

    def _captured(self, name: str, lines: list[str]) -> list[str]:
        """What some lines make, as a text of its own."""
        self.known.add(name)
        self.html.add(name)
        self.serial += 1
        kept = f"out_{self.serial}"
        return [f"{kept}, out = (out, [])", *lines, f"{name} = ''.join(out)", f"out = {kept}"]

    def _if(self, node: nodes.If) -> list[str]:
        lines = [f"if {self.value(node.test)}:", *_indented(self.block(node.body) or ["pass"])]
        for other in node.elif_:
            lines += [f"elif {self.value(other.test)}:", *_indented(self.block(other.body) or ["pass"])]
        return lines + (["else:", *_indented(self.block(node.else_))] if node.else_ else [])

    def _for(self, node: nodes.For) -> list[str]:
        targets = [found.name for found in node.target.find_all(nodes.Name)] or [node.target.name]  # type: ignore[attr-defined]
        if node.test or node.recursive or self.known & set(targets):
            raise Unknown(f"for {', '.join(targets)}: a condition, a recursion or a name used before")
        counted = any(found.name == "loop" for part in node.body for found in part.find_all(nodes.Name))
        over = self.value(node.iter)
        self.known |= set(targets)
        self.serial += 1
        rows = f"rows_{self.serial}"
        head = f"for {', '.join(targets)} in {over}:"
        before = [f"{rows} = list({over})"] if counted or node.else_ else []
        if counted:
            head = f"for place_{self.serial}, {_target(targets)} in enumerate({rows}, 1):"
        elif before:
            head = f"for {', '.join(targets)} in {rows}:"
        self.loops.append(str(self.serial))
        lines = [*before, head, *_indented(self.block(node.body) or ["pass"])]
        self.loops.pop()
        self.known -= set(targets)
        return lines + ([f"if not {rows}:", *_indented(self.block(node.else_))] if node.else_ else [])

    def value(self, node: Any) -> str:  # noqa: C901 - one case a kind of expression
        """An expression as Python writes it."""
        match node:
            case nodes.Name():
                return self._name(node.name)
            case nodes.Const():
                return repr(node.value)
            case nodes.Getattr(node=nodes.Name(name="loop")):
                return self._loop(node.attr)
            case nodes.Getattr():
                return f"{self.value(node.node)}.{node.attr}"
            case nodes.Getitem():
                return f"{self.value(node.node)}[{self.value(node.arg)}]"
            case nodes.Call() if not self._piece(node):
                words = [f"{word.key}={self.value(word.value)}" for word in node.kwargs]
                return f"{self.value(node.node)}({', '.join([*map(self.value, node.args), *words])})"
            case nodes.Filter(name="length"):
                return f"len({self.value(node.node)})"
            case nodes.CondExpr() if node.expr2 is not None:
                return f"({self.value(node.expr1)} if {self.value(node.test)} else {self.value(node.expr2)})"
            case nodes.And() | nodes.Or():
                word = "and" if isinstance(node, nodes.And) else "or"
                return f"({self.value(node.left)} {word} {self.value(node.right)})"
            case nodes.Not():
                return f"(not {self.value(node.node)})"
            case nodes.Concat():
                return f"''.join(({', '.join(f'str({self.value(part)})' for part in node.nodes)},))"
            case nodes.Compare():
                return "".join([self.value(node.expr), *map(self._operand, node.ops)])
            case nodes.Test(name="none"):
                return f"({self.value(node.node)} is None)"
            case nodes.Tuple() | nodes.List():
                return f"({''.join(f'{self.value(part)}, ' for part in node.items)})"
        raise Unknown(f"{type(node).__name__} in an expression")

    def _operand(self, node: nodes.Operand) -> str:
        return f" {_OPERATORS[node.op]} {self.value(node.expr)}"

    def _name(self, name: str) -> str:
        if name not in self.known and name not in GLOBALS:
            raise Unknown(f"the name {name}")
        return name

    def _loop(self, attribute: str) -> str:
        place, rows = f"place_{self.loops[-1]}", f"rows_{self.loops[-1]}"
        ways = {
            "first": f"{place} == 1",
            "last": f"{place} == len({rows})",
            "index": place,
            "length": f"len({rows})",
        }
        return f"({ways[attribute]})"


def _target(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _flat(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        else:
            yield node


def _is_word(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "t"


def _is_constant(node: nodes.Node) -> bool:
    """A word of the catalogue, the version, the names of columns."""
    match node:
        case nodes.Name():
            return node.name == "version"
        case nodes.Call():
            return all(isinstance(found, nodes.Const) for found in node.args)
    return _is_word(node)


def _names(found: Iterable[nodes.Name]) -> list[str]:
    return [node.name for node in found]


def _text(node: nodes.Node) -> str:
    if not isinstance(node, nodes.Const):
        raise Unknown("a template is named by a text")
    return str(node.value)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
