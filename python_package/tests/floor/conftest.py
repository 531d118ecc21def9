"""A house whose supervisor knows the job kinds of these tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cookhouse.floor.config import Config
from cookhouse.floor.messages import Job
from cookhouse.house import House
from tests.floor import bodies


def supervised(house: House, config: Config) -> House:
    """Have the house start the supervisor of `bodies.py`, and know its kinds itself."""
    bodies.register(house)
    argv = [sys.executable, str(Path(bodies.__file__)), str(house.workspace.root)]
    argv.append(json.dumps({"config": config.to_json(), "root_dir": str(house.root_dir)}))

    def start() -> None:
        said = (house.workspace.supervisor / "log").open("ab")
        subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                         start_new_session=True, env=dict(os.environ))  # fmt: skip

    house.jobs.start = start
    return house


@pytest.fixture
def house(house: House, config: Config) -> House:
    """Return the house of the tests with its own kinds of jobs."""
    return supervised(house, config)


@pytest.fixture
def enqueue(house: House) -> Callable[..., Job]:
    """Return a function that enqueues a job of `bodies.py` and wakes the supervisor."""
    return enqueuer(house)


def enqueuer(house: House) -> Callable[..., Job]:
    """Return a function that enqueues a kind of `bodies.py`, with its arguments by name."""

    def run(body: str, key: str | None = None, **arguments: Any) -> Job:
        with house.database.write() as session:
            job = house.jobs.enqueue(
                session, kind=f"test.{body}", title=f"Test {body}", arguments=arguments,
                subject=("tests", "thing"), who="me", key=key,
            )  # fmt: skip
        house.jobs.wake()
        return job

    return run
