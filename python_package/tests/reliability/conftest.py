"""A real server in a process of its own, on a workspace of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from cookhouse.floor.config import Config
from cookhouse.floor.messages import Job
from cookhouse.house import House
from tests.conftest import end_supervisor
from tests.floor.conftest import enqueuer, supervised

TOKEN = "token-of-the-test"
MIB = 1024 * 1024


class Server:
    """A Jupyter server with Cookhouse; started, asked, measured, killed."""

    def __init__(self, workspace: Path, root_dir: Path, config: Config, *more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.workspace = workspace
        self.root_dir = root_dir
        self.url = f"http://127.0.0.1:{self.port}"
        self.argv = [
            sys.executable, "-m", "jupyter_server", "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root_dir}",
            "--ServerApp.jpserver_extensions={'cookhouse': True}", "--ServerApp.allow_root=True",
            "--no-browser", f"--Cookhouse.workspace={workspace}",
            f"--Cookhouse.engine={config.engine}", *more,
        ]  # fmt: skip
        self.environment = {**os.environ, "JUPYTER_SERVER_ALLOW_UNAUTHENTICATED_ACCESS": "false"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.root_dir.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.argv, env=self.environment, stdout=log, stderr=log, cwd=self.root_dir
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                # A bare server answers too: that it has no such page.
                if self.get("status").status_code in (200, 404):
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError((self.root_dir.parent / "server.log").read_text()[-3_000:])

    def kill(self) -> None:
        """Kill it at once."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def address(self, path: str) -> str:
        """Return the address of an endpoint."""
        return f"{self.url}/cookhouse/api/{path}"

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """Send a request with the token."""
        headers = {"Authorization": f"token {TOKEN}", **more.pop("headers", {})}  # type: ignore[dict-item]
        return httpx.request(method, self.address(path), headers=headers, timeout=30, **more)  # type: ignore[arg-type]

    def get(self, path: str, **more: object) -> httpx.Response:
        """Read."""
        return self.ask("GET", path, **more)

    def memory(self) -> float:
        """Return the memory of its process in MiB."""
        assert self.process is not None
        return psutil.Process(self.process.pid).memory_info().rss / MIB


@pytest.fixture
def house(house: House, config: Config) -> House:
    """Return a house whose supervisor knows the job kinds of `tests/floor/bodies.py`."""
    return supervised(house, config)


@pytest.fixture
def enqueue(house: House) -> Callable[..., Job]:
    """Return a function that enqueues one of these kinds and wakes the supervisor."""
    return enqueuer(house)


@pytest.fixture
def server_options() -> list[str]:
    """Return further options of the server's command line; override it."""
    return []


@pytest.fixture
def server(
    workspace: Path, root_dir: Path, config: Config, server_options: list[str]
) -> Iterator[Server]:
    """Return a running server."""
    server = Server(workspace, root_dir, config, *server_options)
    server.start()
    yield server
    server.kill()
    end_supervisor(workspace)
