"""What kernels ask the engine for: read a dataset, write a batch."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import pyarrow as pa

from cookhouse.datasets.client.cookhouse.asking import serve
from cookhouse.datasets.operations.columns import columns_of, table_of
from cookhouse.datasets.operations.selecting import select
from cookhouse.errors import Failure

Answer = tuple[dict[str, Any], list[bytes]]


def answer(request: dict[str, Any], buffers: list[bytes]) -> Answer:
    """Answer a request; what went wrong is answered as `{error}`."""
    try:
        return _read(request) if request["do"] == "read" else _write(request, buffers)
    except Failure as failure:
        return {"error": failure.message}, []
    except Exception as error:
        traceback.print_exc()
        return {"error": f"Cookhouse met an error of its own: {error!r}"[:2_000]}, []


def _read(request: dict[str, Any]) -> Answer:
    wanted = {key: value for key, value in request.items() if key not in ("do", "path")}
    rows = select(**wanted)
    if "path" in request:
        rows.write_ipc(request["path"])
        return {}, []
    columns, buffers = columns_of(rows)
    return {"columns": columns}, buffers


def _write(request: dict[str, Any], buffers: list[bytes]) -> Answer:
    if "path" in request:
        with pa.OSFile(request["path"]) as file:
            table = pa.ipc.open_file(file).read_all()
    else:
        table = table_of(request["columns"], buffers)
    return write_batch(table, request), []


def write_batch(table: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Add an Arrow table as the batch that a request describes."""
    from cookhouse.datasets.operations import append_frame

    done = append_frame(
        Path(request["workspace"]), request["name"], table, batch=request["batch"],
        source=request["source"], who=request.get("who", ""), create=True,
    )  # fmt: skip
    return {"dataset": request["name"], **{k: done[k] for k in ("rows", "version", "batch")}}


def main() -> None:
    """Answer the requests on standard input until it is closed or idle for long."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the bytes.
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers, answer)
