"""Processes: who one is, what it may know of our environment, and how a whole tree is ended."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil

MARK = "COOKHOUSE_JOB"
BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
SECRET = re.compile(
    r"^(JPY_|JUPYTERHUB_|JUPYTER_TOKEN|JUPYTER_SERVER_URL)"
    r"|TOKEN|SECRET|PASSW(OR)?D|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|COOKIE"
    r"|DATABASE_URL|CONNECTION_STRING|_DSN$|_AUTH$",
    re.IGNORECASE,
)
LOGIN_IN_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@", re.IGNORECASE)
# They would make a child look into our own environment for its packages.
OURS_ALONE = frozenset({"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"})


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment less tokens, secrets and what points at our own packages.

    Numeric settings (threads, hash seed, locale) stay, so that a job computes what the same code
    computes in a terminal.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not SECRET.search(name) and name not in OURS_ALONE and not LOGIN_IN_URL.search(value)
    }
    return {**kept, "MLFLOW_DISABLE_TELEMETRY": "true", **(more or {})}


def command(python: Path, module: str, *arguments: str) -> list[str]:
    """Return the argument list that runs one of our modules in another interpreter."""
    return [str(python), "-P", str(BOOTSTRAP), module, *arguments]


def identity(pid: int) -> str | None:
    """Return what tells this process from a later one with the same number; None when gone.

    On Linux the start in clock ticks since a named boot: seconds since the epoch would move with
    the clock.
    """
    if sys.platform == "linux":
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8")
        except OSError:
            return None
        after_name = stat.rsplit(")", 1)[1].split()
        return None if after_name[0] in "ZX" else f"{after_name[19]}@{boot[:8]}"
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
    except psutil.Error:
        return None


def alive(pid: int, known: str) -> bool:
    """Say whether the process that had this identity still runs."""
    return identity(pid) == known


def tree(pid: int, mark: str | None = None) -> list[psutil.Process]:
    """Return a process with its descendants, and all that carry `mark` in their environment.

    The mark finds those that left the tree by a double fork.
    """
    found: dict[int, psutil.Process] = {}
    with contextlib.suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            found[process.pid] = process
    for process in _marked(mark) if mark else ():
        found.setdefault(process.pid, process)
    found.pop(os.getpid(), None)
    return list(found.values())


def _marked(mark: str) -> Iterable[psutil.Process]:
    own = os.getuid()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.uids().real == own and process.environ().get(MARK) == mark:
                yield process


def end_tree(pid: int, known: str | None, mark: str | None = None, grace: float = 3.0) -> None:
    """End a process and all it started: asked first, killed after `grace` seconds.

    Nothing happens to a stranger that got the number since. Returns when none of them is left.
    """
    deadline = time.monotonic() + grace
    members = _members(pid, known, mark)
    for process in members:
        with contextlib.suppress(psutil.Error):
            process.send_signal(signal.SIGTERM)
    while members and time.monotonic() < deadline:
        members = [process for process in members if _runs(process)]
        time.sleep(0.02 if members else 0)
    kill_tree(pid, known, mark)


def kill_tree(pid: int, known: str | None, mark: str | None = None) -> None:
    """Kill a process and all it started, again until none is left that was started meanwhile."""
    for _ in range(50):
        members = [process for process in _members(pid, known, mark) if _runs(process)]
        if not members:
            return
        for process in members:
            with contextlib.suppress(psutil.Error):
                process.kill()
        for process in members:
            # Those that a double fork gave to us are ours to bury.
            with contextlib.suppress(ChildProcessError):
                if process.pid != pid:
                    os.waitpid(process.pid, os.WNOHANG)
        time.sleep(0.01)


def _members(pid: int, known: str | None, mark: str | None) -> list[psutil.Process]:
    if known is not None and not alive(pid, known):
        return list(_marked(mark)) if mark else []
    return tree(pid, mark)


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def memory_of(processes: Iterable[psutil.Process]) -> int:
    """Return the memory of processes in bytes, shared pages counted once where Linux says so."""
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error, OSError):
            total += _proportional(process.pid) or process.memory_info().rss
    return total


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
