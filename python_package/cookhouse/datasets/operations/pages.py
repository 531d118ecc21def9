"""Pages of rows, in the rows' order or another, filtered or not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import files_of
from cookhouse.datasets.operations.arrow_types import ROW, type_name
from cookhouse.datasets.operations.tables import column, flat_names, public_schema
from cookhouse.datasets.operations.values import json_column


def rows(
    workspace: str,
    name: str,
    *,
    offset: int = 0,
    limit: int = 100,
    columns: str | None = None,
    sort: str | None = None,
    filter: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Answer `{columns: [{name, type}], rows, offset, total}`; nested fields get dotted names."""
    table = lake.find_table(Path(workspace), name, version)
    if table is None:
        return {"columns": [], "rows": [], "offset": offset, "total": 0}
    schema = public_schema(table)
    wanted = _wanted(columns) or [leaf for leaf, _ in flat_names(schema)]
    expressions = [column(schema, each, name).alias(each) for each in wanted]
    frame = pl.scan_delta(table)
    if filter:
        frame = frame.filter(_holds(schema, name, filter))
    if sort or filter:
        page, total = _searched(frame, schema, name, sort, offset, limit)
    else:
        page, total = _numbered(frame, table, offset, limit)
    # Nested values are taken by Arrow: polars hands out maps as lists of pairs.
    result = page.select(expressions).to_arrow()
    types = [_type(schema, each) for each in wanted]
    lists = [json_column(result.column(number)) for number in range(len(wanted))]
    return {
        "columns": [{"name": n, "type": t} for n, t in zip(wanted, types, strict=True)],
        "rows": [list(values) for values in zip(*lists, strict=True)],
        "offset": offset,
        "total": total,
    }


def _wanted(columns: str | None) -> list[str]:
    # Names may hold commas themselves: such a name stands in double quotes.
    return next(csv.reader([columns]), []) if columns else []


def _type(schema: Any, name: str) -> str:
    if name in schema.names:
        return type_name(schema.field(name).type)
    leaves = dict(flat_names(schema))
    return type_name(leaves[name]) if name in leaves else "struct"


def _holds(schema: Any, name: str, needle: str) -> Any:
    texts = [leaf for leaf, kind in flat_names(schema) if pa.types.is_string(kind)]
    if not texts:
        return pl.lit(False)
    lowered = [column(schema, text, name).str.to_lowercase() for text in texts]
    tests = [text.str.contains(needle.lower(), literal=True) for text in lowered]
    return pl.any_horizontal([test.fill_null(False) for test in tests])


def _searched(
    frame: Any, schema: Any, name: str, sort: str | None, offset: int, limit: int
) -> tuple[Any, int]:
    total = frame.select(pl.len()).collect().item()
    if not sort:
        return frame.sort(ROW).slice(offset, limit).collect(), total
    descending = sort.startswith("-") and sort not in schema.names
    key = column(schema, sort[1:] if descending else sort, name)
    ordered = frame.sort(
        [key, pl.col(ROW)], descending=[descending, False], nulls_last=[True, False]
    )
    return ordered.slice(offset, limit).collect(), total


def _numbered(frame: Any, table: Any, offset: int, limit: int) -> tuple[Any, int]:
    """Take a page as a range of row numbers, which reads only the row groups that hold it."""
    files = files_of(table)
    total = sum(file["rows"] for file in files)
    last = max((file["last"] for file in files), default=-1)
    if last + 1 == total:
        inside = pl.col(ROW).is_between(offset, offset + limit - 1)
        return frame.filter(inside).sort(ROW).collect(), total
    return frame.sort(ROW).slice(offset, limit).collect(), total
