"""Long work: jobs in the database, one supervisor a workspace, each job in its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cookhouse.floor.jobs.context import JobContext, Superseded
from cookhouse.floor.jobs.kinds import JobKind, Outcome

if TYPE_CHECKING:
    from cookhouse.floor.jobs.manager import Jobs
    from cookhouse.floor.jobs.records import JobRow

__all__ = ["JobContext", "JobKind", "JobRow", "Jobs", "Outcome", "Superseded"]


def __getattr__(name: str) -> Any:
    # A job's body comes in by this door too, in an interpreter that needs no database for it.
    if name == "Jobs":
        from cookhouse.floor.jobs.manager import Jobs

        return Jobs
    if name == "JobRow":
        from cookhouse.floor.jobs.records import JobRow

        return JobRow
    raise AttributeError(name)
