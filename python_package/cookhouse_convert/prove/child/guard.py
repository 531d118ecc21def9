"""Nothing is written beside the notebook: opening a file there for writing fails."""

from __future__ import annotations

import os
import sys
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def guard_folder(folder: str, own: str) -> None:
    """Refuse to open files below `folder` for writing, through links too, from now on.

    `own` is the proof's folder, which may stand below `folder` and stays writable.
    """
    root, free = (os.path.realpath(path) + os.sep for path in (folder, own))

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
            flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
            if not flags & _WRITES:
                return
            path = os.path.realpath(os.fsdecode(args[0]))
        elif event in ("os.remove", "os.rename", "os.truncate", "os.rmdir"):
            path = os.path.dirname(os.path.realpath(os.fsdecode(args[0])))
            path = os.path.join(path, os.path.basename(os.fsdecode(args[0])))
        else:
            return
        if path.startswith(root) and not path.startswith(free):
            raise PermissionError(f"a proof does not write beside the notebook: {path}")

    sys.addaudithook(watch)
