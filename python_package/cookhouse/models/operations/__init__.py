"""The engine's side of models: trainings, and what MLflow keeps of them.

Nothing heavy is imported here: a training's process starts before MLflow is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cookhouse.models.operations.forgetting import forget_model, forget_run
from cookhouse.models.operations.training import train

OPERATIONS: dict[str, Callable[..., Any]] = {
    "forget_model": forget_model,
    "forget_run": forget_run,
}

__all__ = ["OPERATIONS", "train"]
