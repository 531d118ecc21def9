"""Calls: to libraries, to methods, to the notebook's own functions and classes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from cookhouse_convert.flow import estimators, expressions, functions, library, methods
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Value, choice, mixed


@dataclass(frozen=True, slots=True)
class Arguments:
    """The values of a call's arguments. `spread` says that `*` or `**` hides some of them."""

    positional: list[Value]
    named: dict[str, Value]
    spread: bool

    @property
    def all(self) -> list[Value]:
        """Every argument's value."""
        return [*self.positional, *self.named.values()]

    def get(self, name: str, position: int | None = None) -> Value:
        """Return the argument of this name, or at this position."""
        if name in self.named:
            return self.named[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return NOTHING

    def by_name(self, positions: list[str]) -> dict[str, Value]:
        """Return all arguments by name; `positions` are the names of the positional ones."""
        return {**dict(zip(positions, self.positional, strict=False)), **self.named}

    def const(self, name: str, position: int | None = None) -> Any:
        """Return the argument's literal value, None where it is absent or not known."""
        value = self.get(name, position)
        return None if value.const is UNKNOWN else value.const


def call(state: State, node: ast.Call) -> Value:
    """Walk a call and return what is known of its result."""
    if isinstance(node.func, ast.Attribute):
        base = expressions.evaluate(state, node.func.value)
        arguments = _arguments(state, node)
        if base.kind == "module":
            return library.call(state, node, f"{base.name}.{node.func.attr}", arguments)
        return methods.call(state, node, base, node.func.attr, arguments)
    function = expressions.evaluate(state, node.func)
    arguments = _arguments(state, node)
    return call_value(state, node, function, arguments)


def call_value(state: State, node: ast.Call, function: Value, arguments: Arguments) -> Value:
    """Call what is known as `function`."""
    if function.kind == "module":
        return library.call(state, node, function.name, arguments)
    if function.kind == "function":
        return functions.call_own(state, function, arguments.positional, arguments.named)
    if function.kind == "class":
        return estimators.own_instance(state, node, function, arguments)
    if function.kind == "choice":
        return choice(call_value(state, node, option, arguments) for option in function.items)
    if function.kind == "display":
        state.effects.shows = True
        return function
    for value in arguments.all:
        state.mutate(value)
    state.unknown(node, ast.unparse(node.func) if _short(node.func) else "call")
    return mixed([function, *arguments.all])


def _short(node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))


def _arguments(state: State, node: ast.Call) -> Arguments:
    positional = [expressions.evaluate(state, part) for part in node.args]
    named: dict[str, Value] = {}
    spread = any(isinstance(part, ast.Starred) for part in node.args)
    for keyword in node.keywords:
        value = expressions.evaluate(state, keyword.value)
        if keyword.arg is not None:
            named[keyword.arg] = value
        else:
            spread = True
            if value.kind == "container" and value.keys is not None:
                pairs = zip(value.keys, value.items, strict=True)
                named.update({str(key): item for key, item in pairs})
            else:
                named.setdefault("**", value)
    return Arguments(positional, named, spread)
