"""For developers: write the next migration from what the tables say now.

`python -m cookhouse.revise "what changes"` compares the newest schema with the
tables that the rooms declare; read what it wrote, add its number to `VERSIONS`, commit it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from cookhouse.floor.database import Database
from cookhouse.floor.migrations import VERSIONS
from cookhouse.floor.migrations.upgrade import HERE, settings, upgrade
from cookhouse.house import House


def revise(message: str) -> Path:
    """Write the next migration; return its file."""
    assert House is not None, "importing it declares the tables of all rooms"
    number = f"{len(list((HERE / 'versions').glob('0*.py'))) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/cookhouse.db")
        if number != "0001":
            upgrade(database, VERSIONS[-1])
        config = settings()
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with database.write() as session:
            config.attributes["connection"] = session.connection()
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    return next((HERE / "versions").glob(f"{number}_*.py"))


if __name__ == "__main__":
    print(revise(" ".join(sys.argv[1:])))
