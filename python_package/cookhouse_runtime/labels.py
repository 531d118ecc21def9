"""Which raw column is the label: found by name and by value, so that serving can do without it."""

from __future__ import annotations

from typing import Any

from .rows import Rows, is_frame, is_pandas, row_of


def label_columns(frame: Any, label: Any, rows: Rows | None, texts: set[str]) -> list[str] | None:
    """Return the raw columns that hold the label, None where they cannot be located.

    `texts` are the names written in the statements, which decide between equal candidates.
    """
    if label is None:
        return []
    if is_frame(label):
        names = [str(name) for name in label.columns]
        return names if all(name in map(str, frame.columns) for name in names) else None
    if rows is None:
        return _by_name(frame, label)
    held = frame.iloc[row_of(rows)]
    named = _by_name(frame, label)
    if named:
        return named
    values = label.to_numpy() if is_pandas(label) else label
    if getattr(values, "ndim", 1) == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if getattr(values, "ndim", 1) != 1 or len(values) != len(held):
        return None
    for rule in (_equal, _renamed, _made_from):
        found = [str(name) for name in held.columns if rule(held[name], values)]
        if len(found) > 1:
            found = [name for name in found if name in texts] or found
        if len(found) == 1:
            return found
    return None


def _by_name(frame: Any, label: Any) -> list[str] | None:
    name = getattr(label, "name", None)
    return [str(name)] if name is not None and name in frame.columns else None


def _equal(column: Any, values: Any) -> bool:
    import numpy

    try:
        return bool((column.to_numpy() == numpy.asarray(values)).all())
    except (TypeError, ValueError):
        return False


def _codes(values: Any) -> Any:
    import numpy
    import pandas

    return pandas.factorize(numpy.asarray(values, dtype=object))[0]


def _renamed(column: Any, values: Any) -> bool:
    """Tell whether one is the other under new names, or by a growing function."""
    import numpy

    try:
        codes = _codes(column)
        if codes.max(initial=0) < len(codes) / 2:
            return bool((codes == _codes(values)).all())
        ours = numpy.asarray(column, dtype=float)
        theirs = numpy.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return False
    order = numpy.argsort(ours, kind="stable")
    return bool((numpy.diff(theirs[order]) >= 0).all()) and len(set(theirs)) > len(theirs) / 2


def _made_from(column: Any, values: Any) -> bool:
    """Tell whether each value of the column always gives the same label."""
    import pandas

    try:
        pairs = pandas.DataFrame({"from": _codes(column), "to": _codes(values)})
    except (TypeError, ValueError):
        return False
    few = pairs["from"].nunique() <= max(2, len(pairs) / 5)
    return few and bool((pairs.groupby("from")["to"].nunique() == 1).all())
