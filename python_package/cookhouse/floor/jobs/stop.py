"""End everything that runs for a workspace: `python -m cookhouse.floor.jobs.stop WORKSPACE`.

For tests, demonstrations and operators who move a workspace. Jobs that were running are found
`lost` at the next start; services that should run are started again then.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil


def processes_of(workspace: Path) -> list[psutil.Process]:
    """Return the processes that name the workspace on their command line or stand in it."""
    root = str(workspace.resolve())
    found = []
    for process in psutil.process_iter():
        try:
            words = [process.cwd(), *process.cmdline()]
        except psutil.Error:
            continue
        within = any(word == root or word.startswith(root + os.sep) for word in words)
        if within and process.pid != os.getpid() and process.username() == _me():
            found.append(process)
    return found


def stop(workspace: Path, grace: float = 3.0) -> int:
    """End them, first politely, after `grace` seconds for good; return how many there were.

    A supervisor starts new hosts while it lives, so it is looked again until nothing is left.
    """
    count = 0
    while found := processes_of(workspace):
        count += len(found)
        for process in found:
            _send(process, "terminate")
        for process in psutil.wait_procs(found, timeout=grace)[1]:
            _send(process, "kill")
    return count


def _send(process: psutil.Process, what: str) -> None:
    try:
        getattr(process, what)()
    except psutil.Error:
        return


def _me() -> str:
    return str(psutil.Process().username())


def main() -> None:
    """Stop the workspace named on the command line."""
    print(f"Ended {stop(Path(sys.argv[1]))} processes of {sys.argv[1]}.")


if __name__ == "__main__":
    main()
