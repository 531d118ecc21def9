"""Asking the engine: one process of its interpreter a request, over pipes that nobody else sees."""

from __future__ import annotations

import json
import os
import struct
import subprocess
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
# cookhouse/datasets/client/cookhouse/asking.py
HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))
BOOTSTRAP = os.path.join(HOME, "floor", "bootstrap.py")
# They would make the engine look for its packages in the kernel's.
KERNELS_OWN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV")


class CookhouseError(Exception):
    """What Cookhouse could not do, in one sentence."""


def ask(request: dict[str, Any], buffers: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Send a request with buffers; return the answer with its buffers.

    Raises `CookhouseError` with the engine's own words.
    """
    python = os.environ.get("COOKHOUSE_ENGINE_PYTHON")
    if not python or not os.path.exists(python):
        raise CookhouseError(
            "The engine of Cookhouse is not there yet: open the Cookhouse panel and build it, "
            "or run “cookhouse engine build”."
        )
    environment = {name: value for name, value in os.environ.items() if name not in KERNELS_OWN}
    process = subprocess.Popen(
        [python, "-P", BOOTSTRAP, "cookhouse.datasets.operations.door"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    said, errors = process.communicate(packed(request, buffers))
    if process.returncode or not said:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no words"]
        raise CookhouseError(f"The engine of Cookhouse ended while it worked: {last[0]}")
    answer, received = unpacked(said)
    if "error" in answer:
        raise CookhouseError(answer["error"])
    return answer, received


def packed(head: dict[str, Any], buffers: list[bytes]) -> bytes:
    """Put a JSON head and buffers into one run of bytes."""
    sized = {**head, "buffers": [len(buffer) for buffer in buffers]}
    text = json.dumps(sized).encode("utf-8")
    return b"".join([LENGTH.pack(len(text)), text, *buffers])


def unpacked(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Take apart what `packed` put together."""
    (size,) = LENGTH.unpack_from(body)
    place = LENGTH.size + size
    head: dict[str, Any] = json.loads(body[LENGTH.size : place])
    buffers = []
    for length in head.pop("buffers"):
        buffers.append(body[place : place + length])
        place += length
    return head, buffers


def serve(requests: BinaryIO, answers: BinaryIO, answer: Any) -> None:
    """Read one request, write what `answer(head, buffers)` returns for it."""
    answers.write(packed(*answer(*unpacked(requests.read()))))
    answers.flush()
