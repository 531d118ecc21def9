"""A warm process: the notebook's big libraries are imported once, each side is a fork of it.

Orders come as JSON lines on standard input; answers are JSON lines on standard output:
`{"started": pid, "number": n}` and `{"ended": pid, "code": code}`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import sys
import warnings
from typing import Any

_SIDES = {
    "truth": ("run", "truth"),
    "rehearsal": ("rehearse", "rehearsal"),
    "scoring": ("scoring", "scoring"),
}


def serve(modules: list[str]) -> None:
    """Import the modules, then fork a side for each order until standard input ends."""
    for name in modules:
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            importlib.import_module(name)
    waiting = b""
    running: set[int] = set()
    while True:
        ready, _, _ = select.select([0], [], [], 0.02)
        if ready:
            block = os.read(0, 1 << 16)
            if not block:
                return
            waiting += block
        while b"\n" in waiting:
            line, _, waiting = waiting.partition(b"\n")
            running.add(_start(json.loads(line)))
        for pid in list(running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                running.discard(pid)
                _say({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _say(answer: dict[str, Any]) -> None:
    os.write(1, (json.dumps(answer) + "\n").encode())


def _start(message: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)
        _say({"started": pid, "number": message["number"]})
        return pid
    code = 1
    try:
        code = _side(message["path"])
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _side(path: str) -> int:
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    die_with_parent()
    with open(path, encoding="utf-8") as file:
        order = json.load(file)
    log = os.open(os.path.join(order["out"], "log.txt"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = [""]
    place, function = _SIDES[order["side"]]
    try:
        getattr(importlib.import_module(f"{__package__}.{place}"), function)(order)
    except BaseException as error:
        import traceback

        traceback.print_exception(error)
        return 1
    return 0


def die_with_parent() -> None:
    """Let no run outlive the process that asked for it (Linux)."""
    with contextlib.suppress(Exception):
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
