"""Parquet files as sources of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cookhouse.datasets.operations.sources import File
from cookhouse.errors import Invalid


class ParquetFile:
    """One Parquet file; nested columns, lists and maps are kept."""

    lenient = False

    def __init__(self, file: File) -> None:
        self.name = file.name
        self.path = file.path

    def _open(self) -> Any:
        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowInvalid, OSError) as error:
            raise self._broken(error) from None

    def _broken(self, error: Exception, row: int | None = None) -> Invalid:
        where = f"{self.name}" if row is None else f"{self.name}, after row {row}"
        text = str(error)
        if "magic bytes" in text or "footer" in text.lower() or "too small" in text:
            return Invalid(
                f"{where}: this is not a whole Parquet file (its end is missing or wrong): "
                "copy it again from where it came."
            )
        return Invalid(f"{where}: the Parquet file is damaged ({text.splitlines()[0][:200]}).")

    def schema(self, table: Any | None) -> Any:
        """Return the schema that the file carries."""
        return self._open().schema_arrow

    def batches(self, schema: Any) -> Iterator[Any]:
        """Read the file row group by row group."""
        row = 0
        try:
            for batch in self._open().iter_batches(65_536):
                yield batch
                row += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise self._broken(error, row) from None
