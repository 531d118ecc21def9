"""Messages about models, their runs and what a run's evaluation shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from cookhouse.floor.messages import JobState, ListQuery, Message, Name, Page

Task = Literal["classification", "regression", "other"]


class TrainingData(Message):
    """The rows a model is trained on: the recipe's own file, or a dataset."""

    kind: Literal["file", "dataset", "library"]
    name: str
    version: int | None = None


class RunSummary(Message):
    """One training of a model. `metrics` holds the notebook's own metric first."""

    id: str
    model: str
    number: int
    state: JobState
    job: str
    hyperparameters: dict[str, Any] = {}
    metrics: dict[str, float] = {}
    metric: str | None = None
    who: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    reason: str | None = None


class Run(RunSummary):
    """One run, whole: what made it, so that it can be made again."""

    recipe: str
    recipe_version: int
    recipe_digest: str = ""
    task: Task = "other"
    data: TrainingData
    interpreter: str = ""
    mlflow_run: str | None = None
    classes: list[Any] = []
    scoring: Literal["safe", "refused", "unverified"] = "unverified"
    scoring_reason: str = ""
    size: int = 0


class Model(Message):
    """A recipe with its data and configuration; `best` is the run with the best metric."""

    name: Name
    recipe: str
    recipe_version: int
    task: Task = "other"
    estimator: str = ""
    data: TrainingData
    runs: int = 0
    best: RunSummary | None = None
    last: RunSummary | None = None
    services: list[str] = []
    created: datetime
    who: str = ""
    etag: str


class CreateModel(Message):
    """Make a model of a recipe and start its first run.

    Without `name`, that of the recipe is taken, with a number behind it where it is taken already.
    `dataset` binds a dataset in place of the recipe's own file. `accept` repeats that a named
    difference of the proof was taken.
    """

    recipe: Name
    version: int | None = Field(None, ge=1)
    name: Name | None = None
    dataset: Name | None = None
    hyperparameters: dict[str, Any] = {}


class CreateRun(Message):
    """Train a model again with these hyperparameters; the others keep their defaults."""

    hyperparameters: dict[str, Any] = {}


class ModelQuery(ListQuery):
    """Filters of the list of models."""

    recipe: str | None = Field(None, max_length=80)


class Curve(Message):
    """Points of a curve, at most a few hundred: `x` and `y` of the same length."""

    name: str
    x: list[float]
    y: list[float]


class Confusion(Message):
    """Counts by actual (rows) and predicted (columns) label."""

    labels: list[str]
    counts: list[list[int]]


class Evaluation(Message):
    """What the run page draws, made from the stored predictions of the test rows.

    `rows` counts the test rows; `sampled` says how many points stand for them in `points`
    (pairs of actual and predicted).
    """

    task: Task
    rows: int
    metrics: dict[str, float]
    metric: str | None = None
    classes: list[str] = []
    roc: list[Curve] = []
    precision_recall: list[Curve] = []
    confusion: Confusion | None = None
    points: list[list[float]] = []
    sampled: int | None = None


ModelPage = Page[Model]
RunPage = Page[RunSummary]
