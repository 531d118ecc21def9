"""Endpoints of services; `invocations` stands in `invocations.py`."""

from __future__ import annotations

from cookhouse.http import Call, Routes
from cookhouse.services.messages import (
    ChangeState,
    CreateKey,
    Publish,
    Service,
    ServiceKey,
    ServiceKeys,
    ServicePage,
    ServiceQuery,
)

routes = Routes()


@routes.add("GET", "services", role="viewer", answer=ServicePage, query=ServiceQuery)
def list_services(call: Call) -> ServicePage:
    """List services."""
    return call.house.services.list(call.query)


@routes.add("POST", "services", role="operator", answer=Service, body=Publish, status=201,
            location="services/{name}")  # fmt: skip
def publish(call: Call) -> Service:
    """Publish a run as a service, or as the next version of one; the answer has the key once."""
    key = call.headers.get("idempotency-key")
    return call.house.services.publish(call.body, call.user, key)


@routes.add("GET", "services/{name}", role="viewer", answer=Service)
def show_service(call: Call) -> Service:
    """Show one service."""
    return call.house.services.show(call.path["name"])


@routes.add("DELETE", "services/{name}", role="operator", answer=None)
def delete_service(call: Call) -> None:
    """Stop a service and delete it with its keys."""
    call.house.services.delete(call.path["name"])


@routes.add("PUT", "services/{name}/state", role="operator", answer=Service, body=ChangeState)
def change_state(call: Call) -> Service:
    """Start or stop a service."""
    return call.house.services.change_state(call.path["name"], call.body.state, call.user)


@routes.add("GET", "services/{name}/keys", role="operator", answer=ServiceKeys)
def list_keys(call: Call) -> ServiceKeys:
    """List a service's keys without the keys themselves."""
    return call.house.services.keys(call.path["name"])


@routes.add("POST", "services/{name}/keys", role="operator", answer=ServiceKey, body=CreateKey,
            status=201)  # fmt: skip
def create_key(call: Call) -> ServiceKey:
    """Make a further key; it is shown once."""
    return call.house.services.create_key(call.path["name"], call.body.label, call.user)


@routes.add("DELETE", "services/{name}/keys/{id}", role="operator", answer=None)
def delete_key(call: Call) -> None:
    """Take a key's right away."""
    call.house.services.delete_key(call.path["name"], call.path["id"])
