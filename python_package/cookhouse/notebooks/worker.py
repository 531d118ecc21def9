"""The process that analyses notebooks, so that neither a deep one nor a slow one holds the server.

A request is one frame of JSON `{notebook, path, model}`; the answer is a head and the analysis.
`notebook` is a document with cells, or null where the file at `path` itself is read.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from cookhouse.floor.engine_worker import read_frame, write_frame


def analysed(request: dict[str, Any]) -> dict[str, Any]:
    """Return the analysis of one request as plain JSON data."""
    from cookhouse_convert import analyse

    path = Path(request["path"]) if request["path"] else None
    document = request["notebook"]
    source = document if document is not None else path
    assert source is not None
    return analyse(source, path=path, model=request["model"]).as_dict()


def answer(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Run one request; return the head and the body of its answer."""
    try:
        body = json.dumps(analysed(json.loads(frame))).encode("utf-8", "replace")
    except RecursionError:
        return {"ok": False, "what": "It is nested too deeply to be read."}, b""
    except Exception as error:
        traceback.print_exc()
        return {"ok": False, "what": f"{type(error).__name__}: {error}"[:500]}, b""
    return {"ok": True}, body


def main() -> None:
    """Serve requests until the pipe is closed."""
    import cookhouse_convert  # noqa: F401  (its import is paid before the first request)

    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = sys.stderr
    while (frame := read_frame(requests)) is not None:
        head, body = answer(frame)
        write_frame(answers, json.dumps(head).encode("utf-8"))
        write_frame(answers, body)
