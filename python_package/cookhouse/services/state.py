"""A service's rows and counters as the message that is shown."""

from __future__ import annotations

from typing import Any

from cookhouse.services.files import ServiceFiles
from cookhouse.services.messages import Service, ServiceState, ServiceVersion
from cookhouse.services.store import HostRow, Whole

HOST_ADDRESS = "http://127.0.0.1:{port}"


def state_of(whole: Whole) -> ServiceState:
    """Return the state as people see it."""
    service = whole.service
    if service.desired == "stopped":
        return "stopped"
    current = whole.hosts.get(service.current)
    if current is not None and current.state == "running":
        return "running"
    host = current or whole.hosts.get(service.wanted or 0)
    return "failed" if host is not None and host.state == "failed" else "starting"


def in_force(whole: Whole) -> HostRow | None:
    """Return the host that answers now."""
    host = whole.hosts.get(whole.service.current)
    answers = host is not None and host.state == "running" and state_of(whole) == "running"
    return host if answers else None


def message(whole: Whole, files: ServiceFiles, key: str | None = None) -> Service:
    """Put a service into words."""
    service, shown, host = whole.service, whole.shown, in_force(whole)
    state = state_of(whole)
    counted = [files.counters(row.version) for row in whole.versions]
    return Service(
        name=service.name,
        description=service.description,
        state=state,
        reason=_reason(whole, state),
        version=shown.version,
        model=shown.model,
        run=shown.run,
        recipe=service.recipe,
        recipe_version=shown.recipe_version,
        task=shown.task,
        url=f"cookhouse/api/services/{service.name}/invocations",
        host_url=HOST_ADDRESS.format(port=host.port) if host else None,
        requests=sum(_number(one, "requests") for one in counted),
        errors=sum(_number(one, "errors") for one in counted),
        latency_p50=files.counters(shown.version).get("latency_p50"),
        key=key,
        input_columns=[dict(column) for column in shown.input_columns],
        example=shown.example,
        versions=[
            ServiceVersion(
                version=row.version, model=row.model, run=row.run, who=row.who,
                created=row.created, current=row.version == service.current,
            )
            for row in whole.versions
        ],
        who=service.who,
        created=service.created,
        etag=str(service.revision),
    )  # fmt: skip


def _reason(whole: Whole, state: ServiceState) -> str | None:
    if state == "stopped":
        return None
    host = whole.hosts.get(whole.service.current)
    return (host.reason if host else None) or whole.service.reason


def _number(counters: dict[str, Any], name: str) -> int:
    value = counters.get(name, 0)
    return value if isinstance(value, int) else 0
