"""“Something changed in room X”: a counter per room, in the database, so that any process bumps it.

The server looks at the counters and tells browsers through `jupyter_events`; a browser then reads
again by REST. Nothing but the room's name and the counter travels.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, Database

SCHEMA_ID = "https://schema.cookhouse.dev/changes/v1"
SCHEMA: dict[str, Any] = {
    "$id": SCHEMA_ID,
    "version": "1",
    "title": "Something changed in a room of Cookhouse",
    "personal-data": False,
    "type": "object",
    "properties": {
        "room": {"type": "string", "description": "The room's name."},
        "counter": {"type": "integer", "description": "Grows with every change in the room."},
    },
    "required": ["room", "counter"],
    "additionalProperties": False,
}


class ChangeRow(Base):
    """The counter of one room."""

    __tablename__ = "changes"

    room: Mapped[str] = mapped_column(primary_key=True)
    counter: Mapped[int] = mapped_column(default=0)


class Changes:
    """Counters of changes; safe to use from every thread and process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock = threading.Lock()
        self.touched: dict[str, float] = {}

    def touch(self, *rooms: str) -> None:
        """Say that something visible changed; call it after the change was committed."""
        with self.database.write() as session:
            for room in rooms:
                self.touch_in(session, room)

    def touch_in(self, session: Session, room: str) -> None:
        """Say it in the transaction of the change itself."""
        grown = update(ChangeRow).where(ChangeRow.room == room)
        bumped = session.execute(grown.values(counter=ChangeRow.counter + 1))
        if not bumped.rowcount:  # type: ignore[attr-defined]
            session.add(ChangeRow(room=room, counter=1))
            session.flush()

    def counters(self) -> dict[str, int]:
        """Return every room's counter."""
        with self.database.read() as session:
            return {row.room: row.counter for row in session.scalars(select(ChangeRow))}

    def touch_seldom(self, room: str, seconds: float = 0.5) -> None:
        """Touch at most once in `seconds`; for what changes all the time, like progress."""
        with self.lock:
            if time.monotonic() - self.touched.get(room, 0.0) < seconds:
                return
            self.touched[room] = time.monotonic()
        self.touch(room)
