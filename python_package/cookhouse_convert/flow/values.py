"""What is known of a value without running the notebook."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final[Any] = _Unknown()

Kind = Literal[
    "",
    "module",  # a module, function or class of a library; `name` is qualified
    "estimator",  # has fit; `name` is the class, `origin` the construction
    "splitter",  # KFold and the like
    "display",  # figure, axes, plot
    "bunch",  # what load_* and fetch_* of scikit-learn give
    "frame",  # a table
    "function",  # the notebook's own function
    "class",  # the notebook's own class
    "instance",  # of the notebook's own class
    "container",  # list, tuple, set or dict whose elements are known
    "choice",  # one of `items`
]
_EMPTY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Value:
    """`roots` are the names whose objects this may be or share; `taint` where it came from.

    Taints: `pred:N` (predict event N), `fit:N` (the model of fit event N), `train:N`, `test:N`
    (sides of split event N), `label` is not tracked here.
    """

    kind: Kind = ""
    name: str = ""
    roots: frozenset[str] = _EMPTY
    taint: frozenset[str] = _EMPTY
    items: tuple[Value, ...] = ()
    keys: tuple[Any, ...] | None = None
    const: Any = UNKNOWN
    node: ast.AST | None = None
    origin: int | None = None

    def tainted(self, *taints: str) -> Value:
        """Return this value with `taints` added."""
        return replace(self, taint=self.taint | frozenset(taints))


NOTHING: Final[Value] = Value()


def mixed(values: Iterable[Value]) -> Value:
    """Return what is known of a value computed from `values`: its taints, no shared object."""
    taint: frozenset[str] = _EMPTY
    for value in values:
        if value.taint:
            taint |= value.taint
    return Value(taint=taint) if taint else NOTHING


def choice(values: Iterable[Value], name: str = "") -> Value:
    """Return the value that is one of `values`; `name` is "branch" where an `if` decides."""
    options = tuple(values)
    if len(options) == 1:
        return options[0]
    if not options:
        return NOTHING
    roots: frozenset[str] = frozenset().union(*(value.roots for value in options))
    taint: frozenset[str] = frozenset().union(*(value.taint for value in options))
    if not any(value.kind or value.const is not UNKNOWN for value in options):
        return Value(roots=roots, taint=taint)
    kinds = {value.kind for value in options}
    if kinds == {"container"} and all(value.keys is None for value in options):
        widths = {len(value.items) for value in options}
        if len(widths) == 1:
            columns = zip(*(value.items for value in options), strict=True)
            return Value("container", "tuple", roots, taint, tuple(choice(c) for c in columns))
    return Value("choice", name, roots, taint, options)


def options(value: Value) -> tuple[Value, ...]:
    """Return the values that `value` may be."""
    return value.items if value.kind == "choice" else (value,)


@dataclass(slots=True)
class Construction:
    """An estimator, splitter or pipeline written in the notebook.

    `steps` are the estimators inside, by the label that scikit-learn gives them. `fits` are the
    fit events so far.
    """

    number: int
    name: str
    task: str
    statement: int
    node: ast.Call | None
    steps: tuple[tuple[str, Value], ...] = ()
    fits: list[int] = field(default_factory=list)
    variable: str | None = None
    arguments: dict[str, Value] = field(default_factory=dict)


EventKind = Literal[
    "construct", "fit", "predict", "measure", "read", "write", "split", "random", "seed", "input",
    "transform", "fail",
]  # fmt: skip


@dataclass(slots=True)
class Event:
    """Something that a statement does to models, rows or files.

    `origin` is the construction concerned; `subject` the text of its variable; `taint` that of
    the arguments; `occurrence` counts the alternatives of one call in a loop over models.
    """

    number: int
    kind: EventKind
    statement: int
    node: ast.AST
    name: str = ""
    origin: int | None = None
    subject: str = ""
    taint: frozenset[str] = _EMPTY
    roots: frozenset[str] = _EMPTY
    occurrence: int | None = None
    source: str | None = None
    target: str | None = None
    cross: bool = False
    inlined: bool = False
    arguments: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Effects:
    """What one statement does to the names of the notebook, and whether it only shows."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    mutates: set[str] = field(default_factory=set)
    shows: bool = False
    # The calls whose effect is not known, by their text: such a statement is always kept.
    unknown: set[str] = field(default_factory=set)
    # Calls that change something that no name holds: folders, filters of warnings.
    outside: set[str] = field(default_factory=set)
    random: bool = False
    seeds: bool = False
    # Constructions that are fitted without a seed of their own.
    draws: set[int] = field(default_factory=set)
    settings: bool = False
    files_read: set[str] = field(default_factory=set)
    files_written: set[str] = field(default_factory=set)
