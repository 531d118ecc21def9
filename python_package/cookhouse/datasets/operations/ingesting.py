"""The body of `datasets.ingest`: files in, one batch out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import Origin, append_locked, committed
from cookhouse.datasets.operations.sources import File, open_source, read_all, shared_schema
from cookhouse.datasets.operations.tables import public_schema
from cookhouse.errors import Invalid


class Context(Protocol):
    """The part of a job's context that the bodies here use."""

    id: str
    arguments: dict[str, Any]
    workspace: Path
    folder: Path

    def progress(self, step: str, fraction: float | None = None) -> None:
        """Say what is being done."""

    def still_current(self) -> None:
        """Raise when another attempt has taken over."""


def ingest(context: Context) -> dict[str, Any]:
    """Add the files of a job's arguments to its dataset.

    Arguments: `{dataset, batch, files: [{path, name}], format, create, source,
    who}`.
    Answers `{batch, rows, size, version, already}`.
    """
    given = context.arguments
    files = [File(Path(each["path"]), each["name"]) for each in given["files"]]
    origin = Origin(given["batch"], given["source"], context.id, given.get("who", ""))

    def told(rows: int) -> None:
        context.progress(f"{rows:,} rows read")

    context.progress("Waiting for other writers")
    with lake.writing(context.workspace, given["dataset"]) as folder:
        table = lake.find_table(context.workspace, given["dataset"])
        done = committed(table, origin.batch) if table is not None else None
        if done is not None:
            return done | {"already": True}
        context.progress("Looking at the files")
        sources = [open_source(file, given.get("format")) for file in files]
        schema = shared_schema(sources, public_schema(table) if table is not None else None)
        context.still_current()
        rows = _counted(read_all(sources, schema, told), [file.name for file in files], context)
        return append_locked(folder, schema, rows, origin, create=True)


def _counted(batches: Iterator[Any], names: list[str], context: Context) -> Iterator[Any]:
    """Hand the batches through; refuse none at all, and stop at the end when superseded."""
    total = 0
    for batch in batches:
        total += batch.num_rows
        yield batch
    if total == 0:
        raise Invalid(f"{', '.join(names[:5])}: there are no rows below the header to add.")
    context.still_current()
