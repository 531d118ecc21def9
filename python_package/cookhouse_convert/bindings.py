"""Where the rows come from: files, datasets of Cookhouse, data that a package brings."""

from __future__ import annotations

import ast
from typing import Literal

from cookhouse_convert.analysis import Binding
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.flow.values import Event
from cookhouse_convert.knowledge import Knowledge


def bindings_of(trace: Trace, known: Knowledge, kept: list[bool]) -> tuple[Binding, ...]:
    """Return the reader calls of kept statements, but for files that the notebook wrote itself."""
    found: list[Binding] = []
    written: set[str] = set()
    for event in _readers(trace):
        for number in range(event.statement):
            written |= trace.effects[number].files_written
        if event.source in written or not kept[event.statement]:
            continue
        found.append(_binding(trace, known, event))
    return tuple(found)


def _readers(trace: Trace) -> list[Event]:
    return [event for event in trace.events if event.kind == "read"]


def _binding(trace: Trace, known: Knowledge, event: Event) -> Binding:
    block = trace.blocks[event.statement]
    kind: Literal["file", "dataset", "library"] = "file"
    if event.name in ("cookhouse.read", "cookhouse.client.read"):
        kind = "dataset"
    elif known.role(event.name) == "dataset":
        kind = "library"
    return Binding(
        kind=kind,
        source=event.source or "",
        reader=event.name,
        cell=block.cell.id,
        line=line_in(block, event.node),
        statement=event.statement,
        variable=_variable(block),
    )


def line_in(block: Block, node: ast.AST) -> int:
    """Return the line of a node, that of the statement when the node stands in another cell."""
    line = getattr(node, "lineno", block.line)
    return line if block.line <= line <= block.end_line else block.line


def _variable(block: Block) -> str | None:
    node = block.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return node.targets[0].id if isinstance(node.targets[0], ast.Name) else None
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return None
