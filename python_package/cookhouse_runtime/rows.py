"""Which rows an object holds: tags that follow rows of a source through the notebook.

Rows are followed by tags, by index labels and by equal values, never by length alone where an
index can tell. Arrays have no index; a wrong guess there shows in the safe-scoring tests, which
compare feature by feature.
"""

from __future__ import annotations

import numbers
import sys
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

_SCALARS = (str, bytes, bool, int, float, complex, type(None), numbers.Number, type, range, slice)
_ROW_BITS = 40
ALWAYS_MEMORY = frozenset(
    [
        "columns",
        "dtypes",
        "dtype",
        "shape",
        "size",
        "ndim",
        "name",
        "names",
        "empty",
        "keys",
        "unique",
        "nunique",
        "value_counts",
        "feature_names",
        "target_names",
        "DESCR",
        "filename",
        "is_unique",
        "memory_usage",
        "info",
        "categories",
    ]
)
AGGREGATES = frozenset(
    [
        "mode",
        "describe",
        "corr",
        "cov",
        "mean",
        "median",
        "sum",
        "std",
        "var",
        "min",
        "max",
        "quantile",
        "agg",
        "aggregate",
        "count",
        "any",
        "all",
        "prod",
        "skew",
        "kurt",
        "sem",
        "idxmin",
        "idxmax",
        "pivot_table",
        "pivot",
        "crosstab",
        "melt",
        "stack",
        "unstack",
    ]
)
ORDER_KEEPING = frozenset(
    [
        "reset_index",
        "set_index",
        "set_axis",
        "rename_axis",
        "rename",
        "to_frame",
        "add_prefix",
        "add_suffix",
        "copy",
        "assign",
        "pipe",
    ]
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Row numbers in order (`source << 40 | row`), the index to follow them by, and the key of the
    `predict` that the values came out of, where they did."""

    numbers: Any
    index: Any = None
    predicted: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, places: Any) -> Rows:
        """Return the rows at these positions."""
        return replace(self, numbers=self.numbers[places], index=None)


def loaded(name: str) -> Any:
    """Return a module that the author's code has imported, else None."""
    return sys.modules.get(name)


def numbered(source: int, count: int) -> Rows:
    """Return the rows of a new source."""
    import numpy

    return Rows((numpy.int64(source) << _ROW_BITS) + numpy.arange(count, dtype="int64"))


def source_of(rows: Rows) -> Any:
    """Return the source of each row."""
    return rows.numbers >> _ROW_BITS


def row_of(rows: Rows) -> Any:
    """Return the position in its source of each row."""
    return rows.numbers & ((1 << _ROW_BITS) - 1)


def is_scalar(value: Any) -> bool:
    """Tell whether a value can hold no rows."""
    numpy = loaded("numpy")
    if isinstance(value, _SCALARS):
        return True
    if numpy is not None and isinstance(value, numpy.generic):
        return True
    pandas = loaded("pandas")
    return pandas is not None and bool(
        isinstance(value, (pandas.Timestamp, pandas.Timedelta, pandas.Interval, pandas.Period))
        or value is pandas.NaT
        or value is pandas.NA
    )


def is_pandas(value: Any) -> bool:
    """Tell whether a value is a DataFrame or a Series."""
    pandas = loaded("pandas")
    return pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series))


def is_frame(value: Any) -> bool:
    """Tell whether a value is a pandas DataFrame."""
    pandas = loaded("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def is_index(value: Any) -> bool:
    """Tell whether a value is a pandas Index."""
    pandas = loaded("pandas")
    return pandas is not None and isinstance(value, pandas.Index)


def is_array(value: Any) -> bool:
    """Tell whether a value is an array: numpy's, sparse, or a pandas extension array."""
    numpy = loaded("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        return True
    sparse = loaded("scipy.sparse")
    if sparse is not None and sparse.issparse(value):
        return True
    pandas = loaded("pandas")
    return pandas is not None and isinstance(value, pandas.api.extensions.ExtensionArray)


class Tags:
    """The rows of each object that has some; objects are not kept alive where avoidable."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Any, Rows]] = {}

    def put(self, value: Any, rows: Rows) -> None:
        """Tag an object, anew if it was tagged before."""
        if is_scalar(value):
            return
        key = id(value)
        try:
            held: Any = weakref.ref(value, lambda _: self._of.pop(key, None))
        except TypeError:
            held = _Held(value)
        if rows.index is None and is_pandas(value):
            rows = replace(rows, index=value.index)
        self._of[key] = (held, rows)

    def get(self, value: Any) -> Rows | None:
        """Return the object's rows."""
        found = self._of.get(id(value))
        if found is None or found[0]() is not value:
            return None
        rows = found[1]
        if is_pandas(value) and rows.index is not value.index:
            return replace(rows, index=value.index)
        return rows

    def clear(self) -> None:
        """Forget all tags."""
        self._of.clear()

    def among(self, values: Iterable[Any]) -> list[tuple[Any, Rows]]:
        """Return the tagged ones among the values and what small containers hold of them."""
        found: list[tuple[Any, Rows]] = []
        for value in values:
            self._collect(value, found, 2)
        return found

    def _collect(self, value: Any, found: list[tuple[Any, Rows]], depth: int) -> None:
        rows = self.get(value)
        if rows is not None:
            found.append((value, rows))
        elif depth and isinstance(value, (list, tuple)) and len(value) <= 64:
            for part in value:
                self._collect(part, found, depth - 1)
        elif depth and isinstance(value, dict) and len(value) <= 256:
            for part in value.values():
                self._collect(part, found, depth - 1)


class _Held:
    def __init__(self, value: Any) -> None:
        self._value = value

    def __call__(self) -> Any:
        return self._value


Outcome = tuple[str, "Rows | None"]


def follow(result: Any, inputs: list[tuple[Any, Rows]], name: str) -> Outcome:
    """Class a result by the rows it holds.

    Returns `memory` (not one entry per row), `live` (an input's rows in its order, or an object
    that carries them), `filter` (fewer rows, equal values) or `reorder`, with the rows.
    """
    if is_scalar(result) or name in ALWAYS_MEMORY:
        return "memory", None
    if is_pandas(result):
        return _follow_pandas(result, inputs, name)
    if is_index(result) or is_array(result) or isinstance(result, list):
        return _follow_sized(result, inputs)
    if isinstance(result, (tuple, dict, set, frozenset)):
        if isinstance(result, tuple) and len(result) > 64:
            return _follow_sized(result, inputs)
        return "memory", None
    return "live", inputs[0][1]


def _follow_sized(result: Any, inputs: list[tuple[Any, Rows]]) -> Outcome:
    shape = getattr(result, "shape", None) or (len(result),)
    for _, rows in inputs:
        if len(rows) in shape:
            return "live", rows
    return "memory", None


def _follow_pandas(result: Any, inputs: list[tuple[Any, Rows]], name: str) -> Outcome:
    for _, rows in inputs:
        index = rows.index
        if index is not None and len(index) == len(result) and result.index.equals(index):
            return "live", replace(rows, index=result.index)
    for value, rows in inputs:
        loose = rows.index is None or name in ORDER_KEEPING
        if loose and not _grouped(value) and len(rows) == len(result):
            return "live", replace(rows, index=result.index)
    if name in AGGREGATES:
        return "memory", None
    for value, rows in inputs:
        found = _by_label(result, value, rows)
        if found is None and is_frame(value) and is_frame(result) and len(result) <= len(rows):
            found = _by_content(result, value, rows)
        if found is not None:
            return found
    return "memory", None


def _grouped(value: Any) -> bool:
    name = type(value).__name__
    return any(kind in name for kind in ("GroupBy", "Rolling", "Expanding", "Ewm", "Resampler"))


def _by_label(result: Any, value: Any, rows: Rows) -> Outcome | None:
    index = rows.index
    if index is None or not is_pandas(value) or not index.is_unique or not len(result):
        return None
    if not result.index.is_unique or result.index.nlevels != index.nlevels:
        return None
    places = index.get_indexer(result.index)
    if (places < 0).any() or not _equal(result, value, places):
        return None
    kind = "filter" if len(result) < len(index) and (places[1:] > places[:-1]).all() else "reorder"
    return kind, replace(rows, numbers=rows.numbers[places], index=result.index)


def _equal(result: Any, value: Any, places: Any) -> bool:
    if is_frame(value):
        names = list(result.columns) if is_frame(result) else [result.name]
        if not value.columns.is_unique or any(name not in value.columns for name in names):
            return False
        pairs = [(result[name] if is_frame(result) else result, value[name]) for name in names]
    elif is_frame(result) or result.name != value.name:
        return False
    else:
        pairs = [(result, value)]
    return all(
        ours.array.equals(theirs.array.take(places))
        for ours, theirs in pairs
        if not is_frame(ours) and not is_frame(theirs)
    )


def _by_content(result: Any, value: Any, rows: Rows) -> Outcome | None:
    """Match rows under a new index by their values, where no two rows are alike."""
    pandas = loaded("pandas")
    if not result.columns.equals(value.columns) or not len(result):
        return None
    try:
        theirs = pandas.util.hash_pandas_object(value, index=False).to_numpy()
        ours = pandas.util.hash_pandas_object(result, index=False).to_numpy()
    except TypeError:
        return None
    known = pandas.Index(theirs)
    if not known.is_unique:
        return None
    places = known.get_indexer(pandas.Index(ours))
    if (places < 0).any():
        return None
    kind = "filter" if len(places) < len(rows) and (places[1:] > places[:-1]).all() else "reorder"
    return kind, replace(rows, numbers=rows.numbers[places], index=result.index)
