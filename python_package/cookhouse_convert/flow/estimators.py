"""Estimators: how they are made, fitted, asked for predictions and scored."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from cookhouse_convert.flow import expressions, functions
from cookhouse_convert.flow.state import State
from cookhouse_convert.flow.values import NOTHING, UNKNOWN, Construction, Value, mixed, options

if TYPE_CHECKING:
    from cookhouse_convert.flow.calls import Arguments

FITS = {"fit", "fit_transform", "fit_predict", "partial_fit", "fit_resample", "fit_regularized"}
PREDICTS = {
    "predict", "predict_proba", "decision_function", "predict_log_proba", "fit_predict",
    "staged_predict", "staged_predict_proba", "forecast",
}  # fmt: skip
_TRANSFORMS = {"transform", "fit_transform", "inverse_transform", "fit_resample"}
_OTHERS = {"score", "set_params", "get_params", "summary", "get_support", "score_samples"}
_SCORED = ("estimator", "choice")
_CLASS_OF = {
    "make_pipeline": "sklearn.pipeline.Pipeline",
    "make_union": "sklearn.pipeline.FeatureUnion",
    "make_column_transformer": "sklearn.compose.ColumnTransformer",
}


def constructed(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    """Make a library's estimator; estimators among the arguments become its steps."""
    task = state.knowledge.task(name) or "other"
    steps: list[tuple[str, Value]] = []
    for label, value in arguments.named.items():
        steps += _labelled(label, value)
    for value in arguments.positional:
        steps += _labelled("estimator", value)
    made = state.construct(name, task, node, tuple(steps), arguments)
    return _made(made, arguments)


def _labelled(label: str, value: Value) -> list[tuple[str, Value]]:
    """Return the estimators in an argument, which may be a list of (name, estimator)."""
    if value.kind in _SCORED:
        return [(label, value)]
    if value.kind != "container":
        return []
    found: list[tuple[str, Value]] = []
    for index, part in enumerate(value.items):
        if part.kind in _SCORED:
            found.append((label if len(value.items) == 1 else f"{label}-{index + 1}", part))
        elif part.kind == "container" and len(part.items) >= 2:
            name = part.items[0].const
            step = part.items[1] if part.items[1].kind in _SCORED else part.items[0]
            text = name if isinstance(name, str) else _default_label(step, index)
            found.append((text, step if step.kind in _SCORED else NOTHING))
    return found


def _default_label(step: Value, index: int) -> str:
    short = step.name.rsplit(".", 1)[-1].lower()
    return short or str(index)


def _made(made: Construction, arguments: Arguments) -> Value:
    roots: frozenset[str] = frozenset().union(
        *(value.roots for value in arguments.all if value.kind in ("estimator", "choice"))
    )
    roots |= frozenset().union(*(step.roots for _label, step in made.steps))
    return Value("estimator", made.name, roots, origin=made.number)


def composed(state: State, node: ast.Call, name: str, role: str, arguments: Arguments) -> Value:
    """Make a pipeline, column transformer or search: its task is that of its last or inner step."""
    short = name.rsplit(".", 1)[-1]
    steps: list[tuple[str, Value]] = []
    if short.startswith("make_"):
        for index, value in enumerate(arguments.positional):
            inner = value
            if value.kind == "container" and value.items:
                inner = next((part for part in value.items if part.kind in _SCORED), NOTHING)
            steps.append((_default_label(inner, index), inner))
    elif role == "search":
        steps = [("estimator", arguments.get("estimator", 0))]
    else:
        listed = "steps" if short == "Pipeline" else "transformers"
        if short == "FeatureUnion":
            listed = "transformer_list"
        steps = _labelled("step", arguments.get(listed, 0))
    task = "transformer"
    if role == "search" or short in ("Pipeline", "make_pipeline"):
        task = step_task(state, steps[-1][1]) if steps else "other"
    name = _CLASS_OF.get(short, name)
    made = state.construct(name, task, node, tuple(steps), arguments)
    return _made(made, arguments)


def step_task(state: State, step: Value) -> str:
    """Return the task of an estimator value, "other" where it is not known."""
    for option in options(step):
        if option.origin is not None:
            return state.constructions[option.origin].task
    return "transformer" if isinstance(step.const, str) else "other"


def own_instance(state: State, node: ast.Call, kind: Value, arguments: Arguments) -> Value:
    """Make an object of the notebook's own class; with `fit` it is an estimator."""
    methods = functions.methods_of(kind.node)
    bases = {base.name.rsplit(".", 1)[-1] for base in kind.items}
    task = next((state.knowledge.task(base.name) for base in kind.items if base.name), None)
    if "fit" in methods or task is not None:
        if task is None:
            task = (
                "classification" if "ClassifierMixin" in bases
                else "regression" if "RegressorMixin" in bases
                else "transformer" if "transform" in methods
                else "other"
            )  # fmt: skip
        made = state.construct(kind.name, task, node, (), arguments)
        return replace(_made(made, arguments), node=kind.node)
    value = Value("instance", kind.name, node=kind.node)
    made_by = methods.get("__init__")
    if made_by is not None:
        function = Value("function", kind.name, node=made_by)
        functions.call_own(state, function, [value, *arguments.positional], arguments.named)
    roots: frozenset[str] = frozenset().union(*(v.roots for v in arguments.all))
    return replace(value, roots=roots, taint=mixed(arguments.all).taint)


def cloned(state: State, value: Value) -> Value:
    """Return a copy of an estimator: fitting it leaves the first one alone."""
    if value.kind == "estimator" and value.origin is not None:
        old = state.constructions[value.origin]
        made = state.construct(old.name, old.task, old.node, old.steps)
        made.arguments = dict(old.arguments)
        made.statement = old.statement
        return Value("estimator", value.name, origin=made.number, node=value.node)
    if value.kind in ("choice", "container"):
        items = tuple(cloned(state, part) for part in value.items)
        return replace(value, items=items, roots=frozenset())
    return replace(value, roots=frozenset())


def handles(state: State, base: Value, name: str) -> bool:
    """Whether `base.name(…)` is an estimator's method."""
    known = FITS | PREDICTS | _TRANSFORMS | _OTHERS
    if any(option.kind == "estimator" for option in options(base)):
        return name in known
    return (name in FITS and base.kind in ("", "module", "bunch")) or (
        name in ("predict", "predict_proba") and base.kind == ""
    )


def method(state: State, node: ast.Call, base: Value, name: str, arguments: Arguments) -> Value:
    """Call a method of an estimator, or of each one that it may be."""
    estimators = [option for option in options(base) if option.kind == "estimator"]
    if not estimators:
        estimators = [_unknown_estimator(state, node, base, name)]
    results: list[Value] = []
    for index, estimator in enumerate(estimators):
        looped = len(estimators) > 1 and base.name != "branch"
        occurrence = index if looped else None
        results.append(_method(state, node, estimator, name, arguments, occurrence))
    if name in FITS and name.endswith("fit"):
        return base if base.kind in _SCORED else results[0]
    result = mixed(results)
    return replace(result, kind=results[0].kind) if results[0].kind == "container" else result


def _unknown_estimator(state: State, node: ast.Call, base: Value, name: str) -> Value:
    """An object of unknown class that is fitted or asked to predict is taken as an estimator."""
    state.unknown(node, "fit")
    task = "transformer" if name in ("fit_transform", "fit_resample") else "other"
    # The class of an object that a library made is known by name, if not by its task.
    made = state.construct(base.name if base.kind == "" else "", task, None)
    found = replace(base, kind="estimator", origin=made.number)
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(owner, ast.Name) and owner.id in state.names and not state.scopes:
        state.names[owner.id] = replace(state.names[owner.id], kind="estimator", origin=made.number)
        made.variable = owner.id
    return found


def _method(
    state: State,
    node: ast.Call,
    base: Value,
    name: str,
    arguments: Arguments,
    occurrence: int | None,
) -> Value:
    made = state.constructions[base.origin or 0]
    given = mixed(arguments.all).taint
    subject = _subject(node, base, made)
    if name in FITS:
        state.mutate(base)
        event = state.emit(
            "fit", node, name, origin=made.number, subject=subject, taint=given,
            occurrence=occurrence,
            roots=frozenset().union(*(value.roots for value in arguments.all)),
        )  # fmt: skip
        made.fits.append(event.number)
        _note_randomness(state, made)
        _inner_fits(state, base, event.number)
    taint = given | base.taint | {f"fit:{fit}" for fit in made.fits[-1:]}
    if name in PREDICTS:
        event = state.emit(
            "predict", node, name, origin=made.number, subject=subject, taint=taint,
            occurrence=occurrence,
        )  # fmt: skip
        return Value(taint=frozenset(taint | {f"pred:{event.number}"}))
    if name == "score":
        state.emit(
            "measure", node, "score", origin=made.number, subject=subject, taint=frozenset(taint),
            occurrence=occurrence,
        )  # fmt: skip
        return Value(taint=frozenset(taint))
    if name == "set_params":
        state.mutate(base)
        return base
    if name in _TRANSFORMS:
        state.emit("transform", node, name, origin=made.number, subject=subject, taint=given)
        # A transformed value keeps only where its rows come from.
        rows = Value(taint=frozenset(t for t in given if not t.startswith("fit:") or "pred" in t))
        if name == "inverse_transform":
            return Value(taint=frozenset(given))
        return expressions.container("tuple", [rows, rows]) if name == "fit_resample" else rows
    return Value(taint=frozenset(taint)) if name not in FITS else base


def _inner_fits(state: State, base: Value, event: int) -> None:
    """Fitting a pipeline fits the steps inside it."""
    made = state.constructions[base.origin or 0]
    for _label, step in made.steps:
        if step.kind == "estimator" and step.origin is not None:
            state.constructions[step.origin].fits.append(event)


def _note_randomness(state: State, made: Construction) -> None:
    known = state.knowledge.parameters.get(made.name, {}).get("parameters", {})
    if "random_state" not in known:
        return
    seed = made.arguments.get("random_state", NOTHING)
    if seed.const is None or (seed.const is UNKNOWN and not seed.roots):
        state.effects.draws.add(made.number)


def _subject(node: ast.Call, base: Value, made: Construction) -> str:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(owner, (ast.Name, ast.Subscript, ast.Attribute)):
        return ast.unparse(owner)
    # `LinearRegression().fit(…)`: the variable that the result is stored in is known only later.
    return ""


def cross_validated(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    """cross_val_score and its kin: a fit whose model is thrown away, and a measure."""
    short = name.rsplit(".", 1)[-1]
    estimator = arguments.get("estimator", 0)
    given = mixed(arguments.all).taint
    taints: set[str] = set(given)
    found = [option for option in options(estimator) if option.origin is not None]
    for index, option in enumerate(found):
        made = state.constructions[option.origin or 0]
        occurrence = index if len(found) > 1 and estimator.name != "branch" else None
        event = state.emit(
            "fit", node, short, origin=made.number, taint=given, cross=True,
            occurrence=occurrence, subject=made.variable or _text(node),
            arguments=arguments.by_name([]),
        )  # fmt: skip
        _note_randomness(state, made)
        taints.add(f"fit:{event.number}")
        if short == "cross_val_predict":
            made_prediction = state.emit("predict", node, short, origin=made.number, cross=True)
            taints.add(f"pred:{made_prediction.number}")
    if short in ("cross_val_score", "cross_validate"):
        state.emit("measure", node, short, taint=frozenset(taints))
    return Value(taint=frozenset(taints))


def _text(node: ast.Call) -> str:
    plain = bool(node.args) and isinstance(node.args[0], (ast.Name, ast.Subscript))
    return ast.unparse(node.args[0]) if plain else ""


def trained(state: State, node: ast.Call, name: str, arguments: Arguments) -> Value:
    """xgboost.train and lightgbm.train: a fit that gives the model."""
    root = name.split(".", 1)[0]
    made = state.construct(f"{root}.Booster", _objective(arguments), node, (), arguments)
    parameters = arguments.get("params", 0)
    if parameters.kind == "container" and parameters.keys is not None:
        pairs = zip(parameters.keys, parameters.items, strict=True)
        made.arguments.update({str(key): value for key, value in pairs})
    given = mixed(arguments.all).taint
    event = state.emit("fit", node, name, origin=made.number, taint=given, subject="")
    made.fits.append(event.number)
    return Value("estimator", made.name, origin=made.number)


def _objective(arguments: Arguments) -> str:
    parameters = arguments.get("params", 0)
    if parameters.kind == "container" and parameters.keys is not None:
        for key, value in zip(parameters.keys, parameters.items, strict=True):
            if key == "objective" and isinstance(value.const, str):
                words = ("binary", "multi", "logistic", "softmax", "softprob")
                return "classification" if any(w in value.const for w in words) else "regression"
    return "other"
