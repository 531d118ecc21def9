"""The bell: a named pipe that the supervisor listens at, so that a click is heard at once."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from cookhouse.floor.workspace import Workspace


def _path(workspace: Workspace) -> Path:
    return workspace.supervisor / "bell"


def knock(workspace: Workspace) -> bool:
    """Ring the bell; say whether somebody listens."""
    try:
        bell = os.open(_path(workspace), os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ENOENT):
            return False
        raise
    try:
        os.write(bell, b".")
    except BlockingIOError:
        # A full pipe rings too.
        return True
    except BrokenPipeError:
        return False
    finally:
        os.close(bell)
    return True


def listen(workspace: Workspace) -> int:
    """Open the bell to listen; return the descriptor. Only who holds the lock does so."""
    path = _path(workspace)
    with contextlib.suppress(FileExistsError):
        os.mkfifo(path, 0o600)
    # Read and write: a pipe without writers would be at its end, which looks like a ring.
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)


def silence(bell: int) -> None:
    """Take all rings at once."""
    with contextlib.suppress(BlockingIOError):
        while os.read(bell, 4096):
            pass
