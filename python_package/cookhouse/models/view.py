"""Rows of models and runs as the border shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cookhouse.errors import NotFound
from cookhouse.floor.jobs.records import JobRow
from cookhouse.models.messages import Evaluation, Model, Run, RunSummary, TrainingData
from cookhouse.models.store import ModelRow, RunRow
from cookhouse.recipes.store import VersionRow

SMALLER_IS_BETTER = ("error", "loss", "deviance", "rmse", "mae", "mse", "mape", "brier")


def shown_run_summary(row: RunRow, job: JobRow | None) -> RunSummary:
    """Return a row of the list of runs."""
    return RunSummary(**_summary(row, job))


def shown_run(row: RunRow, job: JobRow | None, model: ModelRow, version: VersionRow | None) -> Run:
    """Return one run whole."""
    scoring = (version.proof or {}).get("scoring") or {} if version else {}
    verdict = version.scoring if version and row.scoring != "refused" else row.scoring
    return Run(
        **_summary(row, job),
        recipe=model.recipe,
        recipe_version=model.recipe_version,
        recipe_digest=row.recipe_digest,
        task=model.task,
        data=_data(model, row.data_version),
        interpreter=row.interpreter,
        mlflow_run=row.mlflow_run,
        classes=row.classes,
        scoring=verdict,
        scoring_reason=row.scoring_reason or str(scoring.get("reason") or ""),
        size=row.size,
    )


def shown_model(
    row: ModelRow,
    best: RunSummary | None,
    last: RunSummary | None,
    runs: int,
    services: Sequence[str],
) -> Model:
    """Return a model with its best and its last run."""
    mark = f"{runs}-{last.id}-{last.state}" if last else "none"
    return Model(
        name=row.name,
        recipe=row.recipe,
        recipe_version=row.recipe_version,
        task=row.task,
        estimator=row.estimator,
        data=_data(row, None),
        runs=runs,
        best=best,
        last=last,
        services=list(services),
        created=row.created,
        who=row.who,
        etag=mark,
    )


def evaluation_of(folder: Path) -> Evaluation:
    """Return what was computed for the run page when the run was recorded."""
    try:
        return Evaluation.model_validate_json((folder / "charts.json").read_bytes())
    except (OSError, ValueError):
        raise NotFound(
            "The evaluation of this run is gone from the disk: train it again."
        ) from None


def best_of(rows: Sequence[RunRow]) -> RunRow | None:
    """Return the run with the best value of its metric; the newest of equals."""
    scored = [row for row in rows if _value(row) is not None]
    if not scored:
        return rows[-1] if rows else None
    sign = -1.0 if smaller_is_better(scored[-1].metric or "") else 1.0
    return max(scored, key=lambda row: (sign * (_value(row) or 0.0), row.number))


def smaller_is_better(metric: str) -> bool:
    """Say whether less of a metric is better; scikit-learn's `neg_…` names already turn it."""
    name = metric.lower()
    return not name.startswith("neg_") and any(word in name for word in SMALLER_IS_BETTER)


def _value(row: RunRow) -> float | None:
    value = row.metrics.get(row.metric or "")
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _summary(row: RunRow, job: JobRow | None) -> dict[str, Any]:
    # While it runs, the job knows best; afterwards the run's own record is the truth.
    live = job is not None and row.finished is None
    return {
        "id": row.id,
        "model": row.model,
        "number": row.number,
        "state": job.state if live and job else row.state,
        "job": row.job,
        "hyperparameters": row.hyperparameters,
        "metrics": row.metrics,
        "metric": row.metric,
        "who": row.who,
        "created": row.created,
        "started": job.started if live and job else row.started,
        "finished": row.finished,
        "reason": row.reason,
    }


def _data(model: ModelRow, version: int | None) -> TrainingData:
    kind: Any = model.data_kind
    return TrainingData(kind=kind, name=model.data_name, version=version)
