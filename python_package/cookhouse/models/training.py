"""Starting trainings and recording how they ended."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.errors import NotFound, Taken
from cookhouse.floor.database import now
from cookhouse.floor.jobs.kinds import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow
from cookhouse.models import store
from cookhouse.models.hyperparameters import checked
from cookhouse.models.messages import CreateModel
from cookhouse.models.orders import Order, data_of, order
from cookhouse.recipes.store import VersionRow
from cookhouse.recipes.view import hyperparameters_of, manifest_of

if TYPE_CHECKING:
    from cookhouse.house import House

KIND = "models.train"
BODY = "cookhouse.models.operations:train"
STAGED = "out"
MLFLOW_NOTE = "mlflow.json"
STORED = ("metrics", "metric", "classes", "size", "mlflow_run", "data_version", "scoring",
          "scoring_reason")  # fmt: skip


class Training:
    """Orders trainings: all that can be wrong with one is said before anything starts."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.jobs.register(JobKind(KIND, BODY, finish=self.finish))

    def order_of(
        self, recipe: str, number: int | None, dataset: str | None, values: dict[str, Any]
    ) -> tuple[VersionRow, Order]:
        """Check a request; return the recipe's version and what the job needs.

        Raises `Invalid` for a hyperparameter, `NotFound` for the recipe or the dataset.
        """
        with self.house.database.read() as session:
            version = self.house.recipes.version(session, recipe, number)
        manifest = manifest_of(self.house.recipes.package(version))
        complete = checked(values, hyperparameters_of(manifest))
        data = data_of(self.house, manifest, dataset)
        changed = {name: complete[name] for name in values}
        return version, order(self.house, version, manifest, data, (complete, changed))

    def new_model(self, body: CreateModel, who: str, key: str | None) -> store.RunRow:
        """Make a model and start its first run. Raises `Taken` for a name that is in use."""
        version, prepared = self.order_of(
            body.recipe, body.version, body.dataset, body.hyperparameters
        )
        with self.house.database.write() as session:
            known = self._known(session, who, key)
            if known is not None:
                return known
            if body.name is not None and store.model(session, body.name) is not None:
                raise Taken(
                    f"There is a model “{body.name}” already: give this one another name, or "
                    "train that one again.",
                    name=body.name,
                )
            model = store.ModelRow(
                name=body.name or store.free_name(session, version.recipe),
                recipe=version.recipe, recipe_version=version.version, task=version.task,
                estimator=version.estimator, data_kind=prepared.data.kind,
                data_name=prepared.data.name, runs=0, who=who,
            )  # fmt: skip
            session.add(model)
            session.flush()
            self.house.ledger.add(
                session, f"models/{model.name}", "made of",
                f"recipes/{version.recipe}@{version.version}",
            )  # fmt: skip
            return self._enqueue(session, model, version, prepared, who, key)

    def new_run(self, name: str, values: dict[str, Any], who: str, key: str | None) -> store.RunRow:
        """Start a further run of a model, with its own recipe version and data."""
        with self.house.database.read() as session:
            model = _model(session, name)
        dataset = model.data_name if model.data_kind == "dataset" else None
        version, prepared = self.order_of(model.recipe, model.recipe_version, dataset, values)
        with self.house.database.write() as session:
            known = self._known(session, who, key)
            if known is not None:
                return known
            return self._enqueue(session, _model(session, name), version, prepared, who, key)

    def _known(self, session: Session, who: str, key: str | None) -> store.RunRow | None:
        return store.of_key(session, f"{KIND}:{who}:{key}") if key else None

    def _enqueue(
        self,
        session: Session,
        model: store.ModelRow,
        version: VersionRow,
        prepared: Order,
        who: str,
        key: str | None,
    ) -> store.RunRow:
        model.runs += 1
        run_id = store.new_id()
        still_open = [run.mlflow_run for run in store.left_open(session)]
        job = self.house.jobs.enqueue(
            session, kind=KIND, title=f"Train {model.name}, run {model.runs}",
            subject=("models", model.name), who=who, key=key,
            arguments={
                **prepared.arguments, "run": run_id, "model": model.name, "number": model.runs,
                "who": who, "left_open": still_open, "runs": store.count(session),
            },
        )  # fmt: skip
        run = store.RunRow(
            id=run_id, model=model.name, number=model.runs, job=job.id, who=who,
            hyperparameters=prepared.values, interpreter=version.interpreter,
            recipe_digest=version.digest,
        )  # fmt: skip
        session.add(run)
        if prepared.data.kind == "dataset":
            subject, thing = f"models/{model.name}@{run_id}", f"datasets/{prepared.data.name}"
            self.house.ledger.add(session, subject, "trained on", thing, job.id)
        self.house.changes.touch_in(session, "models")
        session.flush()
        return run

    def finish(self, session: Session, job: JobRow, outcome: Outcome) -> None:
        """Record how a training ended; runs in the supervisor."""
        row = store.of_job(session, job.id)
        if row is None:
            return
        folder = self.house.jobs.folder(job.id)
        row.state, row.reason = outcome["state"], outcome["reason"]
        row.started, row.finished = job.started, now()
        row.mlflow_run, row.mlflow_open = _mlflow_note(folder / MLFLOW_NOTE)
        made = outcome["result"] if outcome["state"] == "succeeded" else None
        if made is None:
            shutil.rmtree(folder / STAGED, ignore_errors=True)
            return
        target = self.house.workspace.runs / row.id
        if (folder / STAGED).exists():
            shutil.rmtree(target, ignore_errors=True)
            (folder / STAGED).replace(target)
        for field in STORED:
            setattr(row, field, made[field])
        row.mlflow_open = False
        for closed in store.of_runs(session, made["closed"]):
            closed.mlflow_open = False


def _model(session: Session, name: str) -> store.ModelRow:
    row = store.model(session, name)
    if row is None:
        raise NotFound(f"There is no model “{name}”.")
    return row


def _mlflow_note(path: Path) -> tuple[str | None, bool]:
    """Return the run's id in MLflow, and whether it is still shown as running there."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return str(noted["run"]), bool(noted["open"])
    except (OSError, ValueError, KeyError):
        return None, False
