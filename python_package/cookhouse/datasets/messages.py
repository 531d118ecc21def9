"""Messages about datasets, their schemas, batches and rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from cookhouse.floor.messages import ListQuery, Message, Name, Page, Path, Text

Format = Literal["csv", "json", "jsonl", "parquet"]
BatchState = Literal["loading", "active", "failed", "deleted"]


class SchemaField(Message):
    """One field; `path` is dotted, `fields` are those of a struct (or of a list's items)."""

    name: str
    path: str
    type: str
    nullable: bool = True
    description: str = ""
    identity: bool = False
    mark: Literal["feature", "target"] | None = None
    fields: list[SchemaField] = []


class Schema(Message):
    """The fields of a dataset as a tree; `leaves` counts its columns without children."""

    dataset: str
    version: int
    fields: list[SchemaField]
    leaves: int
    etag: str


class FieldNote(Message):
    """What a person says of a field."""

    path: Path
    description: Text | None = None
    identity: bool | None = None
    mark: Literal["feature", "target", "none"] | None = None


class AnnotateSchema(Message):
    """Notes to store on a schema's fields."""

    notes: list[FieldNote] = Field(min_length=1, max_length=500)


class Batch(Message):
    """One atomic addition; `source` names the file, notebook, run or scoring it came from."""

    id: str
    dataset: str
    state: BatchState
    rows: int = 0
    size: int = 0
    created: datetime
    source: str = ""
    who: str = ""
    reason: str | None = None
    version: int | None = None
    job: str | None = None


class Dataset(Message):
    """A named table with a schema. `size` is in bytes; `sample` names the sample it is part of."""

    name: Name
    description: str = ""
    tags: list[str] = []
    rows: int = 0
    size: int = 0
    version: int | None = None
    batches: int = 0
    last_batch: Batch | None = None
    profile: bool = False
    sample: str | None = None
    created: datetime
    updated: datetime
    etag: str


class DatasetQuery(ListQuery):
    """Filters of the list of datasets."""

    tag: str | None = Field(None, max_length=80)


class CreateDataset(Message):
    """Make an empty dataset; its first batch gives its schema."""

    name: Name
    description: Text = ""
    tags: list[Text] = []


class ChangeDataset(Message):
    """Change what is said of a dataset."""

    description: Text | None = None
    tags: list[Text] | None = None


class Ingest(Message):
    """Add files as one batch: finished uploads, or files below the Jupyter server's root.

    With `create`, a missing dataset is made; it is gone again when the batch fails.
    """

    uploads: list[str] = Field([], max_length=1_000)
    paths: list[Path] = Field([], max_length=1_000)
    format: Format | None = None
    create: bool = True
    description: Text = ""


class RowsQuery(Message):
    """A page of rows in their order.

    `columns` is a comma-separated list, `sort` a column (with `-` before it for descending),
    `filter` keeps rows in which any text column holds it.
    """

    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=1, le=1_000)
    columns: str | None = Field(None, max_length=10_000)
    sort: str | None = Field(None, max_length=300)
    filter: str | None = Field(None, max_length=200)


class Column(Message):
    """A column of a page of rows; nested fields stand under dotted names."""

    name: str
    type: str


class Rows(Message):
    """A page of rows, values as JSON; `total` counts the rows that the filter keeps."""

    columns: list[Column]
    rows: list[list[Any]]
    offset: int
    total: int


class MakeSample(Message):
    """Make a sample: `rows` web events from `seed`; notebooks go into `folder`.

    `folder` is relative to the Jupyter server's root. What already stands is left alone, so that
    pressing twice makes nothing twice.
    """

    rows: int = Field(20_000, ge=1_000, le=100_000_000)
    seed: int = Field(7, ge=0, le=2**31 - 1)
    folder: str = Field("", max_length=1_000)


class ResetQuery(Message):
    """Where the sample's notebooks stand, relative to the Jupyter server's root."""

    folder: str = Field("", max_length=1_000)


DatasetPage = Page[Dataset]
BatchPage = Page[Batch]
