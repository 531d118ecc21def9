"""Targets of assignments: names, parts of tuples, attributes and elements."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from cookhouse_convert.flow import expressions
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Value, choice


def assign(state: State, target: ast.expr, value: Value) -> None:
    """Store `value` in `target`."""
    if isinstance(target, ast.Name):
        state.bind(target.id, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(state, target.elts, value)
    elif isinstance(target, ast.Starred):
        assign(state, target.value, Value(roots=value.roots, taint=value.taint))
    elif isinstance(target, (ast.Attribute, ast.Subscript)):
        _store(state, target, value)


def _unpack(state: State, targets: list[ast.expr], value: Value) -> None:
    fits = value.kind == "container" and len(value.items) == len(targets) and value.keys is None
    starred = any(isinstance(target, ast.Starred) for target in targets)
    if value.kind == "choice" and not starred:
        for index, target in enumerate(targets):
            parts = [
                option.items[index] if len(option.items) == len(targets) else
                Value(roots=option.roots, taint=option.taint)
                for option in value.items
            ]  # fmt: skip
            assign(state, target, choice(parts))
        return
    for index, target in enumerate(targets):
        if fits and not starred:
            assign(state, target, value.items[index])
        else:
            assign(state, target, expressions.elements(value))


def _store(state: State, target: ast.Attribute | ast.Subscript, value: Value) -> None:
    base = expressions.evaluate(state, target.value)
    key = NOTHING
    if isinstance(target, ast.Subscript):
        key = expressions.evaluate(state, target.slice)
    if base.kind == "module":
        # pd.options.display.max_columns = None, plt.rcParams["figure.figsize"] = (10, 5)
        state.effects.settings = True
        return
    if base.kind == "display":
        state.effects.shows = True
        return
    if base.kind == "instance" and isinstance(target, ast.Attribute):
        state.attributes[base.name, target.attr] = value
    state.mutate(base)
    _remember(state, target, base, key, value)


def _remember(
    state: State, target: ast.Attribute | ast.Subscript, base: Value, key: Value, value: Value
) -> None:
    """Let the variable behind a stored element know what was stored."""
    owner = target.value
    while isinstance(owner, (ast.Attribute, ast.Subscript)):
        owner = owner.value
    if not isinstance(owner, ast.Name):
        return
    name = owner.id
    for names in [scope.names for scope in reversed(state.scopes)] + [state.names]:
        known = names.get(name)
        if known is None:
            continue
        if known.kind == "container" and owner is target.value and key.const is not UNKNOWN:
            known = _with_item(known, key.const, value)
        elif known.kind == "container" and owner is target.value and known.name != "each":
            known = replace(known, name="each", items=(*known.items, value), keys=None)
        if value.taint - known.taint:
            known = known.tainted(*value.taint)
        names[name] = known
        return


def _with_item(container: Value, key: Any, value: Value) -> Value:
    if container.keys is None:
        if container.items:
            return container
        return replace(container, items=(value,), keys=(key,))
    items, keys = list(container.items), list(container.keys)
    if key in keys:
        items[keys.index(key)] = value
    else:
        items.append(value)
        keys.append(key)
    return replace(
        container, items=tuple(items), keys=tuple(keys), roots=container.roots | value.roots
    )
