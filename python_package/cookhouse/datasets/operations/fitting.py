"""Casting rows to the schema of the table that they join, without loss."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cookhouse.datasets.operations.arrow_types import type_name
from cookhouse.errors import Invalid


def check_names(schema: Any, table: Any, where: str, lenient: bool) -> None:
    """Refuse fields that the table lacks and, unless lenient, those that the rows lack.

    Lenient is for JSON, where a field without a value is commonly left out.
    """
    known = set(table.names)
    for name in schema.names:
        if name not in known:
            raise Invalid(
                f"{where}: the dataset has no field “{name}”. Its fields are "
                f"{_some(table.names)}: rename or drop the column, or use another dataset.",
                field=name,
            )
    if lenient:
        return
    given = set(schema.names)
    for name in table.names:
        if name not in given:
            raise Invalid(
                f"{where}: the field “{name}” of the dataset is missing. Add the column "
                "(it may be empty), or use another dataset.",
                field=name,
            )


def _some(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:8])
    return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def fit(batch: Any, schema: Any, where: str, first: int) -> Any:
    """Return the record batch with exactly the schema's columns, in its order.

    `first` is the number of the batch's first row in its file, counted from 1, for the message.
    Raises `Invalid` naming file, row and column of the first value that would change.
    """
    arrays = []
    for field in schema:
        position = batch.schema.get_field_index(field.name)
        if position < 0:
            arrays.append(pa.nulls(batch.num_rows, field.type))
        else:
            arrays.append(_cast(batch.column(position), field, where, first))
    return pa.record_batch(arrays, schema=schema)


def _cast(column: Any, field: Any, where: str, first: int) -> Any:
    column = plain(column)
    if column.type == field.type:
        return column
    try:
        return cast(column, field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        row = _first_unfit(column, field.type)
    value = column[row].as_py()
    raise Invalid(
        f"{where}, row {first + row}: {value!r} in “{field.name}” is {type_name(column.type)} "
        f"and does not fit {type_name(field.type)}: mend the value, or use another dataset.",
        row=first + row,
        field=field.name,
    )


def plain(column: Any) -> Any:
    """Unwrap extension and dictionary arrays."""
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def cast(column: Any, kind: Any) -> Any:
    """Cast an array safely, but for the digits of time below the microsecond.

    Text becomes no number and no date here: a column of numbers that suddenly holds text is what
    the check is for.
    """
    source = column.type
    if pa.types.is_string(source) and not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)
    ):
        if column.null_count == len(column):
            return pa.nulls(len(column), kind)
        raise pa.ArrowTypeError("text")
    moments = pa.types.is_timestamp(source) and pa.types.is_timestamp(kind)
    if moments and (source.tz is None) == (kind.tz is None):
        return pc.cast(column, options=pc.CastOptions(kind, allow_time_truncate=True))
    if pa.types.is_struct(source) and pa.types.is_struct(kind):
        return _cast_struct(column, kind)
    if pa.types.is_list(source) and pa.types.is_list(kind):
        column = column if column.offset == 0 else pa.concat_arrays([column])
        values = cast(plain(column.values), kind.value_type)
        return pa.ListArray.from_arrays(column.offsets, values, type=kind, mask=_mask(column))
    return column.cast(kind)


def _mask(column: Any) -> Any:
    return column.is_null() if column.null_count else None


def _cast_struct(column: Any, kind: Any) -> Any:
    names = {f.name for f in kind.fields}
    extra = [f.name for f in column.type.fields if f.name not in names]
    if extra:
        raise pa.ArrowTypeError(f"no field {extra[0]}")
    children = []
    for f in kind.fields:
        position = column.type.get_field_index(f.name)
        if position < 0:
            children.append(pa.nulls(len(column), f.type))
        else:
            children.append(cast(plain(column.field(position)), f.type))
    return pa.StructArray.from_arrays(children, fields=list(kind.fields), mask=_mask(column))


def _first_unfit(column: Any, kind: Any) -> int:
    low, high = 0, len(column)
    while high - low > 1:
        middle = (low + high) // 2
        try:
            cast(column.slice(low, middle - low), kind)
            low = middle
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
            high = middle
    return low
