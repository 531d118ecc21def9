"""Migrate a database: `python -m cookhouse.floor.migrations.upgrade URL`.

All steps are one transaction, so that a process killed half-way leaves the old schema. A copy of
an SQLite database is kept beside it until the next migration.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from cookhouse.floor.database import Database
from cookhouse.floor.migrations import HEAD, version

HERE = Path(__file__).parent


def settings() -> Config:
    """Return Alembic's settings; there is no file of them."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config


def upgrade(database: Database, target: str = HEAD) -> None:
    """Bring a database to a version, in one transaction."""
    config = settings()
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, target)


def keep_copy(url: str, found: str | None) -> Path | None:
    """Copy an SQLite database as it is now; return where to."""
    if not url.startswith("sqlite:///"):
        return None
    path = Path(url.removeprefix("sqlite:///"))
    copy = path.with_name(f"{path.name}.{found or 'empty'}.backup")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    copy.chmod(0o600)
    return copy


def main() -> None:
    """Migrate the database named on the command line."""
    database = Database(sys.argv[1])
    keep_copy(database.url, version(database))
    upgrade(database)
    database.close()


if __name__ == "__main__":
    main()
