"""Files to ingest: what is known of each, and rows out of all of them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from cookhouse.datasets.operations.arrow_types import agree, storable, storable_schema
from cookhouse.datasets.operations.fitting import check_names, fit
from cookhouse.errors import Invalid

SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip


class Source(Protocol):
    """One file that can be read more than once."""

    name: str
    lenient: bool

    def schema(self, table: Any | None) -> Any:
        """Say the file's columns and types, leaning on those of the table it will join."""

    def batches(self, schema: Any) -> Iterator[Any]:
        """Read the file as record batches; types may still have to be fitted to `schema`."""


@dataclass(frozen=True)
class File:
    """A file on disk and the name under which its owner knows it."""

    path: Path
    name: str


Opener = Callable[[File], Source]


def format_of(file: File, given: str | None) -> str:
    """Return the format of a file: the given one, or what its name ends with."""
    if given:
        return given
    found = SUFFIXES.get(Path(file.name).suffix.lower())
    if found is None:
        raise Invalid(
            f"{file.name}: Cookhouse reads CSV, JSON, JSON Lines and Parquet, "
            "told by .csv, .json, .jsonl and .parquet: rename the file or say its format."
        )
    return found


def open_source(file: File, given: str | None) -> Source:
    """Open one file by its format; `Invalid` if it is empty or not there."""
    from cookhouse.datasets.operations.csv_files import CsvFile
    from cookhouse.datasets.operations.json_files import JsonFile
    from cookhouse.datasets.operations.parquet_files import ParquetFile

    if not file.path.is_file():
        raise Invalid(f"{file.name} is not there any more: choose it again.")
    if file.path.stat().st_size == 0:
        raise Invalid(f"{file.name} is empty: there is nothing to add.")
    openers: dict[str, Opener] = {
        "csv": CsvFile, "json": JsonFile, "jsonl": JsonFile, "parquet": ParquetFile,
    }  # fmt: skip
    return openers[format_of(file, given)](file)


def shared_schema(sources: list[Source], table: Any | None) -> Any:
    """Return the schema that the batch is kept under.

    That of the table, if there is one; else what the files agree upon. `Invalid` names the field
    and the file that does not fit.
    """
    first = sources[0]
    whole = _storable(first, first.schema(table))
    if table is not None:
        check_names(whole, table, first.name, first.lenient)
    for source in sources[1:]:
        other = _storable(source, source.schema(table))
        if table is not None:
            check_names(other, table, source.name, source.lenient)
        else:
            whole = _together(whole, other, source)
    if table is not None:
        return table
    return pa.schema([pa.field(f.name, storable(f.type, f.name)) for f in whole])


def _storable(source: Source, schema: Any) -> Any:
    try:
        kept = storable_schema(schema)
    except Invalid as error:
        raise Invalid(f"{source.name}: {error.message}", **error.detail) from None
    # A column that is empty throughout takes the type that another file has for it.
    pairs = zip(schema, kept, strict=True)
    return pa.schema([old if pa.types.is_null(old.type) else new for old, new in pairs])


def _together(whole: Any, other: Any, source: Source) -> Any:
    if not source.lenient:
        check_names(other, whole, source.name, lenient=False)
    kinds = {f.name: f.type for f in whole}
    for f in other:
        old = kinds.get(f.name)
        kinds[f.name] = f.type if old is None else agree(old, f.type, f.name, source.name)
    return pa.schema([pa.field(name, kind) for name, kind in kinds.items()])


def read_all(
    sources: list[Source], schema: Any, progress: Callable[[int], None] | None = None
) -> Iterator[Any]:
    """Read the files one after another as record batches of the schema."""
    total = 0
    for source in sources:
        row = 1
        for batch in source.batches(schema):
            yield fit(batch, schema, source.name, row)
            row += batch.num_rows
            total += batch.num_rows
            if progress is not None:
                progress(total)
