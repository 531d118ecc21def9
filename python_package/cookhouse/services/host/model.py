"""The stored model in the host: loaded once, asked for tables of rows."""

from __future__ import annotations

import importlib
import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from .batching import Answers
from .bodies import Table
from .problems import invalid

RUNTIME = "cookhouse_runtime"


class HostedModel:
    """A trained model behind tables instead of frames.

    `read` are the raw columns it takes, `needed` those that may not be left out, `known` all of
    its schema (the label among them).
    """

    def __init__(self, trained: Any) -> None:
        import pandas  # The recipe's interpreter has it by now: the runtime imported it.

        self._pandas = pandas
        self._trained = trained
        schema = trained.input_schema
        self.known = {str(column["name"]) for column in schema}
        self.read = [str(column["name"]) for column in schema if not column["label"]]
        self.needed = [str(column["name"]) for column in schema if column["required"]]
        self.examples: list[dict[str, Any]] = list(trained.input_example)

    def predict(self, table: Table) -> Answers:
        """Answer one entry a row. Raises `Problem` where the model cannot take these rows."""
        if not table.count:
            return Answers([], [])
        frame = self._pandas.DataFrame(
            {name: self._column(values) for name, values in table.columns.items()}
        )
        try:
            result = self._trained.predict(frame)
        except Exception as error:
            # The author's statements may raise anything on rows they did not expect.
            raise invalid(f"The model cannot take these rows: {_words(error)}.") from error
        return Answers(
            _values(result["prediction"]),
            [None if _missing(reason) else str(reason) for reason in result["reason"].tolist()],
            _values(result["probability"]) if "probability" in result.columns else None,
        )

    def _column(self, values: list[Any]) -> Any:
        """Keep whole numbers whole beside gaps; pandas alone would make them floats."""
        if None in values and any(isinstance(value, int) for value in values):
            return self._pandas.Series(values, dtype=object)
        return values

    def warm(self) -> Answers:
        """Predict the input example, so that the first caller does not pay for first times."""
        names = self.read or (list(self.examples[0]) if self.examples else [])
        columns = {name: [row.get(name) for row in self.examples] for name in names}
        return self.predict(Table(columns, len(self.examples)))


def load(recipe: Path, model: Path, overlay: str | None) -> HostedModel:
    """Load a stored model with the runtime that its recipe carries."""
    runtime = _runtime(recipe / "_runtime")
    return HostedModel(runtime.TrainedModel.load(recipe, model, overlay))


def _runtime(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        RUNTIME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{folder} holds no runtime: make the recipe again.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[RUNTIME] = module
    spec.loader.exec_module(module)
    return module


def _values(column: Any) -> list[Any]:
    return [_plain(value) for value in column.tolist()]


def _plain(value: Any) -> Any:
    if _missing(value):
        return None
    # Infinity has no form in JSON.
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def _missing(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (type(value).__name__ in ("NAType", "NaTType"))
    )


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300].rstrip(".")
