"""Jobs as rooms and routes see them: enqueue, look, cancel; wake the one who runs them."""

from __future__ import annotations

import builtins
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cookhouse.errors import NotFound
from cookhouse.floor.database import Database, now
from cookhouse.floor.events import Changes
from cookhouse.floor.jobs import wake
from cookhouse.floor.jobs.files import MetricsFile, log_part
from cookhouse.floor.jobs.kinds import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow, of_state
from cookhouse.floor.messages import Job, JobQuery, LogPart, MetricsPart, Page
from cookhouse.floor.pages import page_of
from cookhouse.floor.workspace import Workspace

if TYPE_CHECKING:
    from cookhouse.house import House

Watcher = Callable[["House"], bool]
log = logging.getLogger(__name__)
SORTABLE = {
    "created": JobRow.created, "title": JobRow.title, "state": JobRow.state, "kind": JobRow.kind,
    "finished": JobRow.finished,
}  # fmt: skip


class Jobs:
    """All long work of a workspace.

    `watchers` are callables that the supervisor calls about every second with its house; each
    answers whether there is something to watch, which keeps the supervisor alive.
    """

    def __init__(self, workspace: Workspace, database: Database, changes: Changes) -> None:
        self.workspace = workspace
        self.database = database
        self.changes = changes
        self.kinds: dict[str, JobKind] = {}
        self.watchers: builtins.list[Watcher] = []
        self.points = MetricsFile()
        self.start: Callable[[], None] = lambda: None

    def register(self, kind: JobKind) -> None:
        """Make a kind of job known; managers do so when they are made."""
        self.kinds[kind.name] = kind

    def watch(self, watcher: Watcher) -> None:
        """Have the supervisor call this about every second."""
        self.watchers.append(watcher)

    def enqueue(
        self,
        session: Session,
        *,
        kind: str,
        title: str,
        arguments: dict[str, Any],
        subject: tuple[str, str] | None = None,
        who: str = "",
        key: str | None = None,
    ) -> Job:
        """Add a job in the caller's transaction; call `wake()` after it is committed.

        The same idempotency key of the same kind and person gives the job that is there already.
        """
        if kind not in self.kinds:
            raise KeyError(f"no job kind {kind} is registered")
        full_key = f"{kind}:{who}:{key}" if key else None
        if full_key and (known := session.scalar(select(JobRow).where(JobRow.key == full_key))):
            return known.message()
        room, name = subject or (None, None)
        row = JobRow(kind=kind, title=title, room=room, name=name, arguments=arguments, who=who,
                     key=full_key)  # fmt: skip
        session.add(row)
        session.flush()
        self.changes.touch_in(session, "jobs")
        return row.message()

    def wake(self) -> None:
        """Tell the supervisor that there is something to do; start one where none lives."""
        if not wake.knock(self.workspace):
            self.start()

    def list(self, query: JobQuery) -> Page[Job]:
        """List jobs, newest first."""
        with self.database.read() as session:
            rows, beyond, total = page_of(
                session, of_state(query.state, query.kind), query, sortable=SORTABLE,
                searched=[JobRow.title, JobRow.kind, JobRow.name], sort="-created",
            )  # fmt: skip
            return Page[Job](items=[row.message() for row in rows], next=beyond, total=total)

    def show(self, job: str) -> Job:
        """Show one job."""
        with self.database.read() as session:
            return self.row(session, job).message()

    def row(self, session: Session, job: str) -> JobRow:
        """Return one job's row. Raises `NotFound`."""
        row = session.get(JobRow, job)
        if row is None:
            raise NotFound(f"There is no job “{job}”.")
        return row

    def folder(self, job: str) -> Path:
        """Return the folder of a job; its name is an id of ours, never a path of others."""
        return self.workspace.jobs / job

    def log(self, job: str, offset: int, limit: int) -> LogPart:
        """Read a part of a job's log; `complete` when the job has ended and all was read."""
        final = self._final(job)
        return log_part(self.folder(job) / "log", offset, limit, final)

    def log_file(self, job: str) -> Path:
        """Return the file of a job's log."""
        self.show(job)
        path = self.folder(job) / "log"
        if not path.exists():
            raise NotFound(f"Job “{job}” has no log yet: it has not started.")
        return path

    def metrics(self, job: str, after: int) -> MetricsPart:
        """Read the points that a job reported after a number."""
        final = self._final(job)
        return self.points.part(self.folder(job) / "metrics.jsonl", after, final)

    def _final(self, job: str) -> bool:
        # Looked at before the file is: what is written in between is read the next time.
        with self.database.read() as session:
            return self.row(session, job).final

    def cancel(self, job: str) -> Job:
        """Cancel a job; one that has ended stays as it is."""
        with self.database.write() as session:
            row = self.row(session, job)
            if row.state == "pending":
                words = "It was cancelled before it started."
                self.settle(session, row, {"state": "cancelled", "result": None, "reason": words})
            elif row.state == "running":
                row.cancelling = True
                row.step = "Cancelling"
            self.changes.touch_in(session, "jobs")
            found = row.message()
        self.wake()
        return found

    def settle(self, session: Session, row: JobRow, outcome: Outcome) -> None:
        """Give a job its final state and let its room write what follows, in one transaction."""
        outcome = self._finished(session, row, outcome)
        row.state = outcome["state"]
        row.result = outcome["result"]
        row.reason = outcome["reason"]
        row.finished = now()
        row.pid = row.identity = None
        if row.state == "succeeded":
            row.fraction = 1.0
        for room in {"jobs", row.room or "jobs"}:
            self.changes.touch_in(session, room)

    def _finished(self, session: Session, row: JobRow, outcome: Outcome) -> Outcome:
        kind = self.kinds.get(row.kind)
        if kind is None or kind.finish is None:
            return outcome
        try:
            with session.begin_nested():
                kind.finish(session, row, outcome)
            return outcome
        except Exception as error:
            log.exception("job %s: its room could not record the ending", row.id)
            words = f"It ended, but could not be recorded: {error}"[:1_000]
            failed: Outcome = {"state": "failed", "result": outcome["result"], "reason": words}
        try:
            with session.begin_nested():
                kind.finish(session, row, failed)
        except Exception:
            log.exception("job %s: its room could not record the failure either", row.id)
        return failed
