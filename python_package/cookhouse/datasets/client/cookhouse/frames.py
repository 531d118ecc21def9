"""Columns as plain buffers, and pandas frames from and to them; no Arrow is needed for it.

A column is `{name, kind, dtype, …}`: `raw` is a buffer of numpy's `dtype`; `moment` is one of
microseconds, with `zone` where there is one; `text` is one of codes (int32, -1 = missing) into
`words`; `json` holds its `values` itself.
"""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from .asking import CookhouseError

MISSING_MOMENT = -(2**63)


def build(columns: list[dict[str, Any]], buffers: list[bytes]) -> Any:
    """Make a pandas frame of columns; each has the dtype that pandas itself gives such values."""
    import pandas

    left = iter(buffers)
    made = {number: _column(column, left) for number, column in enumerate(columns)}
    frame = pandas.DataFrame(made)
    frame.columns = pandas.Index([column["name"] for column in columns])
    return frame


def _column(column: dict[str, Any], buffers: Any) -> Any:
    import numpy
    import pandas

    kind = column["kind"]
    if kind == "json":
        values = _decoded(column)
        made = numpy.empty(len(values), dtype=object)
        made[:] = values
        return pandas.Series(made, dtype=object)
    if kind == "raw":
        return pandas.Series(numpy.frombuffer(next(buffers), dtype=column["dtype"]).copy())
    if kind == "moment":
        moments = numpy.frombuffer(next(buffers), dtype="<i8").copy().view("datetime64[us]")
        series = pandas.Series(moments)
        zone = column.get("zone")
        return series.dt.tz_localize("UTC").dt.tz_convert(zone) if zone else series
    codes = numpy.frombuffer(next(buffers), dtype="<i4")
    words = numpy.empty(len(column["words"]) + 1, dtype=object)
    words[:-1] = column["words"]
    words[-1] = numpy.nan
    # From pandas 3 on, text is `str`; before, it is `object`.
    text = "str" if int(pandas.__version__.split(".")[0]) >= 3 else object
    return pandas.Series(words[codes], dtype=text)


def _decoded(column: dict[str, Any]) -> list[Any]:
    values = column["values"]
    if column.get("decode") == "decimal":
        return [None if value is None else Decimal(value) for value in values]
    if column.get("decode") == "bytes":
        return [None if value is None else base64.b64decode(value) for value in values]
    return list(values)


def take_apart(frame: Any) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Take a pandas frame (or series) apart into columns and buffers; a named index is a column."""
    if hasattr(frame, "to_frame") and getattr(frame, "ndim", 2) == 1:
        frame = frame.to_frame(frame.name if frame.name is not None else "value")
    if all(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    columns: list[dict[str, Any]] = []
    buffers: list[bytes] = []
    for number, name in enumerate(frame.columns):
        if isinstance(name, tuple):
            name = ".".join(str(part) for part in name)
        column, buffer = _parts(frame.iloc[:, number], str(name))
        columns.append({"name": str(name), **column})
        if buffer is not None:
            buffers.append(buffer)
    return columns, buffers


def _parts(series: Any, name: str) -> tuple[dict[str, Any], bytes | None]:
    import numpy

    dtype = series.dtype
    if str(dtype) == "category":
        series = series.astype(dtype.categories.dtype)
        dtype = series.dtype
    if isinstance(dtype, numpy.dtype) and dtype.kind in "biuf" and dtype.itemsize <= 8:
        values = numpy.ascontiguousarray(series.to_numpy())
        little = values.astype(values.dtype.newbyteorder("<"), copy=False)
        return {"kind": "raw", "dtype": little.dtype.str}, little.tobytes()
    if getattr(dtype, "kind", "") == "M":
        return _moment(series)
    return {"kind": "json", "values": _plain(series, name)}, None


def _moment(series: Any) -> tuple[dict[str, Any], bytes]:
    zone = getattr(series.dtype, "tz", None)
    if zone is not None:
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
    values = series.to_numpy().astype("datetime64[us]").view("<i8")
    return {"kind": "moment", "zone": "UTC" if zone is not None else None}, values.tobytes()


def _plain(series: Any, name: str) -> list[Any]:
    import pandas

    values: list[Any] = []
    for row, value in enumerate(series.tolist()):
        if pandas.api.types.is_scalar(value) and pandas.isna(value):
            values.append(None)
            continue
        try:
            values.append(_value(value))
        except TypeError:
            raise CookhouseError(
                f"Row {row} of “{name}” is a {type(value).__name__}, which no dataset can hold: "
                "make it text or numbers."
            ) from None
    return values


def _value(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if hasattr(value, "tolist"):
        return _value(value.tolist())
    if isinstance(value, dict):
        return {str(key): _value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(inner) for inner in value]
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(type(value).__name__)
