"""The server's end of the analysing process: one at a time, bounded, ended when not needed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from cookhouse.errors import Unavailable
from cookhouse.floor.engine import Worker
from cookhouse.floor.processes import command, environment

SECONDS = 20.0
IDLE_SECONDS = 120.0


class Analyst:
    """Asks the analysing process; safe to use from many threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None
        self.clock: threading.Timer | None = None

    def ask(self, notebook: Any, path: Path | None, model: str | None) -> dict[str, Any]:
        """Return the analysis as JSON data.

        Raises `Unavailable` when it takes over 20 seconds or the notebook cannot be analysed at
        all, which says something of us and nothing of the notebook.
        """
        request = {"notebook": notebook, "path": str(path) if path else None, "model": model}
        frame = json.dumps(request).encode("utf-8")
        with self.lock:
            started = time.monotonic()
            worker = self._running()
            try:
                head, body = worker.ask(frame, SECONDS)
            except Unavailable:
                self.worker = None
                raise Unavailable(_words(time.monotonic() - started)) from None
            self._rest()
        if not head.get("ok"):
            raise Unavailable(f"This notebook could not be analysed. {head.get('what', '')}")
        found: dict[str, Any] = json.loads(body)
        return found

    def _running(self) -> Worker:
        if self.clock is not None:
            self.clock.cancel()
        if self.worker is None or self.worker.process.poll() is not None:
            self.worker = Worker(
                subprocess.Popen(
                    command(Path(sys.executable), "cookhouse.notebooks.worker"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=environment(),
                    start_new_session=True,
                )
            )
        return self.worker

    def _rest(self) -> None:
        # Nobody looks at a notebook: its 40 MB are better used by somebody else.
        self.clock = threading.Timer(IDLE_SECONDS, self.close)
        self.clock.daemon = True
        self.clock.start()

    def close(self) -> None:
        """End the process."""
        with self.lock:
            if self.clock is not None:
                self.clock.cancel()
            if self.worker is not None:
                self.worker.end()
            self.worker = None


def _words(seconds: float) -> str:
    if seconds >= SECONDS:
        return (
            f"Analysing this notebook took over {SECONDS:.0f} seconds and was stopped: "
            "split very long cells and try again."
        )
    return "The analysis ended while it read this notebook: a cell may be nested too deeply."
