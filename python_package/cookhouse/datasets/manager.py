"""Datasets: list, show, make, change, delete; their batches, rows and schemas."""

from __future__ import annotations

import builtins
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from cookhouse.datasets.annotations import annotated, noted
from cookhouse.datasets.messages import (
    AnnotateSchema,
    BatchPage,
    ChangeDataset,
    CreateDataset,
    Dataset,
    DatasetPage,
    DatasetQuery,
    Ingest,
    Rows,
    RowsQuery,
    Schema,
)
from cookhouse.datasets.reconciler import Reconciler
from cookhouse.datasets.store import BatchRow, DatasetRow, loading, message_of, version_on_disk
from cookhouse.errors import Changed, Conflict, Invalid, NotFound, Taken
from cookhouse.floor.database import now
from cookhouse.floor.jobs import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import NAME_PATTERN, Job, ListQuery
from cookhouse.floor.pages import page_of
from cookhouse.floor.paths import below

if TYPE_CHECKING:
    from cookhouse.house import House

SORTABLE = {
    "name": DatasetRow.name, "rows": DatasetRow.rows, "size": DatasetRow.size,
    "created": DatasetRow.created, "updated": DatasetRow.updated,
}  # fmt: skip
SORTABLE_BATCHES = {
    "created": BatchRow.created, "rows": BatchRow.rows, "state": BatchRow.state,
    "source": BatchRow.source,
}  # fmt: skip
READ_SECONDS = 120.0


class Datasets:
    """All datasets of a workspace."""

    def __init__(self, house: House) -> None:
        self.workspace = house.workspace
        self.database = house.database
        self.ledger = house.ledger
        self.engine = house.engine
        self.jobs = house.jobs
        self.uploads = house.uploads
        self.changes = house.changes
        self.root_dir = house.root_dir
        self.reconciler = Reconciler(house)
        body = "cookhouse.datasets.operations:ingest"
        self.jobs.register(JobKind(name="datasets.ingest", body=body, finish=self._ingested))

    def list(self, query: DatasetQuery) -> DatasetPage:
        """List datasets by name, or as the query sorts them."""
        self.reconciler.catch_up()
        found = select(DatasetRow)
        if query.tag:
            # Tags are short words in a JSON list; the quotes keep `ab` from finding `abc`.
            tagged = cast(DatasetRow.tags, String).contains(f'"{query.tag}"', autoescape=True)
            found = found.where(tagged)
        with self.database.read() as session:
            searched = [DatasetRow.name, DatasetRow.description, cast(DatasetRow.tags, String)]
            rows, beyond, total = page_of(
                session, found, query, sortable=SORTABLE, searched=searched, sort="name"
            )
            items = [message_of(session, row) for row in rows]
            return DatasetPage(items=items, next=beyond, total=total)

    def show(self, name: str) -> Dataset:
        """Show one dataset. Raises `NotFound`."""
        self.reconciler.catch_up(_named(name))
        with self.database.read() as session:
            return message_of(session, self.row(session, name))

    def row(self, session: Session, name: str) -> DatasetRow:
        """Return a dataset's row. Raises `NotFound`."""
        row = session.get(DatasetRow, name)
        if row is None:
            raise NotFound(f"There is no dataset “{name}”: it may have been deleted.")
        return row

    def create(self, wanted: CreateDataset, who: str) -> Dataset:
        """Make an empty dataset. Raises `Taken`."""
        self.reconciler.catch_up(wanted.name)
        with self.database.write() as session:
            self.make_row(session, wanted.name, wanted.description, wanted.tags)
            self.changes.touch_in(session, "datasets")
        return self.show(wanted.name)

    def make_row(
        self, session: Session, name: str, description: str = "", tags: Sequence[str] = ()
    ) -> DatasetRow:
        """Add a dataset in the caller's transaction. Raises `Taken`, also for another case."""
        for known in session.scalars(select(DatasetRow.name)):
            # Names are folders, and some disks do not tell `Luma` from `luma`.
            if known.lower() == name.lower():
                raise Taken(f"There is a dataset “{known}” already: choose another name.")
        row = DatasetRow(name=name, description=description, tags=list(tags), notes={})
        session.add(row)
        session.flush()
        return row

    def change(self, name: str, wanted: ChangeDataset, if_match: str | None) -> Dataset:
        """Change what is said of a dataset. Raises `Changed` when it is not at `if_match`."""
        with self.database.write() as session:
            row = self.row(session, name)
            check_match(row, if_match)
            if wanted.description is not None:
                row.description = wanted.description
            if wanted.tags is not None:
                row.tags = wanted.tags
            row.revision += 1
            row.updated = now()
            self.changes.touch_in(session, "datasets")
        return self.show(name)

    def delete(self, name: str) -> None:
        """Delete a dataset with its rows. Raises `Conflict` while a batch is being added."""
        with self.database.read() as session:
            self.row(session, name)
            busy = loading(session, name)
            if busy:
                raise Conflict(
                    f"A batch is being added to “{name}”: wait for it or cancel its job.",
                    job=busy[0].job,
                )
        if version_on_disk(self.workspace.datasets / name) is not None:
            self.engine.call("datasets.remove", workspace=str(self.workspace.root), name=name)
        with self.database.write() as session:
            row = session.get(DatasetRow, name)
            if row is not None:
                session.delete(row)
            self.ledger.forget(session, f"datasets/{name}")
            self.changes.touch_in(session, "datasets")

    def batches(self, name: str, query: ListQuery) -> BatchPage:
        """List a dataset's batches, newest first."""
        self.reconciler.catch_up(_named(name))
        with self.database.read() as session:
            self.row(session, name)
            rows, beyond, total = page_of(
                session, select(BatchRow).where(BatchRow.dataset == name), query,
                sortable=SORTABLE_BATCHES, sort="-created",
                searched=[BatchRow.id, BatchRow.source, BatchRow.who, BatchRow.reason],
            )  # fmt: skip
            return BatchPage(items=[row.message() for row in rows], next=beyond, total=total)

    def rows(self, name: str, query: RowsQuery) -> Rows:
        """Read a page of rows in their order."""
        with self.database.read() as session:
            self.row(session, name)
        answer = self.engine.call(
            "datasets.rows", timeout=READ_SECONDS, workspace=str(self.workspace.root), name=name,
            **query.model_dump(),
        )  # fmt: skip
        return Rows.model_validate(answer)

    def schema(self, name: str) -> Schema:
        """Show a dataset's fields with what people said of them."""
        tree = self._tree(name)
        with self.database.read() as session:
            row = self.row(session, name)
            return annotated(name, tree, row.notes, str(row.revision))

    def _tree(self, name: str) -> dict[str, Any]:
        with self.database.read() as session:
            self.row(session, name)
        workspace = str(self.workspace.root)
        answer: dict[str, Any] = self.engine.call("datasets.schema", workspace=workspace, name=name)
        return answer

    def annotate(self, name: str, wanted: AnnotateSchema, if_match: str | None) -> Schema:
        """Store notes on fields. Raises `Invalid` for a field that is not there."""
        tree = self._tree(name)
        with self.database.write() as session:
            row = self.row(session, name)
            check_match(row, if_match)
            row.notes = noted(name, tree, row.notes, wanted)
            row.revision += 1
            row.updated = now()
            self.changes.touch_in(session, "datasets")
        return self.schema(name)

    def ingest(self, name: str, wanted: Ingest, who: str, key: str | None) -> Job:
        """Add files as one batch; answers the job that does it."""
        files = [self._uploaded(upload) for upload in wanted.uploads]
        for path in wanted.paths:
            files.append({"path": str(self._below_root(path)), "name": Path(path).name})
        return self.ingest_files(
            name, files, who, key=key, form=wanted.format, create=wanted.create,
            description=wanted.description,
        )  # fmt: skip

    def ingest_files(
        self,
        name: str,
        files: builtins.list[dict[str, str]],
        who: str,
        *,
        key: str | None = None,
        form: str | None = None,
        create: bool = True,
        description: str = "",
    ) -> Job:
        """Add files on this machine, `{path, name}` each, as one batch."""
        if not files:
            raise Invalid("There is no file to add: choose one or more.")
        self.reconciler.catch_up(_named(name))
        # The same request sent twice is the same batch.
        unique = f"{name}:{who}:{key}" if key else uuid.uuid4().hex
        batch = uuid.uuid5(uuid.NAMESPACE_OID, unique).hex
        source = ", ".join(file["name"] for file in files)[:500]
        with self.database.write() as session:
            row = session.get(DatasetRow, name)
            if row is None and not create:
                raise NotFound(f"There is no dataset “{name}”: make it first.")
            if row is None:
                row = self.make_row(session, name, description)
                row.maker = batch
            job = self.jobs.enqueue(
                session, kind="datasets.ingest", title=f"Add {source[:80]} to {name}",
                subject=("datasets", name), who=who, key=key and f"{name}:{key}",
                arguments={"dataset": name, "batch": batch, "files": files, "format": form,
                           "source": source, "who": who},
            )  # fmt: skip
            if session.get(BatchRow, (name, batch)) is None:
                session.add(
                    BatchRow(dataset=name, id=batch, state="loading", source=source, who=who,
                             job=job.id)
                )  # fmt: skip
            self.changes.touch_in(session, "datasets")
        self.jobs.wake()
        return job

    def _uploaded(self, upload: str) -> dict[str, str]:
        path, name = self.uploads.path(upload), self.uploads.show(upload).name
        return {"path": str(path), "name": name, "upload": upload}

    def _below_root(self, path: str) -> Path:
        full = below(self.root_dir, path)
        if not full.is_file():
            raise NotFound(f"There is no file “{path}” in the file browser: choose it again.")
        return full

    def _ingested(self, session: Session, job: JobRow, outcome: Outcome) -> None:
        """Note how a batch ended; runs in the transaction that ends its job."""
        arguments = job.arguments
        row = session.get(DatasetRow, arguments["dataset"])
        batch = session.get(BatchRow, (arguments["dataset"], arguments["batch"]))
        if row is None or batch is None:
            return
        result = outcome["result"]
        if outcome["state"] == "succeeded" and result is not None:
            known = {key: arguments[key] for key in ("source", "who")}
            self.batch_added(session, row.name, result | known | {"job": job.id})
            for upload in [file["upload"] for file in arguments["files"] if "upload" in file]:
                self.uploads.drop(upload)
            return
        batch.state = "failed"
        batch.reason = outcome["reason"] or "It did not come to its end: add the files again."
        if row.maker == batch.id and version_on_disk(self.workspace.datasets / row.name) is None:
            session.delete(row)

    def batch_added(self, session: Session, name: str, result: dict[str, Any]) -> None:
        """Note a batch that a job of any room has committed, in the transaction of its ending.

        `result` is what `append_frame` answered, with `job`, `source` and `who` where known. A
        dataset that is not known yet is made.
        """
        row = session.get(DatasetRow, name) or self.make_row(session, name)
        known = session.get(BatchRow, (name, result["batch"]))
        fresh = known is None or known.state != "active"
        self.reconciler.note_batch(session, row, result)
        if fresh and (row.version is None or result["version"] > row.version):
            row.rows += result["rows"]
            row.size += result["size"]
            # Only the version right after the known one: the reconciler sees to any between.
            if result["version"] == (row.version or 0) + 1:
                row.version = result["version"]
        self.changes.touch_in(session, "datasets")


def _named(name: str) -> str:
    if not re.match(NAME_PATTERN, name):
        raise NotFound(f"There is no dataset “{name[:80]}”.")
    return name


def check_match(row: DatasetRow, if_match: str | None) -> None:
    """Raise `Changed` when somebody changed the dataset since the caller read it."""
    given = (if_match or "*").strip().removeprefix("W/").strip('"')
    if given not in ("*", str(row.revision)):
        raise Changed(f"Somebody changed “{row.name}” since you read it: read it again.")
