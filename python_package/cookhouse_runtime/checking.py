"""Whether serving gives, row by row, what the run itself computed."""

from __future__ import annotations

from typing import Any

from .failure import described
from .rows import is_frame, is_pandas

_RELATIVE = 1e-9


def same_predictions(model: Any, rows: Any, chosen: Any) -> str | None:
    """Serve these first rows of the chosen predict; return what differs, None when nothing."""
    try:
        given = rows.reset_index(drop=True)
        outcome = model.server.outcome(given)
    except Exception as error:
        return f"the statements cannot be replayed for new rows: {described(error)}"
    if outcome.reasons:
        return f"a row of the run cannot be scored: {next(iter(outcome.reasons.values()))}"
    count = len(rows)
    order = in_order(outcome.places, count)
    if order is None:
        return "the replay gives another number of rows than it gets"
    problem = different(taken(outcome.features, order), head(chosen.features, count))
    if problem is not None:
        return f"the features of the same rows differ when served: {problem}"
    return None


def in_order(places: Any, count: int) -> Any:
    """Return the positions that put results in the order of the rows, None when not one each."""
    import numpy

    places = numpy.asarray(places)
    if len(places) != count or len(numpy.unique(places)) != count:
        return None
    return numpy.argsort(places)


def head(values: Any, count: int) -> Any:
    """Return the first rows."""
    return values.iloc[:count] if is_pandas(values) else values[:count]


def taken(values: Any, places: Any) -> Any:
    """Return rows by position."""
    if is_pandas(values):
        return values.iloc[places]
    import numpy

    return numpy.asarray(values)[places] if isinstance(values, list) else values[places]


def different(ours: Any, theirs: Any) -> str | None:
    """Return where two blocks of features differ, None when they are equal row by row."""
    if is_frame(ours) != is_frame(theirs):
        return "one is a frame, the other is not"
    if is_frame(ours):
        if [*ours.columns] != [*theirs.columns]:
            odd = [str(n) for n in ours.columns.symmetric_difference(theirs.columns)]
            return f"other columns ({', '.join(odd[:3]) or 'another order'})"
        for name in ours.columns:
            if not equal(ours[name].to_numpy(), theirs[name].to_numpy()):
                return f"column {name}"
        return None
    a, b = dense(ours), dense(theirs)
    if a.shape != b.shape:
        return f"another shape ({a.shape} and {b.shape})"
    if a.ndim < 2:
        return None if equal(a, b) else "values"
    for number in range(a.shape[1]):
        if not equal(a[:, number], b[:, number]):
            return f"column {number}"
    return None


def dense(values: Any) -> Any:
    """Return an array of any block of values."""
    import numpy

    return values.toarray() if hasattr(values, "toarray") else numpy.asarray(values)


def equal(ours: Any, theirs: Any) -> bool:
    """Compare two columns: numbers within relative 1e-9 (batch sizes move the last bit)."""
    import numpy
    import pandas

    ours, theirs = numpy.asarray(ours), numpy.asarray(theirs)
    if ours.shape != theirs.shape:
        return False
    if ours.dtype.kind in "fiub" and theirs.dtype.kind in "fiub":
        close = numpy.isclose(
            ours.astype(float), theirs.astype(float), rtol=_RELATIVE, atol=1e-12, equal_nan=True
        )
        return bool(close.all())
    same = (ours == theirs) | (pandas.isna(ours) & pandas.isna(theirs))
    return bool(numpy.asarray(same).all())
