"""Statements: how they bind, change and remove names."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from cookhouse_convert.flow import expressions
from cookhouse_convert.flow.assigning import assign
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, Value, choice, mixed


def execute(state: State, node: ast.stmt) -> None:
    """Walk one statement."""
    state.budget -= 1
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        handler(state, node)
        return
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr):
            expressions.evaluate(state, part)
        elif isinstance(part, ast.stmt):
            execute(state, part)


def _assignment(state: State, node: Any) -> None:
    value = expressions.evaluate(state, node.value)
    for target in node.targets:
        assign(state, target, value)


def _annotated(state: State, node: Any) -> None:
    if node.value is not None:
        assign(state, node.target, expressions.evaluate(state, node.value))


def _augmented(state: State, node: Any) -> None:
    value = expressions.evaluate(state, node.value)
    if isinstance(node.target, ast.Name):
        known = state.lookup(node.target.id, node.target)
        if known.kind == "container" and value.kind == "container" and known.keys is None:
            result = expressions.container(known.name, [*known.items, *value.items])
        else:
            result = Value(roots=known.roots, taint=known.taint | value.taint)
        state.mutate(known)
        state.bind(node.target.id, result)
    else:
        expressions.evaluate(state, _loaded(node.target))
        assign(state, node.target, value)


def _loaded(target: Any) -> ast.expr:
    if isinstance(target, ast.Attribute):
        return ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
    return ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)


def _delete(state: State, node: Any) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            state.lookup(target.id, target)
            state.effects.writes.add(target.id)
            if not state.scopes and not state.conditional:
                state.names.pop(target.id, None)
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            state.mutate(expressions.evaluate(state, target.value))


def _for(state: State, node: Any) -> None:
    iterable = expressions.evaluate(state, node.iter)
    assign(state, node.target, expressions.elements(iterable))
    _branch(state, node.body)
    _branch(state, node.orelse)


def _while(state: State, node: Any) -> None:
    expressions.evaluate(state, node.test)
    _branch(state, node.body)
    _branch(state, node.orelse)


def _branch(state: State, body: list[ast.stmt]) -> None:
    state.conditional += 1
    for statement in body:
        execute(state, statement)
    state.conditional -= 1


def _if(state: State, node: Any) -> None:
    test = expressions.evaluate(state, node.test)
    before = _snapshot(state)
    _branch(state, node.body)
    after = _snapshot(state)
    _restore(state, before)
    _branch(state, node.orelse)
    if test.const is True:
        _restore(state, after)
    elif test.const is not False:
        _merge(state, after, before)


def _snapshot(state: State) -> list[dict[str, Value]]:
    return [dict(state.names), *(dict(scope.names) for scope in state.scopes[-1:])]


def _spaces(state: State) -> list[dict[str, Value]]:
    return [state.names, *(scope.names for scope in state.scopes[-1:])]


def _restore(state: State, saved: list[dict[str, Value]]) -> None:
    for space, old in zip(_spaces(state), saved, strict=True):
        space.clear()
        space.update(old)


def _merge(state: State, first: list[dict[str, Value]], before: list[dict[str, Value]]) -> None:
    for space, other, old in zip(_spaces(state), first, before, strict=True):
        for name, value in other.items():
            mine = space.get(name)
            if mine is value:
                continue
            if mine is None:
                space[name] = value
            elif mine is old.get(name):
                # Only the first branch wrote: what it wrote is the likelier value.
                space[name] = value.tainted(*mine.taint) if mine.taint else value
            elif value is not old.get(name):
                space[name] = choice((value, mine), "branch")


def _with(state: State, node: Any) -> None:
    for part in node.items:
        value = expressions.evaluate(state, part.context_expr)
        if part.optional_vars is not None:
            assign(state, part.optional_vars, value)
    for statement in node.body:
        execute(state, statement)


def _try(state: State, node: Any) -> None:
    _branch(state, node.body)
    for handler in node.handlers:
        if handler.type is not None:
            expressions.evaluate(state, handler.type)
        if handler.name:
            state.bind(handler.name, NOTHING)
        before = _snapshot(state)
        _branch(state, handler.body)
        after = _snapshot(state)
        _restore(state, before)
        _merge(state, after, before)
    _branch(state, node.orelse)
    _branch(state, node.finalbody)


def _function(state: State, node: Any) -> None:
    for part in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]:
        if part is not None:
            expressions.evaluate(state, part)
    nested = ("nested",) if state.scopes else None
    state.bind(node.name, Value("function", node.name, node=node, keys=nested))


def _class(state: State, node: Any) -> None:
    bases = [expressions.evaluate(state, base) for base in node.bases]
    for decorator in node.decorator_list:
        expressions.evaluate(state, decorator)
    state.bind(node.name, Value("class", node.name, node=node, items=tuple(bases)))


def _import(state: State, node: Any) -> None:
    for alias in node.names:
        name = alias.asname or alias.name.split(".")[0]
        target = alias.name if alias.asname else name
        state.bind(name, Value("module", target))


def _import_from(state: State, node: Any) -> None:
    for alias in node.names:
        if alias.name == "*":
            state.stars.append(node.module or "")
        else:
            module = node.module or "."
            state.bind(alias.asname or alias.name, Value("module", f"{module}.{alias.name}"))


def _global(state: State, node: Any) -> None:
    if state.scopes:
        state.scopes[-1].shared.update(node.names)


def _return(state: State, node: Any) -> None:
    value = expressions.evaluate(state, node.value) if node.value is not None else NOTHING
    for scope in reversed(state.scopes):
        scope.returned.append(value)
        break


def _raise(state: State, node: Any) -> None:
    state.unknown(node, "raise")
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr):
            expressions.evaluate(state, part)


def _expression(state: State, node: Any) -> None:
    expressions.evaluate(state, node.value)


def _match(state: State, node: Any) -> None:
    subject = expressions.evaluate(state, node.subject)
    for case in node.cases:
        for part in ast.walk(case.pattern):
            name = getattr(part, "name", None) or getattr(part, "rest", None)
            if isinstance(part, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)) and name:
                state.bind(name, mixed((subject,)))
            elif isinstance(part, ast.MatchValue):
                expressions.evaluate(state, part.value)
        if case.guard is not None:
            expressions.evaluate(state, case.guard)
        _branch(state, case.body)


_HANDLERS: dict[type[ast.AST], Callable[[State, Any], None]] = {
    ast.Assign: _assignment,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.If: _if,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Global: _global,
    ast.Nonlocal: _global,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _raise,
    ast.Expr: _expression,
    ast.Match: _match,
}
