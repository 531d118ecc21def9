"""What a training leaves in its folder: events, model, evaluation, predictions."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from .failure import authors_traceback, error_event
from .trained import TrainedModel


class EventLog:
    """Appends one JSON object per line, flushed, each with its time (seconds since 1970)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8")

    def write(self, event: dict[str, Any]) -> None:
        """Append an event."""
        self._file.write(json.dumps({"time": time.time(), **event}) + "\n")
        self._file.flush()

    def fail(self, error: BaseException, recipe: Any) -> None:
        """Print the author's traceback and append the event that ends a failed run."""
        print(authors_traceback(error), file=sys.stderr, end="")
        cells = {s.place: s.cell for s in recipe.statements} if recipe is not None else {}
        self.write(error_event(error, cells))


def write_training(model: TrainedModel, out: Path, log: EventLog) -> None:
    """Write everything; the folder `model` appears by a rename when it is complete."""
    log.write({"type": "progress", "step": "Storing the model", "fraction": 0.95})
    half = out / f"model.{os.getpid()}.part"
    shutil.rmtree(half, ignore_errors=True)
    model.save(half)
    (out / "predictions.json").write_text(json.dumps(model.predictions), encoding="utf-8")
    (out / "evaluation.json").write_text(json.dumps(model.evaluation), encoding="utf-8")
    for name, value in model.evaluation["metrics"].items():
        log.write({"type": "metric", "name": name, "value": value, "step": 0})
    shutil.rmtree(out / "model", ignore_errors=True)
    half.rename(out / "model")
    log.write({"type": "progress", "step": "Done", "fraction": 1.0})
