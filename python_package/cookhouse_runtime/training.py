"""One training: the statements run with hooks, and what they learned becomes a model."""

from __future__ import annotations

import ast
import contextlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from . import sources
from .binding import given_rows, working_folder
from .checking import same_predictions
from .choosing import Chosen, choose
from .estimators import classes_of
from .evaluation import evaluate
from .events import NEEDS_ROWS, Event, Plan
from .failure import RecipeError
from .labels import label_columns
from .needed import mark_needed
from .rows import Rows, row_of, source_of
from .schema import column_schema, rows_as_json
from .script import Statement, compiled, parsed, show_in_tracebacks, with_values
from .server import Server, Serving, _sites
from .slicing import needed_for
from .special import SPECIALS
from .trace import Trace
from .trained import TrainedModel

Report = Callable[[dict[str, Any]], None]
_CHECKED_ROWS = 500


class Watch(Protocol):
    """Someone who looks on: the proof."""

    def before(self, statement: Statement) -> None:
        """A statement is about to run."""

    def after(self, statement: Statement) -> None:
        """A statement has run."""

    def done(self, trace: Trace) -> None:
        """All statements have run."""

    def chose(self, chosen: Chosen) -> None:
        """It is known which operation is served."""


def train(
    recipe: Any,
    values: dict[str, Any],
    binding: dict[str, Any],
    report: Report,
    watch: Watch | None = None,
) -> TrainedModel:
    """Run the recipe's statements and return the model.

    Errors of the author's statements come out as they are; `RecipeError` says what else is wrong.
    """
    manifest = recipe.manifest
    values = checked_values(manifest, values)
    statements: list[Statement] = recipe.statements
    show_in_tracebacks(statements)
    model = manifest["model"]
    interest = {model[k] for k in ("fit", "predict", "metric") if model.get(k) is not None}
    readers = {b["statement"] for b in manifest["bindings"]}
    given, given_at = given_rows(manifest, binding, binding.get("overlay"))
    trace = Trace(interest, readers, given, given_at, model.get("metric"))
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    namespace.setdefault("display", print)
    trace.install(namespace)
    with as_main(module), working_folder(recipe.folder, manifest):
        _run(statements, manifest, values, trace, namespace, report, watch)
        if given is not None and not any(s.statement == given_at for s in trace.sources):
            raise RecipeError("the statement that reads the data did not read any rows")
        if watch is not None:
            watch.done(trace)
        chosen = choose(trace, model, namespace)
        if watch is not None:
            watch.chose(chosen)
        report({"type": "progress", "step": "Preparing to score", "fraction": 0.92})
        made = _model(recipe, statements, values, trace, chosen)
    return made


def checked_values(manifest: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the hyperparameters that differ from their literals; an unknown name is an error."""
    known = {p["name"]: p for p in manifest["hyperparameters"]}
    for name in values:
        if name not in known:
            raise RecipeError(f"this recipe has no hyperparameter {name}")
    changed = {}
    for name, value in values.items():
        parameter = known[name]
        _within(parameter, value)
        changed[name] = value
    return changed


def _within(parameter: dict[str, Any], value: Any) -> None:
    name = parameter["name"]
    if value is None:
        if parameter["default"] is not None and not parameter.get("nullable"):
            raise RecipeError(f"{name} needs a value")
        return
    kinds: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "number": (int, float),
        "string": (str,),
        "boolean": (bool,),
    }
    wanted = kinds[parameter["type"]]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise RecipeError(f"{name} must be of type {parameter['type']}, not {value!r}")
    low, high = parameter.get("minimum"), parameter.get("maximum")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if low is not None and (value < low or (value == low and parameter["exclusive_minimum"])):
            raise RecipeError(f"{name} is {value}, less than it may be ({low})")
        if high is not None and (
            value > high or (value == high and parameter["exclusive_maximum"])
        ):
            raise RecipeError(f"{name} is {value}, more than it may be ({high})")
    choices = parameter.get("choices")
    if choices and parameter["type"] == "string" and value not in choices:
        raise RecipeError(f"{name} is {value!r}; it may be {', '.join(map(repr, choices))}")


@contextlib.contextmanager
def as_main(module: types.ModuleType) -> Iterator[None]:
    """Let classes and functions of the notebook be found where they say they are."""
    before = sys.modules.get("__main__")
    sys.modules["__main__"] = module
    try:
        yield
    finally:
        if before is not None:
            sys.modules["__main__"] = before


def _run(
    statements: list[Statement],
    manifest: dict[str, Any],
    values: dict[str, Any],
    trace: Trace,
    namespace: dict[str, Any],
    report: Report,
    watch: Watch | None,
) -> None:
    for place, statement in enumerate(statements):
        step = f"{statement.place}: {statement.stage}"
        fraction = round(0.9 * place / max(1, len(statements)), 4)
        report({"type": "progress", "step": step, "fraction": fraction})
        tree = with_values(parsed(statement), statement, manifest, values)
        code = compiled(tree, statement)
        if watch is not None:
            watch.before(statement)
        try:
            trace.run(statement.number, code, namespace)
        except SystemExit as error:
            what = f"{statement.place} ends the program (exit); take that statement out"
            raise RecipeError(what, statement.place, statement.line) from error
        if watch is not None:
            watch.after(statement)
        sys.stdout.flush()


def _model(
    recipe: Any,
    statements: list[Statement],
    values: dict[str, Any],
    trace: Trace,
    chosen: Chosen,
) -> TrainedModel:
    import numpy

    made_by = numpy.unique(source_of(chosen.rows))
    if len(made_by) != 1:
        raise RecipeError("the rows that are predicted come from several sources")
    number = int(made_by[0])
    source = trace.sources[number]
    raw = sources.raw_frame(source.spec, source.value)
    places = row_of(chosen.rows)
    held = raw.iloc[places].reset_index(drop=True)
    texts = {t for s in statements for t in _texts(s)}
    label_rows = trace.tags.get(chosen.label) if chosen.label is not None else None
    labels = label_columns(raw, chosen.label, label_rows, texts)
    columns = column_schema(raw, labels or [])
    fillers = {str(name): held[name].iloc[_first(held[name])] for name in held.columns}
    evaluation, table = evaluate(chosen, recipe.manifest["model"])
    scoring: dict[str, Any] = {"verdict": "safe", "reason": None, "cell": None}
    if labels is None:
        scoring = _refused("the label cannot be located among the columns of the data", recipe)
    serving, server = _serving(recipe, statements, values, trace, chosen, number)
    model = TrainedModel(
        recipe=recipe,
        serving=serving,
        server=server,
        columns=columns,
        fillers=fillers,
        values=values,
        task=evaluation["task"],
        classes=classes_of(chosen.estimator),
        input_example=[],
        evaluation=evaluation,
        predictions=table,
        scoring=scoring,
    )
    shown = held.drop(columns=[c["name"] for c in columns if c["label"]])
    model.input_example = rows_as_json(shown.head(3))
    _check(model, statements, trace, chosen, number, held)
    return model


def _check(
    model: TrainedModel,
    statements: list[Statement],
    trace: Trace,
    chosen: Chosen,
    number: int,
    held: Any,
) -> None:
    """Serve rows of this very run; where they differ, run more statements, else refuse."""
    few = held.head(_CHECKED_ROWS)
    ways: list[tuple[bool, list[int] | None]] = [(True, None), (False, None)]
    last = model.serving.statements[-1]
    everything = [s.number for s in statements if s.number <= last]
    if everything != model.serving.statements:
        ways.append((False, everything))
    problem = None
    for skips, needed in ways:
        model.serving, model.server = _serving(
            model.recipe, statements, model.values, trace, chosen, number, needed, skips
        )
        problem = same_predictions(model, few, chosen)
        if problem is None:
            break
    if problem is None:
        mark_needed(model, held)
        problem = _remembers_rows(model, trace, number)
    if problem is not None and model.scoring["verdict"] == "safe":
        model.scoring = _refused(problem, model.recipe)


def _remembers_rows(model: TrainedModel, trace: Trace, number: int) -> str | None:
    count = trace.sources[number].count
    for event in model.serving.plan.values():
        rows = event.rows
        if event.kind == "memory" and rows is not None and rows.numbers is not None:
            size = len(event.value) if hasattr(event.value, "__len__") else 1
            if size > 20 and size > min(count, len(rows)) / 2 and event.name != "[]":
                return f"{event.name} remembers a value for each row of the training"
    return None


def _refused(reason: str, recipe: Any) -> dict[str, Any]:
    cell = recipe.manifest["model"].get("cell")
    return {"verdict": "refused", "reason": reason, "cell": cell}


def _serving(
    recipe: Any,
    statements: list[Statement],
    values: dict[str, Any],
    trace: Trace,
    chosen: Chosen,
    number: int,
    needed: list[int] | None = None,
    skips: bool = False,
) -> tuple[Serving, Server]:
    target = chosen.target
    last = trace.plan[target.final or target.key].statement
    needed = needed or needed_for(statements, last)
    plan = _plan(trace, chosen, number, set(needed))
    source = trace.sources[number]
    moved = any(
        event.kind in NEEDS_ROWS or (event.kind == "special" and SPECIALS[event.name].order)
        for event in plan.values()
    )
    serving = Serving(plan, source.key, source.spec, target, moved, needed, skips)
    if _sites(serving) & trace.quiet_sites:
        serving.follows = True
    namespace: dict[str, Any] = {"__name__": "__main__", "display": print}
    server = Server(serving, statements, recipe.manifest, values, namespace)
    return serving, server


def _plan(trace: Trace, chosen: Chosen, number: int, needed: set[int]) -> Plan:
    import numpy

    plan: Plan = {}
    for key, event in trace.plan.items():
        if event.statement not in needed or event.kind == "live":
            continue
        if event.kind == "read":
            served = event.value == number
            value = None if served else trace.sources[event.value].value
            plan[key] = Event("read" if served else "memory", event.name, event.statement, value)
            continue
        if event.kind != "fit" and event.kind != "memory" and not _of(event.rows, number):
            continue
        value = event.value
        if event.kind == "filter":
            left = event.value
            value = left is None or bool(numpy.isin(chosen.rows.numbers, left.numbers).any())
        way = event.rows is None or bool(numpy.isin(chosen.rows.numbers, event.rows.numbers).any())
        plan[key] = Event(event.kind, event.name, event.statement, value, event.rows, way)
    return plan


def _of(rows: Rows | None, number: int) -> bool:
    return rows is not None and bool((source_of(rows) == number).any())


def _texts(statement: Statement) -> set[str]:
    tree = ast.parse(statement.source)
    found = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    names = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    return {text for text in found if isinstance(text, str)} | names


def _first(values: Any) -> int:
    known = values.notna().to_numpy()
    return int(known.argmax()) if known.any() else 0


def train_into(recipe: Any, out: Path, request: dict[str, Any], watch: Watch | None = None) -> int:
    """Train and write events, model and evaluation to a folder; return the exit code."""
    from .outcome import EventLog, write_training
    from .store import add_overlay

    log = EventLog(out / "events.jsonl")
    try:
        seed = request.get("seed")
        if seed is not None:
            _seed(int(seed))
        model = train(
            recipe,
            request.get("hyperparameters") or {},
            {"kind": "file", **(request.get("binding") or {}), "overlay": request.get("overlay")},
            log.write,
            watch,
        )
        add_overlay(request.get("overlay"))
        write_training(model, out, log)
    except Exception as error:
        log.fail(error, recipe)
        return 1
    return 0


def _seed(seed: int) -> None:
    import random

    random.seed(seed)
    with contextlib.suppress(ImportError):
        import numpy

        numpy.random.seed(seed % 2**32)
