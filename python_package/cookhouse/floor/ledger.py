"""The ledger: who used what, written in the transaction of the act itself.

Things are named `room/name` or `room/name@version`. What points upward (used by, made from, what
would break) is read from here, so that a low room never knows a high one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, Database, now


class EdgeRow(Base):
    """One act: subject, verb, object."""

    __tablename__ = "edges"
    __table_args__ = (Index("edges_subject", "subject"), Index("edges_object", "object"))

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    verb: Mapped[str]
    object: Mapped[str]
    job: Mapped[str | None]
    created: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Edge:
    """One line of the ledger: `subject` did `verb` to `object`, in `job` where there was one."""

    subject: str
    verb: str
    object: str
    job: str | None
    created: datetime


class Ledger:
    """Edges between things of all rooms."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(
        self, session: Session, subject: str, verb: str, object_: str, job: str | None = None
    ) -> None:
        """Write an edge in the caller's transaction; the same one twice is written once."""
        same = select(EdgeRow.id).where(
            EdgeRow.subject == subject, EdgeRow.verb == verb, EdgeRow.object == object_
        )
        same = same.where(EdgeRow.job == job) if job else same.where(EdgeRow.job.is_(None))
        if session.scalar(same.limit(1)) is None:
            session.add(EdgeRow(subject=subject, verb=verb, object=object_, job=job))

    def about(self, thing: str) -> list[Edge]:
        """Return the edges that a thing, or a version of it, is an end of; oldest first."""
        with self.database.read() as session:
            found = session.scalars(
                select(EdgeRow)
                .where(or_(_is(EdgeRow.subject, thing), _is(EdgeRow.object, thing)))
                .order_by(EdgeRow.id)
            )
            return [Edge(e.subject, e.verb, e.object, e.job, e.created) for e in found]

    def forget(self, session: Session, thing: str) -> None:
        """Take out the edges of a thing that was deleted, its versions' among them."""
        for edge in session.scalars(
            select(EdgeRow).where(or_(_is(EdgeRow.subject, thing), _is(EdgeRow.object, thing)))
        ):
            session.delete(edge)


def _is(column: Mapped[str], thing: str) -> ColumnElement[bool]:
    return or_(column == thing, column.startswith(f"{thing}@", autoescape=True))
