"""The engine's side of the pipe: runs named operations in the environment of heavy libraries.

A request is a length and JSON `{operation, arguments}`; an answer is a length, a JSON head
`{ok, size, binary}` or `{code, message, detail}`, and `size` bytes.
"""

from __future__ import annotations

import importlib
import json
import os
import struct
import sys
import traceback
from typing import Any, BinaryIO

from cookhouse.errors import Failure, NotFound

LENGTH = struct.Struct(">Q")


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one length and its bytes; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Write a length and its bytes."""
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def run(operation: str, arguments: dict[str, Any]) -> Any:
    """Run `room.name` from the room's table of operations."""
    room, _, name = operation.partition(".")
    table = importlib.import_module(f"cookhouse.{room}.operations").OPERATIONS
    if name not in table:
        raise NotFound(f"The engine has no operation “{operation}”.")
    return table[name](**arguments)


def answer(request: bytes) -> tuple[dict[str, Any], bytes]:
    """Run one request; return the head and the bytes of its answer."""
    wanted = json.loads(request)
    try:
        result = run(wanted["operation"], wanted["arguments"])
    except Failure as failure:
        head = {"code": failure.code, "message": failure.message, "detail": failure.detail}
        return head, b""
    except Exception as error:
        traceback.print_exc()
        return {"code": "internal", "message": f"{type(error).__name__}: {error}"[:2_000]}, b""
    binary = isinstance(result, (bytes, bytearray, memoryview))
    body = bytes(result) if binary else json.dumps(result).encode("utf-8")
    return {"ok": True, "binary": binary}, body


def main() -> None:
    """Serve requests until the pipe is closed."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What an operation prints must not get between the frames.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = sys.stderr
    while (request := read_frame(requests)) is not None:
        head, body = answer(request)
        write_frame(answers, json.dumps(head, default=str).encode("utf-8"))
        write_frame(answers, body)
