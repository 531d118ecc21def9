"""The recipe's side: its own runtime trains it, and what scoring has to match is put aside."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from .run import Side


class Watcher:
    """Looks on while the recipe's statements run."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.namespace: dict[str, Any] = {}
        self.trace: Any = None
        self.chosen: Any = None

    def before(self, statement: Any) -> None:
        """A statement is about to run."""
        self.side.before(statement.number, vars(sys.modules["__main__"]))

    def after(self, statement: Any) -> None:
        """A statement has run."""
        self.side.after(statement.number)

    def done(self, trace: Any) -> None:
        """All statements have run; what comes now is not the notebook's."""
        self.trace = trace
        self.side.recorder.statement = -1

    def chose(self, chosen: Any) -> None:
        """It is known which operation is served."""
        self.chosen = chosen


def rehearsal(order: dict[str, Any]) -> None:
    """Train the recipe, store the model, put aside what the notebook's rows must give."""
    side = Side(order)
    folder = Path(order["recipe"])
    sys.path.insert(0, os.fspath(folder.parent))
    package = f"{folder.name}._runtime"
    runtime = importlib.import_module(package)
    training = importlib.import_module(f"{package}.training")
    failures = importlib.import_module(f"{package}.failure")
    os.chdir(order["folder"])
    watcher = Watcher(side)
    side.start()
    more: dict[str, Any] = {"error": None, "stored": None}
    recipe = runtime.Recipe.open(folder)
    try:
        binding = {"kind": "file"}
        model = training.train(recipe, {}, binding, lambda event: None, watcher)
        more.update(_facts(model, watcher, package))
        more["stored"] = _store(model, watcher, order, package)
    except Exception as error:
        traceback.print_exception(error)
        place, line = failures.authors_place(error)
        cells = {s.place: s.cell for s in recipe.statements}
        what = failures.described(error)
        more["error"] = {
            "kind": type(error).__name__,
            "message": what[:500],
            "cell": cells.get(place or "", place),
            "line": line,
            "statement": side.recorder.statement,
        }
    side.write(more)


def _facts(model: Any, watcher: Watcher, package: str) -> dict[str, Any]:
    codec = importlib.import_module(f"{package}.codec")
    chosen = watcher.chosen
    served = next(s for s in watcher.trace.sources if s.key == model.serving.served)
    sources = importlib.import_module(f"{package}.sources")
    spec = sources.encodable(served.spec)
    return {
        "metric": list(chosen.metric) if chosen.metric else None,
        "mode": chosen.target.mode,
        "rows": len(chosen.rows),
        "scoring": model.scoring,
        "task": model.task,
        "label": model.label,
        "input_schema": json.loads(json.dumps(model.input_schema, default=str)),
        "input_example": model.input_example,
        "served": {
            "statement": served.statement,
            "spec": codec.encode(spec),
            "columns": codec.encode(
                importlib.import_module(f"{package}.schema").public(model.columns)
            ),
        },
        "memory": _memory(model, watcher),
        "follows": model.serving.follows,
    }


def _memory(model: Any, watcher: Watcher) -> list[dict[str, Any]]:
    titles = {s.number: s for s in model.recipe.statements}
    found = []
    for event in model.serving.plan.values():
        if event.kind in ("memory", "fit", "special"):
            statement = titles.get(event.statement)
            what = type(event.value).__name__ if event.kind == "fit" else event.name
            kind = "what it learned" if event.kind == "fit" else "its result in training"
            found.append(
                {
                    "what": f"{what}: {kind}",
                    "cell": statement.cell if statement else None,
                    "line": statement.line if statement else None,
                }
            )
    return found


def _store(model: Any, watcher: Watcher, order: dict[str, Any], package: str) -> Any:
    """Store the model and, beside it, raw rows with the features and predictions they must give."""
    store = importlib.import_module(f"{package}.store")
    rows = importlib.import_module(f"{package}.rows")
    sources = importlib.import_module(f"{package}.sources")
    estimators = importlib.import_module(f"{package}.estimators")
    checking = importlib.import_module(f"{package}.checking")
    codec = importlib.import_module(f"{package}.codec")
    failures = importlib.import_module(f"{package}.failure")
    out = Path(order["out"])
    chosen = watcher.chosen
    store.add_overlay(order["overlay"])
    try:
        model.save(out / "model")
    except failures.RecipeError as error:
        return error.what
    source = next(s for s in watcher.trace.sources if s.key == model.serving.served)
    raw = sources.raw_frame(source.spec, source.value)
    count = min(len(chosen.rows), order["most_rows"])
    held = raw.iloc[rows.row_of(chosen.rows)[:count]].reset_index(drop=True)
    features = checking.head(chosen.features, count)
    final = chosen.final
    if final is None:
        final, _ = estimators.predictions(chosen.estimator, features, True, False)
    else:
        final = checking.head(final, count)
    (out / "must").mkdir()
    encoder = codec.Encoder(out / "must")
    features = features.toarray() if hasattr(features, "toarray") else features
    text = json.dumps(
        {
            "raw": encoder.encode(held),
            "features": encoder.encode(features),
            "final": encoder.encode(final),
        }
    )
    (out / "must" / "must.json").write_text(text, encoding="utf-8")
    return None
