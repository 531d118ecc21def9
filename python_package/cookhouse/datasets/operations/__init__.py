"""The engine's side of datasets: tables in Delta, named operations, bodies of job kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import Origin, append_locked, committed
from cookhouse.datasets.operations.arrow_types import storable_schema
from cookhouse.datasets.operations.columns import table_of
from cookhouse.datasets.operations.describing import describe, remove, schema
from cookhouse.datasets.operations.fitting import check_names, fit
from cookhouse.datasets.operations.ingesting import ingest
from cookhouse.datasets.operations.pages import rows
from cookhouse.datasets.operations.sampling import reset, sample
from cookhouse.datasets.operations.tables import export, public_schema


def write(
    workspace: str, name: str, columns: list[dict[str, Any]], batch: str, source: str, who: str = ""
) -> dict[str, Any]:
    """Add plain columns (see `client/cookhouse/frames`; kind `json`) as one batch."""
    table = table_of(columns, [])
    return append_frame(Path(workspace), name, table, batch=batch, source=source, who=who)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "rows": rows,
    "schema": schema,
    "describe": describe,
    "remove": remove,
    "write": write,
}


def append_frame(
    workspace: Path,
    name: str,
    table_or_path: Any,
    *,
    batch: str,
    source: str,
    create: bool = True,
    job: str = "",
    who: str = "",
) -> dict[str, Any]:
    """Add an Arrow table, or the rows of a Parquet file, to a dataset as one batch, exactly once.

    A second call with the same `batch` adds nothing and answers what the first one did, with
    `already` true. A missing dataset is made if `create` is set. The columns must be those of the
    dataset (order does not matter); `Invalid` names the field that does not fit. Answers
    `{batch, rows, size, version, already}`.
    """
    origin = Origin(batch, source, job, who)
    with lake.writing(Path(workspace), name) as folder:
        table = lake.find_table(Path(workspace), name)
        done = committed(table, batch) if table is not None else None
        if done is not None:
            return done | {"already": True}
        given, batches = _open(table_or_path)
        kept = storable_schema(given) if table is None else public_schema(table)
        check_names(given, kept, source, lenient=False)
        return append_locked(folder, kept, _fitted(batches, kept, source), origin, create)


def _open(table_or_path: Any) -> tuple[Any, Any]:
    if isinstance(table_or_path, (str, Path)):
        file = pq.ParquetFile(table_or_path)
        return file.schema_arrow, file.iter_batches(65_536)
    table = table_or_path if isinstance(table_or_path, pa.Table) else pa.table(table_or_path)
    return table.schema, table.to_batches(max_chunksize=65_536)


def _fitted(batches: Any, schema: Any, where: str) -> Any:
    first = 1
    for batch in batches:
        yield fit(batch, schema, where, first)
        first += batch.num_rows


__all__ = ["OPERATIONS", "append_frame", "export", "ingest", "reset", "sample"]
