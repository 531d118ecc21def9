"""The warm process of a proof and its forks, each in a process group of its own, bounded."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

_CHILD = Path(__file__).parent / "child" / "__main__.py"
_SECRETS = ("JUPYTER", "JPY_")
_WARM = frozenset({"numpy", "pandas", "scipy", "sklearn", "matplotlib", "seaborn"})
_POLL = 0.03
_STARTING = 120.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall clock and bytes of memory (None: no limit) for one side of the proof."""

    seconds: float
    memory: int | None = None


class Template:
    """A warm process in the notebook's interpreter; leaving it ends whatever it started."""

    def __init__(
        self, interpreter: Path, modules: list[str], environment: dict[str, str], folder: Path
    ) -> None:
        self._process = subprocess.Popen(
            [os.fspath(interpreter), os.fspath(_CHILD), *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(environment),
            process_group=0,
        )
        self.codes: dict[int, int] = {}
        self._pids: dict[int, int] = {}
        self._count = 0
        self._change = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Template:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in self._pids.values():
            if pid not in self.codes:
                end_group(pid)
        end_group(self._process.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def start(self, order: dict[str, Any], limits: Limits) -> Child:
        """Fork a side; `order["out"]` is the folder of its order, log and result."""
        out = Path(order["out"])
        out.mkdir(parents=True, exist_ok=True)
        path = out / "order.json"
        path.write_text(json.dumps(order), encoding="utf-8")
        self._count += 1
        number = self._count
        message = json.dumps({"number": number, "path": os.fspath(path)}) + "\n"
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(message.encode())
            self._process.stdin.flush()
        with self._change:
            self._change.wait_for(
                lambda: number in self._pids or self._process.poll() is not None, _STARTING
            )
        return Child(self, order, limits, self._pids.get(number))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(ValueError, OSError):
            for line in self._process.stdout:
                answer = json.loads(line)
                with self._change:
                    if "started" in answer:
                        self._pids[answer["number"]] = answer["started"]
                    else:
                        self.codes[answer["ended"]] = answer["code"]
                    self._change.notify_all()
        with self._change:
            self._change.notify_all()

    @property
    def alive(self) -> bool:
        """Tell whether the warm process still runs."""
        return self._process.poll() is None


@dataclass
class Child:
    """A started side; `wait` gives its result or why there is none."""

    template: Template
    order: dict[str, Any]
    limits: Limits
    pid: int | None
    started: float = field(default_factory=time.monotonic)

    def wait(self) -> dict[str, Any]:
        """Return the side's result; where it died, `error` says of what."""
        if self.pid is None:
            return _ended("the notebook's interpreter could not be started")
        try:
            reason = self._watch(self.pid)
        finally:
            end_group(self.pid)
        path = Path(self.order["out"]) / "result.json"
        if reason is None and path.exists():
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
        return _ended(reason or self._died(self.pid))

    def _watch(self, pid: int) -> str | None:
        checked = 0.0
        while pid not in self.template.codes and self.template.alive:
            passed = time.monotonic() - self.started
            if passed > self.limits.seconds:
                return f"it ran longer than the time limit of {self.limits.seconds:g} seconds"
            if self.limits.memory and passed - checked > 0.5:
                checked = passed
                if _memory(pid) > self.limits.memory:
                    size = self.limits.memory / 2**20
                    return f"it took more than the memory limit of {size:,.0f} MiB"
            time.sleep(_POLL)
        return None

    def _died(self, pid: int) -> str:
        code = self.template.codes.get(pid)
        if code is not None and code < 0:
            return f"its process was ended by {signal.Signals(-code).name}"
        log = Path(self.order["out"]) / "log.txt"
        with contextlib.suppress(OSError):
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            if lines:
                return f"its process ended: {lines[-1][:300]}"
        return f"its process ended with code {code}"


def warm_modules(sources: Iterable[str]) -> list[str]:
    """Return the modules of large, well-behaved libraries that the statements import."""
    found: list[str] = []
    for source in sources:
        with contextlib.suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                found += [name for name in names if name.partition(".")[0] in _WARM]
    return list(dict.fromkeys(found))


def end_group(pid: int) -> None:
    """Kill a process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _ended(message: str) -> dict[str, Any]:
    return {"error": {"kind": "Ended", "message": message, "cell": None}}


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
