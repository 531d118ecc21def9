"""Values as JSON has them, without loss where JSON's numbers would lose."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

EXACT = 2**53


def json_column(column: Any) -> list[Any]:
    """Return an Arrow column as JSON values.

    NaN is null; whole numbers beyond 2^53, decimals and infinities are text; dates and times are
    ISO 8601, with `Z` where the zone is known; bytes are base64.
    """
    convert = _converter(column.type)
    values: list[Any] = column.to_pylist()
    if convert is None:
        return values
    return [None if value is None else convert(value) for value in values]


def _converter(kind: Any) -> Callable[[Any], Any] | None:
    types = pa.types
    if types.is_floating(kind):
        return _number
    if types.is_integer(kind):
        return _integer if kind.bit_width == 64 else None
    if types.is_boolean(kind) or types.is_string(kind) or types.is_large_string(kind):
        return None
    return _nested_converter(kind) if types.is_nested(kind) else json_value


def _nested_converter(kind: Any) -> Callable[[Any], Any]:
    if pa.types.is_map(kind):
        inner = _either(kind.item_type)
        return lambda pairs: {str(key): inner(value) for key, value in pairs}
    if pa.types.is_struct(kind):
        fields = {field.name: _either(field.type) for field in kind.fields}
        return lambda value: {name: convert(value[name]) for name, convert in fields.items()}
    inner = _either(kind.value_type)
    return lambda values: [inner(value) for value in values]


def _either(kind: Any) -> Callable[[Any], Any]:
    convert = _converter(kind)
    if convert is None:
        return lambda value: value
    found = convert
    return lambda value: None if value is None else found(value)


def json_value(value: Any) -> Any:
    """Return one plain Python value as a JSON value."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return _moment(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def _integer(value: int) -> int | str:
    return value if -EXACT <= value <= EXACT else str(value)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
