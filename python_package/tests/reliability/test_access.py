"""Who gets in: every route without a login, from elsewhere, in every role, in every media type."""

from __future__ import annotations

import json
import re

import pytest
from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.httpclient import HTTPClientError

from cookhouse import http
from cookhouse.app import tables
from cookhouse.errors import NotFound
from cookhouse.floor.config import Config
from cookhouse.floor.roles import ORDER, suffices

ROUTES = [route for table in tables() for route in table]
WRITES = [route for route in ROUTES if route.method in ("POST", "PUT", "PATCH")]


def address(route):
    """Return a route's address with something in each place."""
    return "cookhouse/api/" + re.sub(r"\{\w+\}", "nothing", route.path)


def media_type(route):
    return "application/octet-stream" if route.binary else "application/json"


async def ask(jp_fetch, route, headers=None, body="{}"):
    """Send a request; return status and body, whatever they are."""
    given = {"Content-Type": media_type(route)} if route in WRITES else {}
    given |= headers or {}
    content = body if route in WRITES else None
    try:
        answer = await jp_fetch(
            *address(route).split("/"), method=route.method, headers=given, body=content,
            allow_nonstandard_methods=True,
        )  # fmt: skip
        return answer.code, answer.body
    except HTTPClientError as error:
        return error.code, error.response.body if error.response else b""


class NamedByHeader(IdentityProvider):
    """Takes the user's name from a header, so that a test can be anybody."""

    def get_user(self, handler):
        name = handler.request.headers.get("X-Test-User")
        return User(username=name) if name else None

    def is_token_authenticated(self, handler):
        return True


class WithoutEvents(Authorizer):
    """Lets everybody do everything but listen to events."""

    def is_authorized(self, handler, user, action, resource):
        return resource != "events"


@pytest.fixture
def nothing_runs(monkeypatch):
    """Let no route do anything: only who gets in is looked at."""

    async def found_nothing(route, call):
        raise NotFound("There is no such thing.")

    monkeypatch.setattr(http, "_run", found_nothing)


async def test_without_a_token_every_route_refuses_without_data(jp_fetch):
    for route in ROUTES:
        status, body = await ask(jp_fetch, route, {"Authorization": ""})
        assert status == 403, route.path
        assert set(json.loads(body)) == {"code", "message", "detail", "request_id"}
        assert json.loads(body)["detail"] == {}


@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.path}")
async def test_text_is_no_body(jp_fetch, nothing_runs, route):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        status, _ = await ask(jp_fetch, route, {"Content-Type": kind})
        assert status == 415


class TestRoles:
    """Every pair of route and role, in both orders."""

    @pytest.fixture
    def config(self):
        return Config(roles={f"the-{role}": role for role in ORDER}, default_role="viewer")

    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config.ServerApp.identity_provider_class = NamedByHeader
        return jp_server_config

    @pytest.mark.parametrize("order", [ORDER, tuple(reversed(ORDER))], ids=["up", "down"])
    async def test_every_pair_is_as_the_table_says(self, jp_fetch, nothing_runs, order):
        for route in ROUTES:
            for role in order:
                status, body = await ask(jp_fetch, route, {"X-Test-User": f"the-{role}"})
                let_in = status != 403
                assert let_in == suffices(role, route.role), (route.method, route.path, role)
                if not let_in:
                    assert f"needs the role {route.role}" in json.loads(body)["message"]

    async def test_who_is_not_named_has_the_default_role(self, jp_fetch, nothing_runs):
        for route in ROUTES:
            status, _ = await ask(jp_fetch, route, {"X-Test-User": "somebody"})
            assert (status != 403) == (route.role == "viewer")

    async def test_nobody_gets_in_nowhere(self, jp_fetch, nothing_runs):
        for route in ROUTES:
            assert (await ask(jp_fetch, route))[0] == 403


class TestEvents:
    """The channel that says what changed."""

    async def test_refused_without_login(self, jp_ws_fetch):
        # The server sends who is not logged in to the login page.
        with pytest.raises(HTTPClientError, match="302"):
            await jp_ws_fetch("api", "events", "subscribe", headers={"Authorization": ""})

    class TestRight:
        """By a user who may not listen."""

        @pytest.fixture
        def jp_server_config(self, jp_server_config):
            jp_server_config.ServerApp.authorizer_class = WithoutEvents
            return jp_server_config

        async def test_refused(self, jp_ws_fetch):
            with pytest.raises(HTTPClientError, match="403"):
                await jp_ws_fetch("api", "events", "subscribe")
