"""The state: one relational database, SQLite in the workspace unless another URL is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from cookhouse.errors import Unavailable

BUSY_SECONDS = 30


class Moment(TypeDecorator[datetime]):
    """A point in time: aware, UTC, on databases that forget the zone too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables; rooms declare theirs in `store.py`."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


def now() -> datetime:
    """Return the present, aware and in UTC."""
    return datetime.now(UTC)


class Database:
    """Sessions on the state.

    Reads and writes have their own connections: a write takes the database's write lock at its
    begin, so that what it read is still true when it commits; a read never waits for one.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.writer = self._engine(url, "BEGIN IMMEDIATE")
        self.reader = self._engine(url, "BEGIN")

    @staticmethod
    def _engine(url: str, begin: str) -> Engine:
        if not url.startswith("sqlite"):
            return create_engine(url)
        arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(
            url, connect_args=arguments, poolclass=QueuePool, pool_size=8, max_overflow=32
        )

        # SQLAlchemy on SQLite opens no transaction for a SELECT, rolls back no DDL and leaves
        # foreign keys off unless the driver's own handling is switched off and ours on.
        @event.listens_for(engine, "connect")
        def _connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in (
                "journal_mode = WAL",
                "synchronous = NORMAL",
                "foreign_keys = ON",
                f"busy_timeout = {BUSY_SECONDS * 1000}",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)

        return engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that may write: committed at the end, rolled back on an error.

        Raises `Unavailable` where the database cannot be written (disk full, read-only, locked).
        """
        with Session(self.writer, expire_on_commit=False) as session:
            try:
                with session.begin():
                    yield session
            except OperationalError as error:
                raise _unavailable(error) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a consistent view of the state; what is changed in it is thrown away."""
        with Session(self.reader, expire_on_commit=False) as session:
            try:
                yield session
            except OperationalError as error:
                raise _unavailable(error) from error
            finally:
                # Rows stay readable after the view is closed; the end of it would expire them.
                session.expunge_all()
                session.rollback()

    def close(self) -> None:
        """Give all connections back."""
        self.writer.dispose()
        self.reader.dispose()


def _unavailable(error: OperationalError) -> Unavailable:
    said = str(error.orig or error).lower()
    if "full" in said:
        return Unavailable("The disk of the workspace is full: make room and try again.")
    if "readonly" in said or "read-only" in said:
        return Unavailable("The workspace is read-only: mount it writable or name another one.")
    if "locked" in said:
        return Unavailable("The workspace's database is busy for too long: try again in a moment.")
    return Unavailable(f"The workspace's database does not answer: {said[:200]}.")
