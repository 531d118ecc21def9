"""The folder of a recipe: its statements, manifest, runtime and files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import cookhouse_runtime

_INIT = '''"""The recipe {name}: {title}.

Made from a notebook by Cookhouse; runs without it, in an environment with the notebook's packages.

    import {package}
    model = {package}.train(C=0.5)      # any hyperparameter by name
    {package}.predict(model, rows)      # a frame or JSON rows, without the label
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ._runtime import Recipe, TrainedModel

HERE = Path(__file__).resolve().parent
stages: tuple[str, ...] = {stages!r}


def train(**hyperparameters: Any) -> TrainedModel:
    """Run the notebook's statements on its own data and return the trained model."""
    return Recipe.open(HERE).train(hyperparameters)


def load(folder: str | Path) -> TrainedModel:
    """Return a model that `model.save(folder)` stored."""
    return TrainedModel.load(HERE, Path(folder))


def evaluate(model: TrainedModel) -> dict[str, Any]:
    """Return what the training measured, the notebook's own metric first."""
    return model.evaluation


def predict(model: TrainedModel, rows: Any) -> Any:
    """Return one row out per row in: prediction, probability for two classes, reason."""
    return model.predict(rows)


score = predict


def features(model: TrainedModel, rows: Any) -> Any:
    """Return what the notebook would hand to the model for these raw rows."""
    return model.features(rows)
'''


def write_package(
    folder: Path, module: str, manifest: dict[str, Any], artifacts: dict[str, Path]
) -> None:
    """Write the package; `artifacts` maps paths in the package to the files that they copy."""
    folder.mkdir(parents=True)
    (folder / "notebook.py").write_text(module, encoding="utf-8")
    write_manifest(folder, manifest)
    stages = tuple(dict.fromkeys(s["stage"] for s in manifest["statements"] if s["kept"]))
    estimator = manifest["model"]["estimator"] or manifest["model"]["variable"]
    text = _INIT.format(
        name=manifest["name"], title=estimator, package=manifest["package"], stages=stages
    )
    (folder / "__init__.py").write_text(text, encoding="utf-8")
    runtime = folder / "_runtime"
    runtime.mkdir()
    for source in sorted(Path(cookhouse_runtime.__file__).parent.glob("*.py")):
        shutil.copyfile(source, runtime / source.name)
    for place, path in artifacts.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / place)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write `recipe.json`."""
    text = json.dumps(manifest, indent=1, ensure_ascii=False, default=str)
    (folder / "recipe.json").write_text(text + "\n", encoding="utf-8")
