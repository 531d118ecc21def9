"""A trained model: raw rows in, predictions out, one row for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .checking import in_order, taken
from .failure import RecipeError
from .schema import typed
from .server import Server, Serving


@dataclass
class TrainedModel:
    """What a training learned, able to predict.

    `columns` is the raw input schema, `fillers` a valid value per column (stands in for the label
    and for columns that no feature rests on), `evaluation` what the training measured.
    """

    recipe: Any
    serving: Serving
    server: Server
    columns: list[dict[str, Any]]
    fillers: dict[str, Any]
    values: dict[str, Any]
    task: str
    classes: list[Any] | None
    input_example: list[dict[str, Any]]
    evaluation: dict[str, Any]
    predictions: dict[str, list[Any]]
    scoring: dict[str, Any] = field(default_factory=dict)

    @property
    def input_schema(self) -> list[dict[str, Any]]:
        """Return the raw columns: name, dtype, nullable, label, required, examples."""
        shown = []
        for column in self.columns:
            hidden = ("categories", "_filler")
            entry = {k: v for k, v in column.items() if k not in hidden}
            if "categories" in column:
                entry["categories"] = [str(value) for value in column["categories"]]
            shown.append({**entry, "name": str(column["name"])})
        return shown

    @property
    def label(self) -> list[str]:
        """Return the names of the label's raw columns."""
        return [str(column["name"]) for column in self.columns if column["label"]]

    def predict(self, frame: Any) -> Any:
        """Return a frame with `prediction`, `probability` for two classes, and `reason`.

        `frame` is a DataFrame or a list of JSON rows; extra columns are ignored. The index is
        kept, one row comes out per row in; a row that cannot be computed has no prediction and a
        reason. Raises `RecipeError` when a needed column is missing.
        """
        import numpy
        import pandas

        if not isinstance(frame, pandas.DataFrame):
            frame = pandas.DataFrame.from_records(frame)
        rows, reasons = typed(frame, self.columns, self.fillers)
        count = len(rows)
        rows.index = pandas.RangeIndex(count)
        if reasons:
            good = numpy.setdiff1d(numpy.arange(count), list(reasons))
            given = rows.iloc[good].reset_index(drop=True)
        else:
            good, given = None, rows
        if len(given):
            values, chances, more = self.server.predict(given)
        else:
            values, chances, more = numpy.empty(0, dtype=object), None, {}
        reasons = {**reasons, **{int(p if good is None else good[p]): r for p, r in more.items()}}
        return self._framed(frame.index, count, good, values, chances, reasons)

    def _framed(
        self, index: Any, count: int, good: Any, values: Any, chances: Any, reasons: dict[int, str]
    ) -> Any:
        import numpy
        import pandas

        if not reasons:
            made: dict[str, Any] = {"prediction": values}
            if chances is not None:
                made["probability"] = chances
            nothing = numpy.full(count, None, dtype=object)
            made["reason"] = pandas.Series(nothing, index=index, dtype=object)
            return pandas.DataFrame(made, index=index, copy=False)
        places = numpy.arange(count) if good is None else good
        full = numpy.empty(count, dtype=object)
        full[places] = numpy.asarray(values, dtype=object)
        probable = numpy.full(count, numpy.nan)
        if chances is not None:
            probable[places] = chances
        said = numpy.full(count, None, dtype=object)
        for place, reason in reasons.items():
            full[place], probable[place], said[place] = None, numpy.nan, reason
        made = {"prediction": _narrowed(full)}
        if chances is not None or (self.classes is not None and len(self.classes) == 2):
            made["probability"] = probable
        made["reason"] = pandas.Series(said, index=index, dtype=object)
        return pandas.DataFrame(made, index=index)

    def features(self, frame: Any) -> Any:
        """Return what the notebook would hand to the model's `predict` for these raw rows."""
        import pandas

        if not isinstance(frame, pandas.DataFrame):
            frame = pandas.DataFrame.from_records(frame)
        rows, reasons = typed(frame, self.columns, self.fillers)
        if reasons:
            place, reason = next(iter(reasons.items()))
            raise RecipeError(f"row {place}: {reason}")
        rows.index = pandas.RangeIndex(len(rows))
        outcome = self.server.outcome(rows)
        order = in_order(outcome.places, len(rows))
        if order is None:
            reason = next(iter(outcome.reasons.values()), "a row comes out more than once")
            raise RecipeError(reason)
        return taken(outcome.features, order)

    def save(self, folder: Path) -> None:
        """Write the model without pickle; raises `RecipeError` when something cannot be stored."""
        from .store import save_model

        save_model(self, Path(folder))

    @classmethod
    def load(
        cls, recipe_folder: Path, model_folder: Path, overlay: Path | None = None
    ) -> TrainedModel:
        """Read a stored model; nothing in the folder is unpickled.

        `overlay` is a folder of packages that joins `sys.path` after the recipe's own imports.
        """
        from .recipe import Recipe
        from .store import load_model

        return load_model(Recipe.open(recipe_folder), Path(model_folder), overlay)


def _narrowed(values: Any) -> Any:
    """Return numbers as floats with gaps, anything else as it is."""
    import numpy

    known = [value for value in values if value is not None]
    if known and all(isinstance(v, (float, numpy.floating)) for v in known):
        return numpy.array([numpy.nan if v is None else v for v in values], dtype=float)
    return values
