"""The engine: heavy libraries in an environment and in processes of their own.

One or two warm processes answer interactive calls; jobs start from the same interpreter.
`python -m cookhouse.floor.engine build` makes the environment.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from cookhouse.errors import Failure, Unavailable, from_code
from cookhouse.floor import environments
from cookhouse.floor.config import Config
from cookhouse.floor.engine_worker import read_frame, write_frame
from cookhouse.floor.messages import EngineStatus
from cookhouse.floor.processes import command, environment

SECONDS = 60.0
WORKERS = 2
IDLE_SECONDS = 60.0


class EngineError(RuntimeError):
    """An operation met an error that is ours, not the user's."""


@dataclass
class Worker:
    """One warm process behind a pipe."""

    process: subprocess.Popen[bytes]
    used: float = field(default_factory=time.monotonic)

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for its answer; the process is killed when time is up."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            write_frame(_pipe(self.process.stdin), request)
            head = read_frame(_pipe(self.process.stdout))
            body = read_frame(_pipe(self.process.stdout)) if head is not None else None
        except OSError:
            head = body = None
        finally:
            clock.cancel()
        if head is None or body is None:
            self.end()
            raise Unavailable(_gone(late.is_set(), seconds))
        self.used = time.monotonic()
        return json.loads(head), body

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            # A pipe with unsent bytes complains that nobody reads any more.
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        self.process.wait()


class Engine:
    """Calls into the engine's environment; safe to use from many threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.lock = threading.Lock()
        self.free: list[Worker] = []
        self.slots = threading.BoundedSemaphore(WORKERS)
        self.closed = False

    @property
    def python(self) -> Path | None:
        """The engine's interpreter; None while there is none."""
        if self.config.engine == "this":
            return Path(sys.executable)
        if self.config.engine != "managed":
            path = Path(self.config.engine).expanduser()
            return path if path.is_file() else None
        return environments.ready("engine")

    def required(self) -> Path:
        """Return the interpreter. Raises `Unavailable` with the way out where there is none."""
        python = self.python
        if python is None:
            raise Unavailable(self.status().message, engine="missing")
        return python

    def status(self) -> EngineStatus:
        """Say whether the environment is there; looks, never builds."""
        python = self.python
        if python is not None:
            return EngineStatus(state="ready", path=str(python))
        if self.config.engine not in ("managed", "this"):
            words = f"The engine's interpreter “{self.config.engine}” is not there: change the "
            return EngineStatus(state="failed", message=words + "setting Cookhouse.engine.")
        words = "The engine's environment is not built yet: build it from the panel, or with "
        return EngineStatus(state="missing", message=words + "“cookhouse engine build”.")

    def call(self, operation: str, *, timeout: float = SECONDS, **arguments: Any) -> Any:
        """Run `room.operation` in the engine and return its JSON answer.

        Raises the failure that the operation raised; `Unavailable` when the engine is missing,
        ended, or over `timeout` seconds; `EngineError` for an error of our own.
        """
        return json.loads(self._ask(operation, arguments, timeout))

    def call_bytes(self, operation: str, *, timeout: float = SECONDS, **arguments: Any) -> bytes:
        """Run an operation that answers bytes (Arrow IPC)."""
        return self._ask(operation, arguments, timeout)

    def _ask(self, operation: str, arguments: dict[str, Any], timeout: float) -> bytes:
        request = json.dumps({"operation": operation, "arguments": arguments}, default=str)
        with self.slots:
            worker = self._taken()
            head, body = worker.ask(request.encode("utf-8"), timeout)
            self._give_back(worker)
        if head.get("ok"):
            return body
        if head["code"] == "internal":
            raise EngineError(f"{operation}: {head['message']}")
        raise from_code(head["code"], head["message"], head.get("detail"))

    def _taken(self) -> Worker:
        with self.lock:
            while self.free:
                worker = self.free.pop()
                if worker.process.poll() is None:
                    return worker
                worker.end()
        return Worker(
            subprocess.Popen(
                command(self.required(), "cookhouse.floor.engine_worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
                start_new_session=True,
            )
        )

    def _give_back(self, worker: Worker) -> None:
        with self.lock:
            if self.closed:
                worker.end()
                return
            self.free.append(worker)
            # One stays warm; a second one goes when it was not needed for a while.
            spare = [w for w in self.free[:-1] if time.monotonic() - w.used > IDLE_SECONDS]
            for idle in spare:
                self.free.remove(idle)
                idle.end()

    def warm(self) -> None:
        """Have one process ready, so that the first click does not wait for it."""
        with self.slots:
            self._give_back(self._taken())

    def close(self) -> None:
        """End all processes."""
        with self.lock:
            self.closed = True
            for worker in self.free:
                worker.end()
            self.free.clear()


def _pipe(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    return pipe


def _gone(late: bool, seconds: float) -> str:
    if late:
        return f"This took over {seconds:.0f} seconds and was stopped: ask for less at a time."
    return "The engine ended while it worked on this, perhaps out of memory: try again."


def main() -> None:
    """Build the environment from the command line, with progress on standard error."""
    if sys.argv[1:] != ["build"]:
        sys.exit("usage: python -m cookhouse.floor.engine build")
    try:
        path = environments.build("engine", lambda words: print(words, file=sys.stderr))
    except Failure as failure:
        sys.exit(failure.message)
    print(path)


if __name__ == "__main__":
    main()
