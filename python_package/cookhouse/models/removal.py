"""Deleting models and runs, never what something else stands on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.errors import Conflict
from cookhouse.floor.jobs.records import ACTIVE, JobRow
from cookhouse.models import store

if TYPE_CHECKING:
    from cookhouse.house import House


class Removal:
    """Deletes after looking at who uses it: running jobs, services, scorings under way."""

    def __init__(self, house: House) -> None:
        self.house = house

    def model(self, row: store.ModelRow) -> None:
        """Delete a model with its runs. Raises `Conflict` naming what would break."""
        thing, what = f"models/{row.name}", f"Model “{row.name}”"
        with self.house.database.read() as session:
            runs = list(session.scalars(store.runs(row.name)))
            self._check(session, thing, what, runs)
        if any(run.mlflow_run for run in runs):
            # MLflow first: what is left in it by a failure would be taken for the next model
            # of that name.
            self._forget("forget_model", {"model": row.name})
        with self.house.database.write() as session:
            self._check(session, thing, what, runs)
            session.delete(session.merge(row))
            self.house.ledger.forget(session, thing)
            self.house.changes.touch_in(session, "models")
        for run in runs:
            self._clear(run.id)

    def run(self, row: store.RunRow) -> None:
        """Delete a run. Raises `Conflict` naming what would break."""
        thing, what = f"models/{row.model}@{row.id}", f"Run {row.number} of model “{row.model}”"
        with self.house.database.read() as session:
            self._check(session, thing, what, [row])
        if row.mlflow_run is not None:
            self._forget("forget_run", {"run": row.mlflow_run})
        with self.house.database.write() as session:
            self._check(session, thing, what, [row])
            session.delete(session.merge(row))
            self.house.ledger.forget(session, thing)
            self.house.changes.touch_in(session, "models")
        self._clear(row.id)

    def _forget(self, operation: str, what: dict[str, Any]) -> None:
        uri = self.house.workspace.mlflow_uri
        self.house.engine.call(f"models.{operation}", uri=uri, **what)

    def _clear(self, run: str) -> None:
        shutil.rmtree(self.house.workspace.runs / run, ignore_errors=True)

    def _check(self, session: Session, thing: str, what: str, runs: Iterable[store.RunRow]) -> None:
        for row in runs:
            job = session.get(JobRow, row.job)
            if job is not None and job.state in ACTIVE:
                raise Conflict(f"Run {row.number} of “{row.model}” is under way: cancel it first.")
        users = self._users(session, thing)
        if users:
            named = ", ".join(user.replace("/", " ", 1) for user in users[:5])
            raise Conflict(f"{what} is used by {named}: delete or stop that first.", users=users)

    def _users(self, session: Session, thing: str) -> list[str]:
        users = set()
        for edge in self.house.ledger.about(thing):
            if edge.subject.startswith("services/"):
                users.add(edge.subject.split("@")[0])
            # A scoring that has ended stands on nothing any more: its batch is a dataset's.
            if edge.subject.startswith("scoring/") and edge.job:
                job = session.get(JobRow, edge.job)
                if job is not None and job.state in ACTIVE:
                    users.add(edge.subject)
        return sorted(users)
