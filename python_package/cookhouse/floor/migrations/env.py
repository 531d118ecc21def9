"""Alembic's entry: runs migrations on the connection that `upgrade.py` hands in."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from cookhouse.floor.database import Base, Moment


def rendered(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our type of times as the database's own, so that migrations outlive our code."""
    moment = kind == "type" and isinstance(item, Moment)
    return "sa.DateTime(timezone=True)" if moment else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    render_item=rendered,
    transactional_ddl=True,
)
context.run_migrations()
