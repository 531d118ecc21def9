"""Expressions: what they read, and what is known of their value."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from cookhouse_convert.flow import assigning, calls, functions
from cookhouse_convert.flow.state import Scope, State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Value, choice, mixed, options


def evaluate(state: State, node: ast.expr) -> Value:
    """Walk an expression and return what is known of its value."""
    state.budget -= 1
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(state, node)
    return mixed(evaluate(state, part) for part in _parts(node))


def _parts(node: ast.AST) -> list[ast.expr]:
    return [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]


def _constant(state: State, node: Any) -> Value:
    return Value(const=node.value, node=node)


def _name(state: State, node: Any) -> Value:
    value = state.lookup(node.id, node)
    if value.kind in ("function", "class"):
        functions.read_free_names(state, value)
    return value


def _attribute(state: State, node: Any) -> Value:
    return attribute(state, evaluate(state, node.value), node.attr)


def attribute(state: State, base: Value, name: str) -> Value:
    """Return what is known of `base.name`."""
    if base.kind == "module":
        return Value("module", f"{base.name}.{name}")
    if base.kind == "display":
        return base
    if base.kind == "estimator" and base.origin is not None:
        return _estimator_attribute(state, base, name)
    if base.kind == "choice":
        return choice(attribute(state, option, name) for option in base.items)
    if base.kind == "instance":
        known = state.attributes.get((base.name, name))
        if known is not None:
            return replace(known, roots=known.roots | base.roots, taint=known.taint | base.taint)
    if base.kind == "bunch" and name in ("data", "frame"):
        return Value("frame", "", base.roots, base.taint)
    return Value("", "", base.roots, base.taint)


def _estimator_attribute(state: State, base: Value, name: str) -> Value:
    made = state.constructions[base.origin or 0]
    if name in ("best_estimator_", "best_model_", "estimator", "model"):
        return base
    if name in ("named_steps", "steps", "named_transformers_", "named_estimators_"):
        labels = tuple(label for label, _step in made.steps)
        steps = tuple(step for _label, step in made.steps)
        return Value("container", "dict", base.roots, base.taint, steps, labels)
    taint = frozenset(f"fit:{fit}" for fit in made.fits)
    return Value("", "", base.roots, base.taint | taint)


def _subscript(state: State, node: Any) -> Value:
    base = evaluate(state, node.value)
    key = evaluate(state, node.slice)
    if base.kind == "display":
        return base
    if base.kind == "container":
        found = item(base, key.const)
        if found is not None:
            return replace(found, roots=found.roots | base.roots)
        if not isinstance(node.slice, ast.Slice):
            return elements(base)
        return base
    if base.kind == "estimator" and base.origin is not None:
        steps = state.constructions[base.origin].steps
        labels = tuple(label for label, _ in steps)
        inner = Value("container", "dict", items=tuple(s for _, s in steps), keys=labels)
        return item(inner, key.const) or base
    kind = base.kind if base.kind in ("bunch", "frame") else ""
    return Value(kind, "", base.roots, base.taint | key.taint)


def item(container: Value, key: Any) -> Value | None:
    """Return the element of a known container under a known key."""
    if key is UNKNOWN or container.kind != "container":
        return None
    if container.keys is not None and key in container.keys:
        return container.items[container.keys.index(key)]
    if not isinstance(key, int) or isinstance(key, bool) or container.name in ("each", "set"):
        return None
    size = len(container.items)
    return container.items[key] if -size <= key < size else None


def elements(value: Value) -> Value:
    """Return what iterating over `value` gives."""
    if value.kind == "container":
        if value.keys is not None:
            return choice(Value(const=key) for key in value.keys)
        found = choice(value.items)
        return replace(found, roots=found.roots | value.roots)
    if value.kind == "choice":
        return choice(elements(option) for option in value.items)
    kind = value.kind if value.kind == "display" else ""
    return Value(kind, "", value.roots, value.taint)


def _sequence(state: State, node: Any) -> Value:
    found = [evaluate(state, part) for part in node.elts]
    name = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}[type(node)]
    return container(name, found)


def container(name: str, found: list[Value], keys: tuple[Any, ...] | None = None) -> Value:
    """Return a container of known elements."""
    roots: frozenset[str] = frozenset().union(*(value.roots for value in found))
    taint: frozenset[str] = frozenset().union(*(value.taint for value in found))
    return Value("container", name, roots, taint, tuple(found), keys)


def _dict(state: State, node: Any) -> Value:
    keys: list[Any] = []
    for key in node.keys:
        keys.append(evaluate(state, key).const if key is not None else UNKNOWN)
    found = [evaluate(state, part) for part in node.values]
    if any(key is UNKNOWN or not _hashable(key) for key in keys):
        keys = list(range(len(found)))
    return container("dict", found, tuple(keys))


def _hashable(key: Any) -> bool:
    return isinstance(key, (str, int, float, bool, bytes, type(None)))


def _joined(state: State, node: Any) -> Value:
    parts = [evaluate(state, part) for part in node.values]
    texts = [part.const for part in parts]
    if all(isinstance(text, (str, int)) for text in texts):
        return Value(const="".join(str(text) for text in texts))
    return mixed(parts)


def _formatted(state: State, node: Any) -> Value:
    value = evaluate(state, node.value)
    if node.format_spec is not None:
        evaluate(state, node.format_spec)
        return Value(taint=value.taint)
    return value


def _binary(state: State, node: Any) -> Value:
    left, right = evaluate(state, node.left), evaluate(state, node.right)
    if isinstance(left.const, str) and isinstance(right.const, str):
        if isinstance(node.op, ast.Add):
            return Value(const=left.const + right.const)
        if isinstance(node.op, ast.Div):
            return Value(const=str(PurePosixPath(left.const) / right.const))
    lists = all(side.kind == "container" and side.keys is None for side in (left, right))
    if lists and isinstance(node.op, ast.Add):
        return container(left.name, [*left.items, *right.items])
    return mixed((left, right))


def _unary(state: State, node: Any) -> Value:
    value = evaluate(state, node.operand)
    if isinstance(node.op, ast.USub) and isinstance(value.const, (int, float)):
        return Value(const=-value.const, node=node)
    return mixed((value,))


def _compare(state: State, node: Any) -> Value:
    left = evaluate(state, node.left)
    right = [evaluate(state, part) for part in node.comparators]
    plain = (str, int, float, bool)
    if len(right) == 1 and isinstance(left.const, plain) and isinstance(right[0].const, plain):
        if isinstance(node.ops[0], ast.Eq):
            return Value(const=left.const == right[0].const)
        if isinstance(node.ops[0], ast.NotEq):
            return Value(const=left.const != right[0].const)
    return mixed([left, *right])


def _conditional(state: State, node: Any) -> Value:
    test = evaluate(state, node.test)
    found = choice((evaluate(state, node.body), evaluate(state, node.orelse)))
    return found.tainted(*test.taint) if test.taint else found


def _either(state: State, node: Any) -> Value:
    return choice([evaluate(state, part) for part in node.values])


def _named(state: State, node: Any) -> Value:
    value = evaluate(state, node.value)
    state.bind(node.target.id, value)
    return value


def _starred(state: State, node: Any) -> Value:
    return elements(evaluate(state, node.value))


def _lambda(state: State, node: Any) -> Value:
    for default in [*node.args.defaults, *[d for d in node.args.kw_defaults if d]]:
        evaluate(state, default)
    state.scopes.append(Scope(dict.fromkeys(functions.parameters(node.args), NOTHING)))
    result = evaluate(state, node.body)
    state.scopes.pop()
    return Value(taint=result.taint, roots=result.roots)


def _comprehension(state: State, node: Any) -> Value:
    scope = Scope()
    pushed = False
    for generator in node.generators:
        found = elements(evaluate(state, generator.iter))
        if not pushed:
            state.scopes.append(scope)
            pushed = True
        assigning.assign(state, generator.target, found)
        for test in generator.ifs:
            evaluate(state, test)
    if isinstance(node, ast.DictComp):
        key, value = evaluate(state, node.key), evaluate(state, node.value)
        state.scopes.pop()
        keys = tuple(option.const for option in options(key))
        if len(options(value)) == len(keys) > 1 and UNKNOWN not in keys:
            return container("dict", list(options(value)), keys)
        return Value("container", "each", value.roots, value.taint, (value,))
    value = evaluate(state, node.elt)
    state.scopes.pop()
    return Value("container", "each", value.roots, value.taint, (value,))


def _call(state: State, node: Any) -> Value:
    return calls.call(state, node)


_HANDLERS: dict[type[ast.AST], Callable[[State, Any], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.Dict: _dict,
    ast.JoinedStr: _joined,
    ast.FormattedValue: _formatted,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.IfExp: _conditional,
    ast.BoolOp: _either,
    ast.NamedExpr: _named,
    ast.Starred: _starred,
    ast.Lambda: _lambda,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.Call: _call,
}
