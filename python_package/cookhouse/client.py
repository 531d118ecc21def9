"""Cookhouse in Python with no server: the same rooms, with waiting for what takes long."""

from __future__ import annotations

import asyncio
import getpass
import inspect
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from cookhouse.datasets.messages import Batch, BatchPage, Dataset, MakeSample, Rows, RowsQuery
from cookhouse.errors import Conflict, Failure, NotFound
from cookhouse.floor.config import Config
from cookhouse.floor.messages import Job, ListQuery
from cookhouse.floor.workspace import default_root
from cookhouse.house import House
from cookhouse.models.messages import CreateModel, CreateRun, Model, ModelQuery, Run
from cookhouse.recipes.messages import CreateRecipe, Recipe
from cookhouse.scoring.messages import CreateScoring, Scoring
from cookhouse.services.messages import Publish, Service

LOOK_SECONDS = 0.05
MOST = 500
Say = Callable[[Job], None]


class JobFailed(Failure):
    """The long work did not succeed; `job` has the whole of it."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.reason or f"“{job.title}” ended as {job.state}.", job=job.id)
        self.job = job


class Client:
    """One workspace, for programs. Every method returns the message that REST answers.

    `say` is called with the job whenever its state, step or fraction changed while one waits.
    Methods raise the failures of `cookhouse.errors`; `JobFailed` when long work did not succeed.
    """

    def __init__(
        self,
        workspace: str | Path | None = None,
        *,
        engine: str = "managed",
        say: Say = lambda job: None,
    ) -> None:
        self.house = House(Path(workspace) if workspace else default_root(), Config(engine=engine))
        self.say = say
        self.who = _user()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the workspace; jobs and services go on."""
        self.house.close()

    def wait(self, job_id: str) -> Job:
        """Wait until a job has ended. Raises `JobFailed`; an interrupt cancels the job."""
        last: tuple[Any, ...] = ()
        try:
            while True:
                job = self.house.jobs.show(job_id)
                if (job.state, job.step, job.fraction) != last:
                    last = (job.state, job.step, job.fraction)
                    self.say(job)
                if job.state not in ("pending", "running"):
                    break
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            self.house.jobs.cancel(job_id)
            raise
        if job.state != "succeeded":
            raise JobFailed(job)
        return job

    def prepare_engine(self) -> None:
        """Build the engine's environment where it is missing, and wait for it."""
        if self.house.engine.status().state == "missing":
            self.wait(self.house.build_engine(self.who).id)

    def sample(
        self, name: str, *, rows: int = 20_000, seed: int = 7, folder: str | Path = "."
    ) -> Job:
        """Make a sample's datasets, and its notebooks in `folder`."""
        wanted = MakeSample(rows=rows, seed=seed, folder=_absolute(folder))
        return self.wait(self.house.samples.make(name, wanted, self.who).id)

    def reset_sample(self, name: str, *, folder: str | Path = ".") -> Job:
        """Bring a sample back to its first state."""
        return self.wait(self.house.samples.reset(name, _absolute(folder), self.who).id)

    def ingest(self, name: str, files: Sequence[str | Path], *, form: str | None = None) -> Batch:
        """Add files to a dataset, which is made where it is missing, as one batch."""
        for file in files:
            if not Path(file).is_file():
                raise NotFound(f"There is no file “{file}”.")
        given = [{"path": _absolute(file), "name": Path(file).name} for file in files]
        job = self.wait(self.house.datasets.ingest_files(name, given, self.who, form=form).id)
        return self._batch(name, job)

    def _batch(self, name: str, job: Job) -> Batch:
        page: BatchPage = self.house.datasets.batches(name, ListQuery(limit=MOST))
        return next(batch for batch in page.items if batch.job == job.id)

    def datasets(self) -> list[Dataset]:
        """Return all datasets."""
        from cookhouse.datasets.messages import DatasetQuery

        return _all(self.house.datasets.list, DatasetQuery)

    def dataset(self, name: str) -> Dataset:
        """Return one dataset."""
        found: Dataset = self.house.datasets.show(name)
        return found

    def preview(self, name: str, *, offset: int = 0, limit: int = 20) -> Rows:
        """Return a page of a dataset's rows in their order."""
        found: Rows = self.house.datasets.rows(name, RowsQuery(offset=offset, limit=limit))
        return found

    def create_recipe(
        self,
        notebook: str | Path,
        *,
        name: str | None = None,
        model: str | None = None,
        proof: bool = True,
        python: str | None = None,
    ) -> Recipe:
        """Make a recipe of a notebook and prove it."""
        wanted = CreateRecipe(notebook=_absolute(notebook), name=name, model=model, proof=proof)
        job = self.wait(self.house.recipes.started(wanted, self.who, None, python).id)
        assert job.subject is not None
        return self.recipe(job.subject.name)

    def recipes(self) -> list[Any]:
        """Return all recipes, each by its newest version."""
        from cookhouse.recipes.messages import RecipeQuery

        return _all(self.house.recipes.list, RecipeQuery)

    def recipe(self, name: str, version: str | None = None) -> Recipe:
        """Return a recipe's newest version, or the one that is named."""
        found: Recipe = self.house.recipes.show(name, version)
        return found

    def export_recipe(self, name: str, version: str | None, target: str | Path) -> Path:
        """Copy a recipe's wheel to a folder or under a file's name; return where it is."""
        number = version or str(self.recipe(name).version)
        wheel: Path = self.house.recipes.archive(name, number)
        return Path(shutil.copy(wheel, target))

    def train(
        self, recipe: str, *, dataset: str | None = None, values: dict[str, Any] | None = None
    ) -> Run:
        """Train: another run of the model with the same recipe version and data, or a new model."""
        model = self._model_of(recipe, dataset)
        hyperparameters = values or {}
        started: Run
        if model is None:
            wanted = CreateModel(recipe=recipe, dataset=dataset, hyperparameters=hyperparameters)
            started = self._now(self.house.models.create(wanted, self.who, None))
        else:
            again = CreateRun(hyperparameters=hyperparameters)
            started = self._now(self.house.models.train(model.name, again, self.who, None))
        self.wait(started.job)
        found: Run = self.house.models.run(started.model, started.id)
        return found

    def _model_of(self, recipe: str, dataset: str | None) -> Model | None:
        version = self.recipe(recipe).version
        models: list[Model] = _all(self.house.models.list, ModelQuery, recipe=recipe)
        for model in models:
            bound = model.data.name if model.data.kind == "dataset" else None
            # The recipe's own binding may be a dataset too: then naming none means that one.
            same = bound == dataset if dataset else model.name == recipe or bound is None
            if model.recipe_version == version and same:
                return model
        return None

    def score(
        self, model: str, source: str, target: str, *, run: str | None = None, accept: bool = False
    ) -> Scoring:
        """Score a dataset's rows into one new batch of another, which is made where missing."""
        wanted = CreateScoring(model=model, run=run, input=source, output=target, accept=accept)
        started: Scoring = self._now(self.house.scoring.create(wanted, self.who, None))
        self.wait(started.job)
        found: Scoring = self.house.scoring.show(started.id)
        return found

    def publish(
        self, model: str, *, name: str | None = None, run: str | None = None, accept: bool = False
    ) -> Service:
        """Publish a run; `url` is the address on its host's own port, `key` is shown this once."""
        wanted = Publish(model=model, name=name, run=run, accept=accept)
        found: Service = self._now(self.house.services.publish(wanted, self.who, None))
        if found.state == "failed":
            raise Conflict(found.reason or f"The service “{found.name}” did not start.")
        return _with_own_address(found)

    def services(self) -> list[Service]:
        """Return all services."""
        from cookhouse.services.messages import ServiceQuery

        return [_with_own_address(each) for each in _all(self.house.services.list, ServiceQuery)]

    def set_service(self, name: str, state: str) -> Service:
        """Start (`running`) or stop (`stopped`) a service."""
        return _with_own_address(self.house.services.change_state(name, state, self.who))

    def call(self, service: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call a service with an `/invocations` body."""
        answer: dict[str, Any] = self.house.services.invoke(service, body)
        return answer

    def read_log(self, job_id: str, write: Callable[[str], object]) -> None:
        """Hand over the whole log of a job, part by part."""
        offset = 0
        while True:
            part = self.house.jobs.log(job_id, offset, 1 << 20)
            write(part.text)
            if part.next == offset:
                return
            offset = part.next

    @staticmethod
    def _now(answer: Any) -> Any:
        return asyncio.run(_awaited(answer)) if inspect.isawaitable(answer) else answer


async def _awaited(answer: Any) -> Any:
    return await answer


def _all(listing: Callable[[Any], Any], query: type[ListQuery], **filters: Any) -> list[Any]:
    """Read a list to its end."""
    items: list[Any] = []
    cursor = None
    while True:
        page = listing(query(limit=MOST, cursor=cursor, **filters))
        items += page.items
        cursor = page.next
        if cursor is None:
            return items


def _with_own_address(service: Service) -> Service:
    # Without a Jupyter server there is no routed address; the host's own is what can be called.
    own = f"{service.host_url}/invocations" if service.host_url else ""
    return service.model_copy(update={"url": own})


def _absolute(path: str | Path) -> str:
    return os.path.abspath(Path(path).expanduser())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def value_of(text: str) -> Any:
    """Read a value from a command line: JSON where it is JSON, else the text as it stands."""
    try:
        return json.loads(text)
    except ValueError:
        return text
