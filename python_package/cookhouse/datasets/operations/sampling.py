"""The bodies of `datasets.sample` and `datasets.reset`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import Origin, append_locked
from cookhouse.datasets.operations.arrow_types import storable_schema
from cookhouse.datasets.operations.fitting import fit
from cookhouse.datasets.operations.ingesting import Context
from cookhouse.datasets.operations.luma.making import SCORING, TRAINING, blocks, make

EVENTS = "luma-web-events"


def sample(context: Context) -> dict[str, Any]:
    """Make the tables of the sample that are not there yet.

    Arguments: `{rows, seed, source, who}`. Answers `{batches: [{dataset, batch, rows, …}]}`.
    """
    return {"batches": _made(context)}


def reset(context: Context) -> dict[str, Any]:
    """Take all tables of the sample away, `{datasets}`, and make them anew."""
    for name in context.arguments["datasets"]:
        context.progress(f"Taking {name} back")
        context.still_current()
        lake.remove(context.workspace, name)
    return {"batches": _made(context)}


def _made(context: Context) -> list[dict[str, Any]]:
    given = context.arguments
    rows = int(given["rows"])
    if all(lake.find_table(context.workspace, name) for name in (EVENTS, TRAINING, SCORING)):
        return []

    def told(done: int) -> None:
        context.progress(f"{done:,} of {rows:,} events", 0.9 * done / rows)

    first = next(blocks(min(rows, 1_000), given["seed"]))[0].schema
    events = make(rows, given["seed"], context.folder, told)
    made = [_added(context, EVENTS, first, events)]
    # Where the events were there already, they are made once more for the rows that come of them.
    for _ in events:
        pass
    for name in (TRAINING, SCORING):
        path = context.folder / f"{name}.parquet"
        file = pq.ParquetFile(path)
        made.append(_added(context, name, file.schema_arrow, file.iter_batches(65_536)))
        path.unlink()
    return [batch for batch in made if batch is not None]


def _added(context: Context, name: str, schema: Any, batches: Any) -> dict[str, Any] | None:
    given = context.arguments
    batch = f"luma-{given['rows']}-{given['seed']}"
    origin = Origin(batch, given["source"], context.id, given.get("who", ""))
    kept = storable_schema(schema)
    with lake.writing(Path(context.workspace), name) as folder:
        if lake.find_table(context.workspace, name) is not None:
            return None
        context.still_current()
        fitted = (fit(each, kept, name, 1) for each in batches)
        return {"dataset": name, **append_locked(folder, kept, fitted, origin, create=True)}
