"""A fresh MLflow database without the seconds and the races that MLflow takes to make one.

The tables that a fresh store has are shipped as text beside this file, for the version of MLflow
that the engine's lock names. Another version makes its own, one process at a time.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

SHIPPED = Path(__file__).with_name("mlflow_store.sql")
MARK = "-- mlflow "


def prepare(database: Path, artifacts: Path) -> None:
    """Have MLflow's database ready: made on first use, whole or not at all."""
    if database.exists():
        return
    with _alone(database):
        if database.exists():
            return
        aside = database.with_name(f".{database.name}.{os.getpid()}")
        try:
            _fill(aside, artifacts)
            aside.replace(database)
        finally:
            aside.unlink(missing_ok=True)


def optimize(database: Path) -> None:
    """Let SQLite look at its tables: with many runs a sorted list takes seconds otherwise."""
    with contextlib.closing(sqlite3.connect(database, timeout=30)) as connection:
        connection.execute("PRAGMA optimize")


@contextlib.contextmanager
def _alone(database: Path) -> Iterator[None]:
    with database.with_name(f".{database.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(path: Path, artifacts: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    if text.splitlines()[0] != MARK + version("mlflow-skinny"):
        _make(path, artifacts)
        return
    now = int(time.time() * 1000)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(text)
        connection.execute(
            "UPDATE experiments SET artifact_location = ?, creation_time = ?, last_update_time = ?",
            ((artifacts / "0").as_uri(), now, now),
        )
        _to_wal(connection)


def _make(path: Path, artifacts: Path) -> None:
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    SqlAlchemyStore(f"sqlite:///{path}", (artifacts / "0").as_uri()).engine.dispose()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _to_wal(connection)


def _to_wal(connection: sqlite3.Connection) -> None:
    # It stays in the file: readers and the writer of a run then never wait for each other.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def fresh() -> str:
    """Return the tables as the installed MLflow makes them, as text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mlflow.db"
        _make(path, Path("/artifacts"))
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE experiments SET creation_time = 0, last_update_time = 0")
            lines = "\n".join(_in_order(connection.iterdump()))
    return f"{MARK}{version('mlflow-skinny')}\n{lines}\n"


def _in_order(statements: Iterable[str]) -> Iterator[str]:
    # MLflow makes indexes in the order of a set, another one in each process.
    for is_index, found in itertools.groupby(statements, lambda s: " INDEX " in s.split("(")[0]):
        group = list(found)
        yield from sorted(group) if is_index else group


def main() -> None:
    """Write the shipped text anew; to be run in the engine when its lock names another MLflow."""
    SHIPPED.write_text(fresh(), encoding="utf-8")
