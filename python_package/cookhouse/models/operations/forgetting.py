"""Taking models and runs out of MLflow."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from cookhouse.models.operations.tracking import client


def forget_model(uri: str, model: str) -> dict[str, Any]:
    """Delete a model's experiment with its runs; one that is not there is no failure."""
    store = client(uri, Path())
    known = store.get_experiment_by_name(model)
    if known is None or known.lifecycle_stage != "active":
        return {"deleted": False}
    # A deleted experiment keeps its name, and the next model may have the same one.
    store.rename_experiment(known.experiment_id, f"{model} (deleted {time.time_ns()})")
    store.delete_experiment(known.experiment_id)
    return {"deleted": True}


def forget_run(uri: str, run: str) -> dict[str, Any]:
    """Delete a run; one that is not there is no failure."""
    from mlflow.exceptions import MlflowException

    try:
        client(uri, Path()).delete_run(run)
    except MlflowException:
        return {"deleted": False}
    return {"deleted": True}
