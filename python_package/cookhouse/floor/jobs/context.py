"""What a job's body works with. Standard library only: it runs in the engine's interpreter."""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

EVENTS = "COOKHOUSE_EVENTS"
TAIL_SECONDS = 0.05


class Superseded(Exception):
    """This attempt is no longer the one in force: it must leave no trace any more."""


def write_atomically(path: Path, data: Any) -> None:
    """Put JSON under a name so that readers see the old or the new content, and it stays."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


class JobContext:
    """One attempt of one job.

    `arguments` is what the job was enqueued with, `workspace` the workspace's root, `folder` the
    job's own folder, `attempt` its number.
    """

    def __init__(self, folder: Path, attempt: int, workspace: Path, arguments: dict[str, Any]):
        self.folder = folder
        self.attempt = attempt
        self.workspace = workspace
        self.arguments = arguments
        self.id = folder.name
        self._lock = threading.Lock()
        self._points = (folder / "metrics.jsonl").open("a", encoding="utf-8")

    def progress(self, step: str, fraction: float | None = None) -> None:
        """Say what is being done, and how much of the whole is done (0 to 1)."""
        aside = self.folder / ".progress"
        aside.write_text(json.dumps({"step": step, "fraction": fraction}), encoding="utf-8")
        aside.replace(self.folder / "progress.json")

    def metric(self, name: str, value: float, step: int = 0) -> None:
        """Report one point of a metric; it is seen at once by who looks at the run.

        What is no number (NaN, infinite) is no point: it is said in the log.
        """
        if not math.isfinite(value):
            self.log(f"{name} is {value} at step {step}")
            return
        point = {"name": name, "value": float(value), "step": int(step), "time": time.time()}
        with self._lock:
            self._points.write(json.dumps(point) + "\n")
            self._points.flush()

    def log(self, text: str) -> None:
        """Write a line to the job's log."""
        with self._lock:
            print(text, flush=True)

    def still_current(self) -> None:
        """Raise `Superseded` when the job was cancelled or another attempt took over.

        Call it right before each side effect that lasts, under the lock of what is changed.
        """
        try:
            current = (self.folder / "attempt").read_text(encoding="ascii").strip()
        except OSError:
            current = ""
        if current != str(self.attempt):
            raise Superseded(f"attempt {self.attempt} of job {self.id} is no longer in force")

    def run(
        self,
        argv: Sequence[str | os.PathLike[str]],
        *,
        env: Mapping[str, str] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        events: Path | None = None,
    ) -> int:
        """Run a program as part of the job and return its exit code (negative: a signal).

        What it prints goes to the job's log. With `on_event`, it is called with each JSON line
        that the program appends to the file that the environment's `COOKHOUSE_EVENTS` names;
        `events` is that file where the program has a place of its own for it. `env` stands beside
        the job's own environment.
        """
        self.still_current()
        events = events or self.folder / f"events-{self.attempt}-{time.monotonic_ns()}.jsonl"
        events.touch()
        variables = {**os.environ, EVENTS: str(events), **(env or {})}
        process = subprocess.Popen(
            [os.fspath(part) for part in argv],
            env=variables, cwd=cwd, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with events.open("rb") as tail:
                while process.poll() is None:
                    _drain(tail, on_event)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(TAIL_SECONDS)
                _drain(tail, on_event)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        return process.returncode


def _drain(tail: BinaryIO, on_event: Callable[[dict[str, Any]], None] | None) -> None:
    while True:
        start = tail.tell()
        line = tail.readline()
        if not line.endswith(b"\n"):
            # Half a line: its writer is not done with it.
            tail.seek(start)
            return
        if on_event is not None and line.strip():
            on_event(json.loads(line))
