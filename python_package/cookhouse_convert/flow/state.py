"""The state of one walk through a notebook: names, what they hold, what happened so far."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cookhouse_convert.flow.values import (
    NOTHING,
    Construction,
    Effects,
    Event,
    EventKind,
    Value,
)
from cookhouse_convert.knowledge import Knowledge

if TYPE_CHECKING:
    from cookhouse_convert.flow.calls import Arguments

# What IPython puts into the namespace of every notebook.
_GIVEN = frozenset(dir(builtins)) | {
    "display", "get_ipython", "In", "Out", "exit", "quit", "_", "__", "___", "__name__",
    "__file__", "__doc__", "_i", "_ih", "_oh", "_dh",
}  # fmt: skip


@dataclass(slots=True)
class Scope:
    """The local names of an own function, lambda or comprehension being walked."""

    names: dict[str, Value] = field(default_factory=dict)
    returned: list[Value] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    # A function does not see its caller's local names; a nested one sees its maker's.
    barrier: bool = False


@dataclass(slots=True)
class State:
    """Everything the walk knows. `statement` is the number of the one being walked."""

    knowledge: Knowledge
    names: dict[str, Value] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)
    effects: Effects = field(default_factory=Effects)
    events: list[Event] = field(default_factory=list)
    constructions: list[Construction] = field(default_factory=list)
    statement: int = 0
    conditional: int = 0
    stars: list[str] = field(default_factory=list)
    missing: dict[str, tuple[int, ast.AST]] = field(default_factory=dict)
    calling: list[ast.AST] = field(default_factory=list)
    # Own functions are walked at each call; this bounds what a notebook may cost.
    budget: int = 400_000
    free_names: dict[int, frozenset[str]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Value] = field(default_factory=dict)
    # Which names may share the object of a name: `X = df` makes X a sharer of df.
    sharers: dict[str, set[str]] = field(default_factory=dict)

    def lookup(self, name: str, node: ast.AST) -> Value:
        """Return what `name` holds and note that the statement reads it."""
        for scope in reversed(self.scopes):
            if name in scope.names:
                return scope.names[name]
            if scope.barrier:
                break
        if name in self.names:
            if name not in self.effects.writes:
                self.effects.reads.add(name)
            return self.names[name]
        if name in _GIVEN:
            return Value("module", f"builtins.{name}")
        if self.stars:
            starred = self.knowledge.find_short(name, self.stars)
            return Value("module", starred) if starred else NOTHING
        self.effects.reads.add(name)
        nested = self.calling and not any(scope.barrier for scope in self.scopes)
        if not nested:
            # A function made inside another has names that are gone when it is called here.
            self.missing.setdefault(name, (self.statement, node))
        return NOTHING

    def bind(self, name: str, value: Value) -> None:
        """Let `name` hold `value`, in the innermost function or in the notebook."""
        scope = self.scopes[-1] if self.scopes else None
        if scope is not None and name not in scope.shared:
            scope.names[name] = value
            return
        known = self.names.get(name)
        if self.conditional and known is not None and known.kind and not value.kind:
            value = replace(value, taint=value.taint | known.taint)
        self.effects.writes.add(name)
        for root in value.roots:
            if root != name:
                self.sharers.setdefault(root, set()).add(name)
        self.names[name] = Value(
            value.kind,
            value.name,
            value.roots | {name},
            value.taint,
            value.items,
            value.keys,
            value.const,
            value.node,
            value.origin,
        )
        self._name_construction(name, value)

    def _name_construction(self, name: str, value: Value) -> None:
        if value.origin is not None:
            construction = self.constructions[value.origin]
            construction.variable = construction.variable or name

    def mutate(self, value: Value) -> None:
        """Note that the object behind `value` changes in place."""
        for root in value.roots:
            self.effects.mutates.add(root)
            for name in self.sharers.get(root, ()):
                holder = self.names.get(name)
                if holder is not None and root in holder.roots:
                    self.effects.mutates.add(name)

    def unknown(self, node: ast.AST, name: str) -> None:
        """Note a call of which nothing is known."""
        self.effects.unknown.add(name or type(node).__name__)

    def emit(self, kind: EventKind, node: ast.AST, name: str = "", **more: object) -> Event:
        """Add an event of the statement being walked, and return it."""
        event = Event(len(self.events), kind, self.statement, node, name)
        for key, value in more.items():
            setattr(event, key, value)
        event.inlined = bool(self.calling)
        self.events.append(event)
        return event

    def construct(
        self,
        name: str,
        task: str,
        node: ast.Call | None,
        steps: tuple[tuple[str, Value], ...] = (),
        arguments: Arguments | None = None,
    ) -> Construction:
        """Register an estimator that the notebook makes."""
        made = Construction(len(self.constructions), name, task, self.statement, node, steps)
        if arguments is not None:
            made.arguments = arguments.by_name(self.knowledge.positional(name))
        self.constructions.append(made)
        return made
