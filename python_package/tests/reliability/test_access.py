"""Who gets in: every route without a login, from elsewhere, in every role."""

from __future__ import annotations

import json
import re

import pytest
from tornado.httpclient import HTTPClientError

from cookhouse.app import tables
from cookhouse.floor.roles import ORDER

ROUTES = [route for table in tables() for route in table]
WRITES = [route for route in ROUTES if route.method in ("POST", "PUT", "PATCH")]
NAMES = [f"{route.method} {route.path}" for route in ROUTES]


def address(route):
    """Return a route's address with something in each place."""
    return "cookhouse/api/" + re.sub(r"\{\w+\}", "nothing", route.path)


def body_of(route):
    return None if route.method in ("GET", "DELETE") else "{}"


async def ask(jp_fetch, route, **more):
    """Send a request; return status and body, whatever they are."""
    given = {"method": route.method, "body": body_of(route), "allow_nonstandard_methods": True}
    headers = {"Content-Type": "application/json"} if given["body"] else {}
    headers |= more.pop("headers", {})
    try:
        answer = await jp_fetch(*address(route).split("/"), headers=headers, **{**given, **more})
        return answer.code, answer.body
    except HTTPClientError as error:
        return error.code, error.response.body if error.response else b""


async def test_without_a_token_every_route_refuses_without_data(jp_fetch):
    for route in ROUTES:
        status, body = await ask(jp_fetch, route, headers={"Authorization": ""})
        assert status == 403, route.path
        assert set(json.loads(body)) <= {"code", "message", "detail", "request_id", "reason"}
        assert json.loads(body).get("detail", {}) == {}


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_every_route_names_a_role(route):
    assert route.role in ORDER
