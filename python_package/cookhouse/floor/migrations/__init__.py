"""The database's schema over time.

Alembic is imported only where something has to be migrated, and in a process of its own: it would
cost the server 30 MB for the rest of its life.
"""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import inspect, text

from cookhouse.errors import Conflict, Unavailable
from cookhouse.floor.database import Base, Database

VERSIONS = ("0001",)
HEAD = VERSIONS[-1]


def prepare(database: Database) -> None:
    """Bring the database to the newest schema; a new one gets it at once.

    Raises `Conflict` for a database that a newer Cookhouse has written.
    """
    found = version(database)
    if found == HEAD:
        return
    if found is None:
        _create(database)
        return
    if found not in VERSIONS:
        raise Conflict(
            "This workspace was written by a newer Cookhouse (its schema is "
            f"“{found}”): install that one, or name another workspace."
        )
    done = subprocess.run(
        [sys.executable, "-m", "cookhouse.floor.migrations.upgrade", database.url],
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        raise Unavailable(f"The workspace's database could not be migrated: {done.stderr[-500:]}")


def version(database: Database) -> str | None:
    """Return the schema's version; None for a database without tables of ours."""
    with database.read() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def _create(database: Database) -> None:
    # Two processes may open a new workspace at once: the second finds all done.
    with database.write() as session:
        connection = session.connection()
        Base.metadata.create_all(connection)
        if inspect(connection).has_table("alembic_version"):
            return
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
