"""The server's side of datasets: what the database knows of them, and calls into the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.datasets.messages import Batch, BatchState, Dataset
from cookhouse.floor.database import Base, now


class DatasetRow(Base):
    """A dataset as the database knows it; `version` is the last one of its table seen here.

    `maker` is the batch that the dataset was made for, null where somebody made it on purpose.
    `notes` are what people said of its fields, by dotted path.
    """

    __tablename__ = "datasets"

    name: Mapped[str] = mapped_column(primary_key=True)
    description: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(default=list)
    rows: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    version: Mapped[int | None]
    sample: Mapped[str | None]
    maker: Mapped[str | None]
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now)


class BatchRow(Base):
    """A batch; for active ones the table's own history is the truth and this follows it."""

    __tablename__ = "dataset_batches"
    __table_args__ = (Index("dataset_batches_created", "dataset", "created"),)

    dataset: Mapped[str] = mapped_column(
        ForeignKey("datasets.name", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    rows: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]
    version: Mapped[int | None]
    job: Mapped[str | None]
    created: Mapped[datetime] = mapped_column(default=now)

    def message(self) -> Batch:
        """Return the batch as the border shows it."""
        state: BatchState = self.state  # type: ignore[assignment]
        return Batch(
            id=self.id, dataset=self.dataset, state=state, rows=self.rows, size=self.size,
            created=self.created, source=self.source, who=self.who, reason=self.reason,
            version=self.version, job=self.job,
        )  # fmt: skip


def message_of(session: Session, row: DatasetRow) -> Dataset:
    """Return a dataset as the border shows it."""
    mine = select(BatchRow).where(BatchRow.dataset == row.name)
    active = list(session.scalars(mine.where(BatchRow.state == "active")))
    last = session.scalar(mine.order_by(BatchRow.created.desc(), BatchRow.id).limit(1))
    return Dataset(
        name=row.name, description=row.description, tags=row.tags, rows=row.rows, size=row.size,
        version=row.version, batches=len(active), last_batch=last.message() if last else None,
        sample=row.sample, created=row.created, updated=row.updated, etag=str(row.revision),
    )  # fmt: skip


def loading(session: Session, name: str) -> list[BatchRow]:
    """Return the batches that are being added to a dataset."""
    found = select(BatchRow).where(BatchRow.dataset == name, BatchRow.state == "loading")
    return list(session.scalars(found))


def record(session: Session, row: DatasetRow, facts: dict[str, Any]) -> BatchRow:
    """Note a committed batch; the same one twice is noted once.

    `facts` are `{batch, rows, size, version}` and, where known, `{source, who, job, timestamp}`.
    """
    batch = session.get(BatchRow, (row.name, facts["batch"]))
    if batch is None:
        batch = BatchRow(dataset=row.name, id=facts["batch"], created=now())
        if facts.get("timestamp"):
            batch.created = datetime.fromtimestamp(facts["timestamp"] / 1000, UTC)
        session.add(batch)
    batch.state = "active"
    batch.reason = None
    batch.rows, batch.size, batch.version = facts["rows"], facts["size"], facts["version"]
    batch.source = facts.get("source") or batch.source or ""
    batch.who = facts.get("who") or batch.who or ""
    batch.job = facts.get("job") or batch.job
    row.updated = now()
    row.maker = None
    return batch


def version_on_disk(folder: Path) -> int | None:
    """Return the newest version in a table's log, without opening the table; None if no table."""
    try:
        names = [entry.name for entry in (folder / "_delta_log").iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return None
    versions = [int(name[:20]) for name in names if name[20:] == ".json" and name[:20].isdigit()]
    return max(versions, default=None)


def tables_on_disk(datasets: Path) -> Iterator[tuple[str, int]]:
    """List the tables that stand in the workspace with their newest version."""
    for folder in datasets.iterdir():
        if not folder.name.startswith("."):
            version = version_on_disk(folder)
            if version is not None:
                yield folder.name, version
