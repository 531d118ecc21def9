"""A scoring killed before, during and after the commit, then retried: exactly one batch."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cookhouse.datasets.messages import DatasetQuery, RowsQuery
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import ListQuery
from cookhouse.house import House
from cookhouse.scoring.messages import CreateScoring, Scoring
from tests.conftest import end_supervisor
from tests.scoring.conftest import ingest, models, scorable
from tests.services.hosting import until

__all__ = ["ingest", "models", "scorable"]
DYING = Path(__file__).with_name("dying.py")


def create(house: House) -> Scoring:
    body = CreateScoring(model="m", input="visits", output="results")
    made: Scoring = house.scoring.create(body, "ann", "press")
    return made


def attempt(house: House, job: str, moment: str) -> subprocess.CompletedProcess[str]:
    """Run a job's body as the supervisor would, outside of it, so that it can be made to die."""
    folder = house.jobs.folder(job)
    folder.mkdir(parents=True, exist_ok=True)
    with house.database.read() as session:
        arguments = house.jobs.row(session, job).arguments
    (folder / "arguments.json").write_text(json.dumps(arguments), encoding="utf-8")
    (folder / "attempt").write_text("1", encoding="ascii")
    workspace = str(house.workspace.root)
    argv = [str(house.engine.required()), "-P", str(DYING), str(folder), "1", workspace, moment]
    return subprocess.run(argv, capture_output=True, text=True, timeout=120)


def settle(house: House, job: str, state: Any, result: dict[str, Any] | None) -> None:
    """Give the job its ending as the supervisor does."""
    with house.database.write() as session:
        row = session.get(JobRow, job)
        assert row is not None
        reason = None if state == "succeeded" else "Its process is gone."
        house.jobs.settle(session, row, {"state": state, "result": result, "reason": reason})


@pytest.mark.parametrize("moment", ["before", "during", "after"])
def test_killed_and_retried_gives_one_batch(
    scorable: House, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test stands in for the supervisor, which took in the rows and would run the jobs too.
    end_supervisor(scorable.workspace.root)
    monkeypatch.setattr(scorable.jobs, "wake", lambda: None)
    first = create(scorable)
    assert attempt(scorable, first.job, moment).returncode == -signal.SIGKILL
    settle(scorable, first.job, "lost", None)

    again = create(scorable)
    assert again.id == first.id
    if moment == "after":
        assert again.state == "succeeded"
        assert [entry.rows for entry in again.refused] == [4]
        # The same attempt once more, by whatever mistake, still adds nothing.
        done = json.loads(attempt(scorable, first.job, "never").stdout)
        assert done["added"]["already"]
    else:
        assert again.state == "pending"
        assert again.job != first.job
        ran = attempt(scorable, again.job, "never")
        assert ran.returncode == 0, ran.stderr
        settle(scorable, again.job, "succeeded", json.loads(ran.stdout))

    shown = scorable.scoring.show(first.id)
    assert shown.state == "succeeded"
    assert shown.batch is not None
    batches = scorable.datasets.batches("results", ListQuery()).items
    assert [(b.id, b.rows, b.state) for b in batches] == [(shown.batch.id, 20, "active")]
    rows = scorable.datasets.rows("results", RowsQuery(limit=1000)).rows
    assert [row[0] for row in rows] == list(range(20))


def test_cancelled_while_predicting_leaves_nothing(scorable: House, models: Any) -> None:
    models.settings('{"seconds": 60}')
    made = create(scorable)
    until(lambda: "Starting" in (scorable.jobs.show(made.job).step or ""))
    scorable.jobs.cancel(made.job)
    until(lambda: scorable.scoring.show(made.id).state == "cancelled")
    assert "results" not in {d.name for d in scorable.datasets.list(DatasetQuery()).items}
