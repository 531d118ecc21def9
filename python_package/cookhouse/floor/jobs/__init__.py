"""Long work: jobs in the database, one supervisor a workspace, each job in its own process."""

from __future__ import annotations

from cookhouse.floor.jobs.context import JobContext, Superseded
from cookhouse.floor.jobs.kinds import JobKind, Outcome

__all__ = ["JobContext", "JobKind", "Outcome", "Superseded"]
