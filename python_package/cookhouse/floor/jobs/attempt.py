"""One live attempt of a job: started with a handshake or adopted, watched, ended as a tree."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cookhouse.floor.config import Config
from cookhouse.floor.jobs.child import BEGUN, GO, NO_SPACE
from cookhouse.floor.jobs.context import write_atomically
from cookhouse.floor.jobs.kinds import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.processes import (
    MARK,
    alive,
    command,
    end_tree,
    environment,
    identity,
    kill_tree,
    memory_of,
    tree,
)  # fmt: skip

GRACE = 3.0
MEMORY_EVERY = 1.0
MIB = 1024 * 1024


def mark_of(job: str, attempt: int) -> str:
    """Return what every process of an attempt carries in its environment."""
    return f"{job}:{attempt}"


@dataclass
class Attempt:
    """A process that works on a job; `process` is None when another supervisor started it."""

    job: str
    number: int
    folder: Path
    pid: int
    identity: str
    begun: float
    seconds: float
    memory: int
    log_limit: int
    process: subprocess.Popen[bytes] | None = None
    looked: float = field(default_factory=time.monotonic)
    said: dict[str, Any] | None = None
    ended_because: str | None = None
    cancelled: bool = False

    def go(self) -> None:
        """Give the word to go, once it is noted who the process is."""
        assert self.process is not None
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(GO)
            self.process.stdin.close()
        except BrokenPipeError:
            # It is dead already; the next look says so.
            return

    def running(self) -> bool:
        """Say whether the process still runs."""
        if self.process is not None:
            return self.process.poll() is None
        return alive(self.pid, self.identity)

    def over_limit(self) -> str | None:
        """Return the reason, in words, when a limit is passed."""
        ran = time.time() - self.begun
        if self.seconds and ran > self.seconds:
            return f"It ran for over {self.seconds:.0f} seconds, which is its limit."
        log = self.folder / "log"
        if self.log_limit and log.exists() and log.stat().st_size > self.log_limit:
            return f"Its log grew over {self.log_limit // MIB} MiB, which is its limit."
        if self.memory and time.monotonic() - self.looked > MEMORY_EVERY:
            self.looked = time.monotonic()
            used = memory_of(tree(self.pid, mark_of(self.job, self.number)))
            if used > self.memory:
                return f"It used {used // MIB} MiB of memory; its limit is {self.memory // MIB}."
        return None

    def end(self, reason: str | None = None) -> None:
        """End the whole tree; with a reason when a limit was passed, else as cancelled."""
        self.ended_because = reason
        self.cancelled = reason is None
        retire(self.folder)
        end_tree(self.pid, self.identity, mark_of(self.job, self.number), GRACE)
        if self.process is not None:
            self.process.wait()

    def begun_at_all(self) -> bool:
        """Say whether the process got the word to go; without it, it did nothing."""
        try:
            return (self.folder / BEGUN).read_text(encoding="ascii") == str(self.number)
        except OSError:
            return False

    def outcome(self) -> Outcome:
        """Say how it ended; what it left running is killed first."""
        kill_tree(self.pid, self.identity, mark_of(self.job, self.number))
        left = ending(self.folder, self.number)
        if left is not None and not self.ended_because:
            return left
        if self.cancelled:
            return {"state": "cancelled", "result": None, "reason": "It was cancelled."}
        if self.ended_because:
            return {"state": "failed", "result": None, "reason": self.ended_because}
        return vanished(self.process.returncode if self.process else None)


def ending(folder: Path, attempt: int) -> Outcome | None:
    """Return the ending that an attempt left on disk; None where it left none."""
    try:
        given = json.loads((folder / "exit.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if given.get("attempt") != attempt:
        return None
    return {"state": given["state"], "result": given["result"], "reason": given["reason"]}


def vanished(code: int | None) -> Outcome:
    """Put into words that a process ended without saying how."""
    if code == NO_SPACE:
        words = "The disk is full: make room and start it again."
        return {"state": "failed", "result": None, "reason": words}
    if code is None:
        words = "Its process is gone and left no ending: it was killed, or the machine restarted."
    elif code < 0:
        words = f"Its process was killed by signal {-code}, perhaps because memory ran out."
    else:
        words = f"Its process ended with code {code} before it was done. The log may say why."
    return {"state": "lost", "result": None, "reason": f"{words} Start it again."}


def retire(folder: Path) -> None:
    """Take an attempt out of force: its side effects are refused from now on."""
    if folder.is_dir():
        _put(folder / "attempt", "none")


def spawn(row: JobRow, kind: JobKind, python: Path, workspace: Path, config: Config) -> Attempt:
    """Start the process of a job's next attempt; it waits for `go()`.

    The row is given the attempt's number, process and start; the caller commits that.
    """
    folder = workspace / "jobs" / row.id
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    row.attempt += 1
    given: dict[str, Any] = {
        "attempt": row.attempt, "body": kind.body, "arguments": row.arguments,
        "workspace": str(workspace), "kind": row.kind,
    }  # fmt: skip
    write_atomically(folder / "job.json", given)
    _put(folder / "attempt", str(row.attempt))
    marked = {MARK: mark_of(row.id, row.attempt), "PYTHONUNBUFFERED": "1"}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command(python, "cookhouse.floor.jobs.child", str(folder)),
            stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT,
            cwd=folder, env=environment(marked), start_new_session=True,
        )  # fmt: skip
    row.pid = process.pid
    row.identity = identity(process.pid) or "gone"
    seconds, memory = bounds(kind, config)
    return Attempt(row.id, row.attempt, folder, process.pid, row.identity, time.time(), seconds,
                   memory, config.job_log_limit, process)  # fmt: skip


def adopt(row: JobRow, kind: JobKind | None, workspace: Path, config: Config) -> Attempt:
    """Take over a process that another supervisor started, dead or alive."""
    begun = row.started.timestamp() if row.started else time.time()
    seconds, memory = bounds(kind, config) if kind else (config.job_seconds, 0)
    folder = workspace / "jobs" / row.id
    return Attempt(row.id, row.attempt, folder, row.pid or 0, row.identity or "gone", begun,
                   seconds, memory, config.job_log_limit)  # fmt: skip


def bounds(kind: JobKind, config: Config) -> tuple[float, int]:
    """Return wall clock and memory that a kind may take: its own, else the settings'."""
    seconds = config.job_seconds if kind.seconds is None else kind.seconds
    return seconds, config.job_memory_limit if kind.memory is None else kind.memory


def _put(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="ascii")
    aside.replace(path)
