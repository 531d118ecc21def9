"""Which raw columns the features rest on: those that rows to score must have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checking import different, in_order, taken

_ROWS = 200
_MOST_COLUMNS = 150


def mark_needed(model: Any, held: Any) -> None:
    """Set `required` to False for columns whose values, however odd, change no feature.

    `held` are raw rows of the run. Columns with one value only, and those of wide tables, stay
    required: nothing can be told of them.
    """
    rows = held.head(_ROWS)
    columns = [column for column in model.columns if not column["label"]]
    if len(columns) > _MOST_COLUMNS or len(rows) < 2:
        return
    wanted = _features(model, rows)
    for column in columns:
        values = rows[column["name"]]
        if wanted is not None and values.nunique(dropna=False) > 1:
            column["required"] = not _unused(model, rows, column["name"], wanted)


def _unused(model: Any, rows: Any, name: Any, wanted: Any) -> bool:
    for values in _odd(rows[name]):
        changed = rows.copy()
        changed[name] = values
        features = _features(model, changed)
        if features is None or different(features, wanted) is not None:
            return False
    return True


def _odd(values: Any) -> Iterator[Any]:
    import numpy
    import pandas

    yield values.array[::-1]
    yield pandas.Series([values.iloc[0]] * len(values), dtype=values.dtype).array
    kind, name = getattr(values.dtype, "kind", "O"), str(values.dtype)
    if name in ("int64", "float64"):
        size = min(float(numpy.abs(numpy.nan_to_num(values.to_numpy())).max()) + 1, 2.0**50)
        for factor in (-100, 100):
            yield numpy.full(len(values), factor * size).astype(name)
    if name in ("str", "string", "object"):
        yield pandas.Series(["no such value"] * len(values), dtype=values.dtype).array
    if kind == "f" or name in ("str", "object"):
        yield pandas.Series([None] * len(values), dtype=values.dtype).array


def _features(model: Any, rows: Any) -> Any:
    try:
        outcome = model.server.outcome(rows.reset_index(drop=True))
    except Exception:
        return None
    order = in_order(outcome.places, len(rows))
    if order is None or outcome.reasons:
        return None
    return taken(outcome.features, order)
