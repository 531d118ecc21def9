"""Calls of methods. The type of an object is often unknown, so names decide."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from cookhouse_convert.flow import estimators, expressions, functions, library
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Kind, Value, mixed

if TYPE_CHECKING:
    from cookhouse_convert.flow.calls import Arguments

_SAME_ROWS = {
    "copy", "head", "tail", "drop", "dropna", "fillna", "rename", "replace", "reset_index",
    "set_index", "query", "filter", "sort_values", "sort_index", "merge", "join", "assign",
    "astype", "select_dtypes", "sample", "drop_duplicates", "pipe", "apply", "groupby", "agg",
    "transform", "to_frame", "interpolate", "ffill", "bfill", "reindex", "get_dummies", "where",
    "mask", "melt", "pivot_table", "explode", "nlargest", "nsmallest", "clip", "round", "isnull",
    "isna", "corr", "describe", "value_counts", "collect", "with_columns", "select", "to_pandas",
}  # fmt: skip


def call(state: State, node: ast.Call, base: Value, name: str, arguments: Arguments) -> Value:
    """Call `base.name(…)`."""
    if base.kind == "display":
        state.effects.shows = True
        return base
    if estimators.handles(state, base, name):
        return estimators.method(state, node, base, name, arguments)
    if base.kind == "splitter" and name == "split":
        return _folds(state, node, arguments)
    if base.kind == "instance":
        return _own_method(state, node, base, name, arguments)
    if base.kind == "container":
        found = _container_method(base, name, arguments)
        if found is not None:
            return found
    role = state.knowledge.method(name)
    if role == "display":
        state.effects.shows = True
        return Value("display", taint=base.taint)
    if role in ("inspect", "callback"):
        return _inspect(state, node, base, name, role, arguments)
    if role == "random":
        library.draw(state, node, name, arguments)
        return Value(base.kind, taint=base.taint)
    if role == "drawn":
        state.mutate(base)
        return mixed(arguments.all)
    if role == "write":
        return _write(state, node, base, name, arguments)
    if role == "mutate":
        state.mutate(base)
        _grow(state, node, base, name, arguments)
        return expressions.elements(base) if name == "pop" else NOTHING
    state.mutate(base)
    for value in arguments.all:
        state.mutate(value)
    state.unknown(node, f"{name}()")
    return replace(mixed([base, *arguments.all]), roots=base.roots)


def _inspect(
    state: State, node: ast.Call, base: Value, name: str, role: str, arguments: Arguments
) -> Value:
    if arguments.const("inplace") is True:
        state.mutate(base)
        return NOTHING
    if role == "callback":
        for value in arguments.all:
            if value.kind == "function":
                functions.call_own(state, value, [Value(taint=base.taint)], {})
    if isinstance(node.func, ast.Attribute):
        library.by_hand(state, node, name, base, node.func.value)
    kind: Kind = "frame" if base.kind == "frame" and name in _SAME_ROWS else ""
    if name == "format" and isinstance(base.const, str):
        texts = [value.const for value in arguments.positional]
        if all(text is not UNKNOWN for text in texts) and not arguments.named:
            try:
                return Value(const=base.const.format(*texts))
            except (IndexError, KeyError, ValueError):
                return NOTHING
    if name in ("format", "join") and isinstance(base.const, str):
        return mixed(arguments.all)
    return Value(kind, taint=mixed([base, *arguments.all]).taint)


def _container_method(base: Value, name: str, arguments: Arguments) -> Value | None:
    if name == "items" and base.keys is not None:
        rows = [
            expressions.container("tuple", [Value(const=key), value])
            for key, value in zip(base.keys, base.items, strict=True)
        ]
        return expressions.container("list", rows)
    if name == "values":
        return expressions.container("list", list(base.items)) if base.items else base
    if name == "keys" and base.keys is not None:
        return expressions.container("list", [Value(const=key) for key in base.keys])
    if name == "get":
        return expressions.item(base, arguments.get("", 0).const) or expressions.elements(base)
    if name == "copy":
        return base
    return None


def _grow(state: State, node: ast.Call, base: Value, name: str, arguments: Arguments) -> None:
    """Let a known list know what was appended to it."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if not isinstance(owner, ast.Name) or not arguments.positional:
        return
    added = arguments.positional[-1]
    for names in [scope.names for scope in reversed(state.scopes)] + [state.names]:
        known = names.get(owner.id)
        if known is None:
            continue
        if known.kind == "container" and known.keys is None and name in ("append", "add"):
            kind = "each" if state.conditional else known.name
            names[owner.id] = replace(known, items=(*known.items, added), name=kind)
        elif known.kind == "container" and name == "extend" and added.kind == "container":
            names[owner.id] = replace(known, items=(*known.items, *added.items))
        if added.taint:
            names[owner.id] = names[owner.id].tainted(*added.taint)
        return


def _write(state: State, node: ast.Call, base: Value, name: str, arguments: Arguments) -> Value:
    first = arguments.positional[0] if arguments.positional else NOTHING
    path = first.const if isinstance(first.const, str) else None
    if not arguments.positional and not arguments.named:
        return mixed([base])
    if path is not None:
        state.effects.files_written.add(path)
    state.emit("write", node, name, source=path, taint=base.taint)
    return NOTHING


def _folds(state: State, node: ast.Call, arguments: Arguments) -> Value:
    roots = frozenset().union(*(value.roots for value in arguments.all))
    event = state.emit("split", node, "split", roots=roots)
    sides = [Value(taint=frozenset({f"{side}:{event.number}"})) for side in ("train", "test")]
    pair = expressions.container("tuple", sides)
    return Value("container", "each", pair.roots, pair.taint, (pair,))


def _own_method(
    state: State, node: ast.Call, base: Value, name: str, arguments: Arguments
) -> Value:
    method = functions.methods_of(base.node).get(name)
    if method is None:
        for value in [base, *arguments.all]:
            state.mutate(value)
        state.unknown(node, f"{name}()")
        return mixed([base, *arguments.all])
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in method.decorator_list)
    given = arguments.positional if static else [base, *arguments.positional]
    return functions.call_own(state, Value("function", name, node=method), given, arguments.named)
