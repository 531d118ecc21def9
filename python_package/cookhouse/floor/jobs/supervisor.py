"""The supervisor: one process a workspace that starts, watches and ends all jobs.

It outlives the server that started it, is found again by the next one, and ends itself when
there has been nothing to do or to watch for a while.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from sqlalchemy.orm import Session

from cookhouse.errors import Failure
from cookhouse.floor.config import Config
from cookhouse.floor.database import now
from cookhouse.floor.jobs import attempt as attempts
from cookhouse.floor.jobs import records, wake
from cookhouse.floor.jobs.attempt import Attempt
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.processes import command, environment
from cookhouse.floor.workspace import Workspace

if TYPE_CHECKING:
    from cookhouse.house import House

SLOTS = max(4, os.cpu_count() or 1)
TICK = 0.1
WATCH_EVERY = 1.0
TURN = 200
LOCK_SECONDS = 10.0
# Builds the house, which the floor knows nothing of.
ENTRY = "cookhouse.supervise"
SUBREAPER = 36
log = logging.getLogger("cookhouse.supervisor")


class Supervisor:
    """Runs the jobs of one workspace; exists once, by a lock on a file."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.live: dict[str, Attempt] = {}
        self.ending: set[str] = set()
        self.sessions: set[int] = set()
        self.watching = False
        self.quiet_since = time.monotonic()
        self.bell = -1
        self.stopping = threading.Event()
        self.ticked = threading.Event()

    def run(self) -> None:
        """Work until there was nothing to do for the idle time."""
        self._listen()
        self.reconcile()
        threading.Thread(target=self._watch, daemon=True).start()
        while True:
            self.turn()
            if self._idle() and self._hang_up():
                return
            ready, _, _ = select.select([self.bell], [], [], TICK if self.live else WATCH_EVERY)
            if ready:
                wake.silence(self.bell)
                self.ticked.set()

    def _listen(self) -> None:
        self.bell = wake.listen(self.house.workspace)
        # The end of a child rings the bell too.
        signal.set_wakeup_fd(self.bell, warn_on_full_buffer=False)

    def turn(self) -> None:
        """Look at every job once: end, settle, start."""
        for attempt in list(self.live.values()):
            self._look_at(attempt)
        self._cancel_asked()
        self._start_pending()

    def reconcile(self) -> None:
        """Take over what the supervisor before left: alive, ended, or vanished."""
        with self.house.database.read() as session:
            found = records.running(session)
        for row in found:
            kind = self.house.jobs.kinds.get(row.kind)
            root = self.house.workspace.root
            self.live[row.id] = attempts.adopt(row, kind, root, self.house.config)

    def _look_at(self, attempt: Attempt) -> None:
        if attempt.job in self.ending:
            return
        self._note_progress(attempt)
        if not attempt.running():
            self._settle(attempt)
        elif reason := attempt.over_limit():
            self._end(attempt, reason)

    def _note_progress(self, attempt: Attempt) -> None:
        try:
            said = json.loads((attempt.folder / "progress.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if said == attempt.said:
            return
        attempt.said = said
        with self.house.database.write() as session:
            row = session.get(JobRow, attempt.job)
            if row is not None and row.state == "running" and not row.cancelling:
                row.step, row.fraction = said["step"], said["fraction"]
        self.house.changes.touch_seldom("jobs")

    def _end(self, attempt: Attempt, reason: str | None) -> None:
        # In a thread: the grace of one job must not hold up the others.
        self.ending.add(attempt.job)

        def work() -> None:
            attempt.end(reason)
            self.ending.discard(attempt.job)
            wake.knock(self.house.workspace)

        threading.Thread(target=work, daemon=True).start()

    def _settle(self, attempt: Attempt) -> None:
        outcome = attempt.outcome()
        attempts.retire(attempt.folder)
        with self.house.database.write() as session:
            row = session.get(JobRow, attempt.job)
            if row is not None and row.state == "running" and row.attempt == attempt.number:
                if outcome["state"] == "lost" and not attempt.begun_at_all():
                    # The supervisor before us died between noting the process and its start.
                    row.state, row.pid, row.identity = "pending", None, None
                else:
                    self.house.jobs.settle(session, row, outcome)
        del self.live[attempt.job]
        self._bury()
        self.quiet_since = time.monotonic()

    def _cancel_asked(self) -> None:
        if not self.live:
            return
        with self.house.database.read() as session:
            asked = [row.id for row in records.running(session) if row.cancelling]
        for job in asked:
            if job in self.live and job not in self.ending and self.live[job].running():
                self._end(self.live[job], None)

    def _start_pending(self) -> None:
        with self.house.database.read() as session:
            waiting = [row.id for row in records.pending(session, TURN)]
        for job in waiting:
            if len(self.live) >= SLOTS:
                return
            self._start(job)

    def _start(self, job: str) -> None:
        attempt = None
        try:
            with self.house.database.write() as session:
                row = session.get(JobRow, job)
                if row is not None and row.state == "pending":
                    attempt = self._spawned(session, row)
                    if attempt is not None:
                        self.house.changes.touch_in(session, "jobs")
        except BaseException:
            if attempt is not None and attempt.process is not None:
                attempt.process.kill()
            raise
        if attempt is not None:
            self.live[job] = attempt
            self.sessions.add(attempt.pid)
            attempt.go()

    def _spawned(self, session: Session, row: JobRow) -> Attempt | None:
        """Start a job's process and note it in the row, or say in the row why not."""
        house = self.house
        kind = house.jobs.kinds.get(row.kind)
        try:
            if kind is None:
                raise Failure(f"This Cookhouse knows no jobs of the kind “{row.kind}”.")
            own = kind.runs_in == "own"
            if not own and house.engine_is_awaited(session, row):
                return None
            python = Path(sys.executable) if own else house.engine.required()
            started = attempts.spawn(row, kind, python, house.workspace.root, house.config)
        except (Failure, OSError) as error:
            house.jobs.settle(
                session, row, {"state": "failed", "result": None, "reason": str(error)}
            )
            return None
        row.state, row.started, row.step = "running", now(), None
        return started

    def _watch(self) -> None:
        while not self.stopping.is_set():
            busy = False
            for watcher in self.house.jobs.watchers:
                try:
                    busy = watcher(self.house) or busy
                except Exception:
                    log.exception("a watcher failed")
                    busy = True
            self.watching = busy
            self.ticked.wait(WATCH_EVERY)
            self.ticked.clear()

    def _bury(self) -> None:
        """Take the exit of processes that a double fork in a job left to us."""
        own = {attempt.pid for attempt in self.live.values()}
        for process in psutil.Process().children():
            with contextlib.suppress(psutil.Error, OSError):
                orphan = process.pid not in own and os.getsid(process.pid) in self.sessions
                if orphan and process.status() == psutil.STATUS_ZOMBIE:
                    os.waitpid(process.pid, os.WNOHANG)

    def _idle(self) -> bool:
        if self.live or self.watching:
            self.quiet_since = time.monotonic()
        return time.monotonic() - self.quiet_since > self.house.config.supervisor_idle

    def _hang_up(self) -> bool:
        """Stop listening; whoever knocks now starts a new supervisor. False: work came in."""
        signal.set_wakeup_fd(-1)
        os.close(self.bell)
        with self.house.database.read() as session:
            work = bool(records.pending(session, 1))
        if work:
            self._listen()
            self.quiet_since = time.monotonic()
        return not work


def start(workspace: Workspace, config: Config, root_dir: Path | None) -> None:
    """Start a supervisor for a workspace; where one lives already, the new one goes away again."""
    settings = json.dumps({"config": config.to_json(), "root_dir": root_dir and str(root_dir)})
    argv = command(Path(sys.executable), ENTRY, str(workspace.root), settings)
    with (workspace.supervisor / "log").open("ab") as said:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            cwd=workspace.root, env=environment(), start_new_session=True,
        )  # fmt: skip
    # It outlives us by design; nobody waits for it but this thread, so that it leaves no zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def locked(workspace: Workspace, seconds: float) -> int | None:
    """Take the workspace's supervisor lock within `seconds`; None where another holds it."""
    lock = os.open(workspace.supervisor / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # The one who holds it and hears the bell will do the work.
            if time.monotonic() > deadline or wake.knock(workspace):
                os.close(lock)
                return None
            time.sleep(0.05)
            continue
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode("ascii"))
        return lock


def supervise(house: House) -> None:
    """Be the supervisor of a house's workspace, unless another process is."""
    if locked(house.workspace, LOCK_SECONDS) is None:
        return
    signal.signal(signal.SIGCHLD, lambda *_: None)
    if sys.platform == "linux":
        # What a job leaves by a double fork becomes our child, not that of init.
        ctypes.CDLL(None, use_errno=True).prctl(SUBREAPER, 1, 0, 0, 0)
    Supervisor(house).run()
