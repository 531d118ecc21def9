"""The body of a training's job: the notebook's interpreter trains, the engine keeps the books."""

from __future__ import annotations

import json
import math
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cookhouse.datasets.kernels import client_variables
from cookhouse.errors import Failure, Refused
from cookhouse.models.operations.tracking import Tracking

if TYPE_CHECKING:
    from cookhouse.floor.jobs.context import JobContext

STAGED = "out"
CHARTS = "charts.json"


class Stopped(SystemExit):
    """The job is being cancelled."""


def train(context: JobContext) -> dict[str, Any]:
    """Train one run; return what its record needs.

    What was made waits in the job's folder (`out/`) until the record is written.
    """
    out = context.folder / STAGED
    out.mkdir(exist_ok=True)
    signal.signal(signal.SIGTERM, _stop)
    tracking = Tracking(context)
    relay = Relay(context, tracking)
    try:
        request = _request(context, relay)
        relay.progress("Starting the notebook's interpreter", 0.01)
        _run(context, out, request, relay)
        evaluation = _read(out / "evaluation.json")
        context.still_current()
        context.progress("Recording the run", 0.97)
        tracking.finish(out, evaluation, relay.points)
    except BaseException as error:
        tracking.abandon("KILLED" if isinstance(error, Stopped) else "FAILED")
        raise
    return _facts(out, evaluation, tracking, relay.data_version)


def _run(context: JobContext, out: Path, request: Path, relay: Relay) -> None:
    given = context.arguments
    package = Path(given["package"])
    argv = [
        given["interpreter"], str(package / "_runtime" / "__main__.py"), "train",
        "--recipe", str(package), "--out", str(out), "--request", str(request),
    ]  # fmt: skip
    environment = client_variables(context.workspace, Path(sys.executable))
    code = context.run(
        argv, env=environment, on_event=relay, cwd=context.folder, events=out / "events.jsonl"
    )
    if code != 0:
        raise relay.failure(code)


def _request(context: JobContext, relay: Relay) -> Path:
    given = context.arguments
    path = context.folder / "request.json"
    request = {
        "hyperparameters": given["changed"],
        "binding": _binding(context, relay),
        "overlay": given["overlay"],
        "seed": None,
    }
    path.write_text(json.dumps(request), encoding="utf-8")
    return path


def _binding(context: JobContext, relay: Relay) -> dict[str, Any]:
    data = context.arguments["data"]
    if not data["bound"]:
        return {"kind": "file"}
    # Reading a table needs libraries that a training from a file does not wait for.
    from cookhouse.datasets.operations import export

    context.progress(f"Reading dataset {data['name']}", 0.0)
    path = context.folder / "rows.parquet"
    found = export(context.workspace, data["name"], path=path, flatten=True)
    if not found["rows"]:
        raise Refused(f"The dataset “{data['name']}” has no rows: ingest some before training.")
    relay.data_version = found["version"]
    return {"kind": "dataset", "name": data["name"], "path": str(path)}


class Relay:
    """Hands on what the training's process says of itself."""

    def __init__(self, context: JobContext, tracking: Tracking) -> None:
        self.context = context
        self.tracking = tracking
        self.points: list[dict[str, Any]] = []
        self.error: dict[str, Any] = {}
        self.data_version: int | None = None

    def __call__(self, event: dict[str, Any]) -> None:
        """Take one event."""
        # Loading MLflow takes seconds of computing: only when the training has begun to run.
        self.tracking.start()
        match event.get("type"):
            case "progress":
                fraction = event.get("fraction")
                self.progress(str(event.get("step") or ""), fraction)
            case "metric":
                self._point(event)
            case "error":
                self.error = event

    def progress(self, step: str, fraction: float | None) -> None:
        """Say how far it is; the last part of the whole is the recording."""
        self.context.progress(step, None if fraction is None else min(fraction, 1.0) * 0.96)

    def _point(self, event: dict[str, Any]) -> None:
        value = float(event["value"])
        if math.isfinite(value):
            self.points.append(event)
            self.context.metric(str(event["name"]), value, int(event.get("step") or 0))

    def failure(self, code: int) -> Failure:
        """Return why the process failed, in the author's terms."""
        what = str(self.error.get("what") or "").rstrip(".")
        if what:
            cell = self.error.get("cell")
            return Refused(f"The training failed: {what}.", cell=cell, line=self.error.get("line"))
        if code == -signal.SIGKILL:
            return Refused(
                "The training was killed, most likely for want of memory: give it fewer rows."
            )
        ended = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return Refused(f"The training ended {ended} and left no word: the log has the details.")


def _facts(
    out: Path, evaluation: dict[str, Any], tracking: Tracking, data_version: int | None
) -> dict[str, Any]:
    model = _read(out / "model" / "model.json")
    scoring = model.get("scoring") or {}
    metric = evaluation.get("metric") or {}
    return {
        "metrics": evaluation.get("metrics") or {},
        "metric": metric.get("name"),
        "classes": evaluation.get("classes") or [],
        "size": sum(p.stat().st_size for p in (out / "model").rglob("*") if p.is_file()),
        "scoring": scoring.get("verdict") or "unverified",
        "scoring_reason": scoring.get("reason") or "",
        "data_version": data_version,
        "mlflow_run": tracking.run,
        "closed": tracking.closed,
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        raise Refused(
            f"The training ended without leaving its {path.stem}: the log has the details."
        ) from None


def _stop(_signal: int, _frame: Any) -> NoReturn:
    raise Stopped(143)
