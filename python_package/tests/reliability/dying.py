"""Runs one attempt of a scoring in the engine's interpreter and dies at a named moment.

`PYTHON dying.py JOB_FOLDER ATTEMPT WORKSPACE MOMENT`; the moment is before, during, after or
never. It prints what the body answered.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2] / "cookhouse" / "floor"))
bootstrap = importlib.import_module("bootstrap")
sys.meta_path.insert(0, bootstrap.Lender())


def die(*_: Any, **__: Any) -> None:
    """Be killed as by the kernel."""
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run the attempt."""
    folder, attempt, workspace, moment = sys.argv[1:]
    operations = importlib.import_module("cookhouse.scoring.operations")
    context = importlib.import_module("cookhouse.floor.jobs").JobContext
    appending = importlib.import_module("cookhouse.datasets.operations.appending")
    if moment == "before":
        operations.append_frame = die
    elif moment == "during":
        # The files of the batch are written; the commit that makes them count is not.
        appending.CommitProperties = die
    elif moment == "after":
        append = operations.append_frame
        operations.append_frame = lambda *a, **k: die(append(*a, **k))
    arguments = json.loads((Path(folder) / "arguments.json").read_text(encoding="utf-8"))
    body = operations.score(context(Path(folder), int(attempt), Path(workspace), arguments))
    print(json.dumps(body))


if __name__ == "__main__":
    main()
