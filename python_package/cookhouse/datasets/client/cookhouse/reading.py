"""`read` and `write`: from a dataset to a frame and back."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .asking import CookhouseError, ask
from .frames import build, take_apart


def read(
    name: str,
    select: Sequence[str] | str | None = None,
    where: str | Mapping[str, Any] | None = None,
    limit: int | None = None,
    offset: int | None = None,
    distinct: bool | Sequence[str] = False,
    sort: str | Sequence[str] | None = None,
    as_of: int | str | datetime | None = None,
    frame: str = "pandas",
) -> Any:
    """Read a dataset into a frame, its rows in the order in which they were added.

    `select` names columns; nested fields have dotted names (`web.page`), and columns of structs
    come apart into them. `where` is an SQL expression (`"age > 30 and city = 'Rome'"`) or values
    by column (`{"city": "Rome"}`; a list means any of them). `distinct` keeps the first of equal
    rows, or of rows equal in the columns it names. `sort` names columns, with `-` before one for
    descending. `offset` rows are left out and at most `limit` kept, after all of that. `as_of`
    reads an earlier state: a version number, a batch id, or a time. `frame` is `"pandas"`,
    `"polars"` or `"arrow"`.

    Raises `CookhouseError` saying what does not fit.
    """
    if frame not in ("pandas", "polars", "arrow"):
        raise CookhouseError(f"There is no frame “{frame}”: take pandas, polars or arrow.")
    request = {
        "do": "read",
        "workspace": _workspace(),
        "name": name,
        "select": _names(select),
        "where": dict(where) if isinstance(where, Mapping) else where,
        "limit": limit,
        "offset": offset,
        "distinct": distinct if isinstance(distinct, bool) else _names(distinct),
        "sort": _names(sort),
        "as_of": as_of.isoformat() if isinstance(as_of, datetime) else as_of,
    }
    if frame == "pandas":
        head, buffers = ask(request, [])
        return build(head["columns"], buffers)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.arrow")
        ask({**request, "path": path}, [])
        return _from_arrow(path, frame)


def _from_arrow(path: str, frame: str) -> Any:
    if frame == "polars":
        import polars

        return polars.read_ipc(path, memory_map=False)
    import pyarrow

    with pyarrow.OSFile(path) as file:
        return pyarrow.ipc.open_file(file).read_all()


def write(frame: Any, name: str) -> dict[str, Any]:
    """Add a frame to a dataset as one batch; a missing dataset is made.

    Takes a pandas or Polars frame or an Arrow table. Answers `{dataset, rows, version, batch}`.
    Raises `CookhouseError` naming the column that does not fit; nothing is added then.
    """
    request = {
        "do": "write",
        "workspace": _workspace(),
        "name": name,
        "batch": uuid.uuid4().hex,
        "source": os.path.basename(os.environ.get("JPY_SESSION_NAME", "")) or "a kernel",
        "who": os.environ.get("JUPYTERHUB_USER", ""),
    }
    kind = type(frame).__module__.split(".")[0]
    if kind == "pandas":
        columns, buffers = take_apart(frame)
        return ask({**request, "columns": columns}, buffers)[0]
    if kind not in ("polars", "pyarrow"):
        raise CookhouseError(f"A {type(frame).__name__} is no frame of pandas, Polars or Arrow.")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.arrow")
        _to_arrow(frame, kind, path)
        return ask({**request, "path": path}, [])[0]


def _to_arrow(frame: Any, kind: str, path: str) -> None:
    if kind == "polars":
        collected = frame.collect() if hasattr(frame, "collect") else frame
        collected.write_ipc(path)
        return
    import pyarrow

    with pyarrow.OSFile(path, "wb") as file, pyarrow.ipc.new_file(file, frame.schema) as writer:
        writer.write(frame)


def _names(given: Sequence[str] | str | None) -> list[str] | None:
    if given is None:
        return None
    return [given] if isinstance(given, str) else list(given)


def _workspace() -> str:
    found = os.environ.get("COOKHOUSE_WORKSPACE")
    if not found:
        raise CookhouseError(
            "This kernel does not know its workspace: start it from JupyterLab with Cookhouse, "
            "or set COOKHOUSE_WORKSPACE and COOKHOUSE_ENGINE_PYTHON."
        )
    return found
