"""Loads a run's model for MLflow; a copy of this file travels in each stored model.

Needs only the recipe beside it and the packages of the notebook. Rows come as a frame without the
label; `prediction`, `probability` (two classes) and `reason` come out, one row for each.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import Any


class RecipeModel:
    """A stored model behind MLflow's `predict`."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def predict(self, model_input: Any, params: dict[str, Any] | None = None) -> Any:
        """Return the predictions of a frame of raw rows."""
        return self.model.predict(model_input)


def _load_pyfunc(data_path: str) -> RecipeModel:
    # Two models in one process share this module, so the recipe is found from the data.
    code = Path(data_path).resolve().parents[1] / "code"
    package = next(path.parent for path in sorted(code.glob("*/recipe.json")))
    runtime = _runtime(package)
    return RecipeModel(runtime.TrainedModel.load(package, Path(data_path)))


def _runtime(package: Path) -> Any:
    digest = hashlib.sha256(str(package).encode()).hexdigest()[:16]
    name = f"cookhouse_recipe_{digest}"
    if name not in sys.modules:
        folder = package / "_runtime"
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
