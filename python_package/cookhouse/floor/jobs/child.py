"""A job's own process: waits for the word to go, runs the body, leaves its ending on disk.

It knows no database. What it says of itself (progress, points, ending) are files that the
supervisor reads, so that the one who writes the state is always one and the same.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import runpy
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cookhouse.errors import Failure
from cookhouse.floor.jobs.context import JobContext, Superseded, write_atomically

GO = b"go"
BEGUN = "begun"
NO_SPACE = 28
SUPERSEDED = 29


def ending(context: JobContext, body: str) -> dict[str, Any]:
    """Run the body and put into words how it ended."""
    try:
        result = _function(body)(context)
        return {"state": "succeeded", "result": json.loads(json.dumps(result)), "reason": None}
    except Failure as failure:
        print(f"{failure.code}: {failure.message}", flush=True)
        return {"state": "failed", "result": None, "reason": failure.message}
    except MemoryError:
        reason = "It ran out of memory: give it fewer rows, or a machine with more."
        return {"state": "failed", "result": None, "reason": reason}
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _unforeseen(error)
        reason = "The disk is full: make room and start it again."
        return {"state": "failed", "result": None, "reason": reason}
    except (Exception, SystemExit) as error:
        if isinstance(error, Superseded):
            raise
        return _unforeseen(error)


def _function(body: str) -> Callable[[JobContext], Any]:
    where, _, name = body.rpartition(":")
    if where.endswith(".py"):
        found: Callable[[JobContext], Any] = runpy.run_path(where)[name]
        return found
    found = getattr(importlib.import_module(where), name)
    return found


def _unforeseen(error: BaseException) -> dict[str, Any]:
    traceback.print_exception(error)
    reason = f"{type(error).__name__}: {error}"[:1_000]
    return {"state": "failed", "result": None, "reason": f"{reason}. The log has the details."}


def main() -> None:
    """Run the job whose folder is named on the command line."""
    folder = Path(sys.argv[1])
    # The supervisor says so once it has noted who we are. When it dies before, nobody would
    # know of us, so nothing may be done.
    if os.read(0, len(GO)) != GO:
        sys.exit(SUPERSEDED)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    given = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    (folder / BEGUN).write_text(str(given["attempt"]), encoding="ascii")
    workspace = Path(given["workspace"])
    try:
        context = JobContext(folder, given["attempt"], workspace, given["arguments"])
        end = ending(context, given["body"])
        context.still_current()
        write_atomically(folder / "exit.json", {**end, "attempt": context.attempt})
    except Superseded:
        sys.exit(SUPERSEDED)
    except OSError as error:
        sys.exit(NO_SPACE if error.errno == errno.ENOSPC else 1)


if __name__ == "__main__":
    main()
