"""A recipe folder, opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .failure import RecipeError
from .script import Statement, kept_statements
from .trained import TrainedModel

FORMAT = 1


@dataclass(frozen=True)
class Recipe:
    """The manifest (`recipe.json`) and the author's kept statements (`notebook.py`)."""

    folder: Path
    manifest: dict[str, Any]
    statements: list[Statement]

    @classmethod
    def open(cls, folder: Path) -> Recipe:
        """Read a recipe folder; raises `RecipeError` where it is none, or of a newer format."""
        folder = Path(folder).resolve()
        try:
            manifest = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
            module = (folder / "notebook.py").read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise RecipeError(f"{folder} is not a recipe: {error}") from error
        if manifest.get("format", 0) > FORMAT:
            raise RecipeError(f"{folder} was made by a newer Cookhouse; update it to open this")
        return cls(folder, manifest, kept_statements(manifest, module))

    def train(
        self,
        hyperparameters: dict[str, Any] | None = None,
        binding: dict[str, Any] | None = None,
        report: Callable[[dict[str, Any]], None] | None = None,
    ) -> TrainedModel:
        """Run the statements and return what they learned.

        `hyperparameters` maps names to values; `binding` is `{"kind": "file"}` or
        `{"kind": "dataset", "name": …, "path": …}`; `report` gets progress events.
        """
        from .training import train

        return train(
            self,
            hyperparameters or {},
            binding or {"kind": "file"},
            report or (lambda event: None),
        )
