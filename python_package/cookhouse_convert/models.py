"""Which models the notebook fits, and which of them a recipe should be made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from cookhouse_convert.analysis import Model, Task
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.flow.values import Construction, Event

_PREDICTIVE = {"classification", "regression", "other"}
_TASKS: dict[str, Task] = {"classification": "classification", "regression": "regression"}
_CLASSIFICATION_METRICS = {
    "accuracy_score", "balanced_accuracy_score", "f1_score", "precision_score", "recall_score",
    "roc_auc_score", "log_loss", "classification_report", "confusion_matrix", "roc_curve",
    "average_precision_score", "matthews_corrcoef", "cohen_kappa_score",
}  # fmt: skip
_REGRESSION_METRICS = {
    "r2_score", "mean_squared_error", "mean_absolute_error", "root_mean_squared_error",
    "mean_absolute_percentage_error", "median_absolute_error", "mean_squared_log_error",
    "explained_variance_score", "max_error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fit with the predictions and the metric that belong to it."""

    fit: Event
    made: Construction
    predict: Event | None
    metric: Event | None
    task: Task

    @property
    def last(self) -> int:
        """The last statement that the recipe needs for it."""
        events = [self.fit, self.predict, self.metric]
        return max(event.statement for event in events if event is not None)


def candidates_of(trace: Trace, left_out: Collection[int] = ()) -> list[Candidate]:
    """Return every fit of a predictive model, in order; `left_out` statements do not count."""
    predictions: dict[int, list[Event]] = defaultdict(list)
    measures: dict[int, list[Event]] = defaultdict(list)
    for event in trace.events:
        if event.kind not in ("predict", "measure") or event.statement in left_out:
            continue
        found = predictions if event.kind == "predict" else measures
        for taint in event.taint:
            if taint.startswith("fit:"):
                found[int(taint[4:])].append(event)
    split_exists = any(event.kind == "split" for event in trace.events)
    candidates: list[Candidate] = []
    for event in trace.events:
        if event.kind != "fit" or event.statement in left_out or event.origin is None:
            continue
        made = trace.constructions[event.origin]
        if made.task not in _PREDICTIVE or event.name in ("fit_transform", "fit_resample"):
            continue
        own = predictions[event.number]
        metric = _metric(measures[event.number], split_exists, event)
        if made.task == "other" and not own and metric is None:
            continue
        predict = _predict(own, metric)
        candidates.append(Candidate(event, made, predict, metric, _task(made, measures, event)))
    return candidates


def _metric(measures: list[Event], split_exists: bool, fit: Event) -> Event | None:
    """Return the first single figure on test rows; reports and training scores come after.

    Of a model that is fitted in a loop over several, a measure outside the loop comes first: it
    is the one that the notebook went on with.
    """

    def rank(event: Event) -> tuple[bool, bool, bool, bool, int]:
        sides = {taint.split(":")[0] for taint in event.taint}
        on_training = split_exists and "train" in sides and "test" not in sides
        in_loop = fit.occurrence is not None and event.statement == fit.statement
        return (
            event.target == "hand",
            on_training,
            event.target == "report",
            in_loop,
            event.number,
        )

    return min(measures, key=rank, default=None)


def _predict(own: list[Event], metric: Event | None) -> Event | None:
    if metric is not None:
        used = [event for event in own if f"pred:{event.number}" in metric.taint]
        if used:
            return used[-1]
        if metric.name in ("score", "cross_val_score", "cross_validate"):
            return None
    return own[-1] if own else None


def _task(made: Construction, measures: dict[int, list[Event]], fit: Event) -> Task:
    known = _TASKS.get(made.task)
    if known is not None:
        return known
    names = {event.name for event in measures[fit.number]}
    if names & _CLASSIFICATION_METRICS:
        return "classification"
    return "regression" if names & _REGRESSION_METRICS else "other"


def propose(candidates: list[Candidate], variable: str | None = None) -> Candidate | None:
    """Return the model to make a recipe of: the last one that was measured on other rows.

    `variable` is the user's own choice; None is returned when the notebook has no such model.
    """
    if variable is not None:
        named = [found for found in candidates if variable in names_of(found)]
        return max(named, key=_rank, default=None)
    return max(candidates, key=_rank, default=None)


def names_of(candidate: Candidate) -> set[str]:
    """Return the names under which a user may ask for a model."""
    names = {variable_of(candidate), candidate.fit.subject, candidate.made.variable or ""}
    if candidate.predict is not None:
        names.add(candidate.predict.subject)
    return names - {""}


def variable_of(candidate: Candidate) -> str:
    """Return the name that the notebook gives the model."""
    made = candidate.made
    short = made.name.rsplit(".", 1)[-1].lower()
    return candidate.fit.subject or made.variable or short or "model"


def _rank(candidate: Candidate) -> tuple[bool, bool, bool, bool, int, int]:
    metric = candidate.metric
    sides = {taint.split(":")[0] for taint in metric.taint} if metric else set()
    baseline = candidate.made.name.rsplit(".", 1)[-1].startswith("Dummy")
    return (
        not baseline,
        metric is not None and not ("train" in sides and "test" not in sides),
        not candidate.fit.cross and (candidate.predict is not None or metric is not None),
        candidate.predict is not None or metric is not None,
        metric.number if metric is not None else candidate.fit.number,
        candidate.fit.number,
    )


def models_of(
    candidates: list[Candidate], chosen: Candidate | None, trace: Trace
) -> tuple[Model, ...]:
    """Return what the analysis says of each model; a model fitted twice is named twice."""
    return tuple(_model(candidate, candidate is chosen, trace) for candidate in candidates)


def _model(candidate: Candidate, proposed: bool, trace: Trace) -> Model:
    block = trace.blocks[candidate.fit.statement]
    line = getattr(candidate.fit.node, "lineno", block.line)
    if not block.line <= line <= block.end_line or candidate.fit.inlined:
        line = block.line
    return Model(
        variable=variable_of(candidate),
        estimator=candidate.made.name,
        task=candidate.task,
        cell=block.cell.id,
        line=line,
        fit=candidate.fit.statement,
        predict=candidate.predict.statement if candidate.predict else None,
        metric=candidate.metric.statement if candidate.metric else None,
        metric_name=candidate.metric.name if candidate.metric else None,
        proposed=proposed,
        occurrence=candidate.fit.occurrence,
        cross_validated=candidate.fit.cross,
        method=candidate.predict.name if candidate.predict else None,
    )
