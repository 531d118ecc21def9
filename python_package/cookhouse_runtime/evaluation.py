"""What a training measured on the rows that the notebook predicts."""

from __future__ import annotations

import math
from typing import Any

from .checking import dense
from .choosing import Chosen
from .estimators import classes_of, is_binary, predictions

_MOST_ROWS = 100_000


def evaluate(chosen: Chosen, model: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Return the evaluation (notebook's own metric first) and the table of predicted rows."""
    estimator = chosen.estimator
    classes = classes_of(estimator)
    task = "classification" if classes is not None else "regression"
    if not hasattr(estimator, "predict"):
        task = "other"
    values, chances = None, None
    if task != "other":
        binary = is_binary(estimator)
        values, chances = predictions(estimator, chosen.features, chosen.final is None, binary)
        values = chosen.final if chosen.final is not None else values
    actual = None if chosen.actual is None else _line(chosen.actual)
    metrics: dict[str, float] = {}
    if chosen.metric is not None:
        metrics[chosen.metric[0]] = chosen.metric[1]
    if actual is not None and values is not None and len(actual) == len(values):
        for name, value in _measured(task, actual, _line(values), chances, classes).items():
            metrics.setdefault(name, value)
    first = next(iter(metrics), None)
    evaluation = {
        "task": task,
        "metric": {"name": first, "value": metrics[first]} if first else None,
        "metrics": metrics,
        "classes": classes,
        "rows": len(chosen.rows),
        "prediction_type": _type(values),
    }
    return evaluation, _table(actual, values, chances)


def _type(values: Any) -> str:
    kind = "f" if values is None else dense(values).dtype.kind
    return {"i": "int64", "u": "int64", "b": "bool", "f": "float64"}.get(kind, "string")


def _line(values: Any) -> Any:
    made = dense(values)
    return made[:, 0] if made.ndim == 2 and made.shape[1] == 1 else made


def _table(actual: Any, values: Any, chances: Any) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {}
    for name, column in (("actual", actual), ("predicted", values), ("probability", chances)):
        if column is not None and _line(column).ndim == 1:
            table[name] = _line(column)[:_MOST_ROWS].tolist()
    return table


def _measured(
    task: str, actual: Any, values: Any, chances: Any, classes: list[Any] | None
) -> dict[str, float]:
    try:
        from sklearn import metrics
    except ImportError:
        return {}
    found: dict[str, float] = {}
    if task == "regression":
        found["rmse"] = math.sqrt(metrics.mean_squared_error(actual, values))
        found["mae"] = metrics.mean_absolute_error(actual, values)
        found["r2"] = metrics.r2_score(actual, values) if len(actual) > 1 else math.nan
    elif task == "classification":
        found["accuracy"] = metrics.accuracy_score(actual, values)
        binary = classes is not None and len(classes) == 2
        how: dict[str, Any] = {"average": "macro", "zero_division": 0}
        if binary and classes is not None and set(actual.tolist()) <= set(classes):
            how = {"average": "binary", "pos_label": classes[1], "zero_division": 0}
        for name in ("precision", "recall", "f1"):
            measure = getattr(metrics, f"{name}_score")
            found[name] = measure(actual, values, **how)
        if binary and chances is not None and classes is not None and len(set(actual)) == 2:
            found["roc_auc"] = metrics.roc_auc_score(actual == classes[1], chances)
    return {name: float(v) for name, v in found.items() if not math.isnan(float(v))}
