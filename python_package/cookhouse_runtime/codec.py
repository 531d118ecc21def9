"""Memory as plain data: JSON, with larger arrays as `.npy` files beside it. Never pickle."""

from __future__ import annotations

import base64
import math
from pathlib import Path
from typing import Any

from .failure import RecipeError

_INLINE = 64
_KIND = "$"


class Encoder:
    """Turns remembered values into JSON; arrays go to `folder`, numbered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._count = 0

    def encode(self, value: Any) -> Any:
        """Return JSON data; raises `RecipeError` for what has no plain form."""
        if value is None or isinstance(value, (bool, str)) or type(value) is int:
            return value
        if type(value) is float:
            return value if math.isfinite(value) else {_KIND: "float", "v": repr(value)}
        made = self._builtin(value) or self._numpy(value) or self._pandas(value)
        if made is None:
            kind = f"{type(value).__module__}.{type(value).__qualname__}"
            raise RecipeError(f"a value of type {kind} cannot be stored without pickle")
        return made

    def _builtin(self, value: Any) -> Any:
        if isinstance(value, (list, tuple, set, frozenset)):
            kind = next(t for t in (list, tuple, set, frozenset) if isinstance(value, t)).__name__
            return {_KIND: kind, "v": [self.encode(part) for part in value]}
        if isinstance(value, dict):
            pairs = [[self.encode(k), self.encode(v)] for k, v in value.items()]
            return {_KIND: "dict", "v": pairs}
        if isinstance(value, bytes):
            return {_KIND: "bytes", "v": base64.b64encode(value).decode()}
        if isinstance(value, complex):
            return {_KIND: "complex", "v": [value.real, value.imag]}
        if isinstance(value, (range, slice)):
            parts = [value.start, value.stop, value.step]
            return {_KIND: type(value).__name__, "v": [self.encode(part) for part in parts]}
        return None

    def _numpy(self, value: Any) -> Any:
        import numpy

        if isinstance(value, numpy.dtype):
            return {_KIND: "dtype", "v": value.str}
        if isinstance(value, numpy.generic) and value.dtype.kind in "biufcMmSU":
            return {_KIND: "numpy", "d": value.dtype.str, "v": self._cells(value.reshape(1))}
        if isinstance(value, numpy.ndarray):
            return self._array(value)
        return None

    def _array(self, value: Any) -> Any:
        import numpy

        if value.dtype.kind == "O" or (value.size <= _INLINE and value.dtype.kind in "biufUMm"):
            shape = list(value.shape)
            return {_KIND: "array", "d": value.dtype.str, "s": shape, "v": self._cells(value)}
        if self._folder is None:
            raise RecipeError("an array is too large for this place")
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{self._count}.npy"
        self._count += 1
        numpy.save(self._folder / name, value, allow_pickle=False)
        return {_KIND: "file", "v": name}

    def _cells(self, value: Any) -> Any:
        flat = value.ravel()
        if flat.dtype.kind in "Mm":
            return flat.astype("int64").tolist()
        return [self.encode(part) for part in flat.tolist()]

    def _pandas(self, value: Any) -> Any:
        import pandas

        if value is pandas.NaT or value is pandas.NA:
            return {_KIND: "missing", "v": "NaT" if value is pandas.NaT else "NA"}
        if isinstance(value, pandas.Timestamp):
            zone = str(value.tz) if value.tz else None
            return {_KIND: "timestamp", "v": value.value, "u": value.unit, "z": zone}
        if isinstance(value, pandas.Timedelta):
            return {_KIND: "timedelta", "v": value.value}
        if isinstance(value, pandas.Interval):
            ends = [self.encode(value.left), self.encode(value.right)]
            return {_KIND: "interval", "v": ends, "c": value.closed}
        if isinstance(value, pandas.CategoricalDtype):
            return {_KIND: "category", "v": self.encode(value.categories), "o": value.ordered}
        if isinstance(value, pandas.api.extensions.ExtensionDtype):
            return {_KIND: "extension", "v": str(value)}
        if isinstance(value, pandas.Series):
            parts = {"n": self.encode(value.name), "i": self.encode(value.index)}
            return {_KIND: "series", "v": self._column(value.array), **parts}
        if isinstance(value, pandas.DataFrame):
            columns = [self._column(value.iloc[:, n].array) for n in range(value.shape[1])]
            parts = {"n": self.encode(value.columns), "i": self.encode(value.index)}
            return {_KIND: "frame", "v": columns, **parts}
        if isinstance(value, pandas.Index):
            return self._index(value)
        if isinstance(value, pandas.api.extensions.ExtensionArray):
            return {_KIND: "values", "v": self._column(value)}
        return None

    def _index(self, value: Any) -> Any:
        import pandas

        if isinstance(value, pandas.RangeIndex):
            parts = [value.start, value.stop, value.step]
            return {_KIND: "rangeindex", "v": parts, "n": self.encode(value.name)}
        if isinstance(value, pandas.MultiIndex):
            levels = [self.encode(value.get_level_values(n)) for n in range(value.nlevels)]
            return {_KIND: "multiindex", "v": levels, "n": self.encode(list(value.names))}
        return {_KIND: "index", "v": self._column(value.array), "n": self.encode(value.name)}

    def _column(self, values: Any) -> Any:
        import numpy
        import pandas

        dtype = values.dtype
        if isinstance(dtype, numpy.dtype):
            return {"d": self.encode(dtype), "v": self._array(numpy.asarray(values))}
        if isinstance(dtype, pandas.CategoricalDtype):
            codes = numpy.asarray(values.codes)
            return {"d": self.encode(dtype), "v": self._array(codes)}
        cells = [None if pandas.isna(v) else self.encode(v) for v in values]
        return {"d": self.encode(dtype), "v": {_KIND: "list", "v": cells}}


def encode(value: Any, folder: Path | None = None) -> Any:
    """Return JSON data for one value; arrays too large for JSON go to `folder`."""
    return Encoder(folder).encode(value)


def decode(data: Any, folder: Path) -> Any:
    """Return the value that `encode` made this of; `folder` holds the arrays."""
    if not isinstance(data, dict):
        return data
    return _DECODERS[data[_KIND]](data, folder)


def _many(data: Any, folder: Path) -> list[Any]:
    return [decode(part, folder) for part in data["v"]]


def _flat(data: Any, folder: Path) -> Any:
    import numpy

    dtype = numpy.dtype(data["d"])
    if dtype.kind in "Mm":
        return numpy.array(data["v"], dtype="int64").astype(dtype)
    cells = [decode(part, folder) for part in data["v"]]
    if dtype.kind != "O":
        return numpy.array(cells, dtype=dtype)
    made = numpy.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        made[place] = cell
    return made


def _file(data: Any, folder: Path) -> Any:
    import numpy

    name = data["v"]
    if not str(name).removesuffix(".npy").isdigit():
        raise RecipeError("the model folder names a file outside of itself")
    return numpy.load(folder / name, allow_pickle=False)


def _columns(column: Any, folder: Path) -> Any:
    import pandas

    dtype = decode(column["d"], folder)
    values = decode(column["v"], folder)
    if isinstance(dtype, pandas.CategoricalDtype):
        return pandas.Categorical.from_codes(values, dtype=dtype)
    if isinstance(values, list):
        return pandas.array(values, dtype=dtype)
    return values


def _series(data: Any, folder: Path) -> Any:
    import pandas

    name, index = decode(data["n"], folder), decode(data["i"], folder)
    return pandas.Series(_columns(data["v"], folder), index=index, name=name)


def _frame(data: Any, folder: Path) -> Any:
    import pandas

    index, names = decode(data["i"], folder), decode(data["n"], folder)
    columns = {n: _columns(column, folder) for n, column in enumerate(data["v"])}
    made = pandas.DataFrame(columns, index=index)
    made.columns = names
    return made


def _index_of(data: Any, folder: Path) -> Any:
    import pandas

    kind, name = data[_KIND], decode(data["n"], folder)
    if kind == "rangeindex":
        return pandas.RangeIndex(*data["v"], name=name)
    if kind == "multiindex":
        return pandas.MultiIndex.from_arrays(_many(data, folder), names=name)
    return pandas.Index(_columns(data["v"], folder), name=name)


def _category(data: Any, folder: Path) -> Any:
    import pandas

    return pandas.CategoricalDtype(decode(data["v"], folder), data["o"])


def _extension(data: Any, _: Path) -> Any:
    import pandas

    return pandas.api.types.pandas_dtype(data["v"])


def _dtype(data: Any, _: Path) -> Any:
    import numpy

    return numpy.dtype(data["v"])


def _timestamp(data: Any, _: Path) -> Any:
    import pandas

    made = pandas.Timestamp(data["v"]).as_unit(data["u"])
    return made.tz_localize("UTC").tz_convert(data["z"]) if data["z"] else made


def _timedelta(data: Any, _: Path) -> Any:
    import pandas

    return pandas.Timedelta(data["v"])


def _interval(data: Any, folder: Path) -> Any:
    import pandas

    return pandas.Interval(*_many(data, folder), closed=data["c"])


def _missing(data: Any, _: Path) -> Any:
    import pandas

    return pandas.NaT if data["v"] == "NaT" else pandas.NA


_DECODERS: dict[str, Any] = {
    "float": lambda data, _: float(data["v"]),
    "list": _many,
    "tuple": lambda data, folder: tuple(_many(data, folder)),
    "set": lambda data, folder: set(_many(data, folder)),
    "frozenset": lambda data, folder: frozenset(_many(data, folder)),
    "dict": lambda data, folder: {decode(k, folder): decode(v, folder) for k, v in data["v"]},
    "bytes": lambda data, _: base64.b64decode(data["v"]),
    "complex": lambda data, _: complex(*data["v"]),
    "range": lambda data, folder: range(*_many(data, folder)),
    "slice": lambda data, folder: slice(*_many(data, folder)),
    "dtype": _dtype,
    "numpy": lambda data, folder: _flat(data, folder)[0],
    "array": lambda data, folder: _flat(data, folder).reshape(data["s"]),
    "file": _file,
    "missing": _missing,
    "timestamp": _timestamp,
    "timedelta": _timedelta,
    "interval": _interval,
    "category": _category,
    "extension": _extension,
    "series": _series,
    "frame": _frame,
    "rangeindex": _index_of,
    "multiindex": _index_of,
    "index": _index_of,
    "values": lambda data, folder: _columns(data["v"], folder),
}
