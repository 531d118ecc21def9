"""Which Arrow types a table keeps, how others become one of them, and how a batch fits a table."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cookhouse.errors import Invalid

ROW = "_row"
_SMALL_UNSIGNED = {pa.uint8(): pa.int16(), pa.uint16(): pa.int32(), pa.uint32(): pa.int64()}


def storable(kind: Any, path: str) -> Any:
    """Return the type under which values of `kind` are kept.

    Times are kept to the microsecond, which is what Delta has; finer digits are cut.
    Raises `Invalid`, naming the field, for what Delta has no type for.
    """
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    if pa.types.is_dictionary(kind):
        return storable(kind.value_type, path)
    if pa.types.is_nested(kind):
        return _nested(kind, path)
    return _plain(kind, path)


def _nested(kind: Any, path: str) -> Any:
    if pa.types.is_struct(kind):
        return pa.struct(
            [pa.field(f.name, storable(f.type, f"{path}.{f.name}")) for f in kind.fields]
        )
    if pa.types.is_map(kind):
        value = storable(kind.item_type, f"{path}.value")
        return pa.map_(storable(kind.key_type, f"{path}.key"), value)
    if pa.types.is_union(kind):
        raise Invalid(f"The field “{path}” holds values of several kinds: make it one kind.")
    return pa.list_(storable(kind.value_type, path))


def _plain(kind: Any, path: str) -> Any:
    types = pa.types
    if types.is_timestamp(kind):
        return pa.timestamp("us", tz="UTC" if kind.tz else None)
    if kind in _SMALL_UNSIGNED:
        return _SMALL_UNSIGNED[kind]
    if types.is_uint64(kind):
        return pa.int64()
    if types.is_null(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_time(kind):
        return pa.string()
    if types.is_float16(kind):
        return pa.float32()
    if types.is_date(kind):
        return pa.date32()
    if types.is_decimal(kind):
        return pa.decimal128(min(kind.precision, 38), kind.scale)
    binary = (types.is_large_binary, types.is_fixed_size_binary, types.is_binary_view)
    if any(test(kind) for test in binary):
        return pa.binary()
    if types.is_duration(kind) or types.is_interval(kind):
        raise Invalid(f"The field “{path}” holds durations, which cannot be kept: use seconds.")
    return kind


def storable_schema(schema: Any) -> Any:
    """Return the schema that a table made from such rows has, without the hidden row number.

    Raises `Invalid` for names that a table cannot have: twice, in two cases, empty, reserved.
    """
    seen: dict[str, str] = {}
    fields = []
    for number, field in enumerate(schema, 1):
        if not field.name:
            raise Invalid(f"Column {number} has no name: give it one.")
        if field.name.lower() == ROW:
            raise Invalid(f"The name “{field.name}” is taken for row numbers: rename the column.")
        twin = seen.setdefault(field.name.lower(), field.name)
        if len(seen) < number:
            both = f"“{twin}” and “{field.name}”" if twin != field.name else f"“{twin}” twice"
            raise Invalid(f"There are the columns {both}: names must differ in more than case.")
        fields.append(pa.field(field.name, storable(field.type, field.name)))
    return pa.schema(fields)


def agree(first: Any, second: Any, path: str, where: str) -> Any:
    """Return the type that holds the values of both, as of two files of one batch.

    Raises `Invalid`, naming the field and the file `where` the second stands, if there is none.
    """
    if first == second or pa.types.is_null(second):
        return first
    if pa.types.is_null(first):
        return second
    if pa.types.is_struct(first) and pa.types.is_struct(second):
        return _agree_structs(first, second, path, where)
    if pa.types.is_list(first) and pa.types.is_list(second):
        return pa.list_(agree(first.value_type, second.value_type, path, where))
    wider = _wider(first, second)
    if wider is None:
        raise Invalid(
            f"{where}: “{path}” holds {type_name(second)} where {type_name(first)} was before.",
            field=path,
        )
    return wider


def _agree_structs(first: Any, second: Any, path: str, where: str) -> Any:
    kinds = {f.name: f.type for f in first.fields}
    for f in second.fields:
        old = kinds.get(f.name)
        kinds[f.name] = f.type if old is None else agree(old, f.type, f"{path}.{f.name}", where)
    return pa.struct([pa.field(name, kind) for name, kind in kinds.items()])


def _wider(first: Any, second: Any) -> Any:
    types = pa.types
    if types.is_integer(first) and types.is_integer(second):
        return first if first.bit_width >= second.bit_width else second
    numeric = [types.is_integer(k) or types.is_floating(k) for k in (first, second)]
    if all(numeric):
        return pa.float64()
    if {True} == {types.is_date(k) or types.is_timestamp(k) for k in (first, second)}:
        return first if types.is_timestamp(first) else second
    return None


def type_name(kind: Any) -> str:
    """Name a type in the words that the schema page uses."""
    types = pa.types
    if types.is_string(kind) or types.is_large_string(kind):
        return "string"
    if types.is_boolean(kind):
        return "bool"
    if types.is_floating(kind):
        return f"float{kind.bit_width}"
    if types.is_date(kind):
        return "date"
    if types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if types.is_binary(kind) or types.is_large_binary(kind):
        return "binary"
    if types.is_struct(kind):
        return "struct"
    if types.is_map(kind):
        return f"map<{type_name(kind.key_type)}, {type_name(kind.item_type)}>"
    if types.is_list(kind) or types.is_large_list(kind):
        return f"list<{type_name(kind.value_type)}>"
    return str(kind)
