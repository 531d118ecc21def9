"""The table of scorings."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, now
from cookhouse.floor.jobs.records import ACTIVE, JobRow
from cookhouse.floor.pages import page_of
from cookhouse.scoring.messages import ReasonCount, ScoredBatch, Scoring, ScoringQuery

DEAD = ("failed", "cancelled", "lost")


class ScoringRow(Base):
    """One scoring.

    `batch` is the id that its batch has, whichever attempt adds it. `known` says that a scoring
    which ended without success was compared with the output's table: a commit counts, even when
    its maker died right after it.
    """

    __tablename__ = "scorings"
    __table_args__ = (
        Index("scorings_model", "model"),
        Index("scorings_created", "created"),
        Index("scorings_job", "job"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str]
    request: Mapped[str | None] = mapped_column(unique=True)
    model: Mapped[str]
    run: Mapped[str]
    input: Mapped[str]
    input_version: Mapped[int | None]
    output: Mapped[str]
    batch: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    rows: Mapped[int | None]
    refused: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    known: Mapped[bool] = mapped_column(default=False)
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    reason: Mapped[str | None]


def batch_of(scoring: str) -> str:
    """Return the id of a scoring's batch: the same for every attempt."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"scoring:{scoring}").hex


def by_request(session: Session, request: str) -> ScoringRow | None:
    """Find the scoring that a request with this idempotency key made."""
    return session.scalar(select(ScoringRow).where(ScoringRow.request == request))


def unknown(session: Session) -> list[str]:
    """Return the scorings that ended without success and were not compared with the table."""
    dead = ScoringRow.state.in_(DEAD) & ScoringRow.known.is_(False)
    return list(session.scalars(select(ScoringRow.id).where(dead)))


def page(session: Session, query: ScoringQuery) -> tuple[list[ScoringRow], str | None, int]:
    """Return a page of scorings, newest first unless asked otherwise."""
    found = select(ScoringRow)
    if query.model:
        found = found.where(ScoringRow.model == query.model)
    if query.dataset:
        either = (ScoringRow.input == query.dataset) | (ScoringRow.output == query.dataset)
        found = found.where(either)
    sortable = {
        "created": ScoringRow.created,
        "model": ScoringRow.model,
        "state": ScoringRow.state,
        "rows": ScoringRow.rows,
    }
    searched = [ScoringRow.id, ScoringRow.model, ScoringRow.input, ScoringRow.output]
    return page_of(session, found, query, sortable=sortable, searched=searched, sort="-created")


def message(session: Session, row: ScoringRow) -> Scoring:
    """Put a scoring into words; while it is on its way, the job knows its state."""
    job = session.get(JobRow, row.job)
    live = row.state in ACTIVE and job is not None
    batch = None
    if row.state == "succeeded":
        batch = ScoredBatch(dataset=row.output, id=row.batch, rows=row.rows or 0)
    return Scoring(
        id=row.id,
        state=job.state if live and job else row.state,
        job=row.job,
        model=row.model,
        run=row.run,
        input=row.input,
        input_version=row.input_version,
        output=row.output,
        batch=batch,
        rows=row.rows,
        refused=[ReasonCount(**entry) for entry in row.refused],
        who=row.who,
        created=row.created,
        started=job.started if job else row.started,
        finished=row.finished,
        reason=row.reason,
    )
