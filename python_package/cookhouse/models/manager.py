"""Models and runs as rooms and routes see them."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from cookhouse.errors import Conflict, NotFound
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import ListQuery
from cookhouse.floor.pages import page_of
from cookhouse.models import store
from cookhouse.models.archive import archive_of
from cookhouse.models.messages import (
    CreateModel,
    CreateRun,
    Evaluation,
    Model,
    ModelPage,
    ModelQuery,
    Run,
    RunPage,
    RunSummary,
)
from cookhouse.models.orders import overlay_of
from cookhouse.models.removal import Removal
from cookhouse.models.resolved import ResolvedRun, check, resolved
from cookhouse.models.training import Training
from cookhouse.models.view import (
    best_of,
    evaluation_of,
    shown_model,
    shown_run,
    shown_run_summary,
)

if TYPE_CHECKING:
    from cookhouse.house import House

__all__ = ["Models", "ResolvedRun"]
MODELS_BY = {
    "name": store.ModelRow.name,
    "created": store.ModelRow.created,
    "recipe": store.ModelRow.recipe,
}
RUNS_BY = {
    "number": store.RunRow.number,
    "created": store.RunRow.created,
    "state": store.RunRow.state,
}


class Models:
    """The models of a workspace."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.training = Training(house)
        self.removal = Removal(house)

    def create(self, body: CreateModel, who: str, key: str | None = None) -> Run:
        """Make a model of a recipe and start its first run.

        Everything that can be wrong with the request is said before anything starts: `Invalid`
        for a hyperparameter, `NotFound` for recipe or dataset, `Taken` for the name.
        """
        row = self.training.new_model(body, who, key)
        self.house.jobs.wake()
        return self.run(row.model, row.id)

    def train(self, name: str, body: CreateRun, who: str, key: str | None = None) -> Run:
        """Train a model again, with its own recipe version and data."""
        row = self.training.new_run(name, body.hyperparameters, who, key)
        self.house.jobs.wake()
        return self.run(name, row.id)

    def folder(self, run: str) -> Path:
        """Return the folder of a run: `model/`, predictions and evaluation are in it."""
        return self.house.workspace.runs / run

    def list(self, query: ModelQuery) -> ModelPage:
        """List models."""
        with self.house.database.read() as session:
            rows, following, total = page_of(
                session, store.models(query.recipe), query, sortable=MODELS_BY,
                searched=[store.ModelRow.name, store.ModelRow.recipe, store.ModelRow.estimator],
                sort="-created",
            )  # fmt: skip
            items = [self._shown(session, row) for row in rows]
        return ModelPage(items=items, next=following, total=total)

    def show(self, name: str) -> Model:
        """Show one model."""
        with self.house.database.read() as session:
            return self._shown(session, self._model(session, name))

    def runs(self, name: str, query: ListQuery) -> RunPage:
        """List a model's runs, newest first."""
        with self.house.database.read() as session:
            self._model(session, name)
            rows, following, total = page_of(
                session, store.runs(name), query, sortable=RUNS_BY,
                searched=[store.RunRow.id, store.RunRow.state, store.RunRow.who], sort="-number",
            )  # fmt: skip
            items = [shown_run_summary(row, session.get(JobRow, row.job)) for row in rows]
        return RunPage(items=items, next=following, total=total)

    def run(self, name: str, id: str) -> Run:
        """Show one run."""
        with self.house.database.read() as session:
            row = self._run(session, name, id)
            model = self._model(session, name)
            version = self.house.recipes.version(session, model.recipe, model.recipe_version)
            return shown_run(row, session.get(JobRow, row.job), model, version)

    def evaluation(self, name: str, id: str) -> Evaluation:
        """Return what the run page draws. Raises `Conflict` while there is nothing to draw."""
        return evaluation_of(self._finished(name, id))

    def archive(self, name: str, id: str) -> Path:
        """Return a zip of a run's stored model; it is made once."""
        return archive_of(self._finished(name, id), f"{name}-{id}")

    def resolve(self, model: str, run: str | None = None, accept: bool = False) -> ResolvedRun:
        """Return a succeeded run ready for scoring or publishing, the last one without `run`.

        Raises `NotFound`; `Conflict` where no run has succeeded; `Refused` naming the cell that
        makes scoring unsafe, or the difference of the proof that nobody accepted (`accept` takes
        it for this once).
        """
        with self.house.database.read() as session:
            owner = self._model(session, model)
            row = self._usable(session, model, run)
            version = self.house.recipes.version(session, owner.recipe, owner.recipe_version)
        check(model, version, row, accept)
        self._present(row)
        package = self.house.recipes.package(version)
        overlay = overlay_of(self.house, version)
        return resolved(owner, row, version, package, self.folder(row.id), overlay)

    def delete(self, name: str) -> None:
        """Delete a model with its runs. Raises `Conflict` naming what would break."""
        with self.house.database.read() as session:
            row = self._model(session, name)
        self.removal.model(row)

    def delete_run(self, name: str, id: str) -> None:
        """Delete a run. Raises `Conflict` naming what would break."""
        with self.house.database.read() as session:
            row = self._run(session, name, id)
        self.removal.run(row)

    def _model(self, session: Session, name: str) -> store.ModelRow:
        row = store.model(session, name)
        if row is None:
            raise NotFound(f"There is no model “{name}”.")
        return row

    def _run(self, session: Session, name: str, id: str) -> store.RunRow:
        self._model(session, name)
        row = store.run(session, name, id)
        if row is None:
            raise NotFound(f"Model “{name}” has no run “{id}”.")
        return row

    def _usable(self, session: Session, name: str, id: str | None) -> store.RunRow:
        if id is None:
            row = store.last_run(session, name, "succeeded")
            if row is not None:
                return row
            raise Conflict(f"No run of model “{name}” has succeeded yet: train it first.")
        row = self._run(session, name, id)
        if row.state != "succeeded":
            why = row.reason or "it has not ended yet."
            raise Conflict(f"Run {row.number} of model “{name}” has no model: {why}")
        return row

    def _finished(self, name: str, id: str) -> Path:
        with self.house.database.read() as session:
            return self._present(self._usable(session, name, id))

    def _present(self, row: store.RunRow) -> Path:
        folder = self.folder(row.id)
        if not folder.is_dir():
            raise NotFound(
                f"The files of run {row.number} of “{row.model}” are gone from the disk: "
                "train it again."
            )
        return folder

    def _shown(self, session: Session, row: store.ModelRow) -> Model:
        best = best_of(store.succeeded(session, row.name))
        return shown_model(
            row,
            self._summary(session, best),
            self._summary(session, store.last_run(session, row.name)),
            store.count(session, row.name),
            self._services(row.name),
        )

    def _summary(self, session: Session, row: store.RunRow | None) -> RunSummary | None:
        return shown_run_summary(row, session.get(JobRow, row.job)) if row is not None else None

    def _services(self, name: str) -> builtins.list[str]:
        edges = self.house.ledger.about(f"models/{name}")
        subjects = {edge.subject for edge in edges if edge.subject.startswith("services/")}
        return sorted({subject.removeprefix("services/").split("@")[0] for subject in subjects})
