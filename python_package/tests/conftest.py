"""Fixtures of all tests: a workspace of its own, a house on it, a server with the extension."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from cookhouse.floor import environments
from cookhouse.floor.config import Config
from cookhouse.floor.messages import Job
from cookhouse.house import House

pytest_plugins = ["pytest_jupyter.jupyter_server"]

REPOSITORY = Path(__file__).resolve().parents[2]
PREPARED = REPOSITORY / ".venv-engine" / "bin" / "python"
NOTEBOOKS = REPOSITORY / ".venv-notebooks" / "bin" / "python"


def engine_setting() -> str:
    """Return the engine that stands ready: what was built, else the one beside the repository."""
    named = os.environ.get("COOKHOUSE_ENGINE")
    if named or environments.ready("engine") is not None or not PREPARED.exists():
        return named or "managed"
    return str(PREPARED)


@pytest.fixture(autouse=True)
def _no_anonymous_access(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_SERVER_ALLOW_UNAUTHENTICATED_ACCESS", "false")


@pytest.fixture
def config() -> Config:
    """Return the settings of the test's house; override it to change them."""
    return Config(engine=engine_setting(), supervisor_idle=5.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Path]:
    """Return a folder for a workspace; its supervisor is ended with the test."""
    root = tmp_path / "workspace"
    yield root
    end_supervisor(root)


@pytest.fixture
def root_dir(tmp_path: Path) -> Path:
    """Return the folder that stands for what Jupyter serves."""
    folder = tmp_path / "served"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def house(workspace: Path, config: Config, root_dir: Path) -> Iterator[House]:
    """Return a house on a workspace of its own."""
    house = House(workspace, config, root_dir)
    yield house
    house.close()


@pytest.fixture
def finished(house: House) -> Callable[..., Job]:
    """Return a function that waits for a job of the house to end and returns it."""
    return lambda job, seconds=60.0: wait_for(house, job, seconds)


def wait_for(house: House, job_id: str, seconds: float = 60.0) -> Job:
    """Wait until a job has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job = house.jobs.show(job_id)
        if job.state not in ("pending", "running"):
            return job
        time.sleep(0.02)
    raise AssertionError(f"job {job_id} did not end in {seconds} s: {house.jobs.show(job_id)}")


def supervisor_of(root: Path) -> psutil.Process | None:
    """Return the supervisor's process of a workspace, while one lives."""
    try:
        pid = int((root / "supervisor" / "lock").read_text() or 0)
        process = psutil.Process(pid)
        # Its number may be a stranger's by now.
        return process if str(root) in process.cmdline() else None
    except (OSError, ValueError, psutil.Error):
        return None


def end_supervisor(root: Path) -> None:
    """End the supervisor of a workspace with all that it started."""
    supervisor = supervisor_of(root)
    if supervisor is None:
        return
    for process in (*supervisor.children(recursive=True), supervisor):
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs([supervisor], timeout=5)


@pytest.fixture
def jp_server_config(jp_server_config: Any, workspace: Path, config: Config) -> Any:
    """Return a server configuration with the extension on, on a workspace of its own."""
    jp_server_config.ServerApp.jpserver_extensions = {"cookhouse": True}
    jp_server_config.ServerApp.allow_root = True
    jp_server_config.Cookhouse.workspace = str(workspace)
    jp_server_config.Cookhouse.engine = config.engine
    jp_server_config.Cookhouse.roles = config.roles
    jp_server_config.Cookhouse.default_role = config.default_role
    return jp_server_config


def with_limits(config: Config, **limits: Any) -> Config:
    """Return settings with other limits."""
    return replace(config, **limits)
