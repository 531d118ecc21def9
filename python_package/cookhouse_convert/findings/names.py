"""Findings about names: undefined ones, and needed statements that the user left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from cookhouse_convert.analysis import Finding
from cookhouse_convert.findings.context import Context, found


def undefined(context: Context) -> Iterator[Finding]:
    """Names that nothing above defines."""
    trace = context.trace
    if trace.stars and not _all_known(context):
        return
    unread = {block.cell.id for block in trace.blocks if block.node is None}
    last = context.chosen.last if context.chosen is not None else len(trace.blocks)
    for name, (number, node) in trace.missing.items():
        block = trace.blocks[number]
        maker = next((b for b in trace.blocks if name in trace.effects[b.number].writes), None)
        late = number > last or "skip" in block.cell.tags
        if unread and maker is None:
            # The cell that cannot be read may define it: its own finding is enough.
            late = True
        where = f"; it is defined only later, in {_place(context, maker.cell.id)}" if maker else ""
        yield found(
            "undefined-name", "warning" if late else "error", block, node,
            f"`{name}` is used, but nothing above defines it{where}.",
            "Run from top to bottom, the notebook stops here with a NameError.",
            f"Move the cell that defines `{name}` above this one."
            if maker else f"Define or import `{name}` above this cell, or correct the name.",
        )  # fmt: skip


def _all_known(context: Context) -> bool:
    return all(context.known.library(module) is not None for module in context.trace.stars) and (
        not context.trace.missing
    )


def _place(context: Context, cell: str) -> str:
    for index, other in enumerate(context.notebook.cells, 1):
        if other.id == cell:
            return f"code cell {index}"
    return "a later cell"


def needed_but_left_out(context: Context) -> Iterator[Finding]:
    """A cell that the user left out although what is kept needs it."""
    trace = context.trace
    for block in trace.blocks:
        fate = context.fates[block.number]
        if fate.kept or not fate.forced:
            continue
        users = [user for user in sorted(trace.users[block.number]) if context.fates[user].kept]
        if not users:
            continue
        names = trace.effects[block.number].writes | trace.effects[block.number].mutates
        used = trace.effects[users[0]]
        shared = sorted(names & (used.reads | used.mutates))
        name = f"`{shared[0]}`" if shared else "what it does"
        yield found(
            "needed-cell", "error", block, block.node,
            f"This cell is left out by your choice, but a kept statement needs {name}.",
            "Without it the recipe cannot run.",
            "Give the cell another stage, or remove its `eda` or `skip` tag.",
        )  # fmt: skip


def history(context: Context) -> Iterator[Finding]:
    """`Out[3]`, `In` and a bare `_` exist in a notebook only."""
    for block, node in context.nodes():
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if node.id in ("Out", "In", "_", "__", "___") and node.id not in context.trace.names:
            bound = any(
                isinstance(other, ast.Name) and other.id == node.id and other is not node
                for other in block.nodes()
            )
            if not bound:
                yield found(
                    "notebook-history", "error", block, node,
                    f"`{node.id}` is the notebook's memory of earlier outputs.",
                    "A recipe runs without a notebook, so it is not there.",
                    "Give the earlier result a name and use that name here.",
                )  # fmt: skip


def star_imports(context: Context) -> Iterator[Finding]:
    """`from x import *` hides which names exist."""
    for block in context.trace.blocks:
        node = block.node
        if not isinstance(node, ast.ImportFrom) or not context.fates[block.number].kept:
            continue
        if any(alias.name == "*" for alias in node.names):
            yield found(
                "star-import", "info", block, node,
                f"`from {node.module} import *` brings names that cannot be told apart.",
                "Undefined names cannot be found before the notebook runs.",
                "Import the names that the notebook uses.",
            )  # fmt: skip
