"""Models and their runs in the database; what a run learned lies in `runs/<id>`."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, now
from cookhouse.floor.jobs.records import JobRow


def new_id() -> str:
    """Return the id of a new run."""
    return uuid.uuid4().hex[:16]


class ModelRow(Base):
    """A model: a recipe's version with the data it is trained on.

    `data_kind` is `file` or `library` (what the notebook's own reader reads, `data_name` names
    it) or `dataset`.
    """

    __tablename__ = "models"

    name: Mapped[str] = mapped_column(primary_key=True)
    recipe: Mapped[str]
    recipe_version: Mapped[int]
    task: Mapped[str] = mapped_column(default="other")
    estimator: Mapped[str] = mapped_column(default="")
    data_kind: Mapped[str]
    data_name: Mapped[str]
    runs: Mapped[int] = mapped_column(default=0)
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class RunRow(Base):
    """One training; `state` is the job's until the job has ended, then it is final here.

    `mlflow_open` says that MLflow still shows the run as running though it is not.
    """

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("model", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    model: Mapped[str] = mapped_column(ForeignKey("models.name", ondelete="CASCADE"))
    number: Mapped[int]
    job: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="pending", index=True)
    hyperparameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    metrics: Mapped[dict[str, Any]] = mapped_column(default=dict)
    metric: Mapped[str | None]
    classes: Mapped[list[Any]] = mapped_column(default=list)
    data_version: Mapped[int | None]
    interpreter: Mapped[str] = mapped_column(default="")
    recipe_digest: Mapped[str] = mapped_column(default="")
    mlflow_run: Mapped[str | None]
    mlflow_open: Mapped[bool] = mapped_column(default=False)
    scoring: Mapped[str] = mapped_column(default="unverified")
    scoring_reason: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    reason: Mapped[str | None]


def model(session: Session, name: str) -> ModelRow | None:
    """Return a model by name."""
    return session.get(ModelRow, name)


def run(session: Session, model: str, id: str) -> RunRow | None:
    """Return a run of a model, by its id."""
    row = session.get(RunRow, id)
    return row if row is not None and row.model == model else None


def of_job(session: Session, job: str) -> RunRow | None:
    """Return the run that a job trains."""
    return session.scalar(select(RunRow).where(RunRow.job == job))


def models(recipe: str | None) -> Select[Any]:
    """Select models, of one recipe where it is named."""
    wanted = select(ModelRow)
    return wanted.where(ModelRow.recipe == recipe) if recipe is not None else wanted


def runs(model: str) -> Select[Any]:
    """Select the runs of a model."""
    return select(RunRow).where(RunRow.model == model)


def last_run(session: Session, model: str, state: str | None = None) -> RunRow | None:
    """Return the newest run of a model, the newest in a state where it is given."""
    wanted = select(RunRow).where(RunRow.model == model)
    if state is not None:
        wanted = wanted.where(RunRow.state == state)
    return session.scalar(wanted.order_by(RunRow.number.desc()).limit(1))


def succeeded(session: Session, model: str) -> list[RunRow]:
    """Return the succeeded runs of a model, oldest first."""
    wanted = select(RunRow).where(RunRow.model == model, RunRow.state == "succeeded")
    return list(session.scalars(wanted.order_by(RunRow.number)))


def left_open(session: Session) -> list[RunRow]:
    """Return the runs that MLflow shows as running though they have ended."""
    return list(session.scalars(select(RunRow).where(RunRow.mlflow_open).limit(100)))


def of_runs(session: Session, mlflow_runs: list[str]) -> list[RunRow]:
    """Return the runs that have these ids in MLflow."""
    return list(session.scalars(select(RunRow).where(RunRow.mlflow_run.in_(mlflow_runs))))


def of_key(session: Session, key: str) -> RunRow | None:
    """Return the run whose job was asked for under an idempotency key."""
    return session.scalar(
        select(RunRow).join(JobRow, JobRow.id == RunRow.job).where(JobRow.key == key)
    )


def count(session: Session, model: str | None = None) -> int:
    """Return how many runs there are, of one model or of all."""
    wanted = select(func.count()).select_from(RunRow)
    wanted = wanted.where(RunRow.model == model) if model is not None else wanted
    return session.scalar(wanted) or 0


def free_name(session: Session, wanted: str) -> str:
    """Return a name that no model has: the wanted one, or it with the next number behind it."""
    name, number = wanted, 1
    while model(session, name) is not None:
        number += 1
        name = f"{wanted[:74]}-{number}"
    return name
