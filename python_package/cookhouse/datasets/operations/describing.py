"""What a dataset is: its fields as a tree, its size, its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import files_of, history
from cookhouse.datasets.operations.arrow_types import type_name
from cookhouse.datasets.operations.tables import public_schema


def schema(workspace: str, name: str) -> dict[str, Any]:
    """Answer `{version, fields, leaves}`; version -1 and no fields before the first batch.

    A field is `{name, path, type, nullable, fields}`. Items of a list stand below it directly,
    those of a map under `key` and `value`.
    """
    table = lake.find_table(Path(workspace), name)
    if table is None:
        return {"version": -1, "fields": [], "leaves": 0}
    fields = [_field(field, "") for field in public_schema(table)]
    return {"version": table.version(), "fields": fields, "leaves": sum(map(_leaves, fields))}


def _field(field: Any, prefix: str) -> dict[str, Any]:
    path = f"{prefix}{field.name}"
    return {
        "name": field.name,
        "path": path,
        "type": type_name(field.type),
        "nullable": field.nullable,
        "fields": [_field(child, f"{path}.") for child in _children(field.type)],
    }


def _children(kind: Any) -> list[Any]:
    if pa.types.is_struct(kind):
        return list(kind.fields)
    if pa.types.is_list(kind):
        return _children(kind.value_type)
    if pa.types.is_map(kind):
        key, value = pa.field("key", kind.key_type), pa.field("value", kind.item_type)
        return [key, value]
    return []


def _leaves(field: dict[str, Any]) -> int:
    return sum(map(_leaves, field["fields"])) or 1


def describe(workspace: str, name: str, since: int = -1) -> dict[str, Any]:
    """Answer `{version, rows, size, batches}`: the facts of the commits after version `since`.

    Batches come oldest first. Version -1 means that there is no table.
    """
    table = lake.find_table(Path(workspace), name)
    if table is None:
        return {"version": -1, "rows": 0, "size": 0, "batches": []}
    files = files_of(table)
    batches = [entry for entry in reversed(history(table)) if entry["version"] > since]
    return {
        "version": table.version(),
        "rows": sum(file["rows"] for file in files),
        "size": sum(file["size"] for file in files),
        "batches": batches,
    }


def remove(workspace: str, name: str) -> dict[str, Any]:
    """Delete a dataset's table with all its versions."""
    lake.remove(Path(workspace), name)
    return {}
