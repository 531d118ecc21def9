"""The tables on disk: one folder a dataset, one writer at a time, one commit a batch.

A batch's Parquet files are written into the table's folder first and named in one commit last, so
a reader sees all of it or nothing. What a killed writer left is named by its marker file in
`_pending` and swept by the next writer, who holds the lock and so knows that the other is dead.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from cookhouse.errors import Invalid, NotFound
from cookhouse.floor.messages import NAME_PATTERN

PENDING = "_pending"
# Commits and replaced files are kept: older versions of a dataset stay readable.
SETTINGS = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}


def folder_of(workspace: Path, name: str) -> Path:
    """Return the folder of a dataset's table, whether it stands or not."""
    if not re.match(NAME_PATTERN, name):
        raise Invalid(f"“{name}” is no dataset name: use letters, digits, - and _.")
    return Path(workspace) / "datasets" / name


def find_table(workspace: Path, name: str, version: int | None = None) -> Any | None:
    """Open a dataset's table, as of a version if one is given; None if it has no rows yet."""
    folder = folder_of(workspace, name)
    if not (folder / "_delta_log").is_dir():
        return None
    try:
        return DeltaTable(str(folder), version=version)
    except TableNotFoundError:
        return None
    except Exception as error:
        if version is not None and "version" in str(error).lower():
            raise NotFound(f"The dataset “{name}” has no version {version}.") from None
        raise


def open_table(workspace: Path, name: str, version: int | None = None) -> Any:
    """Open a dataset's table; `NotFound` where there is none."""
    table = find_table(workspace, name, version)
    if table is None:
        raise NotFound(f"The dataset “{name}” has no rows yet: add a batch to it first.")
    return table


@contextmanager
def writing(workspace: Path, name: str) -> Iterator[Path]:
    """Hold the writer lock of a dataset and give its folder, swept of what a killed writer left.

    The lock belongs to the open file, so the system lets go of it when a writer dies.
    """
    folder = folder_of(workspace, name)
    locks = folder.parent / ".locks"
    locks.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (locks / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sweep(folder)
        yield folder


def sweep(folder: Path) -> None:
    """Remove the files of writes that never came to their commit; the lock must be held."""
    for making in folder.parent.glob(f".making/{folder.name}@*"):
        shutil.rmtree(making, ignore_errors=True)
    markers = list((folder / PENDING).glob("*")) if (folder / PENDING).is_dir() else []
    if not markers:
        return
    named = {Path(uri).name for uri in DeltaTable(str(folder)).file_uris()}
    for marker in markers:
        for file in folder.glob(f"{marker.name}-*.parquet"):
            if file.name not in named:
                file.unlink()
        marker.unlink()


@contextmanager
def pending(folder: Path, token: str) -> Iterator[None]:
    """Mark the files `token-*.parquet` as not committed; an error inside removes them."""
    marker = folder / PENDING / token
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.touch()
    _sync(marker.parent)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            sweep(folder)
        raise
    marker.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(workspace: Path, name: str) -> None:
    """Delete a dataset's table whole; nothing happens where there is none."""
    with writing(workspace, name) as folder:
        if not folder.exists():
            return
        # Moved away first, so that a reader meets the whole table or none.
        gone = folder.parent / ".making" / f"{name}@gone-{os.urandom(6).hex()}"
        gone.parent.mkdir(exist_ok=True, mode=0o700)
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
