"""The table of jobs and what is asked of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, now
from cookhouse.floor.messages import Job, JobState, Subject

ACTIVE = ("pending", "running")


def _new_id() -> str:
    return uuid.uuid4().hex[:16]


class JobRow(Base):
    """One job. `room` and `name` are what it works for; `identity` tells its process from others.

    `cancelling` is set by who cancels a running job; the supervisor then ends it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("jobs_state", "state"),
        Index("jobs_created", "created"),
        Index("jobs_subject", "room", "name"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=_new_id)
    kind: Mapped[str]
    title: Mapped[str]
    room: Mapped[str | None]
    name: Mapped[str | None]
    arguments: Mapped[dict[str, Any]]
    who: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="pending")
    step: Mapped[str | None]
    fraction: Mapped[float | None]
    attempt: Mapped[int] = mapped_column(default=0)
    pid: Mapped[int | None]
    identity: Mapped[str | None]
    cancelling: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(default=now)
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    reason: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]

    @property
    def final(self) -> bool:
        """Say whether the job has ended."""
        return self.state not in ACTIVE

    def message(self) -> Job:
        """Return the job as the border shows it."""
        subject = Subject(room=self.room, name=self.name) if self.room and self.name else None
        state: JobState = self.state  # type: ignore[assignment]
        return Job(
            id=self.id, kind=self.kind, title=self.title, subject=subject, state=state,
            step=self.step, fraction=self.fraction, attempt=max(self.attempt, 1), who=self.who,
            created=self.created, started=self.started, finished=self.finished,
            reason=self.reason, result=self.result,
        )  # fmt: skip


def pending(session: Session, limit: int) -> list[JobRow]:
    """Return the jobs that wait, oldest first."""
    waiting = select(JobRow).where(JobRow.state == "pending").order_by(JobRow.created, JobRow.id)
    return list(session.scalars(waiting.limit(limit)))


def running(session: Session) -> list[JobRow]:
    """Return the jobs that are said to run."""
    return list(session.scalars(select(JobRow).where(JobRow.state == "running")))


def of_state(state: str | None, kind: str | None) -> Select[Any]:
    """Return the select of jobs in a state (`active`: pending and running) and of a kind."""
    found = select(JobRow)
    if state == "active":
        found = found.where(JobRow.state.in_(ACTIVE))
    elif state is not None:
        found = found.where(JobRow.state == state)
    return found.where(JobRow.kind == kind) if kind is not None else found
