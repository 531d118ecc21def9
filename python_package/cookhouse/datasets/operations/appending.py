"""Appending: rows in, one commit out, exactly once a batch id."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.transaction import AddAction

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.arrow_types import ROW
from cookhouse.errors import NotFound

ROWS_A_FILE = 2_000_000
ROWS_A_GROUP = 100_000
FILES_BEFORE_COMPACTION = 100


@dataclass(frozen=True)
class Origin:
    """Where a batch comes from; it is written into the commit that adds the batch."""

    batch: str
    source: str
    job: str = ""
    who: str = ""


@dataclass
class _Writer:
    """Writes record batches, numbered from `row` on, as the Parquet files of one commit."""

    folder: Path
    token: str
    schema: Any
    row: int
    rows: int = 0
    size: int = 0
    actions: list[Any] = field(default_factory=list)
    _file: Any = None
    _name: str = ""
    _first: int = 0

    def add(self, batch: Any) -> None:
        """Write one record batch, which has the table's columns without the row number."""
        if batch.num_rows == 0:
            return
        if self._file is None:
            self._open()
        numbers = pa.array(np.arange(self.row, self.row + batch.num_rows, dtype="int64"))
        self._file.write_batch(
            pa.record_batch([numbers, *batch.columns], schema=self.schema),
            row_group_size=ROWS_A_GROUP,
        )
        self.row += batch.num_rows
        self.rows += batch.num_rows
        if self.row - self._first >= ROWS_A_FILE:
            self.close()

    def _open(self) -> None:
        self._name = f"{self.token}-{len(self.actions):05d}.parquet"
        self._first = self.row
        self._file = pq.ParquetWriter(
            self.folder / self._name, self.schema, compression="zstd", write_page_index=True
        )

    def close(self) -> None:
        """Finish the open file and note what the commit has to say of it."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        status = (self.folder / self._name).stat()
        self.size += status.st_size
        statistics = {
            "numRecords": self.row - self._first,
            "minValues": {ROW: self._first},
            "maxValues": {ROW: self.row - 1},
            "nullCount": {ROW: 0},
        }
        moment = int(status.st_mtime * 1000)
        self.actions.append(
            AddAction(self._name, status.st_size, {}, moment, True, json.dumps(statistics))
        )


def append(
    workspace: Path, name: str, schema: Any, batches: Iterable[Any], origin: Origin, create: bool
) -> dict[str, Any]:
    """Add record batches that already have the schema to a dataset, as one batch.

    The caller must not hold the lock. Answers `{batch, rows, size, version, already}`; `already`
    says that a batch of this id had been committed before and nothing was added now.
    """
    with lake.writing(workspace, name) as folder:
        return append_locked(folder, schema, batches, origin, create)


def append_locked(
    folder: Path, schema: Any, batches: Iterable[Any], origin: Origin, create: bool
) -> dict[str, Any]:
    """Do the same while the lock is held."""
    table = lake.find_table(folder.parent.parent, folder.name)
    if table is None:
        if not create:
            raise NotFound(f"There is no dataset “{folder.name}”: make it first.")
        return _first_batch(folder, schema, batches, origin)
    done = committed(table, origin.batch)
    if done is not None:
        return done | {"already": True}
    result = _commit(folder, table, batches, origin)
    _tidy(folder)
    return result


def _first_batch(
    folder: Path, schema: Any, batches: Iterable[Any], origin: Origin
) -> dict[str, Any]:
    """Make the table beside its place and move it there when its first batch is in."""
    making = folder.parent / ".making" / f"{folder.name}@{uuid.uuid4().hex}"
    making.mkdir(parents=True, mode=0o700)
    full = pa.schema([pa.field(ROW, pa.int64()), *schema])
    try:
        table = DeltaTable.create(str(making), schema=full, configuration=dict(lake.SETTINGS))
        result = _commit(making, table, batches, origin)
        if folder.exists():
            # Only what is no table stands here: an earlier make that was cut short by hand.
            folder.rename(folder.parent / ".making" / f"{folder.name}@old-{uuid.uuid4().hex}")
        making.rename(folder)
    except BaseException:
        lake.sweep(folder)
        raise
    return result


def _commit(folder: Path, table: Any, batches: Iterable[Any], origin: Origin) -> dict[str, Any]:
    token = uuid.uuid4().hex
    schema = pa.schema(table.schema())
    with lake.pending(folder, token):
        writer = _Writer(folder, token, schema, next_row(table))
        for batch in batches:
            writer.add(batch)
        writer.close()
        facts = {
            "batch": origin.batch,
            "source": origin.source,
            "job": origin.job,
            "who": origin.who,
            "rows": writer.rows,
            "size": writer.size,
            "first": writer.row - writer.rows,
        }
        table.create_write_transaction(
            writer.actions,
            "append",
            table.schema(),
            commit_properties=CommitProperties(
                custom_metadata={"cookhouse": json.dumps(facts)},
                app_transactions=[Transaction(origin.batch, writer.rows)],
            ),
        )
    version = DeltaTable(str(folder)).version()
    return {
        "batch": origin.batch,
        "rows": writer.rows,
        "size": writer.size,
        "version": version,
        "already": False,
    }


def committed(table: Any, batch: str) -> dict[str, Any] | None:
    """Find the commit of a batch id; None if there is none."""
    if table.transaction_version(batch) is None:
        return None
    for commit in history(table):
        if commit["batch"] == batch:
            return {key: commit[key] for key in ("batch", "rows", "size", "version")}
    # Its commit is known but its words are not: another tool cleaned the log.
    rows = table.transaction_version(batch)
    return {"batch": batch, "rows": rows, "size": 0, "version": table.version()}


def history(table: Any) -> list[dict[str, Any]]:
    """List the commits that added a batch, newest first: facts, version and time (ms)."""
    return [
        json.loads(entry["cookhouse"])
        | {"version": entry["version"], "timestamp": entry["timestamp"]}
        for entry in table.history()
        if "cookhouse" in entry
    ]


def files_of(table: Any) -> list[dict[str, Any]]:
    """Return for each file of a version its rows and the first and last row number in it."""
    actions = pa.table(table.get_add_actions(flatten=True))
    names = set(actions.schema.names)
    columns = ["num_records", "size_bytes", f"min.{ROW}", f"max.{ROW}"]
    values = [actions.column(c).to_pylist() if c in names else [] for c in columns]
    return [
        {"rows": rows, "size": size, "first": first, "last": last}
        for rows, size, first, last in zip(*values, strict=False)
    ]


def next_row(table: Any) -> int:
    """Return the number that the next row gets."""
    return max((file["last"] + 1 for file in files_of(table)), default=0)


def _tidy(folder: Path) -> None:
    """Join small files when they are many; readers of older versions still find the old ones."""
    table = DeltaTable(str(folder))
    files = files_of(table)
    small = [file for file in files if file["size"] < 32 * 1024 * 1024]
    if len(small) >= FILES_BEFORE_COMPACTION:
        compact(table)


def compact(table: Any) -> None:
    """Join files; the rows stay the same and their numbers keep their order."""
    table.optimize.compact()


def disk_size(folder: Path) -> int:
    """Sum the bytes of a table's files on disk, older versions and log included."""
    return sum(
        entry.stat().st_size
        for root, _, names in os.walk(folder)
        for entry in (Path(root) / name for name in names)
    )
