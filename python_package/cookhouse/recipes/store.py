"""Recipes in the database and on disk.

A version's folder holds the wheel, its unpacked package and `manifest.json` (what the converter
said of it); the row holds what lists and rules need.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, now


class RecipeRow(Base):
    """A recipe: a name and the notebook that it is made of (absolute path)."""

    __tablename__ = "recipes"

    name: Mapped[str] = mapped_column(primary_key=True)
    notebook: Mapped[str]
    shown: Mapped[str]
    newest: Mapped[int] = mapped_column(default=0)
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class VersionRow(Base):
    """One version; `made` is false while its job runs, and the row goes when the job fails."""

    __tablename__ = "recipe_versions"
    __table_args__ = (UniqueConstraint("recipe", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipe: Mapped[str] = mapped_column(ForeignKey("recipes.name", ondelete="CASCADE"))
    version: Mapped[int]
    made: Mapped[bool] = mapped_column(default=False)
    job: Mapped[str]
    request: Mapped[str]
    verdict: Mapped[str] = mapped_column(default="unverified")
    scoring: Mapped[str] = mapped_column(default="unverified")
    sentence: Mapped[str] = mapped_column(default="")
    estimator: Mapped[str] = mapped_column(default="")
    task: Mapped[str] = mapped_column(default="other")
    proof: Mapped[dict[str, Any]] = mapped_column(default=dict)
    interpreter: Mapped[str] = mapped_column(default="")
    kernel: Mapped[str | None]
    overlay: Mapped[str] = mapped_column(default="")
    wheel: Mapped[str] = mapped_column(default="")
    package: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    accepted_reason: Mapped[str | None]

    @property
    def accepted(self) -> bool:
        """Whether a person took the named difference."""
        return self.accepted_by is not None


def recipe(session: Session, name: str) -> RecipeRow | None:
    """Return a recipe by name, one whose first version is under way included."""
    return session.get(RecipeRow, name)


def version(session: Session, name: str, number: int | None) -> VersionRow | None:
    """Return a finished version, the newest without a number."""
    wanted = select(VersionRow).where(VersionRow.recipe == name, VersionRow.made)
    if number is not None:
        wanted = wanted.where(VersionRow.version == number)
    return session.scalar(wanted.order_by(VersionRow.version.desc()).limit(1))


def versions(session: Session, name: str) -> list[VersionRow]:
    """Return a recipe's finished versions, newest first."""
    wanted = select(VersionRow).where(VersionRow.recipe == name, VersionRow.made)
    return list(session.scalars(wanted.order_by(VersionRow.version.desc())))


def newest_versions(notebook: str | None) -> Select[Any]:
    """Select the newest finished version of each recipe, of one notebook where it is given."""
    wanted = (
        select(VersionRow)
        .join(RecipeRow, RecipeRow.name == VersionRow.recipe)
        .where(VersionRow.made, VersionRow.version == RecipeRow.newest)
    )
    if notebook is not None:
        wanted = wanted.where(RecipeRow.notebook == notebook)
    return wanted


def next_number(session: Session, name: str) -> int:
    """Return the number of the next version; versions under way count."""
    last = session.scalar(select(func.max(VersionRow.version)).where(VersionRow.recipe == name))
    return (last or 0) + 1


def under_way(session: Session, name: str, request: str) -> VersionRow | None:
    """Return the unfinished version that was asked for in the same words."""
    return session.scalar(
        select(VersionRow).where(
            VersionRow.recipe == name, ~VersionRow.made, VersionRow.request == request
        )
    )


def of_job(session: Session, job: str) -> VersionRow | None:
    """Return the version that a job makes."""
    return session.scalar(select(VersionRow).where(VersionRow.job == job))


def drop_version(session: Session, row: VersionRow) -> None:
    """Take out a version that was not made, and its recipe where nothing else is in it."""
    session.delete(row)
    session.flush()
    left = session.scalar(
        select(func.count()).select_from(VersionRow).where(VersionRow.recipe == row.recipe)
    )
    if not left:
        session.execute(delete(RecipeRow).where(RecipeRow.name == row.recipe))


def unfinished(session: Session, name: str) -> list[str]:
    """Return the jobs that make versions of this recipe now."""
    return list(
        session.scalars(select(VersionRow.job).where(VersionRow.recipe == name, ~VersionRow.made))
    )
