"""Findings about the notebook as a text: language, cells of other kinds, order of execution."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from cookhouse_convert.analysis import Finding
from cookhouse_convert.findings.context import Context, found


def language(context: Context) -> Iterator[Finding]:
    """Only Python 3 is understood."""
    notebook = context.notebook
    cell = notebook.cells[0].id if notebook.cells else ""
    if not notebook.is_python:
        name = {"r": "R"}.get(notebook.language, notebook.language.capitalize())
        yield Finding(
            "language",
            "error",
            cell,
            1,
            f"This notebook is written for a kernel of {name}.",
            "A recipe is made of Python statements; other languages cannot be followed.",
            "Choose a notebook with a Python 3 kernel.",
        )
    elif notebook.language_version.startswith("2") or notebook.kernel == "python2":
        yield Finding(
            "language",
            "error",
            cell,
            1,
            "This notebook is written for a Python 2 kernel.",
            "Python 2 statements do not run, or give other numbers, in Python 3.",
            "Open it with a Python 3 kernel, run it top to bottom and save it.",
        )


def foreign_cells(context: Context) -> Iterator[Finding]:
    """Cells of another language are left out; a value taken from a shell is not there."""
    for block in context.trace.blocks:
        magic = block.magic
        if magic is None:
            continue
        if magic.kind == "language":
            name = magic.text.split()[0]
            yield found(
                "other-language", "info", block, None,
                f"The cell begins with `{name}` and is left out.",
                "A recipe runs without IPython, so it cannot run this cell.",
                "If later cells need what it does, write it in Python.",
            )  # fmt: skip
        elif isinstance(block.node, ast.Assign):
            used = any(context.fates[user].kept for user in context.trace.users[block.number])
            yield found(
                "shell-value", "error" if used else "info", block, None,
                f"`{magic.text.strip()}` takes a value from a shell or an IPython command.",
                "A recipe runs without IPython, so the value would be missing.",
                "Get the value in Python, for instance with `pathlib` or `glob`.",
            )  # fmt: skip


def execution_order(context: Context) -> Iterator[Finding]:
    """Outputs made in another order than top to bottom may not come back."""
    counts = [cell for cell in context.notebook.cells if cell.executed]
    for before, after in pairwise(counts):
        if (after.executed or 0) < (before.executed or 0):
            yield Finding(
                "out-of-order",
                "warning",
                after.id,
                1,
                f"This cell was last run before the cell above it "
                f"([{after.executed}] after [{before.executed}]).",
                "A recipe runs from top to bottom, so its numbers may differ from those shown.",
                "Restart the kernel and run all cells, then look at the numbers again.",
            )
            return


def interactive(context: Context) -> Iterator[Finding]:
    """A recipe has nobody to answer a question."""
    for event in context.trace.events:
        if event.kind == "input" and context.fates[event.statement].kept:
            block = context.trace.blocks[event.statement]
            yield found(
                "input", "error", block, event.node,
                "The notebook asks the user with `input()`.",
                "A recipe runs with nobody there to answer.",
                "Put the value into a variable in a cell tagged `parameters`.",
            )  # fmt: skip
