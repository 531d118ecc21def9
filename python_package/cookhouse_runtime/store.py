"""A model folder: `model.json`, `memory/*.npy`, `estimators/*.skops`. Nothing in it is pickle."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import sys
import types
from pathlib import Path
from typing import Any

from .codec import Encoder, decode
from .events import Event, Plan
from .failure import RecipeError
from .replay import Target
from .schema import public
from .server import Server, Serving
from .sources import decoded, encodable
from .trained import TrainedModel

FORMAT = 1
_TRUSTED = re.compile(
    r"^(sklearn|numpy|scipy|xgboost|lightgbm|catboost|imblearn|pandas|builtins|collections|"
    r"functools)\."
)
_NEVER = re.compile(
    r"^(sklearn\.(datasets|externals|utils\._testing|utils\._show)|builtins\.(eval|exec|compile|"
    r"open|__import__|getattr|setattr|input|breakpoint)|numpy\.(f2py|testing|load|fromfile|save|"
    r"distutils|ctypeslib|lib\.npyio)|scipy\.(io|datasets|weave)|pandas\.(io|read_|eval))"
)


def save_model(model: TrainedModel, folder: Path) -> None:
    """Write the model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(folder / "memory")
    estimators = _Estimators(folder / "estimators")
    serving = model.serving
    plan = [_event_json(key, event, encoder, estimators) for key, event in serving.plan.items()]
    target = serving.target
    data = {
        "format": FORMAT,
        "plan": plan,
        "served": list(serving.served),
        "spec": encoder.encode(encodable(serving.spec)),
        "target": [list(target.key), target.mode, list(target.final or ()), target.argument],
        "follows": serving.follows,
        "skips": serving.skips,
        "statements": serving.statements,
        "columns": encoder.encode(public(model.columns)),
        "fillers": encoder.encode(model.fillers),
        "values": model.values,
        "task": model.task,
        "classes": encoder.encode(model.classes),
        "input_example": model.input_example,
        "evaluation": encoder.encode(model.evaluation),
        "scoring": model.scoring,
        "input_schema": json.loads(json.dumps(model.input_schema, default=str)),
    }
    (folder / "example.json").write_text(json.dumps(model.input_example), encoding="utf-8")
    (folder / "model.json").write_text(json.dumps(data), encoding="utf-8")


def load_model(recipe: Any, folder: Path, overlay: Path | None = None) -> TrainedModel:
    """Read a model folder for this recipe."""
    from .script import show_in_tracebacks
    from .training import as_main

    try:
        data = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecipeError(f"{folder} is not a model: {error}") from error
    if data["format"] > FORMAT:
        raise RecipeError(f"{folder} was made by a newer Cookhouse; update it to open this")
    memory = folder / "memory"
    show_in_tracebacks(recipe.statements)
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    namespace["display"] = print
    with as_main(module):
        _define(recipe, data, namespace)
        with contextlib.suppress(ImportError):
            # Before the overlay: pandas stores text otherwise where it finds pyarrow.
            import pandas  # noqa: F401
        add_overlay(overlay)
        plan: Plan = {}
        for row in data["plan"]:
            plan[tuple(row["key"])] = _event(row, folder, memory)
        key, mode, final, argument = data["target"]
        target = Target(tuple(key), mode, tuple(final) or None, argument)
        spec = decoded(decode(data["spec"], memory))
        serving = Serving(
            plan,
            tuple(data["served"]),
            spec,
            target,
            data["follows"],
            data["statements"],
            data["skips"],
        )
        values = data["values"]
        server = Server(serving, recipe.statements, recipe.manifest, values, namespace)
    return TrainedModel(
        recipe=recipe,
        serving=serving,
        server=server,
        columns=decode(data["columns"], memory),
        fillers=decode(data["fillers"], memory),
        values=values,
        task=data["task"],
        classes=decode(data["classes"], memory),
        input_example=data["input_example"],
        evaluation=decode(data["evaluation"], memory),
        predictions={},
        scoring=data["scoring"],
    )


class _Estimators:
    """Stores each learner once, though several events may name it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[int, tuple[str, Any]] = {}

    def put(self, estimator: Any) -> str:
        found = self._known.get(id(estimator))
        if found is not None:
            return found[0]
        import skops.io

        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{len(self._known)}.skops"
        try:
            skops.io.dump(estimator, self._folder / name)
        except Exception as error:
            kind = type(estimator).__name__
            raise RecipeError(
                f"what {kind} learned cannot be stored without pickle: {error}"
            ) from error
        unknown = untrusted(self._folder / name)
        if unknown:
            shown = ", ".join(unknown[:3])
            raise RecipeError(f"{type(estimator).__name__} holds {shown}, which is not trusted")
        self._known[id(estimator)] = (name, estimator)
        return name


def add_overlay(overlay: Path | str | None) -> None:
    """Let the packages of the overlay be found, after all others."""
    if overlay and os.fspath(overlay) not in sys.path:
        sys.path.append(os.fspath(overlay))


def untrusted(path: Path) -> list[str]:
    """Return the types in a stored estimator that are neither ours nor the recipe's own."""
    import skops.io

    found = skops.io.get_untrusted_types(file=path)
    return [name for name in found if not _is_trusted(name)]


def _is_trusted(name: str) -> bool:
    own = name.startswith("__main__.")
    return own or (bool(_TRUSTED.match(name)) and not _NEVER.match(name))


def _load_estimator(path: Path) -> Any:
    import skops.io

    unknown = untrusted(path)
    if unknown:
        raise RecipeError(f"the model holds {', '.join(unknown[:3])}, which is not trusted")
    return skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))


def _event_json(
    key: tuple[int, int], event: Event, encoder: Encoder, estimators: _Estimators
) -> dict[str, Any]:
    row = {
        "key": list(key),
        "kind": event.kind,
        "name": event.name,
        "at": event.statement,
        "way": event.way,
    }
    if event.kind == "fit":
        return {**row, "estimator": estimators.put(event.value)}
    try:
        return {**row, "value": encoder.encode(event.value)}
    except RecipeError as error:
        raise RecipeError(f"what {event.name} gave cannot be remembered: {error.what}") from error


def _event(row: dict[str, Any], folder: Path, memory: Path) -> Event:
    if row["kind"] == "fit":
        name = row["estimator"]
        if not name.removesuffix(".skops").isdigit():
            raise RecipeError("the model folder names a file outside of itself")
        value = _load_estimator(folder / "estimators" / name)
    else:
        value = decode(row["value"], memory)
    return Event(row["kind"], row["name"], row["at"], value, None, row["way"])


def _define(recipe: Any, data: dict[str, Any], namespace: dict[str, Any]) -> None:
    """Make the author's imports, functions and classes, which estimators may be of."""
    from .script import compiled, parsed

    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    for statement in recipe.statements:
        tree = parsed(statement)
        if statement.number in data["statements"] and all(isinstance(n, wanted) for n in tree.body):
            exec(compiled(tree, statement, frozenset()), namespace)
