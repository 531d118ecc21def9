"""Endpoints of datasets, their batches, rows and schemas, and of the samples."""

from __future__ import annotations

from cookhouse.datasets.messages import (
    AnnotateSchema,
    BatchPage,
    ChangeDataset,
    CreateDataset,
    Dataset,
    DatasetPage,
    DatasetQuery,
    Ingest,
    MakeSample,
    ResetQuery,
    Rows,
    RowsQuery,
    Schema,
)
from cookhouse.floor.messages import Job, ListQuery
from cookhouse.http import Call, Routes

routes = Routes()


@routes.add("GET", "datasets", role="viewer", answer=DatasetPage, query=DatasetQuery)
def list_datasets(call: Call) -> DatasetPage:
    """List datasets."""
    return call.house.datasets.list(call.query)


@routes.add("POST", "datasets", role="author", answer=Dataset, body=CreateDataset, status=201,
            location="datasets/{name}")  # fmt: skip
def create_dataset(call: Call) -> Dataset:
    """Make an empty dataset."""
    return call.house.datasets.create(call.body, call.user)


@routes.add("GET", "datasets/{name}", role="viewer", answer=Dataset)
def show_dataset(call: Call) -> Dataset:
    """Show one dataset."""
    return call.house.datasets.show(call.path["name"])


@routes.add("PATCH", "datasets/{name}", role="author", answer=Dataset, body=ChangeDataset)
def change_dataset(call: Call) -> Dataset:
    """Change a dataset's description and tags."""
    return call.house.datasets.change(call.path["name"], call.body, call.headers.get("if-match"))


@routes.add("DELETE", "datasets/{name}", role="author", answer=None)
def delete_dataset(call: Call) -> None:
    """Delete a dataset with its rows."""
    call.house.datasets.delete(call.path["name"])


@routes.add("GET", "datasets/{name}/batches", role="viewer", answer=BatchPage, query=ListQuery)
def list_batches(call: Call) -> BatchPage:
    """List a dataset's batches, newest first, failed ones among them."""
    return call.house.datasets.batches(call.path["name"], call.query)


@routes.add("POST", "datasets/{name}/batches", role="author", answer=Job, body=Ingest, status=202,
            location="jobs/{id}")  # fmt: skip
def ingest(call: Call) -> Job:
    """Add files to a dataset as one batch."""
    key = call.headers.get("idempotency-key")
    return call.house.datasets.ingest(call.path["name"], call.body, call.user, key)


@routes.add("GET", "datasets/{name}/rows", role="viewer", answer=Rows, query=RowsQuery)
def read_rows(call: Call) -> Rows:
    """Read a page of rows in their order."""
    return call.house.datasets.rows(call.path["name"], call.query)


@routes.add("GET", "datasets/{name}/schema", role="viewer", answer=Schema)
def show_schema(call: Call) -> Schema:
    """Show a dataset's fields as a tree."""
    return call.house.datasets.schema(call.path["name"])


@routes.add("PATCH", "datasets/{name}/schema", role="author", answer=Schema, body=AnnotateSchema)
def annotate_schema(call: Call) -> Schema:
    """Describe and mark fields."""
    return call.house.datasets.annotate(call.path["name"], call.body, call.headers.get("if-match"))


@routes.add("POST", "datasets/samples/{name}", role="author", answer=Job, body=MakeSample,
            status=202, location="jobs/{id}")  # fmt: skip
def make_sample(call: Call) -> Job:
    """Make a sample: its datasets and its notebooks."""
    return call.house.samples.make(call.path["name"], call.body, call.user)


@routes.add("DELETE", "datasets/samples/{name}", role="author", answer=Job, query=ResetQuery,
            status=202, location="jobs/{id}")  # fmt: skip
def reset_sample(call: Call) -> Job:
    """Bring a sample back to its first state."""
    return call.house.samples.reset(call.path["name"], call.query.folder, call.user)
