"""What MLflow keeps of one run, written by the engine while and after the training runs.

The training's own process never imports MLflow: it takes seconds, and the notebook's environment
need not have it.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cookhouse.errors import Unavailable
from cookhouse.floor.jobs.context import write_atomically

if TYPE_CHECKING:
    from cookhouse.floor.jobs.context import JobContext

NOTE = "mlflow.json"
QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}
BATCH = 100
OPTIMIZE_EVERY = 500


class Tracking:
    """One run in MLflow: opened while the training runs, filled and closed after it.

    `run` is its id there once it is open, `closed` are runs of killed trainings that were still
    shown as running and are closed now.
    """

    def __init__(self, context: JobContext) -> None:
        self.context = context
        self.run: str | None = None
        self.closed: list[str] = []
        self._client: Any = None
        self._error: BaseException | None = None
        self._given_up = False
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Open the run beside the training, which has a process of its own."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._open, daemon=True)
            self._thread.start()

    def _open(self) -> None:
        try:
            self._client = client(self.context.arguments["mlflow_uri"], self._artifacts())
            self._close_left_open()
            experiment = experiment_of(
                self._client, self.context.arguments["model"], self._artifacts()
            )
            with self._lock:
                if not self._given_up:
                    self._create(experiment)
            # Needed when the training has ended; it takes a second that is free now.
            import cookhouse.models.operations.charts
            import cookhouse.models.operations.pyfunc  # noqa: F401
        except BaseException as error:
            self._error = error

    def _artifacts(self) -> Path:
        return Path(self.context.arguments["artifacts"])

    def _create(self, experiment: str) -> None:
        given = self.context.arguments
        data = given["data"]
        tags = {
            "mlflow.user": given["who"] or "unknown",
            "mlflow.source.name": f"recipe {given['recipe']} {given['recipe_version']}",
            "cookhouse.run": given["run"],
            "cookhouse.recipe": given["recipe"],
            "cookhouse.recipe_version": str(given["recipe_version"]),
            "cookhouse.data": f"{data['kind']}:{data['name']}",
            "cookhouse.interpreter": given["interpreter"],
        }
        made = self._client.create_run(experiment, run_name=f"Run {given['number']}", tags=tags)
        self.run = made.info.run_id
        self._note(open_there=True)

    def _note(self, open_there: bool) -> None:
        # Whoever buries this job reads here what is to be closed in MLflow.
        write_atomically(self.context.folder / NOTE, {"run": self.run, "open": open_there})

    def _close_left_open(self) -> None:
        for run in self.context.arguments["left_open"]:
            with contextlib.suppress(Exception):
                self._client.set_terminated(run, status="KILLED")
            self.closed.append(run)

    def finish(self, out: Path, evaluation: dict[str, Any], points: list[dict[str, Any]]) -> None:
        """Write parameters, metrics, charts and the model, and close the run.

        Raises `Unavailable` where MLflow's store does not take it.
        """
        self.start()
        assert self._thread is not None
        self._thread.join()
        if self._error is not None:
            words = str(self._error)[:300] or type(self._error).__name__
            raise Unavailable(f"The run could not be recorded in MLflow: {words}") from self._error
        from cookhouse.models.operations.charts import charts
        from cookhouse.models.operations.pyfunc import log_pyfunc

        given = self.context.arguments
        shown = charts(out, evaluation)
        (out / "charts.json").write_text(json.dumps(shown), encoding="utf-8")
        self._log(given["hyperparameters"], evaluation.get("metrics") or {}, points)
        for name in ("evaluation.json", "charts.json", "predictions.json"):
            if (out / name).exists():
                self._client.log_artifact(self.run, str(out / name), "evaluation")
        log_pyfunc(given["mlflow_uri"], str(self.run), out / "model", given)
        self.context.still_current()
        self._client.set_terminated(self.run, status="FINISHED")
        self._note(open_there=False)
        if given["runs"] % OPTIMIZE_EVERY == OPTIMIZE_EVERY - 1:
            self._optimize(given["mlflow_uri"])

    def _log(
        self, parameters: dict[str, Any], metrics: dict[str, float], points: list[dict[str, Any]]
    ) -> None:
        from mlflow.entities import Metric, Param

        now = int(time.time() * 1000)
        params = [Param(name, str(value)[:6000]) for name, value in _flat(parameters)]
        stepped = {str(point["name"]) for point in points}
        measured = [
            Metric(str(p["name"]), float(p["value"]), int(p.get("time", 0) * 1000) or now,
                   int(p.get("step") or 0))
            for p in points
        ]  # fmt: skip
        measured += [Metric(k, float(v), now, 0) for k, v in metrics.items() if k not in stepped]
        for part in _parts(params):
            self._client.log_batch(self.run, params=part)
        for part in _parts(measured):
            self._client.log_batch(self.run, metrics=part)

    def _optimize(self, uri: str) -> None:
        from cookhouse.models.operations.template import optimize

        database = _database(uri)
        if database is not None:
            optimize(database)

    def abandon(self, status: str) -> None:
        """Close the run as failed or killed, where it was opened already."""
        if self._lock.acquire(timeout=1.0):
            self._given_up = True
            self._lock.release()
        if self.run is None:
            return
        with contextlib.suppress(Exception):
            self._client.set_terminated(self.run, status=status)
            self._note(open_there=False)


def client(uri: str, artifacts: Path) -> Any:
    """Return a client of MLflow's store at `uri`, its database made where it is missing."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    database = _database(uri)
    if database is not None:
        from cookhouse.models.operations.template import prepare

        prepare(database, artifacts)
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def experiment_of(client: Any, model: str, artifacts: Path) -> str:
    """Return the id of a model's experiment, made on first use."""
    known = client.get_experiment_by_name(model)
    if known is None:
        from mlflow.exceptions import MlflowException

        try:
            return str(client.create_experiment(model, (artifacts / model).as_uri()))
        except MlflowException:
            # Another run of the model was faster.
            known = client.get_experiment_by_name(model)
    if known is None or known.lifecycle_stage != "active":
        raise Unavailable(f"MLflow's experiment “{model}” was deleted: restore it there.")
    return str(known.experiment_id)


def _database(uri: str) -> Path | None:
    return Path(uri.removeprefix("sqlite:///")) if uri.startswith("sqlite:///") else None


def _flat(values: dict[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _parts(items: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
