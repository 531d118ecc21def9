"""Run one side of the proof in a process group of its own, bounded in time and memory."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CHILD = Path(__file__).parent / "child" / "__main__.py"
_SECRETS = ("JUPYTER", "JPY_")
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall clock and bytes of memory (None: no limit) for one process tree."""

    seconds: float
    memory: int | None = None


@dataclass
class Child:
    """A started side; `wait` gives its result or why there is none."""

    order: dict[str, Any]
    process: subprocess.Popen[bytes]
    limits: Limits
    started: float

    def wait(self) -> dict[str, Any]:
        """Return the side's result; where it died, `error` says of what."""
        try:
            reason = self._watch()
        finally:
            self.kill()
        path = Path(self.order["out"]) / "result.json"
        if reason is None and path.exists():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
        return {"error": {"kind": "Ended", "message": reason or self._died(), "cell": None}}

    def _watch(self) -> str | None:
        checked = 0.0
        while self.process.poll() is None:
            passed = time.monotonic() - self.started
            if passed > self.limits.seconds:
                return f"it ran longer than the time limit of {self.limits.seconds:g} seconds"
            if self.limits.memory and passed - checked > 0.5:
                checked = passed
                if _memory(self.process.pid) > self.limits.memory:
                    size = self.limits.memory / 2**20
                    return f"it took more than the memory limit of {size:,.0f} MiB"
            time.sleep(_POLL)
        return None

    def _died(self) -> str:
        code = self.process.returncode
        if code is not None and code < 0:
            return f"its process was ended by signal {signal.Signals(-code).name}"
        log = Path(self.order["out"]) / "log.txt"
        with contextlib.suppress(OSError):
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            if lines:
                return f"its process ended: {lines[-1][:300]}"
        return f"its process ended with code {code}"

    def kill(self) -> None:
        """End the whole process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)


def start(
    interpreter: Path, order: dict[str, Any], limits: Limits, environment: dict[str, str]
) -> Child:
    """Start a side; `order["out"]` is the folder of its order, log and result."""
    out = Path(order["out"])
    out.mkdir(parents=True, exist_ok=True)
    path = out / "order.json"
    path.write_text(json.dumps(order), encoding="utf-8")
    with (out / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [os.fspath(interpreter), os.fspath(_CHILD), os.fspath(path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=out,
            env=_environment(environment),
            process_group=0,
        )
    return Child(order, process, limits, time.monotonic())


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_SECRETS)}
    kept.pop("PYTHONPATH", None)
    fixed = {"PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **more, **fixed}


def _memory(pid: int) -> int:
    import psutil

    total = 0
    with contextlib.suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
    return total
