"""The author's statement, with every operation passing through a hook.

A *site* is the number of one operation in the notebook: the same in each rewrite of the same
text, whichever operations are hooked. Hooks are plain names in the namespace; they do not begin
with two underscores (a class body would mangle them) and take their own arguments by position.
"""

from __future__ import annotations

import ast
from collections.abc import Container

SITES_PER_STATEMENT = 100_000
CALL = "_cookhouse_call"
METHOD = "_cookhouse_method"
ATTRIBUTE = "_cookhouse_attribute"
ITEM = "_cookhouse_item"
OPERATE = "_cookhouse_operate"
SLICE = "_cookhouse_slice"
EACH = "_cookhouse_each"
MADE = "_cookhouse_made"
LOOP = "_cookhouse_loop"
HOLD = "_cookhouse_hold"

_READS_ITS_FRAME = {"super", "locals", "globals", "vars", "exec", "eval", "dir", "get_ipython"}
_LEFT_ALONE = (ast.Is, ast.IsNot)


class Rewriter(ast.NodeTransformer):
    """Put hooks into one statement; `only` limits them to the sites that need one."""

    def __init__(self, statement: int, only: Container[int] | None = None) -> None:
        self._base = statement * SITES_PER_STATEMENT
        self._count = 0
        self._only = only

    def _site(self) -> int:
        self._count += 1
        return self._base + self._count

    def _hooked(self, site: int) -> bool:
        return self._only is None or site in self._only

    def _visited(self, nodes: list[ast.expr]) -> list[ast.expr]:
        return [self.visit(node) for node in nodes]

    def visit_Call(self, node: ast.Call) -> ast.expr:
        site = self._site()
        func = node.func
        if isinstance(func, ast.Name) and func.id in _READS_ITS_FRAME:
            self.generic_visit(node)
            return node
        method = isinstance(func, ast.Attribute) and not _mangled(func.attr)
        if method:
            assert isinstance(func, ast.Attribute)
            func.value = self.visit(func.value)
        else:
            node.func = self.visit(func)
        node.args = self._visited(node.args)
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        if not self._hooked(site):
            return node
        if method:
            assert isinstance(func, ast.Attribute)
            lead = [ast.Constant(site), func.value, ast.Constant(func.attr)]
            return _call(METHOD, [*lead, *node.args], node, node.keywords)
        return _call(CALL, [ast.Constant(site), node.func, *node.args], node, node.keywords)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        site = self._site()
        node.value = self.visit(node.value)
        if isinstance(node.ctx, ast.Load) and self._hooked(site) and not _mangled(node.attr):
            return _call(ATTRIBUTE, [ast.Constant(site), node.value, ast.Constant(node.attr)], node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        site = self._site()
        node.value = self.visit(node.value)
        node.slice = self.visit(node.slice)
        starred = any(isinstance(part, ast.Starred) for part in ast.walk(node.slice))
        if isinstance(node.ctx, ast.Load) and self._hooked(site) and not starred:
            return _call(ITEM, [ast.Constant(site), node.value, _key(node.slice)], node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        site = self._site()
        self.generic_visit(node)
        plain = isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant)
        if plain or not self._hooked(site):
            return node
        return _operate(site, type(node.op).__name__, [node.left, node.right], node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        site = self._site()
        self.generic_visit(node)
        plain = isinstance(node.operand, ast.Constant) or isinstance(node.op, ast.Not)
        if plain or not self._hooked(site):
            return node
        return _operate(site, type(node.op).__name__, [node.operand], node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        site = self._site()
        self.generic_visit(node)
        if len(node.ops) != 1 or isinstance(node.ops[0], _LEFT_ALONE) or not self._hooked(site):
            return node
        return _operate(site, type(node.ops[0]).__name__, [node.left, *node.comparators], node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        site = self._site()
        read_site = self._site()
        self.generic_visit(node)
        if not (self._hooked(site) or self._hooked(read_site)):
            return node
        name = "I" + type(node.op).__name__
        target = node.target
        before: list[ast.stmt] = []
        load: ast.expr
        if isinstance(target, ast.Name):
            load = ast.Name(target.id, ast.Load())
        elif isinstance(target, ast.Subscript):
            owner, key = f"{HOLD}_owner_{site}", f"{HOLD}_key_{site}"
            before = [_store(owner, target.value), _store(key, _key(target.slice))]
            names = [ast.Name(owner, ast.Load()), ast.Name(key, ast.Load())]
            load = _call(ITEM, [ast.Constant(read_site), *names], node)
            target = ast.Subscript(names[0], names[1], ast.Store())
        else:
            owner = f"{HOLD}_owner_{site}"
            before = [_store(owner, target.value)]
            held = ast.Name(owner, ast.Load())
            load = ast.Attribute(held, target.attr, ast.Load())
            target = ast.Attribute(held, target.attr, ast.Store())
        value = _operate(site, name, [load, node.value], node)
        lines = [*before, ast.Assign([target], value)]
        return [ast.fix_missing_locations(ast.copy_location(line, node)) for line in lines]

    def _comprehension(self, node: ast.expr) -> ast.expr:
        site = self._site()
        self.generic_visit(node)
        if not self._hooked(site):
            return node
        first = node.generators[0]  # type: ignore[attr-defined]
        first.iter = _call(EACH, [ast.Constant(site), first.iter], first.iter)
        simple = len(node.generators) == 1 and not first.ifs  # type: ignore[attr-defined]
        flags = [ast.Constant(simple), ast.Constant(isinstance(node, ast.GeneratorExp))]
        return _call(MADE, [ast.Constant(site), *flags, node], node)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension  # noqa: N815

    def visit_For(self, node: ast.For) -> ast.For:
        site = self._site()
        self.generic_visit(node)
        if self._hooked(site):
            node.iter = _call(LOOP, [ast.Constant(site), node.iter], node.iter)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        if node.value is not None:
            node.value = self.visit(node.value)
        node.target = self.visit(node.target)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        returns, node.returns = node.returns, None
        self.generic_visit(node)
        node.returns = returns
        return node

    def _alone(self, node: ast.AST) -> ast.AST:
        return node

    visit_MatchValue = visit_MatchMapping = visit_MatchClass = _alone  # noqa: N815


def _mangled(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def _call(
    name: str,
    args: list[ast.expr],
    at: ast.AST,
    keywords: list[ast.keyword] | None = None,
) -> ast.expr:
    made = ast.Call(ast.Name(name, ast.Load()), args, keywords or [])
    return ast.fix_missing_locations(ast.copy_location(made, at))


def _operate(site: int, name: str, values: list[ast.expr], at: ast.AST) -> ast.expr:
    return _call(OPERATE, [ast.Constant(site), ast.Constant(name), *values], at)


def _store(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _key(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Slice):
        parts = [part or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
        return _call(SLICE, parts, node)
    if isinstance(node, ast.Tuple):
        made = ast.Tuple([_key(part) for part in node.elts], ast.Load())
        return ast.copy_location(made, node)
    return node
