"""Calls of library functions, by the role that the knowledge files give them."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cookhouse_convert.flow import estimators, expressions, functions
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Kind, Value, choice, mixed

if TYPE_CHECKING:
    from cookhouse_convert.flow.calls import Arguments

_FRAMES = {"DataFrame", "Series", "concat", "merge", "get_dummies", "crosstab", "pivot_table"}
_KEEPS_ELEMENTS = {"list", "tuple", "sorted", "reversed", "set", "iter", "tqdm", "cycle"}


def call(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    """Call the library function `name` (qualified)."""
    known = state.knowledge
    short = name.rsplit(".", 1)[-1]
    role = known.role(name)
    if role in ("search", "pipeline"):
        return estimators.composed(state, node, name, role, arguments)
    if known.task(name) is not None:
        return estimators.constructed(state, node, known.public_name(name), arguments)
    if name.startswith("builtins."):
        special = _BUILTINS.get(short)
        if special is not None:
            return special(state, node, arguments)
    handler = _ROLES.get(role)
    if handler is not None:
        return handler(state, node, name, arguments)
    for value in arguments.all:
        state.mutate(value)
    state.unknown(node, name.removeprefix("builtins."))
    return mixed(arguments.all)


def _inspect(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    short = name.rsplit(".", 1)[-1]
    if short in _KEEPS_ELEMENTS and name.split(".", 1)[0] in ("builtins", "tqdm", "itertools"):
        return arguments.positional[0] if arguments.positional else NOTHING
    _call_back(state, arguments)
    if short in ("clone", "deepcopy", "copy") and arguments.positional:
        copied = arguments.positional[0]
        if copied.kind in ("estimator", "choice", "container", "frame"):
            return estimators.cloned(state, copied)
    path = _path(name, arguments)
    if path is not None:
        return Value(const=path)
    result = mixed(arguments.all)
    if short[:1].isupper():
        result = replace(result, name=name)
    by_hand(state, node, short, result, node.args[0] if node.args else None)
    if short in _FRAMES and name.startswith("pandas."):
        return replace(result, kind="frame")
    if short in ("asarray", "asanyarray", "ravel", "DMatrix", "Dataset", "Pool"):
        roots: frozenset[str] = frozenset().union(*(value.roots for value in arguments.all))
        return replace(result, roots=roots)
    return result


def by_hand(
    state: State, node: ast.Call, name: str, value: Value, subject: ast.expr | None
) -> None:
    """A figure computed from an expression on predictions is a metric made by hand."""
    if name not in ("mean", "sum", "average", "count_nonzero", "sqrt", "norm"):
        return
    if isinstance(subject, (ast.BinOp, ast.Compare, ast.Call)) and any(
        taint.startswith("pred:") for taint in value.taint
    ):
        state.emit("measure", node, name, taint=value.taint, target="hand")


def _call_back(state: State, arguments: Arguments) -> None:
    """A function handed to a library is called by it with unknown arguments."""
    for value in arguments.all:
        if value.kind == "function":
            functions.call_own(state, value, [], {})


def _path(name: str, arguments: Arguments) -> str | None:
    parts = [value.const for value in arguments.positional]
    if not parts or not all(isinstance(part, str) for part in parts):
        return None
    if name == "os.path.join":
        return posixpath.join(*map(str, parts))
    if name in ("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"):
        return str(PurePosixPath(*parts))
    if name in ("os.path.abspath", "os.path.expanduser", "builtins.str"):
        return str(parts[0])
    return None


def _display(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    state.effects.shows = True
    return Value("display", taint=mixed(arguments.all).taint)


def _settings(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    state.effects.settings = True
    return NOTHING


def _read(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    short = name.rsplit(".", 1)[-1]
    source = arguments.positional[0] if arguments.positional else NOTHING
    for keyword in ("filepath_or_buffer", "path", "io", "path_or_buf", "source", "name", "file"):
        source = arguments.named.get(keyword, source)
    if short == "open" and "w" in str(arguments.const("mode", 1) or "r"):
        return _write(state, node, name, arguments)
    path = source.const if isinstance(source.const, str) else None
    if path is None and source.kind in ("frame", "") and source.taint:
        path = next((t[5:] for t in sorted(source.taint) if t.startswith("open:")), None)
    if path is not None:
        state.effects.files_read.add(path)
    if short == "open":
        return Value(taint=frozenset({f"open:{path}"}) if path else frozenset())
    event = state.emit("read", node, name, source=path)
    kind: Kind = "frame" if name.split(".", 1)[0] in ("pandas", "polars", "cookhouse") else ""
    return Value(kind, taint=frozenset({f"read:{event.number}"}))


def _dataset(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    short = name.rsplit(".", 1)[-1]
    event = state.emit("read", node, name, source=name)
    taint = frozenset({f"read:{event.number}"})
    part = Value("frame", taint=taint)
    if arguments.const("return_X_y") is True or short.startswith("make_"):
        return Value("container", "tuple", taint=taint, items=(part, part))
    if name.split(".", 1)[0] != "sklearn":
        return part
    return Value("bunch", name, taint=taint)


def _write(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    paths = [value.const for value in arguments.all if isinstance(value.const, str)]
    state.effects.files_written.update(paths[:1])
    state.emit("write", node, name, source=paths[0] if paths else None)
    return NOTHING


def _split(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    subject = frozenset().union(*(value.roots for value in arguments.positional))
    event = state.emit("split", node, name, roots=subject, arguments=dict(arguments.named))
    if arguments.const("shuffle") is not False:
        _draw(state, arguments.get("random_state"))
    sides: list[Value] = []
    for value in arguments.positional:
        kind: Kind = "frame" if value.kind == "frame" else ""
        for side in ("train", "test"):
            taint = value.taint | {f"{side}:{event.number}"}
            sides.append(Value(kind, "", frozenset(), frozenset(taint)))
    return Value("container", "tuple", items=tuple(sides))


def _draw(state: State, seed: Value) -> None:
    """Note that random numbers are drawn from the global generator, unless `seed` is given."""
    given = seed.const is not UNKNOWN and seed.const is not None
    if not (given or seed.roots or seed.kind == "module"):
        state.effects.random = True


def draw(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    """Draw random numbers; `random_state=` keeps the global generator out of it."""
    seed = arguments.named.get("random_state", arguments.named.get("seed", NOTHING))
    _draw(state, seed)
    if state.effects.random:
        state.emit("random", node, name)
    return mixed(arguments.all)


def _seed(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    state.emit("seed", node, name)
    if name.rsplit(".", 1)[-1] in ("seed", "set_state"):
        state.effects.seeds = True
    return Value()


def _mutate(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    short = name.rsplit(".", 1)[-1]
    if short == "next" and arguments.positional:
        state.mutate(arguments.positional[0])
        return expressions.elements(arguments.positional[0])
    if short == "shuffle":
        draw(state, node, name, arguments)
    for value in arguments.positional[:1]:
        state.mutate(value)
    if short == "urlretrieve" and isinstance(arguments.const("filename", 1), str):
        state.effects.files_written.add(arguments.const("filename", 1))
    state.effects.outside.add(name.removeprefix("builtins."))
    return mixed(arguments.all)


def _measure(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    result = mixed(arguments.all)
    state.emit("measure", node, name.rsplit(".", 1)[-1], taint=result.taint)
    return result


def _report(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    result = mixed(arguments.all)
    state.emit("measure", node, name.rsplit(".", 1)[-1], taint=result.taint, target="report")
    return result


def _splitter(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    made = state.construct(state.knowledge.public_name(name), "splitter", node, (), arguments)
    return Value("splitter", made.name, origin=made.number)


_ROLES: dict[str, Callable[[State, ast.Call, str, Arguments], Value]] = {
    "inspect": _inspect,
    "display": _display,
    "settings": _settings,
    "read": _read,
    "dataset": _dataset,
    "write": _write,
    "split": _split,
    "random": draw,
    "seed": _seed,
    "mutate": _mutate,
    "measure": _measure,
    "report": _report,
    "splitter": _splitter,
    "cross": estimators.cross_validated,
    "fit": estimators.trained,
}


def _print(state: State, node: ast.Call, arguments: Arguments) -> Value:
    state.effects.shows = True
    return NOTHING


def _shell(state: State, node: ast.Call, arguments: Arguments) -> Value:
    """What is asked of IPython itself is for the notebook and not for the model."""
    state.effects.shows = True
    return Value("display")


def _input(state: State, node: ast.Call, arguments: Arguments) -> Value:
    state.emit("input", node, "input")
    state.unknown(node, "input")
    return NOTHING


def _enumerate(state: State, node: ast.Call, arguments: Arguments) -> Value:
    element = expressions.elements(arguments.positional[0]) if arguments.positional else NOTHING
    return _each(expressions.container("tuple", [NOTHING, element]))


def _each(element: Value) -> Value:
    return Value("container", "each", element.roots, element.taint, (element,))


def _zip(state: State, node: ast.Call, arguments: Arguments) -> Value:
    columns = arguments.positional
    if columns and all(
        value.kind == "container" and value.keys is None and value.name != "each"
        for value in columns
    ):
        rows = zip(*(value.items for value in columns), strict=False)
        return expressions.container("list", [expressions.container("tuple", [*r]) for r in rows])
    return _each(expressions.container("tuple", [expressions.elements(v) for v in columns]))


def _map(state: State, node: ast.Call, arguments: Arguments) -> Value:
    if arguments.positional and arguments.positional[0].kind == "function":
        found = [expressions.elements(value) for value in arguments.positional[1:]]
        result = functions.call_own(state, arguments.positional[0], found, {})
        return Value("container", "each", result.roots, result.taint, (result,))
    return mixed(arguments.all)


def _dict(state: State, node: ast.Call, arguments: Arguments) -> Value:
    if arguments.named and not arguments.positional:
        items = list(arguments.named.values())
        return expressions.container("dict", items, tuple(arguments.named))
    first = choice(arguments.positional)
    if first.kind == "container" and first.keys is None and first.name == "list":
        pairs = [pair for pair in first.items if len(pair.items) == 2]
        if pairs and len(pairs) == len(first.items):
            keys = tuple(pair.items[0].const for pair in pairs)
            if UNKNOWN not in keys:
                return expressions.container("dict", [pair.items[1] for pair in pairs], keys)
    return first


_BUILTINS: dict[str, Callable[[State, ast.Call, Arguments], Value]] = {
    "print": _print,
    "display": _print,
    "get_ipython": _shell,
    "input": _input,
    "enumerate": _enumerate,
    "zip": _zip,
    "map": _map,
    "filter": _map,
    "dict": _dict,
}
