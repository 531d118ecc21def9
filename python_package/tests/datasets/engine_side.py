"""Runs in the engine's interpreter for the tests: one JSON request a line, one JSON answer a line.

A request is `[function, arguments]`; a failure is answered as `{"failure": code, "message": …}`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import polars as pl
import pyarrow as pa

from cookhouse.datasets import operations
from cookhouse.datasets.operations import appending, lake
from cookhouse.datasets.operations.luma.making import blocks
from cookhouse.errors import Failure


def ingest(
    workspace: str, dataset: str, batch: str, files: list[str], form: str | None = None
) -> Any:
    """Run the body of an ingest job."""
    context = SimpleNamespace(
        id="job", workspace=Path(workspace), folder=Path(workspace),
        arguments={"dataset": dataset, "batch": batch, "source": "test", "format": form,
                   "files": [{"path": path, "name": Path(path).name} for path in files]},
        progress=lambda *told: None, still_current=lambda: None,
    )  # fmt: skip
    return operations.ingest(context)


def append(
    workspace: str, name: str, batch: str, columns: dict[str, list[Any]], **more: Any
) -> Any:
    """Append columns of plain values."""
    table = pa.table(columns)
    return operations.append_frame(Path(workspace), name, table, batch=batch, source="test", **more)


def read(workspace: str, name: str, version: int | None = None) -> Any:
    """Export a dataset and return its columns, the row numbers among them."""
    path = Path(workspace) / "export.parquet"
    operations.export(Path(workspace), name, path=path, version=version)
    return pl.read_parquet(path).to_dict(as_series=False)


def page(workspace: str, name: str, **query: Any) -> Any:
    """Read a page, with the number of files that the table has."""
    answer = operations.OPERATIONS["rows"](workspace, name, **query)
    return answer | {"files": len(lake.open_table(Path(workspace), name).file_uris())}


def append_odd_values(workspace: str, name: str) -> Any:
    """Append a row of values that JSON has no form for, and a plain one."""
    moment = datetime(2024, 1, 2, 3, 4, 5)
    table = pa.table(
        {
            "big": pa.array([2**53 + 1, 1]),
            "nan": pa.array([float("nan"), 0.5]),
            "naive": pa.array([moment.replace(microsecond=6), None]),
            "aware": pa.array([moment.replace(tzinfo=UTC), None]),
            "day": pa.array([moment.date(), None]),
            "raw": pa.array([b"\x00\x01", None]),
            "exact": pa.array([Decimal("1.10"), None]),
            "map": pa.array([[("k", [1])], None], pa.map_(pa.string(), pa.list_(pa.int64()))),
            "list": pa.array([[2**53 + 1, None], None]),
            "inf": pa.array([float("inf"), 0.0]),
        }
    )
    return operations.append_frame(Path(workspace), name, table, batch="odd", source="test")


def compact(workspace: str, name: str) -> Any:
    """Join a table's files and return how many there are after it."""
    table = lake.open_table(Path(workspace), name)
    appending.compact(table)
    return len(lake.open_table(Path(workspace), name).file_uris())


def files(workspace: str, name: str) -> Any:
    """Return the Parquet files on disk and those that some version of the table names."""
    folder = lake.folder_of(Path(workspace), name)
    table = lake.find_table(Path(workspace), name)
    named: set[str] = set()
    for version in range(table.version() + 1) if table else ():
        old = lake.open_table(Path(workspace), name, version)
        named |= {Path(uri).name for uri in old.file_uris()}
    return {
        "disk": sorted(path.name for path in folder.glob("*.parquet")),
        "named": sorted(named),
        "making": sorted(path.name for path in (folder.parent / ".making").glob("*")),
        "pending": sorted(path.name for path in folder.glob("_pending/*")),
    }


def killed(workspace: str, name: str, batch: str, when: str) -> Any:
    """Start an append and end this process by SIGKILL before, during or after its commit."""

    def batches() -> Iterator[Any]:
        schema = pa.schema([pa.field("a", pa.int64())])
        for number in range(3):
            yield pa.record_batch([pa.array([number] * 1_000)], schema=schema)
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)

    if when == "after":
        lake.pending = _dying(lake.pending)
    origin = appending.Origin(batch, "test")
    schema = pa.schema([pa.field("a", pa.int64())])
    return appending.append(Path(workspace), name, schema, batches(), origin, create=True)


def _dying(pending: Any) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def wrapped(folder: Path, token: str) -> Iterator[None]:
        with pending(folder, token):
            yield
            # The commit stands and its marker is not cleared yet.
            os.kill(os.getpid(), signal.SIGKILL)

    return wrapped


def hammer(workspace: str, name: str, writer: int, batches: int, acknowledged: str) -> Any:
    """Append batches one after another; note each in a file once it is acknowledged."""
    for number in range(batches):
        batch = f"{writer}-{number}"
        append(workspace, name, batch, {"writer": [writer] * 50, "number": [number] * 50})
        with Path(acknowledged).open("a") as file:
            file.write(f"{batch}\n")
            file.flush()
            os.fsync(file.fileno())
    return batches


def memory_of_ingest(workspace: str, dataset: str, path: str) -> Any:
    """Ingest and return the failure's words and by how many bytes memory grew at most."""
    peak, done = [_resident()], threading.Event()

    def watch() -> None:
        while not done.is_set():
            peak[0] = max(peak[0], _resident())
            time.sleep(0.01)

    before = _resident()
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        ingest(workspace, dataset, "b", [path])
        words = ""
    except Failure as failure:
        words = failure.message
    finally:
        done.set()
        watcher.join()
    return {"message": words, "grown": peak[0] - before}


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def sample_digest(rows: int, seed: int) -> Any:
    """Return sizes and a digest of each of the sample's tables."""
    found = list(blocks(rows, seed))
    tables = [pl.concat([pl.from_arrow(block[number]) for block in found]) for number in range(3)]
    return [[len(table), table.hash_rows(seed=1).sum()] for table in tables]


def sample_facts(rows: int, seed: int) -> Any:
    """Return facts of the sample that make it a believable problem."""
    found = list(blocks(rows, seed))
    events = pl.concat([pl.from_arrow(block[0]) for block in found])
    training = pl.concat([pl.from_arrow(block[1]) for block in found])
    scoring = pl.concat([pl.from_arrow(block[2]) for block in found])
    events = events.with_columns(visitor=pl.col("visitor").struct.field("id"))
    cutoff = pl.datetime(2026, 2, 16, time_unit="us")
    late = events.filter(
        (pl.col("timestamp") >= cutoff) & (pl.col("eventType").str.ends_with("purchases"))
    )
    early = events.filter(pl.col("timestamp") < cutoff)
    counts = early.group_by("visitor").len()
    joined = training.join(counts, left_on="visitor_id", right_on="visitor")
    buyers = set(late["visitor"].to_list())
    return {
        "events": len(events),
        "ids": events["_id"].n_unique(),
        "ordered": training["ordered"].mean(),
        "target_is_later": training["ordered"].to_list()
        == [int(v in buyers) for v in training["visitor_id"]],
        "features_are_earlier": joined["page_views"].to_list() == joined["len"].to_list(),
        "shared": len(set(training["visitor_id"]) & set(scoring["visitor_id"])),
        "scoring_columns": scoring.columns,
        "missing": {c: training[c].null_count() / len(training) for c in training.columns},
        "signal": training.select(pl.corr("product_views", "ordered")).item(),
        "mean_events": len(events) / events["visitor"].n_unique(),
    }


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        function, arguments = json.loads(line)
        try:
            answer = globals()[function](**arguments)
        except Failure as failure:
            answer = {"failure": failure.code, "message": failure.message}
        except Exception as error:
            answer = {"crash": repr(error)}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
