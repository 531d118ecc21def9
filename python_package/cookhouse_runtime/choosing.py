"""After a training run: which predict, which metric, which rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .estimators import classes_of
from .failure import RecipeError
from .hooks import Key
from .replay import Target
from .rows import Rows, loaded
from .trace import CROSS, Noted, Trace

PROBABILITY_METRICS = frozenset(
    {
        "roc_auc_score",
        "average_precision_score",
        "log_loss",
        "brier_score_loss",
        "roc_curve",
        "precision_recall_curve",
    }
)


@dataclass(slots=True)
class Chosen:
    """The operation whose features are served, with what the notebook made of it."""

    target: Target
    estimator: Any
    features: Any
    rows: Rows
    label: Any
    actual: Any
    final: Any
    metric: tuple[str, float] | None


def choose(trace: Trace, model: dict[str, Any], namespace: dict[str, Any]) -> Chosen:
    """Find the chosen model's fit, predict and metric among what the run noted."""
    metrics = [n for n in trace.noted if n.kind in ("metric", "score")]
    metric = _metric(metrics, model)
    estimator = namespace.get(model["variable"])
    fits = [n for n in trace.noted if n.kind == "fit"]
    reached: Noted | None
    crossed = [n for n in trace.noted if n.kind == "cross"]
    if crossed and (model.get("cross_validated") or not fits):
        return _cross(trace, crossed[-1], model)
    if metric is not None and metric.kind == "score":
        reached, mode = metric, "score"
    else:
        reached, mode = _predict(trace, metric, model, estimator), "predict"
    if reached is None:
        reached, mode = _fit(fits, model, estimator), "fit"
    if reached is None:
        what = f"the fit of {model['variable']} was not seen when the recipe ran"
        raise RecipeError(what, model.get("cell"), model.get("line"))
    features = reached.args[0] if reached.args else None
    rows = trace.tags.get(features)
    if rows is None:
        what = f"the rows that {model['variable']} gets cannot be followed to a data source"
        raise RecipeError(what, model.get("cell"), model.get("line"))
    fit = _fit([n for n in fits if n.receiver is reached.receiver], model, reached.receiver)
    label = fit.args[1] if fit is not None and len(fit.args) > 1 else None
    target, final = Target(reached.key, mode), None
    actual = reached.args[1] if mode == "score" and len(reached.args) > 1 else None
    if mode == "predict" and metric is not None:
        target, final, actual = _with_metric(trace, metric, reached, target)
    if mode == "fit":
        actual = label
    if actual is None:
        actual = _actual_values(trace, namespace, rows, classes_of(reached.receiver))
    if label is None:
        label = actual
    value = (metric.name, float(metric.result)) if metric and _scalar(metric.result) else None
    if value is not None and mode == "fit" and metric is not None and metric.kind != "score":
        value = value if metric.args else None
    return Chosen(
        target,
        reached.receiver,
        features,
        rows,
        label,
        actual,
        final,
        _named(value, model, reached.receiver, _is_share(metric)),
    )


def _cross(trace: Trace, crossed: Noted, model: dict[str, Any]) -> Chosen:
    """Serve what was cross-validated: the same estimator, fitted on all its rows afterwards."""
    import sklearn.base

    estimator, features = crossed.args[0], crossed.args[1]
    label = crossed.args[2] if len(crossed.args) > 2 else None
    rows = trace.tags.get(features)
    if rows is None:
        what = f"the rows that {model['variable']} gets cannot be followed to a data source"
        raise RecipeError(what, model.get("cell"), model.get("line"))
    fitted = sklearn.base.clone(estimator)
    fitted.fit(features, label)
    trace.plan[crossed.key].value = fitted
    trace.plan[crossed.key].kind = "fit"
    scores = getattr(crossed.result, "mean", None)
    name = model.get("metric_name") or "score"
    name = "cross validation" if name in CROSS else name
    value = (name, float(scores())) if crossed.name == "cross_val_score" and scores else None
    target = Target(crossed.key, "cross")
    return Chosen(target, fitted, features, rows, label, None, None, value)


def _named(
    value: tuple[str, float] | None, model: dict[str, Any], estimator: Any, share: bool
) -> tuple[str, float] | None:
    if value is None:
        return None
    name = value[0].removesuffix("_score")
    if name == "score":
        kind = getattr(estimator, "_estimator_type", None)
        fallback = "accuracy" if hasattr(estimator, "classes_") or kind == "classifier" else "r2"
        name = fallback
    elif not name.replace("_", "").isalpha():
        name = model.get("metric_name") or "metric"
    elif name in ("mean", "sum", "float", "round", "sqrt", "average"):
        name = "accuracy" if share else "metric"
    return name, value[1]


def _is_share(metric: Noted | None) -> bool:
    """Tell whether the metric is the mean of truths, such as `(predicted == y).mean()`."""
    values = [] if metric is None else [metric.receiver, *metric.args]
    return (
        metric is not None
        and metric.name in ("mean", "average")
        and any(str(getattr(value, "dtype", "")) == "bool" for value in values)
    )


def _actual_values(
    trace: Trace, namespace: dict[str, Any], rows: Rows, classes: list[Any] | None
) -> Any:
    """Return the label of the predicted rows where exactly one variable can be it."""
    import numpy

    found: dict[str, Any] = {}
    for name, value in namespace.items():
        known = trace.tags.get(value)
        if known is None or known.predicted or len(getattr(value, "shape", ())) != 1:
            continue
        if name.startswith("_cookhouse") or not numpy.array_equal(known.numbers, rows.numbers):
            continue
        if classes is None and not name.lower().startswith(("y", "label", "target")):
            continue
        if classes is None or bool(numpy.isin(numpy.asarray(value), classes).all()):
            found[name] = value
    likely = {n: v for n, v in found.items() if n.lower().startswith(("y", "label", "target"))}
    values = list((likely or found).values())
    return values[0] if len(values) == 1 else None


def _metric(noted: list[Noted], model: dict[str, Any]) -> Noted | None:
    here = [n for n in noted if n.statement == model.get("metric") and _scalar(n.result)]
    named = [n for n in here if n.name == model.get("metric_name")]
    known = [n for n in here if n.name != "score" or n.kind == "score"]
    best = named or [n for n in known if n.kind == "score"] or known
    return best[0] if best else None


def _predict(
    trace: Trace, metric: Noted | None, model: dict[str, Any], estimator: Any
) -> Noted | None:
    predicts = [n for n in trace.noted if n.kind == "predict"]
    if metric is not None:
        origins = {rows.predicted for _, rows in trace.tags.among(metric.args) if rows.predicted}
        found = [n for n in predicts if n.key in origins]
        if found:
            return found[-1]
    here = [n for n in predicts if n.statement in (model.get("predict"), model.get("metric"))]
    mine = [n for n in here if n.receiver is estimator] or here
    labels = [n for n in mine if n.name == "predict"]
    best = labels or mine
    return best[-1] if best else None


def _fit(fits: list[Noted], model: dict[str, Any], estimator: Any) -> Noted | None:
    mine = [n for n in fits if n.receiver is estimator]
    here = [n for n in fits if n.statement == model["fit"]]
    best = mine or here
    return best[-1] if best else None


def _with_metric(
    trace: Trace, metric: Noted, reached: Noted, target: Target
) -> tuple[Target, Any, Any]:
    actual, final, place = None, None, 0
    for number, value in enumerate(metric.args):
        rows = trace.tags.get(value)
        if rows is None:
            continue
        if rows.predicted == reached.key:
            final, place = value, number
        elif actual is None and metric.module.startswith("sklearn."):
            actual = value
    direct = final is reached.result and reached.name == "predict"
    if final is None or direct or metric.name in PROBABILITY_METRICS or not _one_line(final):
        return target, None, actual
    if reached.name != "predict" and not _labels(final, actual):
        return target, None, actual
    return Target(target.key, target.mode, metric.key, place), final, actual


def _labels(final: Any, actual: Any) -> bool:
    """Tell whether values made of probabilities are class labels again."""
    numpy = loaded("numpy")
    if numpy is None or actual is None:
        return False
    return bool(numpy.isin(numpy.unique(numpy.asarray(final)), numpy.asarray(actual)).all())


def _one_line(value: Any) -> bool:
    return len(getattr(value, "shape", (0,))) == 1


def _scalar(value: Any) -> bool:
    try:
        return getattr(value, "ndim", 0) == 0 and float(value) == float(value)
    except (TypeError, ValueError):
        return False


def key_json(key: Key | None) -> list[int] | None:
    """Return a key as JSON."""
    return None if key is None else list(key)
