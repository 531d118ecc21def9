"""The values of a notebook that a training may change, in this order: the parameters cell,
constants that the chosen model depends on, literals of its constructors, split and folds.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cookhouse_convert.analysis import Hyperparameter, Statement
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.flow.values import UNKNOWN, Construction, Value, options
from cookhouse_convert.knowledge import Knowledge
from cookhouse_convert.models import Candidate
from cookhouse_convert.ranges import described
from cookhouse_convert.stages import is_scalar

# Arguments that change how a machine works and not what is learned.
_TECHNICAL = {"n_jobs", "verbose", "copy_X", "copy", "cache_size", "pre_dispatch", "error_score",
              "memory", "refit", "return_train_score", "silent", "nthread", "thread_count",
              "sparse_output", "sparse", "handle_unknown", "eval_metric", "use_label_encoder",
              "missing_values", "verbosity", "enable_categorical", "remainder", "objective",
              "scoring", "importance_type", "return_X_y", "as_frame",
              "verbose_feature_names_out"}  # fmt: skip

_BY_COLUMN = {"drop", "pop", "groupby", "set_index", "get"}


@dataclass(frozen=True, slots=True)
class Use:
    """A literal that reaches an argument of an estimator, a splitter or a split.

    `statement` is where the literal stands: at the call, in a constant, in a dict of parameters,
    or among the arguments of an own function that makes the call.
    """

    call: str
    parameter: str
    node: ast.expr
    value: Any
    label: str
    statement: int


def place_in_source(parameter: Hyperparameter, statement: Statement) -> tuple[int, int, int, int]:
    """Return line and column (from 1 and 0, bytes) of the literal in the statement's own source."""
    first = statement.end_line - statement.source.count("\n")

    def column(line: int, value: int) -> int:
        return value - statement.column if line == statement.line else value

    return (
        parameter.line - first + 1,
        column(parameter.line, parameter.column),
        parameter.end_line - first + 1,
        column(parameter.end_line, parameter.end_column),
    )


def hyperparameters_of(
    trace: Trace, candidate: Candidate | None, known: Knowledge, kept: list[bool]
) -> tuple[Hyperparameter, ...]:
    """Return the hyperparameters of the chosen model; with no model, the parameters cell alone."""
    relevant: set[int] = set()
    uses: list[Use] = []
    if candidate is not None:
        events = [candidate.fit, candidate.predict, candidate.metric]
        relevant = trace.slice([event.statement for event in events if event is not None])
        owners = _owners(trace)
        uses = [
            replace(use, statement=owners[id(use.node)])
            for use in _uses(trace, candidate, relevant)
            if id(use.node) in owners and kept[owners[id(use.node)]]
        ]
    found = _constants(trace, known, relevant, uses, kept) + _literals(trace, known, uses)
    return tuple(_unique(found))


def _owners(trace: Trace) -> dict[int, int]:
    """Return the statement of every literal in the notebook."""
    return {
        id(node): block.number
        for block in trace.blocks
        if block.node is not None and block.magic is None
        for node in block.nodes()
        if isinstance(node, (ast.Constant, ast.UnaryOp))
    }


def _constants(
    trace: Trace, known: Knowledge, relevant: set[int], uses: list[Use], kept: list[bool]
) -> list[Hyperparameter]:
    used_at: dict[int, Use] = {}
    for use in uses:
        used_at.setdefault(use.statement, use)
    written: dict[str, int] = {}
    for effect in trace.effects:
        for name in effect.writes:
            written[name] = written.get(name, 0) + 1
    columns = _column_names(trace)
    cells: list[Hyperparameter] = []
    constants: list[Hyperparameter] = []
    for block in trace.blocks:
        if not is_scalar(block.node) or not kept[block.number]:
            continue
        name, literal = _named_literal(block.node)
        tagged = "parameters" in block.cell.tags or block.cell.stage == "parameters"
        value = _value(literal)
        used = used_at.get(block.number)
        if not _changeable(value, name, tagged, used) or name in columns:
            continue
        if not tagged and (block.number not in relevant or written[name] != 1):
            continue
        made = _parameter(block, name, literal, value)
        if made is None:
            continue
        if used is not None:
            made = described(made, known, used.call, used.parameter)
        (cells if tagged else constants).append(made)
    return cells + constants


def _named_literal(node: Any) -> tuple[str, ast.expr]:
    target: Any = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return str(target.id), node.value


def _changeable(value: Any, name: str, tagged: bool, use: Use | None) -> bool:
    if isinstance(value, (bool, int, float)):
        return True
    if value is None:
        return use is not None
    if not isinstance(value, str) or _path_like(value, name):
        return False
    return tagged or use is not None


def _path_like(value: str, name: str) -> bool:
    words = ("path", "file", "dir", "folder", "url", "dataset", "csv")
    return "/" in value or "\\" in value or value.endswith(
        (".csv", ".parquet", ".json", ".xlsx", ".pkl", ".txt", ".tsv", ".gz", ".zip", ".joblib")
    ) or any(word in name.lower() for word in words)  # fmt: skip


def _column_names(trace: Trace) -> set[str]:
    """Return the names that are used to take a column: `df[TARGET]`, `drop(columns=TARGET)`."""
    found: set[str] = set()
    for block in trace.blocks:
        if block.node is None:
            continue
        for node in block.nodes():
            if isinstance(node, ast.Subscript):
                found.update(_text_names(node.slice))
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _BY_COLUMN:
                for part in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    found.update(_text_names(part))
    return {name for name in found if isinstance(_const(trace, name), str)}


def _text_names(node: ast.expr) -> list[str]:
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def _const(trace: Trace, name: str) -> Any:
    value = trace.names.get(name)
    return value.const if value is not None else None


def _uses(trace: Trace, candidate: Candidate, relevant: set[int]) -> Iterator[Use]:
    seen: set[int] = set()
    yield from _of_construction(trace, candidate.made, "", seen)
    for event in trace.events:
        if event.kind == "split" and event.name != "split" and event.statement in relevant:
            yield from _of_call(event.name, event.arguments, "split")
    for made in trace.constructions:
        if made.task == "splitter" and made.statement in relevant:
            yield from _of_call(made.name, made.arguments, "cv")
    if candidate.fit.cross:
        name = f"sklearn.model_selection.{candidate.fit.name}"
        yield from _of_call(name, candidate.fit.arguments, "cv")
    for made in trace.constructions:
        # Scalers, encoders and selectors on the way to the chosen fit.
        if made.statement in relevant and made.task == "transformer":
            label = made.variable or made.name.rsplit(".", 1)[-1].lower()
            yield from _of_construction(trace, made, label, seen)


def _of_construction(trace: Trace, made: Construction, label: str, seen: set[int]) -> Iterator[Use]:
    if made.number in seen:
        return
    seen.add(made.number)
    yield from _of_call(made.name, made.arguments, label)
    for name, step in made.steps:
        inner = name if not label or label == "estimator" else f"{label}__{name}"
        for option in options(step):
            if option.origin is not None:
                found = trace.constructions[option.origin]
                yield from _of_construction(trace, found, inner, seen)


def _of_call(name: str, arguments: dict[str, Value], label: str) -> Iterator[Use]:
    for parameter, value in arguments.items():
        if parameter in _TECHNICAL or value.const is UNKNOWN:
            continue
        if isinstance(value.node, (ast.Constant, ast.UnaryOp)):
            yield Use(name, parameter, value.node, value.const, label, -1)


def _literals(trace: Trace, known: Knowledge, uses: list[Use]) -> list[Hyperparameter]:
    found: list[Hyperparameter] = []
    places: set[int] = set()
    for use in uses:
        block = trace.blocks[use.statement]
        if is_scalar(block.node) or id(use.node) in places:
            continue
        places.add(id(use.node))
        made = _parameter(block, use.parameter, use.node, use.value)
        if made is None:
            continue
        made = described(made, known, use.call, use.parameter)
        if isinstance(use.value, str) and made.choices is None:
            # A text that is not one of a set of choices is a name, not a dial.
            continue
        found.append(replace(made, owner=f"{use.label}|{use.call}"))
    return found


_NO_LITERAL: Any = object()


def _value(node: ast.expr) -> Any:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    if not isinstance(node, ast.Constant):
        return _NO_LITERAL
    value = node.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return sign * value
    return value if isinstance(value, (str, bool)) or value is None else _NO_LITERAL


def _parameter(block: Block, name: str, literal: ast.expr, value: Any) -> Hyperparameter | None:
    kinds: dict[type, Any] = {bool: "boolean", int: "integer", float: "number", str: "string"}
    kind = kinds.get(type(value), "integer" if value is None else None)
    if kind is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    shift = block.column if literal.lineno == block.line and block.node is not None else 0
    shift -= block.node.col_offset if shift and block.node is not None else 0
    end = literal.end_lineno or literal.lineno
    return Hyperparameter(
        name=name,
        type=kind,
        default=value,
        cell=block.cell.id,
        line=literal.lineno,
        column=literal.col_offset + shift,
        end_line=end,
        end_column=(literal.end_col_offset or 0) + (shift if end == block.line else 0),
        statement=block.number,
        nullable=value is None,
    )


def _unique(found: list[Hyperparameter]) -> Iterator[Hyperparameter]:
    """Give each a name of its own: `max_depth`, or `rf__max_depth` when there are several."""
    plain: dict[str, int] = {}
    for parameter in found:
        plain[parameter.name] = plain.get(parameter.name, 0) + 1
    taken: set[str] = set()
    for parameter in found:
        label, _, owner = (parameter.owner or "").partition("|")
        owner = owner or parameter.owner or ""
        name = parameter.name
        if (plain[name] > 1 and label) or name in taken:
            name = f"{label or 'model'}__{name}"
        number = 2
        while name in taken:
            name = f"{name.rstrip('0123456789').rstrip('_')}_{number}"
            number += 1
        taken.add(name)
        yield replace(parameter, name=name, owner=owner or None)
