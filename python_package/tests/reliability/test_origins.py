"""Requests that a foreign page makes the browser send."""

from __future__ import annotations

import json

import httpx
import pytest
import websocket

from cookhouse.floor.database import Database
from cookhouse.floor.events import Changes
from cookhouse.floor.workspace import Workspace
from tests.reliability.conftest import TOKEN

BODY = {"name": "stolen"}


@pytest.fixture
def browser(server):
    """Return a client that is logged in by cookie, as a browser is."""
    client = httpx.Client(base_url=server.url, timeout=30)
    # The page of the login gives the cookie against foreign forms.
    client.get("/login")
    client.get(f"/cookhouse/api/status?token={TOKEN}").raise_for_status()
    assert client.get("/cookhouse/api/status").status_code == 200
    yield client
    client.close()


def test_a_cookie_alone_writes_nothing(server, browser):
    assert browser.post("/cookhouse/api/datasets", json=BODY).status_code == 403
    crossed = {"X-XSRFToken": browser.cookies["_xsrf"]}
    foreign = {**crossed, "Origin": "http://evil.example"}
    answer = browser.post("/cookhouse/api/datasets", json=BODY, headers=foreign)
    assert answer.status_code in (403, 404)
    assert server.get("datasets").json()["total"] == 0
    assert browser.post("/cookhouse/api/datasets", json=BODY, headers=crossed).status_code == 201


def test_a_foreign_host_is_refused(server):
    answer = server.get("status", headers={"Host": "evil.example"})
    assert answer.status_code == 403
    assert "workspace" not in answer.text


def test_a_foreign_page_hears_no_events(server, browser):
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    channel = "/api/events/subscribe"
    foreign = browser.get(channel, headers={**upgrade, "Origin": "http://evil.example"})
    assert foreign.status_code == 403
    own = browser.get(channel, headers={**upgrade, "Origin": server.url})
    assert own.status_code == 101


def test_an_event_is_a_room_and_a_counter_whoever_touched_it(server):
    events = websocket.create_connection(
        server.url.replace("http", "ws") + "/api/events/subscribe", timeout=10,
        header={"Authorization": f"token {TOKEN}"},
    )  # fmt: skip
    # Another process than the server, as the supervisor is.
    Changes(Database(Workspace(server.workspace).database_url)).touch("models")
    event = json.loads(events.recv())
    while event.get("room") != "models":
        event = json.loads(events.recv())
    own = {key: value for key, value in event.items() if not key.startswith("__")}
    schema = "https://schema.cookhouse.dev/changes/v1"
    assert own == {"schema_id": schema, "room": "models", "counter": 1}
    events.close()
