"""The walk over all statements, and the graph of which statement needs which."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cookhouse_convert.blocks import Block
from cookhouse_convert.flow import statements
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import Construction, Effects, Event, Value
from cookhouse_convert.knowledge import Knowledge

_GENERATOR = "<random generator>"
_COMPOUND = (ast.If, ast.For, ast.While, ast.Try, ast.TryStar, ast.With, ast.Match, ast.AsyncFor)


@dataclass(slots=True)
class Trace:
    """What was seen. `needs[n]` are the statements whose effect statement n uses."""

    blocks: Sequence[Block]
    effects: list[Effects]
    events: list[Event]
    constructions: list[Construction]
    names: dict[str, Value]
    needs: list[set[int]]
    missing: dict[str, tuple[int, ast.AST]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    users: list[set[int]] = field(default_factory=list)

    def slice(self, numbers: Iterable[int]) -> set[int]:
        """Return `numbers` and all statements that they need, directly or not."""
        found: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting.extend(self.needs[number] - found)
        return found


def trace(blocks: Sequence[Block], knowledge: Knowledge) -> Trace:
    """Walk the statements once, in order."""
    state = State(knowledge)
    effects: list[Effects] = []
    for block in blocks:
        state.effects = Effects()
        state.statement = block.number
        if block.node is not None and block.magic is None:
            try:
                statements.execute(state, block.node)
            except RecursionError:
                state.unknown(block.node, "deeply nested code")
                state.scopes.clear()
                state.calling.clear()
                state.conditional = 0
        elif block.node is not None and isinstance(block.node, ast.Assign):
            statements.execute(state, block.node)
        effects.append(state.effects)
    needs = _needs(blocks, effects)
    users: list[set[int]] = [set() for _ in blocks]
    for number, needed in enumerate(needs):
        for other in needed:
            users[other].add(number)
    return Trace(
        blocks, effects, state.events, state.constructions, state.names, needs, state.missing,
        state.stars, users,
    )  # fmt: skip


def _needs(blocks: Sequence[Block], effects: Sequence[Effects]) -> list[set[int]]:
    makers: dict[str, set[int]] = {}
    files: dict[str, int] = {}
    needs: list[set[int]] = []
    for number, (block, effect) in enumerate(zip(blocks, effects, strict=True)):
        reads = effect.reads | effect.mutates
        if effect.random or effect.draws:
            reads = reads | {_GENERATOR}
        needed: set[int] = set()
        for name in reads:
            needed |= makers.get(name, set())
        needed |= {files[path] for path in effect.files_read if path in files}
        needed.discard(number)
        needs.append(needed)
        for name in effect.mutates:
            # A change needs the maker, so the last change stands for the whole chain.
            makers[name] = {number}
        weak = isinstance(block.node, _COMPOUND)
        for name in effect.writes:
            makers[name] = (makers.get(name, set()) | {number}) if weak else {number}
        if effect.seeds:
            makers[_GENERATOR] = {number}
        files.update(dict.fromkeys(effect.files_written, number))
    return needs
