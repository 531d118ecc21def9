"""What the run page draws, computed once from the predictions of the test rows.

By numpy alone, since importing scikit-learn costs more than all of this; the tests compare.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy

POINTS = 300
SAMPLE = 400
LABELS = 40


def charts(out: Path, evaluation: dict[str, Any]) -> dict[str, Any]:
    """Return curves, confusion and points of a training's folder, a few hundred points each."""
    predictions = json.loads((out / "predictions.json").read_text(encoding="utf-8"))
    actual, predicted = predictions.get("actual"), predictions.get("predicted")
    task = evaluation.get("task") or "other"
    classes = evaluation.get("classes") or []
    found: dict[str, Any] = {
        "task": task,
        "rows": int(evaluation.get("rows") or len(predicted or ())),
        "metrics": evaluation.get("metrics") or {},
        "metric": (evaluation.get("metric") or {}).get("name"),
        "classes": [str(label) for label in classes],
    }
    if not actual or not predicted or len(actual) != len(predicted):
        return found
    if task == "regression":
        return {**found, **_points(actual, predicted)}
    if task == "classification":
        found["confusion"] = _confusion(actual, predicted, classes)
        probability = predictions.get("probability")
        if probability and len(classes) == 2:
            found.update(_curves(actual, probability, classes[1]))
    return found


def _curves(actual: list[Any], probability: list[float], positive: Any) -> dict[str, Any]:
    truth = numpy.asarray([value == positive for value in actual])
    chance = numpy.asarray(probability, dtype=float)
    known = numpy.isfinite(chance)
    truth, chance = truth[known], chance[known]
    if truth.all() or not truth.any():
        return {}
    hits, misses = _counted(truth, chance)
    recall = hits / hits[-1]
    precision = hits / (hits + misses)
    name = str(positive)
    roc = _curve(name, _from(0.0, misses / misses[-1]), _from(0.0, recall))
    return {
        "roc": [roc],
        "precision_recall": [_curve(name, _from(0.0, recall), _from(1.0, precision))],
    }


def _counted(truth: Any, chance: Any) -> tuple[Any, Any]:
    """Return how many rows are rightly and wrongly taken at each threshold, highest first."""
    order = numpy.argsort(-chance, kind="stable")
    truth, chance = truth[order], chance[order]
    # Rows with the same probability pass a threshold together.
    ends = numpy.append(numpy.flatnonzero(numpy.diff(chance)), len(chance) - 1)
    hits = numpy.cumsum(truth)[ends].astype(float)
    return hits, ends + 1.0 - hits


def _from(first: float, values: Any) -> Any:
    return numpy.concatenate([[first], values])


def _curve(name: str, x: Any, y: Any) -> dict[str, Any]:
    kept = range(len(x))
    if len(x) > POINTS:
        # Evenly along the curve's own way, so that its steep parts keep their form.
        way = numpy.concatenate([[0.0], numpy.cumsum(numpy.abs(numpy.diff(x)))])
        way = way + numpy.concatenate([[0.0], numpy.cumsum(numpy.abs(numpy.diff(y)))])
        kept = numpy.unique(numpy.searchsorted(way, numpy.linspace(0, way[-1], POINTS)))
        kept = numpy.unique(numpy.concatenate([kept.clip(0, len(x) - 1), [0, len(x) - 1]]))
    return {"name": name, "x": [float(x[i]) for i in kept], "y": [float(y[i]) for i in kept]}


def _confusion(
    actual: list[Any], predicted: list[Any], classes: list[Any]
) -> dict[str, Any] | None:
    seen = sorted({*map(str, actual), *map(str, predicted)})
    labels = [str(label) for label in classes]
    labels += [label for label in seen if label not in labels]
    if len(labels) > LABELS:
        return None
    place = {label: number for number, label in enumerate(labels)}
    counts = numpy.zeros((len(labels), len(labels)), dtype=int)
    for was, said in zip(actual, predicted, strict=True):
        counts[place[str(was)], place[str(said)]] += 1
    return {"labels": labels, "counts": counts.tolist()}


def _points(actual: list[Any], predicted: list[Any]) -> dict[str, Any]:
    pairs = numpy.column_stack([numpy.asarray(actual, float), numpy.asarray(predicted, float)])
    pairs = pairs[numpy.isfinite(pairs).all(axis=1)]
    if len(pairs) <= SAMPLE:
        return {"points": pairs.tolist()}
    chosen = numpy.random.default_rng(0).choice(len(pairs), SAMPLE, replace=False)
    return {"points": pairs[numpy.sort(chosen)].tolist(), "sampled": SAMPLE}
