"""Where a training's rows come from: the notebook's own files, or a dataset."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from .failure import RecipeError
from .schema import typed


@contextlib.contextmanager
def working_folder(folder: Path, manifest: dict[str, Any]) -> Iterator[Path]:
    """Stand in a folder where the notebook's relative paths lead to the recipe's own files."""
    files = [f for f in manifest.get("files", []) if not os.path.isabs(f["source"])]
    ups = max((PurePosixPath(f["source"]).parts.count("..") for f in files), default=0)
    root = Path(tempfile.mkdtemp(prefix="cookhouse-run-"))
    here = root.joinpath(*["folder"] * (ups + 1))
    here.mkdir(parents=True)
    before = os.getcwd()
    try:
        for file in files:
            place = Path(os.path.normpath(here / file["source"]))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(_kept_file(folder, file))
        os.chdir(here)
        yield here
    finally:
        os.chdir(before)
        shutil.rmtree(root, ignore_errors=True)


def _kept_file(folder: Path, file: dict[str, Any]) -> Path:
    path = folder / file["artifact"] if file.get("artifact") else Path(file["path"])
    if not path.exists():
        raise RecipeError(f"the recipe's file {file['source']} is missing at {path}")
    return path.resolve()


def given_rows(
    manifest: dict[str, Any], binding: dict[str, Any], overlay: str | None = None
) -> tuple[dict[str, Any] | None, int | None]:
    """Return spec and frame that stand in for the served reader, with its statement."""
    if binding.get("kind", "file") != "dataset":
        return None, None
    served = manifest.get("served")
    if not served:
        what = "the recipe has not run yet, so that it is not known which reader a dataset replaces"
        raise RecipeError(f"{what}; create it with its proof")
    from .codec import decode

    spec = decode(served["spec"], Path())
    columns = decode(served["columns"], Path())
    columns = [{**column, "label": False, "required": True} for column in columns]
    with overlaid(overlay):
        rows = read_rows(Path(binding["path"]))
    frame, reasons = typed(rows, columns, {})
    if reasons:
        place, reason = next(iter(reasons.items()))
        what = f"{len(reasons)} rows of the dataset {binding.get('name', '')} do not fit the recipe"
        raise RecipeError(f"{what}; row {place}: {reason}")
    return {"spec": spec, "frame": frame}, served["statement"]


@contextlib.contextmanager
def overlaid(overlay: str | None) -> Iterator[None]:
    """Let the overlay's packages be found for a while, after all others.

    pandas is imported before: with pyarrow on the path it would store text otherwise than in the
    notebook.
    """
    import pandas  # noqa: F401

    if not overlay or overlay in sys.path:
        yield
        return
    sys.path.append(overlay)
    try:
        yield
    finally:
        sys.path.remove(overlay)


def read_rows(path: Path) -> Any:
    """Return the rows of a Parquet or Arrow file as a frame."""
    with contextlib.ExitStack() as stack:
        return frame_of(_table(path, stack))


def _table(path: Path, stack: contextlib.ExitStack) -> Any:
    import pyarrow

    if path.suffix in (".arrow", ".feather", ".ipc"):
        source = stack.enter_context(pyarrow.memory_map(os.fspath(path)))
        return pyarrow.ipc.open_file(source).read_all()
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path)


def frame_of(table: Any) -> Any:
    """Return an Arrow table or batch as a frame of plain numpy columns.

    Not `to_pandas`: with pyarrow imported after pandas that gives text another storage.
    """
    import pandas

    columns = {}
    for name, column in zip(table.schema.names, table.columns, strict=True):
        if str(column.type).startswith("dictionary"):
            column = column.cast(column.type.value_type)
        if str(column.type).startswith("timestamp") and column.type.tz:
            made = pandas.Series(_numpy(column.cast("timestamp[us]")))
            columns[name] = made.dt.tz_localize("UTC").dt.tz_convert(column.type.tz)
            continue
        if str(column.type) == "bool" and column.null_count == 0:
            columns[name] = pandas.Series(_numpy(column)).astype(bool)
            continue
        columns[name] = pandas.Series(_numpy(column), copy=False)
    return pandas.DataFrame(columns, copy=False)


def _numpy(column: Any) -> Any:
    chunked = hasattr(column, "num_chunks")
    return column.to_numpy() if chunked else column.to_numpy(zero_copy_only=False)
