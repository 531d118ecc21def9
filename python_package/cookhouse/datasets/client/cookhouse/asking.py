"""Asking the engine: a process of its interpreter, over pipes that nobody else sees.

It is started with the first request, answers the next ones at once, and ends by itself when it is
idle for a while or the kernel is gone.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import struct
import subprocess
import tempfile
from collections.abc import Callable
from typing import IO, Any, BinaryIO

LENGTH = struct.Struct(">Q")
IDLE_SECONDS = 120.0
# cookhouse/datasets/client/cookhouse/asking.py
HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))
BOOTSTRAP = os.path.join(HOME, "floor", "bootstrap.py")
# They would make the engine look for its packages in the kernel's.
KERNELS_OWN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV")

Parts = tuple[dict[str, Any], list[bytes]]


class CookhouseError(Exception):
    """What Cookhouse could not do, in one sentence."""


class Asked:
    """The process that is asked; `owner` is the process that started it."""

    def __init__(self, python: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in KERNELS_OWN}
        self.owner = os.getpid()
        self.python = python
        # It lives as long as the process, which is longer than any block.
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [python, "-P", BOOTSTRAP, "cookhouse.datasets.operations.door"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=environment,
        )

    def usable(self, python: str) -> bool:
        """Say whether it still runs and is ours: after a fork the pipes belong to the parent."""
        mine = self.owner == os.getpid() and self.python == python
        return mine and self.process.poll() is None

    def ask(self, request: dict[str, Any], buffers: list[bytes]) -> Parts:
        """Send a request and wait for its answer; the process ends if that is interrupted."""
        try:
            send(_pipe(self.process.stdin), request, buffers)
            answer = receive(_pipe(self.process.stdout))
        except BrokenPipeError:
            answer = None
        except BaseException:
            # Half an answer is left in the pipe: nobody may take it for the next one.
            self.end()
            raise
        if answer is None:
            self.end()
            raise CookhouseError(f"The engine of Cookhouse ended while it worked: {self.words()}")
        return answer

    def words(self) -> str:
        """Return the last line that it wrote to its log."""
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing."

    def end(self) -> None:
        """End the process."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.communicate()


def _pipe(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    return pipe


_asked: list[Asked] = []


def ask(request: dict[str, Any], buffers: list[bytes]) -> Parts:
    """Send a request with buffers; return the answer with its buffers.

    Raises `CookhouseError` with the engine's own words.
    """
    python = os.environ.get("COOKHOUSE_ENGINE_PYTHON")
    if not python or not os.path.exists(python):
        raise CookhouseError(
            "The engine of Cookhouse is not there yet: open the Cookhouse panel and build it, "
            "or run “cookhouse engine build”."
        )
    if not _asked or not _asked[0].usable(python):
        _asked[:] = [Asked(python)]
    answer, received = _asked[0].ask(request, buffers)
    if "error" in answer:
        raise CookhouseError(answer["error"])
    return answer, received


@atexit.register
def _end() -> None:
    for asked in _asked:
        asked.end()


def send(stream: BinaryIO, head: dict[str, Any], buffers: list[bytes]) -> None:
    """Write a JSON head and buffers as one message."""
    text = json.dumps({**head, "buffers": [len(buffer) for buffer in buffers]}).encode("utf-8")
    stream.write(LENGTH.pack(len(text)))
    stream.write(text)
    for buffer in buffers:
        stream.write(buffer)
    stream.flush()


def receive(stream: BinaryIO) -> Parts | None:
    """Read one message; None at the end of the stream."""
    size = stream.read(LENGTH.size)
    if len(size) < LENGTH.size:
        return None
    text = stream.read(LENGTH.unpack(size)[0])
    try:
        head: dict[str, Any] = json.loads(text)
    except ValueError:
        return None
    buffers = [stream.read(length) for length in head.pop("buffers")]
    return head, buffers


def serve(requests: BinaryIO, answers: BinaryIO, answer: Callable[..., Parts]) -> None:
    """Answer requests with `answer(head, buffers)` until nobody asks any more."""
    while select.select([requests], [], [], IDLE_SECONDS)[0]:
        request = receive(requests)
        if request is None:
            return
        send(answers, *answer(*request))
