"""Rows as the plain columns that kernels take, and the way back. See `client/cookhouse/frames`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cookhouse.datasets.operations.values import json_column
from cookhouse.errors import Invalid

MISSING = np.iinfo(np.int64).min


def columns_of(frame: Any) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Return a polars frame as columns and buffers.

    Whole numbers with gaps become floats and truth values with gaps objects, as in pandas.
    """
    table = frame.to_arrow()
    columns: list[dict[str, Any]] = []
    buffers: list[bytes] = []
    for name, chunks in zip(table.column_names, table.columns, strict=True):
        column, buffer = _parts(
            chunks.combine_chunks() if chunks.num_chunks != 1 else chunks.chunk(0)
        )
        columns.append({"name": name, **column})
        if buffer is not None:
            buffers.append(buffer)
    return columns, buffers


def _parts(column: Any) -> tuple[dict[str, Any], bytes | None]:
    kind, gaps = column.type, column.null_count > 0
    types = pa.types
    if types.is_integer(kind) and gaps:
        return _raw(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False))
    if types.is_integer(kind) or types.is_floating(kind) or (types.is_boolean(kind) and not gaps):
        return _raw(column.to_numpy(zero_copy_only=False))
    if types.is_timestamp(kind) or types.is_date(kind):
        zone = getattr(kind, "tz", None)
        moments = column.cast(pa.timestamp("us", tz=zone)).cast(pa.int64()).fill_null(int(MISSING))
        return {"kind": "moment", "zone": zone}, moments.to_numpy(zero_copy_only=False).tobytes()
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        coded = column.cast(pa.large_string()).dictionary_encode()
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype("<i4")
        return {"kind": "text", "words": coded.dictionary.to_pylist()}, codes.tobytes()
    values = json_column(column)
    if types.is_decimal(kind):
        return {"kind": "json", "values": values, "decode": "decimal"}, None
    if types.is_binary(kind) or types.is_large_binary(kind):
        return {"kind": "json", "values": values, "decode": "bytes"}, None
    return {"kind": "json", "values": values}, None


def _raw(values: Any) -> tuple[dict[str, Any], bytes]:
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return {"kind": "raw", "dtype": little.dtype.str}, little.tobytes()


def table_of(columns: list[dict[str, Any]], buffers: list[bytes]) -> Any:
    """Return the Arrow table of columns and buffers; NaN and NaT are gaps."""
    left = iter(buffers)
    names = [column["name"] for column in columns]
    return pa.table([_array(column, left) for column in columns], names=names)


def _array(column: dict[str, Any], buffers: Any) -> Any:
    kind = column["kind"]
    if kind == "raw":
        return pa.array(np.frombuffer(next(buffers), column["dtype"]), from_pandas=True)
    if kind == "moment":
        values = np.frombuffer(next(buffers), "<i8")
        moments = pa.array(values, mask=values == MISSING)
        return moments.cast(pa.timestamp("us", tz=column.get("zone")))
    if kind == "text":
        codes = np.frombuffer(next(buffers), "<i4")
        indices = pa.array(codes, mask=codes < 0)
        return pc.take(pa.array(column["words"], pa.string()), indices)
    try:
        return pa.array(column["values"])
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        raise Invalid(
            f"The column “{column['name']}” holds values of different kinds: make them one kind, "
            "or text."
        ) from None
