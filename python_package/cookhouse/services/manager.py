"""Services: published runs that others call without code."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.datasets.kernels import client_environment
from cookhouse.errors import NotFound, Taken, Unavailable
from cookhouse.services import keys, store
from cookhouse.services.call import Route, call_host
from cookhouse.services.files import ServiceFiles
from cookhouse.services.messages import (
    Publish,
    Service,
    ServiceKey,
    ServiceKeys,
    ServicePage,
    ServiceQuery,
)
from cookhouse.services.state import HOST_ADDRESS, in_force, message, state_of
from cookhouse.services.store import KeyRow, ServiceRow, VersionRow, Whole
from cookhouse.services.watch import Watcher

if TYPE_CHECKING:
    from cookhouse.house import House

# How long publish, start and stop wait for the host, so that their answer is the outcome.
PATIENCE = 45.0
POLL = 0.1


class Services:
    """Publishes runs, keeps their keys, and says where their hosts are.

    Hosts are processes of the supervisor: this only writes what should run and looks at what does.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._watcher = Watcher(house)
        house.jobs.watch(self.watch)

    def watch(self, house: House) -> bool:
        """Let the hosts follow the database; the supervisor calls this each second."""
        return self._watcher.tick()

    def resume(self) -> None:
        """Bring services back after a restart of the machine or the server."""
        with self._house.database.read() as session:
            any_wanted = any(row.desired == "running" for row in store.services(session))
        if any_wanted:
            self._house.jobs.wake()

    # Looking

    def list(self, query: ServiceQuery) -> ServicePage:
        """List services."""
        with self._house.database.read() as session:
            found, following, total = store.page(session, query)
            items = [message(whole, self._files(whole.service)) for whole in found]
        return ServicePage(items=items, next=following, total=total)

    def show(self, name: str) -> Service:
        """Show one service. Raises `NotFound`."""
        with self._house.database.read() as session:
            service = self._row(session, name)
            return message(store.whole(session, service), self._files(service))

    # Publishing

    def publish(self, body: Publish, user: str, key: str | None = None) -> Service:
        """Publish a run and wait until its host answers, or is known not to.

        The answer has a key of the service, which is shown this once. Raises `Taken` where the
        name is that of another recipe's service, and what the model's door raises.
        """
        request = f"{user}:{key}" if key else None
        known = self._published(request)
        if known is not None:
            return known
        resolved = self._house.models.resolve(body.model, body.run, body.accept)
        launch = self._launch(resolved)
        fresh = keys.new_key()
        with self._house.database.write() as session:
            service, number = self._add_version(session, body, resolved, user, request, launch)
            self._add_key(session, service, fresh, f"version {number}", user)
            self._house.changes.touch_in(session, "services")
        self._tell_hosts(service)
        self._house.jobs.wake()
        self._wait(service.name, lambda whole: whole.service.wanted != number or _failed(whole))
        return self.show(service.name).model_copy(update={"key": fresh})

    def _published(self, request: str | None) -> Service | None:
        if request is None:
            return None
        with self._house.database.read() as session:
            row = store.by_request(session, request)
            owner = session.get(ServiceRow, row.service) if row else None
            name = owner.name if owner else None
        return self.show(name) if name else None

    def _launch(self, resolved: Any) -> dict[str, Any]:
        interpreters = self._house.interpreters
        interpreter = interpreters.at(resolved.interpreter, None)
        return {
            "interpreter": str(interpreter.path),
            "recipe": str(resolved.recipe_folder),
            "model": str(resolved.model_folder),
            "overlay": str(resolved.overlay) if resolved.overlay else None,
            "environment": client_environment(self._house),
            "host_overlay": str(interpreters.host_overlay(interpreter)),
        }

    def _add_version(
        self, session: Session, body: Publish, resolved: Any, user: str, request: str | None,
        launch: dict[str, Any],
    ) -> tuple[ServiceRow, int]:  # fmt: skip
        name = body.name or resolved.model
        service = store.by_name(session, name)
        if service is None:
            service = ServiceRow(id=uuid.uuid4().hex[:12], name=name, recipe=resolved.recipe,
                                 who=user)  # fmt: skip
            session.add(service)
            session.flush()
        elif service.recipe != resolved.recipe:
            raise Taken(
                f"The service “{name}” is made of the recipe “{service.recipe}”, not of "
                f"“{resolved.recipe}”: publish under another name."
            )
        number = store.next_version(session, service.id)
        session.add(VersionRow(
            service=service.id, version=number, model=resolved.model, run=resolved.run,
            recipe_version=resolved.recipe_version, task=resolved.task,
            input_columns=[_plain(column) for column in resolved.input_columns],
            example=dict(resolved.example or {}), launch=launch, request=request, who=user,
        ))  # fmt: skip
        service.description = body.description or service.description
        service.desired, service.wanted, service.reason = "running", number, None
        service.revision += 1
        thing = f"services/{name}@{number}"
        self._house.ledger.add(
            session, thing, "publishes", f"models/{resolved.model}@{resolved.run}"
        )
        return service, number

    # State

    def change_state(self, name: str, state: str, user: str) -> Service:
        """Start or stop a service and wait until it is so."""
        with self._house.database.write() as session:
            service = self._row(session, name)
            whole = store.whole(session, service)
            service.desired = state
            service.revision += 1
            if state == "running":
                # A person who starts it again takes the cause to be gone.
                service.reason = None
                for host in whole.hosts.values():
                    host.reason = None
                    if host.state in ("failed", "waiting"):
                        session.delete(host)
                if not service.current and not service.wanted:
                    service.wanted = whole.versions[0].version
            self._house.changes.touch_in(session, "services")
        self._house.jobs.wake()
        if state == "stopped":
            self._wait(name, lambda whole: not whole.hosts)
        else:
            self._wait(name, lambda whole: state_of(whole) != "starting")
        return self.show(name)

    def delete(self, name: str) -> None:
        """Delete a service with its keys; its hosts end."""
        with self._house.database.write() as session:
            service = self._row(session, name)
            files = self._files(service)
            store.remove(session, service)
            self._house.ledger.forget(session, f"services/{name}")
            self._house.changes.touch_in(session, "services")
            if not store.whole(session, service).hosts:
                files.remove()
        self._house.jobs.wake()

    def _wait(self, name: str, done: Callable[[Whole], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with self._house.database.read() as session:
                service = store.by_name(session, name)
                if service is None or done(store.whole(session, service)):
                    return
            time.sleep(POLL)

    # Keys

    def keys(self, name: str) -> ServiceKeys:
        """List a service's keys, without the keys themselves."""
        with self._house.database.read() as session:
            rows = store.keys(session, self._row(session, name).id)
            return ServiceKeys(items=[_key_message(row) for row in rows])

    def create_key(self, name: str, label: str, user: str) -> ServiceKey:
        """Make a further key; it is in the answer and nowhere else."""
        fresh = keys.new_key()
        with self._house.database.write() as session:
            service = self._row(session, name)
            row = self._add_key(session, service, fresh, label, user)
            made = _key_message(row)
        self._tell_hosts(service)
        return made.model_copy(update={"key": fresh})

    def delete_key(self, name: str, key_id: str) -> None:
        """Take a key's right away, at the hosts too."""
        with self._house.database.write() as session:
            service = self._row(session, name)
            row = session.get(KeyRow, key_id)
            if row is None or row.service != service.id:
                raise NotFound(f"The service “{name}” has no key “{key_id}”.")
            session.delete(row)
        self._tell_hosts(service)

    def _add_key(
        self, session: Session, service: ServiceRow, key: str, label: str, user: str
    ) -> KeyRow:
        row = KeyRow(id=uuid.uuid4().hex[:12], service=service.id, label=label,
                     hint=keys.hint(key), digest=keys.digest(key), who=user)  # fmt: skip
        session.add(row)
        session.flush()
        return row

    def _tell_hosts(self, service: ServiceRow) -> None:
        with self._house.database.read() as session:
            hashes = [row.digest for row in store.keys(session, service.id)]
        self._files(service).write_keys(hashes)

    def admits(self, name: str, key: str) -> bool:
        """Say whether a key is one of a service's; an unknown service has none."""
        with self._house.database.read() as session:
            service = store.by_name(session, name)
            digests = [row.digest for row in store.keys(session, service.id)] if service else []
        return keys.matches(key, digests)

    # Calling

    def route(self, name: str) -> Route:
        """Return where a service's host is. Raises `NotFound`, or `Unavailable` saying why."""
        with self._house.database.read() as session:
            service = self._row(session, name)
            whole = store.whole(session, service)
            host = in_force(whole)
            if host is None:
                raise Unavailable(_not_there(whole))
            return Route(HOST_ADDRESS.format(port=host.port), self._files(service).ensure_secret())

    def invoke(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call a service with an `/invocations` body; returns the host's answer.

        Raises `Unavailable` where it does not run, and what the host says of a body it refuses.
        """
        return call_host(lambda: self.route(name), name, body)

    # Parts

    def _row(self, session: Session, name: str) -> ServiceRow:
        service = store.by_name(session, name)
        if service is None:
            raise NotFound(f"There is no service “{name}”.")
        return service

    def _files(self, service: ServiceRow) -> ServiceFiles:
        return ServiceFiles(self._house.workspace.services / service.id)


def _failed(whole: Whole) -> bool:
    host = whole.hosts.get(whole.service.wanted or 0)
    return host is not None and host.state == "failed"


def _not_there(whole: Whole) -> str:
    name, state = whole.service.name, state_of(whole)
    if state == "stopped":
        return f"The service “{name}” is stopped: start it first."
    if state == "failed":
        host = whole.hosts.get(whole.shown.version)
        reason = (host.reason if host else None) or whole.service.reason or ""
        return f"The service “{name}” does not run. {reason}".strip()
    return f"The service “{name}” is starting: try again in some seconds."


def _plain(column: Any) -> dict[str, Any]:
    return dict(column) if isinstance(column, dict) else dict(column.model_dump())


def _key_message(row: KeyRow) -> ServiceKey:
    return ServiceKey(id=row.id, label=row.label, hint=row.hint, created=row.created, who=row.who)
