"""Reading whole versions: in row order, with picked columns, out to a file."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.arrow_types import ROW
from cookhouse.errors import NotFound


def scan(workspace: Path, name: str, version: int | None = None) -> tuple[Any, Any]:
    """Return a lazy frame of a dataset's version, its rows in any order, and the table."""
    table = lake.open_table(workspace, name, version)
    return pl.scan_delta(table), table


def flat_names(kind: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """List the leaves of a schema (or struct) as dotted names with their types.

    Lists and maps are leaves here: their length differs from row to row.
    """
    found: list[tuple[str, Any]] = []
    for field in kind if isinstance(kind, pa.Schema) else kind.fields:
        name = f"{prefix}{field.name}"
        if pa.types.is_struct(field.type) and field.type.num_fields:
            found += flat_names(field.type, f"{name}.")
        else:
            found.append((name, field.type))
    return found


def column(schema: Any, name: str, dataset: str) -> Any:
    """Return the polars expression of a column or a nested field by its dotted name."""
    if name in schema.names:
        return pl.col(name)
    expression: Any = None
    kind: Any = None
    rest = name
    for field in schema:
        if name.startswith(f"{field.name}.") and pa.types.is_struct(field.type):
            expression, kind, rest = pl.col(field.name), field.type, name[len(field.name) + 1 :]
            break
    while expression is not None:
        step = next((f for f in kind.fields if rest == f.name or _below(rest, f)), None)
        if step is None:
            break
        expression = expression.struct.field(step.name)
        if rest == step.name:
            return expression.alias(name)
        rest, kind = rest[len(step.name) + 1 :], step.type
    raise NotFound(f"The dataset “{dataset}” has no column “{name}”.", column=name)


def _below(rest: str, field: Any) -> bool:
    return rest.startswith(f"{field.name}.") and pa.types.is_struct(field.type)


def public_schema(table: Any) -> Any:
    """Return a table's Arrow schema without the hidden row number."""
    return pa.schema([f for f in pa.schema(table.schema()) if f.name != ROW])


def export(
    workspace: Path,
    name: str,
    *,
    path: Path,
    version: int | None = None,
    columns: list[str] | None = None,
    flatten: bool = False,
) -> dict[str, Any]:
    """Write a dataset's rows in their order to a Parquet file, `_row` as the first column.

    `columns` may hold dotted names of nested fields; `flatten` gives every nested field a column
    of its own under its dotted name. The file appears whole or not at all. Answers
    `{rows, version, columns}`.
    """
    frame, table = scan(workspace, name, version)
    schema = public_schema(table)
    if columns is None:
        columns = [leaf for leaf, _ in flat_names(schema)] if flatten else list(schema.names)
    wanted = [pl.col(ROW), *(column(schema, c, name) for c in columns if c != ROW)]
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        frame.select(wanted).sort(ROW).sink_parquet(part, compression="zstd")
        rows = pl.scan_parquet(part).select(pl.len()).collect().item()
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return {"rows": rows, "version": table.version(), "columns": columns}
