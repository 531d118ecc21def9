"""Findings about what kind of notebook it is: is there a model that a recipe can be made of?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from cookhouse_convert.analysis import Finding
from cookhouse_convert.blocks import Block
from cookhouse_convert.findings.context import Context, found
from cookhouse_convert.models import names_of


def builder_form(context: Context) -> Iterator[Finding]:
    """The older form of a recipe: files written by cells, with functions of agreed names."""
    if context.notebook.builder:
        yield _at_start(
            context, "builder-form", "This is a Recipe Builder notebook: its cells write files.",
            "Its functions are called by agreed names, so no statement order can be followed.",
            "Copy the steps into a plain notebook: read rows, prepare, fit, predict, measure.",
        )  # fmt: skip


def model(context: Context) -> Iterator[Finding]:
    """The notebook must fit a model, and the chosen one must exist."""
    if context.chosen is not None:
        yield from _chosen_kind(context)
        return
    if context.notebook.builder:
        return
    if not context.trace.blocks:
        if not context.notebook.problems and context.notebook.is_python:
            yield _at_start(
                context, "no-model", "The notebook has no code.",
                "A recipe is made of a notebook that fits a model.",
                "Write or open a notebook that reads rows and fits a model.",
            )  # fmt: skip
        return
    if context.wanted is not None and context.candidates:
        names = sorted(set().union(*(names_of(found) for found in context.candidates)))
        yield _at_start(
            context, "model-not-found",
            f"The notebook fits no model called `{context.wanted}`.",
            "The recipe would not know what to predict with.",
            f"Choose one of: {', '.join(names)}.",
        )  # fmt: skip
        return
    unread = any(block.node is None and not block.magic for block in context.trace.blocks)
    if not unread:
        # A cell that cannot be read may hold the model: its own finding comes first.
        yield from _none(context)


def _none(context: Context) -> Iterator[Finding]:
    trace = context.trace
    kinds = {
        "cluster": "clusters",
        "outlier": "looks for outliers",
        "unsupervised": "describes rows",
    }
    for kind, word in kinds.items():
        made = next((found for found in trace.constructions if found.task == kind), None)
        if made is not None:
            yield _out_of_scope(
                trace.blocks[made.statement], made.node,
                f"The notebook {word} with {made.name.rsplit('.', 1)[-1]} and fits no model "
                "that learns from a label.",
            )  # fmt: skip
            return
    foreign = _foreign_library(context)
    if foreign is not None:
        block, name, scope = foreign
        yield _out_of_scope(block, block.node, f"The model is {scope} ({name}).")
        return
    yield _at_start(
        context, "no-model", "No model is fitted in this notebook.",
        "A recipe is made around the fit of a model and its predictions.",
        "Fit a model, for instance `model = LogisticRegression().fit(X_train, y_train)`.",
    )  # fmt: skip


def _foreign_library(context: Context) -> tuple[Block, str, str] | None:
    for block in context.trace.blocks:
        node = block.node
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            library = context.known.library(name)
            if library is not None and library.scope:
                return block, name.split(".", 1)[0], library.scope
    return None


def _chosen_kind(context: Context) -> Iterator[Finding]:
    chosen = context.chosen
    if chosen is None or chosen.made.name.split(".", 1)[0] in ("sklearn", "xgboost", "lightgbm"):
        return
    foreign = _foreign_library(context)
    if foreign is not None and chosen.made.task == "other":
        block = context.trace.blocks[chosen.fit.statement]
        _where, name, scope = foreign
        yield _out_of_scope(block, chosen.fit.node, f"The model is {scope} ({name}).")


def _out_of_scope(block: Block, node: ast.AST | None, what: str) -> Finding:
    return found(
        "out-of-scope", "error", block, node, what,
        "Recipes are for models on tables that learn from a label (classification, regression).",
        "Choose a notebook that predicts a column of a table from its other columns.",
    )  # fmt: skip


def _at_start(context: Context, code: str, what: str, why: str, fix: str) -> Finding:
    cell = context.notebook.cells[-1].id if context.notebook.cells else ""
    return Finding(code, "error", cell, 1, what, why, fix)
