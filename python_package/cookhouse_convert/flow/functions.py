"""The notebook's own functions and classes: their free names, and what a call of them does."""

from __future__ import annotations

import ast
import builtins

from cookhouse_convert.flow import statements
from cookhouse_convert.flow.state import Scope, State
from cookhouse_convert.flow.values import NOTHING, Value, choice, mixed

_BUILTINS = frozenset(dir(builtins))
_DEEPEST = 6


def parameters(arguments: ast.arguments) -> list[str]:
    """Return the names of all parameters."""
    plain = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    extra = [arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    return [argument.arg for argument in [*plain, *extra]]


def free_names(state: State, node: ast.AST) -> frozenset[str]:
    """Return the names that a function or class reads from outside itself."""
    known = state.free_names.get(id(node))
    if known is None:
        loaded: set[str] = set()
        bound: set[str] = set()
        shared: set[str] = set()
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                (loaded if isinstance(part.ctx, ast.Load) else bound).add(part.id)
            elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                bound.update(parameters(part.args))
                if part is not node and not isinstance(part, ast.Lambda):
                    bound.add(part.name)
            elif isinstance(part, (ast.Import, ast.ImportFrom)):
                bound.update(alias.asname or alias.name.split(".")[0] for alias in part.names)
            elif isinstance(part, ast.ExceptHandler) and part.name:
                bound.add(part.name)
            elif isinstance(part, ast.Global):
                shared.update(part.names)
        known = frozenset((loaded - bound) | (loaded & shared)) - _BUILTINS
        state.free_names[id(node)] = known
    return known


def read_free_names(state: State, value: Value) -> None:
    """Note that the statement may read whatever a function that it names reads."""
    waiting = [value]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop().node
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        for name in free_names(state, node):
            known = state.names.get(name)
            if known is None:
                continue
            if name not in state.effects.writes:
                state.effects.reads.add(name)
            if known.kind in ("function", "class"):
                waiting.append(known)


def call_own(
    state: State, function: Value, arguments: list[Value], named: dict[str, Value]
) -> Value:
    """Walk the body of an own function as if it stood at the call, and return its result."""
    node = function.node
    given = [*arguments, *named.values()]
    too_deep = node in state.calling or len(state.calling) >= _DEEPEST or state.budget <= 0
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or too_deep:
        for value in given:
            state.mutate(value)
        if state.budget <= 0:
            state.unknown(node or ast.Pass(), function.name)
        return mixed(given)
    scope = Scope(_bound(node.args, arguments, named), barrier=function.keys is None)
    state.scopes.append(scope)
    state.calling.append(node)
    state.conditional += 1
    for statement in node.body:
        statements.execute(state, statement)
    state.conditional -= 1
    state.calling.pop()
    state.scopes.pop()
    return choice(scope.returned) if scope.returned else NOTHING


def _bound(
    signature: ast.arguments, arguments: list[Value], named: dict[str, Value]
) -> dict[str, Value]:
    positional = [argument.arg for argument in [*signature.posonlyargs, *signature.args]]
    bound = dict.fromkeys(parameters(signature), NOTHING)
    for name, default in zip(reversed(positional), reversed(signature.defaults), strict=False):
        if isinstance(default, ast.Constant):
            bound[name] = Value(const=default.value, node=default)
    for argument, kw_default in zip(signature.kwonlyargs, signature.kw_defaults, strict=True):
        if isinstance(kw_default, ast.Constant):
            bound[argument.arg] = Value(const=kw_default.value, node=kw_default)
    bound.update(zip(positional, arguments, strict=False))
    bound.update({name: value for name, value in named.items() if name in bound})
    return bound


def methods_of(node: ast.AST | None) -> dict[str, ast.FunctionDef]:
    """Return the methods of an own class by name."""
    if not isinstance(node, ast.ClassDef):
        return {}
    return {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
