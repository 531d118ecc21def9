"""Calls whose result for one row depends on the other rows in a known way.

Each special call has a `fit` (do it, note what is to be recalled, tag the results) and a `serve`
(do it for new rows with what was noted). Everything that stands neither here nor in the general
rules shows as a difference in the safe-scoring tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from .hooks import Operation
from .rows import Rows, Tags, is_array, is_frame, is_pandas, loaded

_PLACE = "cookhouse row"


class Host(Protocol):
    """What a special call needs of the hooks around it."""

    tags: Tags

    def quiet(self, operation: Operation) -> Any:
        """Run with hooks off."""

    def refuse(self, value: Any, mask: Any, reason: str) -> None:
        """Give the rows of `value` where `mask` holds no prediction, for this reason."""


@dataclass(frozen=True, slots=True)
class Special:
    """A special call; `order` tells that rows may come out in another number or order."""

    name: str
    applies: Callable[[Operation], bool]
    fit: Callable[[Host, Operation], tuple[Any, Any]]
    serve: Callable[[Host, Operation, Any], Any]
    order: bool = False


def _again(operation: Operation, *args: Any, **kwargs: Any) -> Any:
    return operation.func(*args, **kwargs)


def _subject(operation: Operation) -> tuple[Any, tuple[Any, ...]]:
    if operation.kind == "method" and is_pandas(operation.receiver):
        return operation.receiver, operation.args
    return operation.args[0] if operation.args else None, operation.args[1:]


def _copied(value: Any) -> Any:
    return value.copy() if is_pandas(value) or is_array(value) else value


# split and shuffle: rows go to all sides


def _positions(host: Host, operation: Operation) -> tuple[Any, Any]:
    import numpy

    arrays = operation.args
    count = len(arrays[0]) if not hasattr(arrays[0], "shape") else arrays[0].shape[0]
    more = Operation(
        operation.site,
        "call",
        operation.name,
        None,
        operation.func,
        (*arrays, numpy.arange(count)),
        operation.kwargs,
    )
    parts = list(host.quiet(more))
    sides = 2 if operation.name == "train_test_split" else 1
    places, parts = parts[-sides:], parts[:-sides]
    for number, part in enumerate(parts):
        rows = host.tags.get(arrays[number // sides])
        if rows is not None:
            host.tags.put(part, rows.take(places[number % sides]))
    if sides == 1 and len(parts) == 1:
        return parts[0], None
    return parts, None


def _pass_all(host: Host, operation: Operation, _: Any) -> Any:
    if operation.name == "train_test_split":
        sides = [[array, _copied(array)] for array in operation.args]
        made = [part for pair in sides for part in pair]
    else:
        made = [_copied(array) for array in operation.args]
    for number, part in enumerate(made):
        per = len(made) // len(operation.args)
        rows = host.tags.get(operation.args[number // per])
        if rows is not None:
            host.tags.put(part, rows)
    return made[0] if len(made) == 1 else made


def _is_split(operation: Operation) -> bool:
    return operation.module.startswith("sklearn.") and bool(operation.args)


# dummies: the columns of the training


def _is_pandas_call(operation: Operation) -> bool:
    return operation.module.startswith("pandas")


def _dummies_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    made = host.quiet(operation)
    full = made
    if operation.kwargs.get("drop_first"):
        full = _again(operation, *operation.args, **{**operation.kwargs, "drop_first": False})
    _same_rows(host, operation.args[0], made)
    return made, {"columns": made.columns, "dtypes": list(made.dtypes), "all": full.columns}


def _dummies_serve(host: Host, operation: Operation, noted: Any) -> Any:
    kwargs = {**operation.kwargs, "drop_first": False}
    made = _again(operation, *operation.args, **kwargs)
    for name in made.columns.difference(noted["all"], sort=False):
        reason = f"the value in {name} did not occur in training"
        host.refuse(operation.args[0], made[name].to_numpy(dtype=bool), reason)
    made = made.reindex(columns=noted["columns"], fill_value=0)
    made = made.astype(dict(zip(noted["columns"], noted["dtypes"], strict=True)))
    _same_rows(host, operation.args[0], made)
    return made


# bins: the edges of the training


def _is_binning(operation: Operation) -> bool:
    if not _is_pandas_call(operation) or operation.kwargs.get("retbins"):
        return False
    bins = operation.args[1] if len(operation.args) > 1 else None
    bins = operation.kwargs.get("bins", operation.kwargs.get("q", bins))
    return operation.name == "qcut" or isinstance(bins, int)


def _bins_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    made, edges = _again(operation, *operation.args, **{**operation.kwargs, "retbins": True})
    _same_rows(host, operation.args[0], made)
    lowest = operation.name == "qcut" or bool(operation.kwargs.get("include_lowest"))
    right = operation.name == "qcut" or bool(operation.kwargs.get("right", True))
    categories = getattr(getattr(made, "dtype", None), "categories", None)
    ordered = bool(getattr(getattr(made, "dtype", None), "ordered", False))
    noted = {"edges": edges, "right": right, "lowest": lowest}
    return made, {**noted, "categories": categories, "ordered": ordered}


def _bins_serve(host: Host, operation: Operation, noted: Any) -> Any:
    pandas = loaded("pandas")
    values = operation.args[0]
    codes = pandas.cut(
        values,
        noted["edges"],
        right=noted["right"],
        labels=False,
        include_lowest=noted["lowest"],
    )
    outside = pandas.isna(codes) & pandas.notna(values)
    host.refuse(values, outside, "a value lies outside the bins of the training")
    if noted["categories"] is None:
        made = codes
    else:
        numbers = pandas.Series(codes).fillna(-1).astype(int).to_numpy()
        dtype = pandas.CategoricalDtype(noted["categories"], noted["ordered"])
        made = pandas.Categorical.from_codes(numbers, dtype=dtype)
        if is_pandas(values):
            made = pandas.Series(made, index=values.index, name=values.name)
    _same_rows(host, values, made)
    return made


# categories: those of the training


def _is_categorical(value: Any) -> bool:
    pandas = loaded("pandas")
    return pandas is not None and isinstance(value, pandas.CategoricalDtype)


def _to_category(operation: Operation) -> bool:
    if operation.kind != "method" or not is_pandas(operation.receiver):
        return False
    wanted = operation.args[0] if operation.args else operation.kwargs.get("dtype")
    kinds = list(wanted.values()) if isinstance(wanted, dict) else [wanted]
    return any(isinstance(kind, str) and kind == "category" for kind in kinds)


def _category_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    made = host.quiet(operation)
    _same_rows(host, operation.receiver, made)
    if is_frame(made):
        return made, {"columns": dict(zip(made.columns, made.dtypes, strict=True))}
    return made, {"dtype": made.dtype}


def _category_serve(host: Host, operation: Operation, noted: Any) -> Any:
    before = operation.receiver
    made = before.astype(noted["columns"] if "columns" in noted else noted["dtype"])
    pairs = [(before[n], made[n]) for n in made.columns] if is_frame(made) else [(before, made)]
    for old, new in pairs:
        if _is_categorical(new.dtype):
            unseen = (new.isna() & old.notna()).to_numpy()
            host.refuse(before, unseen, f"the value of {new.name} did not occur in training")
    _same_rows(host, before, made)
    return made


def _factorize_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    values, _ = _subject(operation)
    codes, unique = host.quiet(operation)
    _same_rows(host, values, codes)
    return (codes, unique), {"unique": unique}


def _factorize_serve(host: Host, operation: Operation, noted: Any) -> Any:
    pandas = loaded("pandas")
    values, _ = _subject(operation)
    codes = pandas.Index(noted["unique"]).get_indexer(pandas.Index(values))
    missing = pandas.isna(values)
    codes[missing] = -1
    host.refuse(values, (codes < 0) & ~missing, "a value did not occur in training")
    _same_rows(host, values, codes)
    return codes, noted["unique"]


# group transform: key to value


def _is_grouped(operation: Operation) -> bool:
    return (
        operation.kind == "method"
        and type(operation.receiver).__name__ in ("SeriesGroupBy", "DataFrameGroupBy")
        and bool(operation.args)
        and isinstance(operation.args[0], str)
    )


def _group_keys(grouped: Any) -> list[Any]:
    import numpy

    grouper = getattr(grouped, "_grouper", None) or grouped.grouper
    columns = [numpy.asarray(part.grouping_vector, dtype=object) for part in grouper.groupings]
    return list(zip(*columns, strict=True)) if len(columns) > 1 else list(columns[0])


def _group_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    pandas = loaded("pandas")
    made = host.quiet(operation)
    _same_rows(host, operation.receiver, made)
    if is_frame(made):
        return made, None
    keys = pandas.Series(_group_keys(operation.receiver), dtype=object)
    pairs = pandas.DataFrame({"key": keys, "value": made.to_numpy()}).dropna(subset=["key"])
    unique = pairs.drop_duplicates()
    if unique["key"].duplicated().any():
        return made, None
    return made, {"keys": list(unique["key"]), "values": unique["value"].to_numpy()}


def _group_serve(host: Host, operation: Operation, noted: Any) -> Any:
    import numpy

    if noted is None:
        return host.quiet(operation)
    pandas = loaded("pandas")
    index = operation.receiver.obj.index
    places = {key: place for place, key in enumerate(noted["keys"])}
    found = numpy.array([places.get(key, -1) for key in _group_keys(operation.receiver)])
    made = pandas.Series(noted["values"][found], index=index, name=operation.receiver.obj.name)
    if (found < 0).any():
        made = made.where(found >= 0)
        host.refuse(operation.receiver, found < 0, "the group did not occur in training")
    _same_rows(host, operation.receiver, made)
    return made


# parts of a frame that the training's values chose


def _chooses_columns(operation: Operation) -> bool:
    if operation.kind != "method" or not is_frame(operation.receiver):
        return False
    axis = operation.kwargs.get("axis", operation.args[0] if operation.args else 0)
    inplace = operation.kwargs.get("inplace")
    return operation.name == "select_dtypes" or (axis in (1, "columns") and not inplace)


def _columns_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    made = host.quiet(operation)
    _same_rows(host, operation.receiver, made)
    return made, {"columns": made.columns}


def _columns_serve(host: Host, operation: Operation, noted: Any) -> Any:
    made = operation.receiver[noted["columns"]]
    _same_rows(host, operation.receiver, made)
    return made


def _on_pandas(operation: Operation) -> bool:
    return operation.kind == "method" and is_pandas(operation.receiver)


def _duplicated_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    made = host.quiet(operation)
    _same_rows(host, operation.receiver, made)
    return made, None


def _duplicated_serve(host: Host, operation: Operation, _: Any) -> Any:
    pandas = loaded("pandas")
    made = pandas.Series(False, index=operation.receiver.index)
    _same_rows(host, operation.receiver, made)
    return made


# order under a new index


def _renumbers(operation: Operation) -> bool:
    inplace = operation.kwargs.get("inplace")
    return _on_pandas(operation) and bool(operation.kwargs.get("ignore_index")) and not inplace


def _renumber_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    kwargs = {**operation.kwargs, "ignore_index": False}
    rows = host.tags.get(operation.receiver)
    old = operation.receiver.index
    made = _again(operation, *operation.args, **kwargs)
    places = old.get_indexer(made.index) if old.is_unique else None
    made = made.reset_index(drop=True)
    if rows is not None and places is not None:
        host.tags.put(made, rows.take(places))
    return made, None


def _renumber_serve(host: Host, operation: Operation, _: Any) -> Any:
    made = operation.receiver.reset_index(drop=True)
    _same_rows(host, operation.receiver, made)
    return made


# joining tables


def _lengthwise(operation: Operation) -> bool:
    axis = operation.kwargs.get("axis", operation.args[1] if len(operation.args) > 1 else 0)
    parts = operation.args[0] if operation.args else operation.kwargs.get("objs")
    if not isinstance(parts, (list, tuple)) or not parts:
        return False
    if operation.name == "hstack" and not _flat(parts[0]):
        return False
    return operation.module.startswith(("pandas", "numpy")) and axis in (0, "index")


def _flat(value: Any) -> bool:
    return len(getattr(value, "shape", (0,))) == 1


def _concat_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    import numpy

    parts = operation.args[0] if operation.args else operation.kwargs["objs"]
    made = host.quiet(operation)
    rows = [host.tags.get(part) for part in parts]
    known = [part for part in rows if part is not None]
    if len(known) == len(rows):
        host.tags.put(made, Rows(numpy.concatenate([part.numbers for part in known])))
    return made, None


def _concat_serve(host: Host, operation: Operation, _: Any) -> Any:
    """Join each served row once: a split passed it to both sides."""
    import numpy

    made, _ = _concat_fit(host, _without_gone(host, operation))
    rows = host.tags.get(made)
    if rows is None:
        return made
    first = numpy.unique(rows.numbers, return_index=True)[1]
    if len(first) == len(rows):
        return made
    first.sort()
    kept = made.iloc[first] if is_pandas(made) else made[first]
    host.tags.put(kept, rows.take(first))
    return kept


def _without_gone(host: Host, operation: Operation) -> Operation:
    """Leave out the parts that hold no served rows."""
    parts = operation.args[0] if operation.args else operation.kwargs["objs"]
    kept = [part for part in parts if host.tags.get(part) is not None]
    if not kept or len(kept) == len(parts):
        return operation
    args = ([*kept], *operation.args[1:])
    kwargs = {name: value for name, value in operation.kwargs.items() if name != "objs"}
    return Operation(
        operation.site,
        operation.kind,
        operation.name,
        operation.receiver,
        operation.func,
        args,
        kwargs,
    )


def _merges(operation: Operation) -> bool:
    return _on_pandas(operation) or operation.module.startswith("pandas")


def _merge_fit(host: Host, operation: Operation) -> tuple[Any, Any]:
    import numpy

    left, rest = _subject(operation)
    made = host.quiet(operation)
    rows = host.tags.get(left)
    if rows is None or not is_frame(left):
        return made, None
    marked = left.assign(**{_PLACE: numpy.arange(len(left))})
    kwargs = {**operation.kwargs}
    if operation.kind == "method":
        twin = getattr(marked, operation.name)(*rest, **kwargs)
    else:
        twin = operation.func(marked, *rest, **kwargs)
    places = twin[_PLACE]
    if len(twin) == len(made) and not places.isna().any():
        host.tags.put(made, rows.take(places.to_numpy().astype(int)))
    return made, None


def _merge_serve(host: Host, operation: Operation, _: Any) -> Any:
    return _merge_fit(host, operation)[0]


def _same_rows(host: Host, before: Any, after: Any) -> None:
    rows = host.tags.get(before)
    if rows is not None:
        host.tags.put(
            after,
            Rows(
                rows.numbers,
                getattr(after, "index", None) if is_pandas(after) else rows.index,
                rows.predicted,
            ),
        )


_ALL = (
    Special("train_test_split", _is_split, _positions, _pass_all),
    Special("shuffle", _is_split, _positions, _pass_all),
    Special("resample", _is_split, _positions, _pass_all),
    Special("get_dummies", _is_pandas_call, _dummies_fit, _dummies_serve),
    Special("cut", _is_binning, _bins_fit, _bins_serve),
    Special("qcut", _is_binning, _bins_fit, _bins_serve),
    Special("astype", _to_category, _category_fit, _category_serve),
    Special("factorize", _merges, _factorize_fit, _factorize_serve),
    Special("transform", _is_grouped, _group_fit, _group_serve),
    Special("dropna", _chooses_columns, _columns_fit, _columns_serve),
    Special("select_dtypes", _chooses_columns, _columns_fit, _columns_serve),
    Special("duplicated", _on_pandas, _duplicated_fit, _duplicated_serve),
    Special("sort_values", _renumbers, _renumber_fit, _renumber_serve),
    Special("sample", _renumbers, _renumber_fit, _renumber_serve),
    Special("concat", _lengthwise, _concat_fit, _concat_serve, order=True),
    Special("concatenate", _lengthwise, _concat_fit, _concat_serve, order=True),
    Special("vstack", _lengthwise, _concat_fit, _concat_serve, order=True),
    Special("hstack", _lengthwise, _concat_fit, _concat_serve, order=True),
    Special("merge", _merges, _merge_fit, _merge_serve, order=True),
    Special("join", _merges, _merge_fit, _merge_serve, order=True),
)
SPECIALS = {special.name: special for special in _ALL}


def special_for(operation: Operation) -> Special | None:
    """Return the special call that this operation is, if any."""
    found = SPECIALS.get(operation.name)
    if found is None or operation.kind not in ("call", "method"):
        return None
    return found if found.applies(operation) else None
