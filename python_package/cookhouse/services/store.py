"""The tables of services: what is published, what should run, what runs, who may call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from cookhouse.floor.database import Base, now
from cookhouse.floor.messages import ListQuery
from cookhouse.floor.pages import page_of

SERVICE = "services.id"


class ServiceRow(Base):
    """A service: `current` is the version in force (0 before the first), `wanted` the next one.

    `desired` is what a person asked for, `running` or `stopped`; hosts follow it.
    """

    __tablename__ = "services"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    recipe: Mapped[str]
    desired: Mapped[str] = mapped_column(default="running")
    current: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[int | None]
    reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class VersionRow(Base):
    """One published run, with all that its host needs to start."""

    __tablename__ = "service_versions"
    __table_args__ = (UniqueConstraint("request", name="service_versions_request"),)

    service: Mapped[str] = mapped_column(ForeignKey(SERVICE), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str]
    run: Mapped[str]
    recipe_version: Mapped[int]
    task: Mapped[str]
    input_columns: Mapped[list[dict[str, Any]]]
    example: Mapped[dict[str, Any]]
    launch: Mapped[dict[str, Any]]
    request: Mapped[str | None]
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class HostRow(Base):
    """A host process. It outlives the service's own row until the process is gone.

    `identity` tells the process from a later one with the same pid. States: starting, running,
    draining (another version is in force), stopping, waiting (for its next start), failed.
    """

    __tablename__ = "service_hosts"

    service: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    pid: Mapped[int] = mapped_column(default=0)
    identity: Mapped[str | None]
    port: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str | None]


class KeyRow(Base):
    """A key, as its SHA-256; `hint` is its end, so that people can tell keys apart."""

    __tablename__ = "service_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey(SERVICE))
    label: Mapped[str] = mapped_column(default="")
    hint: Mapped[str]
    digest: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)


class PromotionRow(Base):
    """A switch of the version in force: who, when, from, to, why."""

    __tablename__ = "service_promotions"

    id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey(SERVICE))
    before: Mapped[int]
    after: Mapped[int]
    who: Mapped[str]
    why: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)


@dataclass
class Whole:
    """A service with everything that is shown of it."""

    service: ServiceRow
    versions: list[VersionRow]
    hosts: dict[int, HostRow]

    def version(self, number: int) -> VersionRow:
        """Return one version's row."""
        return next(row for row in self.versions if row.version == number)

    @property
    def shown(self) -> VersionRow:
        """The version in force, or the first one while it starts."""
        return self.version(self.service.current or self.service.wanted or 1)


def by_name(session: Session, name: str) -> ServiceRow | None:
    """Find a service by its name."""
    return session.scalar(select(ServiceRow).where(ServiceRow.name == name))


def by_request(session: Session, request: str) -> VersionRow | None:
    """Find the version that a request with this idempotency key made."""
    return session.scalar(select(VersionRow).where(VersionRow.request == request))


def whole(session: Session, service: ServiceRow) -> Whole:
    """Gather a service's versions (newest first) and hosts."""
    versions = session.scalars(
        select(VersionRow)
        .where(VersionRow.service == service.id)
        .order_by(VersionRow.version.desc())
    )
    hosts = session.scalars(select(HostRow).where(HostRow.service == service.id))
    return Whole(service, list(versions), {host.version: host for host in hosts})


def page(session: Session, query: ListQuery) -> tuple[list[Whole], str | None, int]:
    """Return a page of services, by name unless asked otherwise."""
    sortable = {
        "name": ServiceRow.name,
        "created": ServiceRow.created,
        "state": ServiceRow.desired,
    }
    rows, following, total = page_of(
        session,
        select(ServiceRow),
        query,
        sortable=sortable,
        searched=[ServiceRow.name, ServiceRow.recipe, ServiceRow.description],
        sort="name",
    )
    return [whole(session, row) for row in rows], following, total


def next_version(session: Session, service: str) -> int:
    """Return the number that the next version gets."""
    last = session.scalar(select(func.max(VersionRow.version)).where(VersionRow.service == service))
    return (last or 0) + 1


def keys(session: Session, service: str) -> list[KeyRow]:
    """Return a service's keys, oldest first."""
    statement = select(KeyRow).where(KeyRow.service == service)
    return list(session.scalars(statement.order_by(KeyRow.created, KeyRow.id)))


def services(session: Session) -> list[ServiceRow]:
    """Return all services."""
    return list(session.scalars(select(ServiceRow).order_by(ServiceRow.name)))


def hosts(session: Session) -> list[HostRow]:
    """Return all hosts, those of deleted services among them."""
    return list(session.scalars(select(HostRow)))


def remove(session: Session, service: ServiceRow) -> None:
    """Delete a service; its hosts' rows stay until their processes are gone."""
    for table in (KeyRow, PromotionRow, VersionRow):
        session.execute(delete(table).where(table.service == service.id))
    session.delete(service)
