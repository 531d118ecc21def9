"""The stage of each statement: what it is for."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from cookhouse_convert.analysis import Stage
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.flow.values import Event, EventKind

_SIDES = re.compile(r"(^|_)(train|test|valid|val|validation|dev|holdout)(_|$|\d)", re.I)


def stages_of(trace: Trace, shown: set[int]) -> list[Stage]:
    """Return the stage of each statement. `shown` are those that only show something."""
    by_statement: dict[int, list[Event]] = defaultdict(list)
    for event in trace.events:
        by_statement[event.statement].append(event)
    tasks: dict[int, set[str]] = defaultdict(set)
    for made in trace.constructions:
        tasks[made.statement].add(made.task)
    stages: list[Stage | None] = []
    data: list[bool] = []
    for block in trace.blocks:
        stage = _chosen(block) or _certain(trace, block, by_statement, tasks)
        if stage is None and block.number in shown:
            stage = "explore"
        needs = trace.needs[block.number]
        rows = stage == "data" or any(data[other] for other in needs)
        if stage is None and rows and not _definition(block):
            stage = _of_rows(trace, block, stages)
        data.append(rows and not _definition(block))
        stages.append(stage)
    return _borrowed(trace, stages)


def _chosen(block: Block) -> Stage | None:
    cell = block.cell
    if cell.stage is not None:
        return cell.stage
    if "eda" in cell.tags:
        return "explore"
    if "parameters" in cell.tags and isinstance(block.node, (ast.Assign, ast.AnnAssign)):
        return "parameters"
    return None


def _certain(
    trace: Trace,
    block: Block,
    events: dict[int, list[Event]],
    tasks: dict[int, set[str]],
) -> Stage | None:
    """Return the stage that what the statement calls makes certain."""
    if block.magic is not None:
        return "explore" if block.magic.kind in ("display", "help") else "other"
    if block.node is None:
        return "other"
    if isinstance(block.node, (ast.Import, ast.ImportFrom)):
        return "imports"
    own = events.get(block.number, [])
    kinds = {event.kind for event in own}
    stage = _of_models(trace, own, kinds)
    if stage is not None:
        return stage
    if "read" in kinds:
        return "data"
    if "split" in kinds:
        return "split"
    if "seed" in kinds:
        return "parameters"
    made = tasks.get(block.number, set())
    if made & {"classification", "regression", "other"}:
        return "train"
    if made:
        return "split" if made == {"splitter"} else "features"
    return "features" if kinds & {"fit", "transform"} else None


def _of_models(trace: Trace, own: list[Event], kinds: set[EventKind]) -> Stage | None:
    fits = [event for event in own if event.kind == "fit" and event.origin is not None]
    predictive = [
        event
        for event in fits
        if trace.constructions[event.origin or 0].task not in ("transformer", "splitter")
        and event.name not in ("fit_transform", "fit_resample")
    ]
    if predictive:
        return "evaluate" if all(event.cross for event in predictive) else "train"
    measures = [event for event in own if event.kind == "measure"]
    if any(event.taint or event.target != "report" for event in measures):
        return "evaluate"
    return "predict" if "predict" in kinds else None


def _of_rows(trace: Trace, block: Block, stages: list[Stage | None]) -> Stage:
    """Return the stage of a statement that works on rows, by what its rows went through."""
    needed = {stages[other] for other in trace.needs[block.number]}
    writes = trace.effects[block.number].writes
    if writes and all(_is_model(trace, name) for name in writes):
        return "train"
    if "evaluate" in needed:
        return "evaluate"
    if "predict" in needed:
        return "predict"
    if "train" in needed and any(_is_model(trace, name) for name in _reads(trace, block)):
        # `pd.Series(model.feature_importances_)`: looks into a fitted model.
        return "evaluate"
    if _from_library(trace, block):
        return "data"
    sides = [name for name in writes if _SIDES.search(name)]
    if sides and len(sides) == len(writes) and _selects(block):
        return "split"
    return "features"


def _reads(trace: Trace, block: Block) -> set[str]:
    return trace.effects[block.number].reads


def _is_model(trace: Trace, name: str) -> bool:
    value = trace.names.get(name)
    if value is None or value.kind != "estimator" or value.origin is None:
        return False
    return trace.constructions[value.origin].task != "transformer"


def _selects(block: Block) -> bool:
    value = getattr(block.node, "value", None)
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return all(_takes_rows(_uncopied(part)) for part in parts)


def _takes_rows(node: ast.expr | None) -> bool:
    """Whether this takes a part of a table that is not one of the sides already."""
    if not isinstance(node, ast.Subscript):
        return False
    base: ast.expr = node.value
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    return not (isinstance(base, ast.Name) and _SIDES.search(base.id))


def _uncopied(node: ast.expr | None) -> ast.expr | None:
    """Look through `.copy()` and `.reset_index(…)`."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in ("copy", "reset_index"):
            break
        node = node.func.value
    return node


def _from_library(trace: Trace, block: Block) -> bool:
    """Whether the statement only takes the rows out of what a library's `load_…` gave."""
    reads = trace.effects[block.number].reads
    return any(
        value.kind == "bunch" for name in reads if (value := trace.names.get(name)) is not None
    ) and not any(isinstance(part, (ast.BinOp, ast.Lambda)) for part in block.nodes())


def _definition(block: Block) -> bool:
    return isinstance(block.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _borrowed(trace: Trace, stages: list[Stage | None]) -> list[Stage]:
    """Give definitions and constants the stage of the first statement that uses them."""
    result: list[Stage] = [stage or "other" for stage in stages]
    fitted = min((n for n, stage in enumerate(result) if stage == "train"), default=len(result))
    for number in range(len(stages) - 1, -1, -1):
        block = trace.blocks[number]
        users = sorted(trace.users[number])
        if stages[number] is not None:
            used_by = {result[user] for user in users}
            if stages[number] == "features" and number > fitted and used_by == {"evaluate"}:
                # `actual = np.expm1(y_test)`: prepared for the metric alone.
                result[number] = "predict"
            continue
        first = next((result[user] for user in users if result[user] != "other"), None)
        if is_scalar(block.node):
            result[number] = "parameters"
        elif first is not None:
            result[number] = "features" if _lists_texts(block.node) else first
        elif isinstance(block.node, ast.Assign) and not trace.needs[number]:
            result[number] = "parameters"
    return result


def _lists_texts(node: ast.AST | None) -> bool:
    """Whether a statement names columns: a list of texts."""
    value = getattr(node, "value", None)
    return (
        isinstance(value, (ast.List, ast.Tuple, ast.Set))
        and bool(value.elts)
        and all(
            isinstance(part, ast.Constant) and isinstance(part.value, str) for part in value.elts
        )
    )


def is_scalar(node: ast.AST | None) -> bool:
    """Whether a statement gives one name one literal number, text or truth value."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target: ast.expr = node.targets[0]
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target = node.target
    else:
        return False
    value = node.value
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        value = value.operand
    return isinstance(target, ast.Name) and isinstance(value, ast.Constant)
