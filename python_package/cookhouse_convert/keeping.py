"""Which statements a recipe keeps, and the sentence that says why.

Everything is kept unless it only shows something, or comes after the chosen metric. Over-keeping
costs time; leaving out what matters would cost the proof.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from cookhouse_convert.analysis import Stage
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.knowledge import Knowledge
from cookhouse_convert.models import Candidate, variable_of

_KEPT: dict[Stage, str] = {
    "imports": "Imports what kept statements use.",
    "parameters": "Sets a value that later statements use.",
    "data": "Reads the rows that the model learns from.",
    "features": "Prepares what the model is fitted on.",
    "split": "Separates training rows from test rows.",
    "train": "Sets up or fits a model.",
    "evaluate": "Measures a model before the chosen metric.",
    "predict": "Turns the model's answers into what is measured.",
    "explore": "Kept because a later kept statement uses what it makes.",
    "other": "Kept because later statements may need it.",
}
_MAGICS = {
    "display": "Sets up the notebook, not the model.",
    "requirement": "Installs packages; they become requirements of the recipe.",
    "shell": "Runs a shell command, which a recipe does not do.",
    "magic": "Is an IPython command, which does not exist outside a notebook.",
    "help": "Asks for help.",
    "language": "Is a cell of another language or for the notebook's own use.",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """Whether a statement is kept, and why. `forced` says that the user decided."""

    kept: bool
    reason: str
    forced: bool = False


def only_shows(trace: Trace, number: int, seeded: bool) -> bool:
    """Whether leaving out a statement can change nothing but names that it writes or changes."""
    block, effect = trace.blocks[number], trace.effects[number]
    if block.node is None or block.magic is not None:
        return False
    if isinstance(block.node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)):
        return False
    if (
        effect.unknown
        or effect.outside
        or effect.files_written
        or effect.seeds
        or (effect.random and seeded)
    ):
        return False
    return not isinstance(block.node, (ast.Delete, ast.Assert, ast.Raise))


def fates_of(
    trace: Trace, stages: list[Stage], candidate: Candidate | None, known: Knowledge,
    harmless: set[int],
) -> list[Fate]:  # fmt: skip
    """Return the fate of each statement, deciding from the last to the first."""
    fates: list[Fate] = [Fate(True, "")] * len(trace.blocks)
    for number in range(len(trace.blocks) - 1, -1, -1):
        block = trace.blocks[number]
        fate = _forced(block) or _by_place(block, candidate)
        if fate is None:
            kept_users = any(fates[user].kept for user in trace.users[number])
            fate = _by_use(trace, block, known, number in harmless, kept_users)
        if fate is None:
            fate = Fate(True, _why_kept(trace, block, stages[number]))
        fates[number] = fate
    return fates


def _forced(block: Block) -> Fate | None:
    if block.magic is not None:
        return Fate(False, _MAGICS[block.magic.kind])
    if block.node is None:
        return Fate(False, "This cell cannot be read as Python.")
    if "skip" in block.cell.tags:
        return Fate(False, "You tagged this cell `skip`.", True)
    if block.cell.stage == "explore":
        return Fate(False, "You marked this cell as exploration.", True)
    if "eda" in block.cell.tags:
        return Fate(False, "You tagged this cell `eda`.", True)
    if block.cell.stage is not None:
        return Fate(True, f"You marked this cell as {block.cell.stage}.", True)
    return None


def _by_place(block: Block, candidate: Candidate | None) -> Fate | None:
    if candidate is None:
        return None
    name = variable_of(candidate)
    metric = candidate.metric.name if candidate.metric else ""
    roles = [
        (candidate.metric, f"Computes the chosen metric, {metric}."),
        (candidate.predict, f"Asks the chosen model `{name}` for the predictions."),
        (candidate.fit, f"Fits the chosen model `{name}`."),
    ]
    reasons = [text for event, text in roles if event and event.statement == block.number]
    if reasons:
        return Fate(True, reasons[0])
    if block.number > candidate.last:
        return Fate(False, "Comes after the chosen metric and does not feed it.")
    return None


def _by_use(
    trace: Trace, block: Block, known: Knowledge, harmless: bool, kept_users: bool
) -> Fate | None:
    """Return the fate of a statement that only shows, or that only such statements use."""
    effect, users = trace.effects[block.number], trace.users[block.number]
    if isinstance(block.node, (ast.FunctionDef, ast.ClassDef)):
        if users and not kept_users:
            return Fate(False, "Only statements that are left out use it.")
        return None
    if isinstance(block.node, (ast.Import, ast.ImportFrom)):
        if not kept_users and _displays(block.node, known):
            return Fate(False, "Imports a plotting library that nothing kept uses.")
        return None
    if not harmless or kept_users:
        return None
    changes = effect.writes or effect.mutates
    if effect.settings and not changes:
        return Fate(False, "Sets how things are shown.")
    if effect.shows:
        return Fate(False, "Draws or prints, and the model does not use it.")
    if not changes:
        return Fate(False, "Shows a value, and the model does not use it.")
    if users:
        return Fate(False, "Feeds only what is shown.")
    return None


def _displays(node: ast.Import | ast.ImportFrom, known: Knowledge) -> bool:
    names = (
        [alias.name for alias in node.names]
        if isinstance(node, ast.Import)
        else [node.module or ""]
    )
    libraries = [known.library(name) for name in names]
    return all(library is not None and library.default == "display" for library in libraries)


def _why_kept(trace: Trace, block: Block, stage: Stage) -> str:
    effect = trace.effects[block.number]
    if stage in ("other", "explore") and effect.unknown:
        call = min(effect.unknown)
        return f"Kept because it is not known what `{call}` changes."
    if stage in ("other", "explore") and effect.outside:
        return f"Kept because `{min(effect.outside)}` changes more than the notebook's variables."
    if stage == "explore" and effect.random:
        return "Kept because it draws random numbers, which moves those of later statements."
    return _KEPT[stage]
