"""Make what jinja2 compiles as direct as our own templates allow.

Jinja2's code is ready for any template in any environment. Ours are known: every name is one of ``NAMES``, no value is
undefined, words and pieces are HTML already. So names are asked for where they are, texts are gathered in one list in
place of generators inside generators, and pieces are called without detours. The answer is the same, sooner.
"""

from __future__ import annotations

import ast

GLOBAL_NAMES = frozenset(["t", "theme", "version", "cards", "rest", "Party", "address", "adjustment"])
"""What every environment has: see ``render/themes.py``."""
NAMES = GLOBAL_NAMES | {"page", "css", "doc", "lot", "top", "sec", "p", "b", "loop", "party", "inline", "computed"}
_PIECES = frozenset(["p", "b", "party", "computed", "inline"])
_HTML = frozenset(["official", "mark", "label"])
_TAGS = frozenset(["top", "sec"])
_FOUND = ast.Name("found", ast.Load())


def flattened(code: str) -> str:
    """The source of a compiled template, made direct."""
    tree = ast.fix_missing_locations(_Direct().visit(ast.parse(code)))
    return ast.unparse(ast.fix_missing_locations(_Listed().visit(tree)))


def _template_name(node: ast.expr) -> str:
    """``t`` of the variable ``l_1_t``, "" of anything else."""
    if isinstance(node, ast.Name) and node.id.startswith("l_"):
        return node.id.split("_", 2)[2]
    return ""


class _Direct(ast.NodeTransformer):
    """Expressions: no detour where our own values are meant."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """Our own ``escape`` and ``Macro``, which know what our templates are made of."""
        names = [ast.alias("escape"), ast.alias("Piece", "Macro")]
        ours = ast.ImportFrom("fatturakit.render.printing", names, 0)
        return [node, ours] if node.module == "jinja2.runtime" else [node]

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """``undefined(name="x") if l_0_x is missing else l_0_x`` is ``l_0_x``."""
        self.generic_visit(node)
        match node:
            case ast.IfExp(test=ast.Compare(comparators=[ast.Name("missing")]), orelse=ast.Name() as name):
                return name
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """``environment.getattr(a, "b")`` is ``a.b``, ``context.call(f, x)`` is ``f(x)``, and so on."""
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("environment"), attr="getattr"), args=[found, ast.Constant(str(name))]
            ):
                return ast.Attribute(found, name, ast.Load())
            case ast.Call(func=ast.Attribute(value=ast.Name("context"), attr="call"), args=[function, *rest]):
                kept = [word for word in node.keywords if word.arg not in {"_loop_vars", "_block_vars"}]
                return ast.Call(function, rest, kept)
            case ast.Call(func=ast.Name("resolve"), args=[ast.Constant(str(name))]):
                return self._resolved(node, name)
            case ast.Call(func=ast.Attribute(attr="_get_default_module"), args=[ast.Name("context")]):
                return ast.Call(node.func, [], [])
            case ast.Call(func=ast.Name("escape"), args=[value]) if _is_html(value):
                return value
        return node

    def _resolved(self, node: ast.Call, name: str) -> ast.expr:
        if name not in NAMES:
            raise ValueError(f"a template uses the unknown name {name}")
        if name not in GLOBAL_NAMES:
            return node
        return ast.Subscript(
            ast.Attribute(ast.Name("environment", ast.Load()), "globals", ast.Load()), ast.Constant(name), ast.Load()
        )


def _is_html(value: ast.expr) -> bool:
    """A word of the catalogue (``t.net``), what a piece answers (``p.list(…)``), what is always HTML (``.label``)."""
    match value:
        case ast.Attribute(attr=name) if name in _HTML:
            return True
        case ast.Name():
            return _template_name(value) in _TAGS
        case ast.Attribute(value=ast.Name() as name):
            return _template_name(name) == "t"
        case ast.Call(func=ast.Attribute(value=ast.Name() as name)) | ast.Call(func=ast.Name() as name):
            return _template_name(name) in _PIECES
    return False


class _Listed(ast.NodeTransformer):
    """Statements: generators become functions that answer a list."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """``yield`` of a template or a block is kept in ``found``; nested macros have a list of their own already."""
        node.body = self._merged(node.body)
        if node.name == "root" or node.name.startswith("block_"):
            begin = ast.Assign([ast.Name("found", ast.Store())], ast.List([], ast.Load()))
            node.body = [begin, *node.body, ast.Return(_FOUND)]
        return node

    def visit_If(self, node: ast.If) -> ast.If | None:
        """``if 0: yield None`` only makes a generator."""
        if isinstance(node.test, ast.Constant) and node.test.value == 0:
            return None
        node.body, node.orelse = self._merged(node.body), self._merged(node.orelse)
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        """A loop of a template."""
        node.body = self._merged(node.body)
        return node

    def visit_Pass(self, node: ast.Pass) -> None:
        """Nothing."""

    def _merged(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """A body, with the texts that follow each other gathered at once."""
        done: list[ast.stmt] = []
        texts: list[ast.expr] = []
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Yield(value=ast.expr() as text)):
                    texts.append(text)
                    continue
                case ast.Expr(value=ast.YieldFrom(value=others)):
                    kept: ast.stmt | None = _kept("extend", others)
                case _:
                    kept = self.visit(statement)
            done += [*_gathered(texts), *([kept] if kept else [])]
            texts = []
        done += _gathered(texts)
        return done or ([ast.Pass()] if body else [])


def _gathered(texts: list[ast.expr]) -> list[ast.stmt]:
    if not texts:
        return []
    return [_kept("append", texts[0]) if len(texts) == 1 else _kept("extend", ast.Tuple(texts, ast.Load()))]


def _kept(how: str, value: ast.expr) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Attribute(_FOUND, how, ast.Load()), [value], []))
