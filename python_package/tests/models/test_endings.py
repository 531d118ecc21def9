"""Trainings that do not end well leave no half run, and say why."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from cookhouse.errors import Conflict, Invalid, NotFound, Taken
from cookhouse.floor.messages import Job, ListQuery
from cookhouse.house import House
from cookhouse.models import store
from cookhouse.models.messages import CreateModel, CreateRun, ModelQuery, Run
from tests.models.test_training import in_engine
from tests.recipes.notebooks import CANCER, write_notebook
from tests.recipes.prepared import put_recipe

Finished = Callable[..., Job]
SLOW = (
    *CANCER[:4],
    "import time\nSECONDS = 60\nfor _ in range(SECONDS * 10):\n    time.sleep(0.1)\n"
    "X_train = X_train * 1.0",
    *CANCER[4:],
)
STATUS = """
import json, sys
from mlflow.tracking import MlflowClient
client = MlflowClient(tracking_uri=sys.argv[1], registry_uri=sys.argv[1])
print(json.dumps(client.get_run(sys.argv[2]).info.status))
"""
BROKEN = (*CANCER[:5], "C = {}['no such key']\nX_train_s = X_train_s * C", *CANCER[5:])


def put(house: House, root_dir: Path, interpreter: Path, cells: tuple[str, ...]) -> None:
    put_recipe(house, write_notebook(root_dir / "cancer.ipynb", cells), interpreter)


def start(house: House, **more: Any) -> Run:
    return house.models.create(CreateModel.model_validate({"recipe": "cancer", **more}), "ann")


def training_process(folder: Path, seconds: float = 60.0) -> psutil.Process:
    """Wait for the process that trains and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for process in psutil.process_iter(["cmdline"]):
            line = process.info["cmdline"] or []
            if "train" in line and any(str(folder) in part for part in line):
                return process
        time.sleep(0.05)
    raise AssertionError("no training process appeared")


def wait_until_running(house: House, job: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and "cell" not in (house.jobs.show(job).step or ""):
        time.sleep(0.05)


def test_a_cancelled_training_leaves_no_half_run(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    put(house, root_dir, interpreter, SLOW)
    run = start(house)
    process = training_process(house.jobs.folder(run.job))
    wait_until_running(house, run.job)
    with pytest.raises(Conflict, match="under way"):
        house.models.delete("cancer")
    house.jobs.cancel(run.job)
    assert finished(run.job, 30).state == "cancelled"
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    done = house.models.run("cancer", run.id)
    assert done.state == "cancelled"
    assert done.finished is not None
    assert not house.models.folder(run.id).exists()
    assert not (house.jobs.folder(run.job) / "out").exists()
    with pytest.raises(Conflict, match="No run of model “cancer” has succeeded"):
        house.models.resolve("cancer")
    house.models.delete("cancer")
    assert house.models.list(ModelQuery()).total == 0


def test_a_killed_training_says_so(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    put(house, root_dir, interpreter, SLOW)
    run = start(house)
    process = training_process(house.jobs.folder(run.job))
    wait_until_running(house, run.job)
    os.kill(process.pid, signal.SIGKILL)
    assert finished(run.job, 60).state == "failed"
    done = house.models.run("cancer", run.id)
    assert done.state == "failed"
    assert "killed" in (done.reason or "")
    assert not house.models.folder(run.id).exists()


def test_a_failing_statement_is_named_with_its_cell(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    put(house, root_dir, interpreter, BROKEN)
    run = start(house)
    assert finished(run.job, 120).state == "failed"
    done = house.models.run("cancer", run.id)
    assert "cell 7 failed at line 1" in (done.reason or "")
    assert "no such key" in (done.reason or "")
    assert "no such key" in house.jobs.log(run.job, 0, 100_000).text
    with pytest.raises(Conflict, match="no such key"):
        house.models.evaluation("cancer", run.id)


def test_what_is_wrong_with_a_request_is_said_before_anything_starts(
    house: House, root_dir: Path, interpreter: Path
) -> None:
    put(house, root_dir, interpreter, CANCER)
    with pytest.raises(Invalid, match="“C” must be above 0"):
        start(house, hyperparameters={"C": -1})
    with pytest.raises(NotFound, match="no recipe “nothing”"):
        start(house, recipe="nothing")
    with pytest.raises(NotFound, match="no version 7"):
        start(house, version=7)
    with pytest.raises(NotFound, match="dataset"):
        start(house, dataset="nothing")
    with pytest.raises(NotFound, match="no model “nothing”"):
        house.models.train("nothing", CreateRun(), "ann")
    assert house.models.list(ModelQuery()).total == 0


def test_names_are_found_or_refused_and_a_key_starts_once(
    house: House, root_dir: Path, interpreter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(house, root_dir, interpreter, CANCER)
    monkeypatch.setattr(house.jobs, "wake", lambda: None)
    body = CreateModel(recipe="cancer")
    first = house.models.create(body, "ann", "pressed")
    assert house.models.create(body, "ann", "pressed").id == first.id
    assert house.models.create(body, "bob", "pressed").model == "cancer-2"
    with pytest.raises(Taken, match="“cancer” already"):
        start(house, name="cancer")
    again = house.models.train("cancer", CreateRun(), "ann", "again")
    assert house.models.train("cancer", CreateRun(), "ann", "again").id == again.id
    page = house.models.runs("cancer", ListQuery())
    assert [run.number for run in page.items] == [2, 1]
    with pytest.raises(Conflict, match="cancer, cancer-2"):
        house.recipes.delete("cancer")


def test_mlflow_shows_no_run_of_a_killed_job_as_running_for_ever(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    put(house, root_dir, interpreter, SLOW)
    run = start(house)
    note = house.jobs.folder(run.job) / "mlflow.json"
    deadline = time.monotonic() + 90
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    with house.database.read() as session:
        pid = house.jobs.row(session, run.job).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert finished(run.job, 60).state in ("failed", "lost")
    killed = house.models.run("cancer", run.id)
    assert killed.state in ("failed", "lost")
    assert killed.reason
    assert killed.mlflow_run is not None

    put_recipe(house, write_notebook(root_dir / "fast.ipynb", CANCER), interpreter, name="fast")
    after = start(house, recipe="fast")
    assert finished(after.job, 240).state == "succeeded"
    uri = house.workspace.mlflow_uri
    assert in_engine(house, STATUS, uri, killed.mlflow_run) == "KILLED"
    assert in_engine(house, STATUS, uri, str(house.models.run("fast", after.id).mlflow_run)) == (
        "FINISHED"
    )
    with house.database.read() as session:
        assert store.left_open(session) == []
