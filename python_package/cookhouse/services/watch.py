"""Hosts follow what the database says should run. The supervisor calls `tick` each second.

Every step looks at one host and writes one transition, so that a supervisor that dies anywhere is
followed by one that goes on: what should run and what was seen last is all in the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.floor import processes
from cookhouse.floor.database import now
from cookhouse.services import store
from cookhouse.services.files import ServiceFiles
from cookhouse.services.processes import HostProcesses, running_at
from cookhouse.services.store import HostRow, ServiceRow

if TYPE_CHECKING:
    from cookhouse.house import House

START_SECONDS = 180.0
DRAIN_SECONDS = 2.0
STOP_SECONDS = 15.0
# A host that ran this long had a good start: its next crash counts as the first again.
GOOD_SECONDS = 60.0
MOST_TRIES = 5


class Watcher:
    """Starts, restarts, switches and ends the hosts of all services of one workspace."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._processes = HostProcesses()

    def tick(self) -> bool:
        """Look at every host once; says whether there is anything to watch."""
        with self._house.database.read() as session:
            services = store.services(session)
            hosts = {(row.service, row.version): row for row in store.hosts(session)}
            # Looked at after the session: what is stale by then is found out when it is written.
            session.expunge_all()
        wanted = {
            (service.id, version): service for service in services for version in _needed(service)
        }
        for key, host in hosts.items():
            if key not in wanted:
                self._end(host, any(service.id == host.service for service in services))
        for key, service in wanted.items():
            self._keep(service, key[1], hosts.get(key))
        return any(key not in hosts or hosts[key].state != "failed" for key in wanted) or any(
            key not in wanted for key in hosts
        )

    def files(self, service: str) -> ServiceFiles:
        """Return the files of a service."""
        return ServiceFiles(self._house.workspace.services / service)

    # One host that should run

    def _keep(self, service: ServiceRow, version: int, host: HostRow | None) -> None:
        if host is None:
            self._start(service.id, version, host)
        elif host.state in ("draining", "stopping"):
            self._resume(service.id, host)
        elif host.state == "failed":
            return
        elif host.state == "waiting":
            if now() >= host.since:
                self._start(service.id, version, host)
        elif not self._processes.alive(host.pid, host.identity):
            self._fallen(service, host)
        elif host.state == "starting":
            self._started(service, host)

    def _start(self, service: str, version: int, host: HostRow | None) -> None:
        """Start a host, or take over one that runs without the database knowing."""
        files = self.files(service)
        launch, hashes = self._launch(service, version)
        if launch is None:
            return
        files.write_keys(hashes)
        reason = None
        pid = running_at(files, version)
        try:
            pid = pid or self._processes.start(files, version, launch, host.port if host else 0)
        except OSError as error:
            pid, reason = 0, f"“{launch['interpreter']}” does not run: {error.strerror}."
        state = "starting" if pid else "failed"
        identity = processes.identity(pid) if pid else None
        fields = {"state": state, "pid": pid, "identity": identity, "since": now()}
        if reason:
            fields["reason"] = reason
        self._write(service, version, **fields)
        if reason:
            self._give_up(service, version, reason)

    def _resume(self, service: str, host: HostRow) -> None:
        """Take back a host that was to end; one that was asked to is waited for first."""
        if not self._processes.alive(host.pid, host.identity):
            self._start(service, host.version, host)
        elif host.state == "draining":
            self._write(service, host.version, state="running", since=now())

    def _launch(self, service: str, version: int) -> tuple[dict[str, Any] | None, list[str]]:
        with self._house.database.read() as session:
            row = session.get(store.VersionRow, (service, version))
            keys = [key.digest for key in store.keys(session, service)]
            return (row.launch if row else None), keys

    def _started(self, service: ServiceRow, host: HostRow) -> None:
        status = self.files(service.id).status(host.version)
        if status.get("pid") != host.pid:
            if now() - host.since > timedelta(seconds=START_SECONDS):
                self._processes.kill(host.pid, host.identity)
                words = f"It was not ready within {START_SECONDS:.0f} seconds."
                self._give_up(service.id, host.version, words)
            return
        if status.get("state") == "running":
            self._ready(service.id, host, int(status["port"]))

    def _ready(self, service: str, host: HostRow, port: int) -> None:
        """Write that a host answers, and put its version in force where it waits for that."""
        with self._house.database.write() as session:
            row = session.get(HostRow, (service, host.version))
            owner = session.get(ServiceRow, service)
            if row is None or row.pid != host.pid or owner is None:
                return
            row.state, row.port, row.since = "running", port, now()
            if owner.wanted == host.version:
                _promote(session, self._house, owner, host.version)
            self._touch(session)

    def _fallen(self, service: ServiceRow, host: HostRow) -> None:
        """Start a host again that ended by itself, later each time, and say so."""
        files = self.files(service.id)
        status = files.status(host.version)
        ending = self._processes.ending(host.pid)
        if host.state == "starting" and service.current != host.version:
            words = str(status.get("reason") or files.last_words(host.version))
            reason = f"Version {host.version} did not start: its host {ending}"
            self._give_up(service.id, host.version, f"{reason}: {words}" if words else reason + ".")
            return
        good = now() - host.since > timedelta(seconds=GOOD_SECONDS)
        tries = 1 if good else host.tries + 1
        words = f"The host {ending} at {_clock(now())}"
        if tries > MOST_TRIES:
            self._write(service.id, host.version, state="failed", tries=tries, since=now(),
                        reason=f"{words}, for the {tries}th time: start the service again when "
                        "the cause is gone.")  # fmt: skip
            return
        self._write(service.id, host.version, state="waiting", tries=tries,
                    since=now() + timedelta(seconds=0.0 if tries == 1 else 2.0**tries),
                    reason=f"{words} and was started again.")  # fmt: skip
        if tries == 1:
            self._start(service.id, host.version, host)

    def _give_up(self, service: str, version: int, reason: str) -> None:
        """Write that a version cannot start; the one in force goes on answering."""
        with self._house.database.write() as session:
            owner = session.get(ServiceRow, service)
            row = session.get(HostRow, (service, version))
            if row is not None:
                row.state, row.reason, row.since = "failed", reason, now()
            if owner is not None:
                owner.reason = reason
                if owner.wanted == version and owner.current:
                    owner.wanted = None
                    owner.reason = f"{reason} Version {owner.current} goes on answering."
            self._touch(session)

    # One host that should not run

    def _end(self, host: HostRow, owned: bool) -> None:
        """Let a host answer what it has, then ask it to end, then kill it."""
        age = (now() - host.since).total_seconds()
        if not self._processes.alive(host.pid, host.identity):
            self._forget(host, owned)
        elif host.state == "stopping":
            if age > STOP_SECONDS:
                self._processes.kill(host.pid, host.identity)
        elif host.state == "draining":
            if age > DRAIN_SECONDS:
                self._stop(host)
        elif host.state == "running" and self._switched(host):
            # Calls that were on their way when the version was switched still reach it.
            self._write(host.service, host.version, state="draining", since=now())
        else:
            self._stop(host)

    def _stop(self, host: HostRow) -> None:
        self._write(host.service, host.version, state="stopping", since=now())
        self._processes.ask_to_end(host.pid)

    def _switched(self, host: HostRow) -> bool:
        with self._house.database.read() as session:
            owner = session.get(ServiceRow, host.service)
            return owner is not None and owner.desired == "running"

    def _forget(self, host: HostRow, owned: bool) -> None:
        self._processes.ending(host.pid)
        with self._house.database.write() as session:
            row = session.get(HostRow, (host.service, host.version))
            if row is None or row.pid != host.pid:
                return
            session.delete(row)
            session.flush()
            rest = [other for other in store.hosts(session) if other.service == host.service]
            self._touch(session)
        if not owned and not rest:
            self.files(host.service).remove()

    # The database

    def _write(self, service: str, version: int, **fields: Any) -> None:
        with self._house.database.write() as session:
            row = session.get(HostRow, (service, version))
            if row is None:
                row = HostRow(service=service, version=version, state=fields["state"])
                session.add(row)
            for name, value in fields.items():
                setattr(row, name, value)
            self._touch(session)

    def _touch(self, session: Session) -> None:
        self._house.changes.touch_in(session, "services")


def _needed(service: ServiceRow) -> list[int]:
    """Return the versions whose hosts should run."""
    if service.desired != "running":
        return []
    return sorted({version for version in (service.current, service.wanted) if version})


def _promote(session: Session, house: House, service: ServiceRow, version: int) -> None:
    row = session.get(store.VersionRow, (service.id, version))
    before = service.current
    why = "published" if not before else f"published in place of version {before}"
    session.add(store.PromotionRow(
        service=service.id, before=before, after=version, who=row.who if row else "", why=why
    ))  # fmt: skip
    service.current, service.wanted, service.reason = version, None, None
    service.revision += 1
    if row is not None:
        thing = f"services/{service.name}@{version}"
        house.ledger.add(session, thing, "serves", f"models/{row.model}@{row.run}")


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S UTC")
