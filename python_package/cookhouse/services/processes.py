"""Host processes: started, looked at, ended. Knows nothing of the database."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from cookhouse.floor import processes
from cookhouse.services.files import ServiceFiles, write_private

HOST = Path(__file__).with_name("host")


class HostProcesses:
    """The hosts that this supervisor started, and by pid those that an earlier one did."""

    def __init__(self) -> None:
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._codes: dict[int, int] = {}

    def start(self, files: ServiceFiles, version: int, launch: dict[str, Any], port: int) -> int:
        """Start the host of a version in a session of its own; returns its pid.

        Raises `OSError` where the interpreter cannot be run.
        """
        folder = files.version(version)
        files.ensure_secret()
        with contextlib.suppress(FileNotFoundError):
            (folder / "status.json").unlink()
        order = {**launch, "keys": str(files.keys), "secret": str(files.secret), "port": port}
        write_private(folder / "order.json", json.dumps(order))
        log = os.open(folder / "host.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            child = subprocess.Popen(
                [launch["interpreter"], str(HOST), str(folder / "order.json")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
                env=processes.environment({**launch["environment"], "PYTHONUNBUFFERED": "1"}),
                start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(log)
        self._children[child.pid] = child
        return child.pid

    def alive(self, pid: int, identity: str | None) -> bool:
        """Say whether a host runs; a dead child is buried and its exit code kept."""
        runs = identity is not None and processes.alive(pid, identity)
        child = None if runs else self._children.pop(pid, None)
        if child is not None:
            self._codes[pid] = child.wait()
        return runs

    def ending(self, pid: int) -> str:
        """Say how a dead host ended, as the end of a sentence."""
        code = self._codes.pop(pid, None)
        if code is None:
            return "ended"
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"

    def ask_to_end(self, pid: int) -> None:
        """Ask a host to answer what it has and end."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    def kill(self, pid: int, identity: str | None) -> None:
        """End a host and all it started, at once."""
        processes.kill_tree(pid, identity)


def running_at(files: ServiceFiles, version: int) -> int | None:
    """Return the pid that a version's host wrote down, where that process is one of this version.

    It finds a host whose start was not written to the database, when a supervisor died between.
    """
    pid = files.status(version).get("pid")
    if not isinstance(pid, int):
        return None
    try:
        argv = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return pid if os.fsencode(files.root / str(version) / "order.json") in argv else None
