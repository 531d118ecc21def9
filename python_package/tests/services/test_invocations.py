"""The one endpoint that a key opens: who gets in, and what the host's answers become."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from cookhouse.house import House
from cookhouse.services.messages import Publish
from tests.services.hosting import Models, ticking

ROW = json.dumps({"dataframe_records": [{"amount": 4, "colour": "red"}]})
PATH = ("cookhouse", "api", "services", "small", "invocations")
Fetch = Callable[..., Awaitable[Any]]


@pytest.fixture
def published(
    jp_serverapp: Any, models: Models, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[House, str]]:
    """Return the server's house with one service, and the service's key."""
    house: House = jp_serverapp.web_app.settings["cookhouse_house"]
    monkeypatch.setattr(house, "models", models)
    monkeypatch.setattr(house.jobs, "wake", lambda: None)
    with ticking(house):
        service = house.services.publish(Publish(model="m", run="run-2", name="small"), "ann")
        assert service.key is not None
        yield house, service.key


async def refused(request: Awaitable[Any]) -> tuple[int, dict[str, Any]]:
    with pytest.raises(HTTPClientError) as caught:
        await request
    response = caught.value.response
    assert response is not None
    return caught.value.code, json.loads(response.body)


def call(jp_fetch: Fetch, body: str = ROW, **headers: str) -> Awaitable[Any]:
    given = {"Content-Type": "application/json", **headers}
    return jp_fetch(*PATH, method="POST", body=body, headers=given)


async def test_a_key_lets_in_without_login_cookie_or_origin(
    jp_fetch: Fetch, published: tuple[House, str]
) -> None:
    headers = {"Authorization": f"Bearer {published[1]}", "Origin": "https://elsewhere.example"}
    response = await call(jp_fetch, **headers)
    assert json.loads(response.body) == {"predictions": [8]}
    assert response.headers["Content-Type"].startswith("application/json")


async def test_a_login_lets_in(jp_fetch: Fetch, published: tuple[House, str]) -> None:
    response = await call(jp_fetch)
    assert json.loads(response.body) == {"predictions": [8]}


@pytest.mark.parametrize("authorization", ["", "Bearer ck_wrong", "Bearer", "Basic YTpi"])
async def test_everybody_else_stays_out(
    jp_fetch: Fetch, published: tuple[House, str], authorization: str
) -> None:
    code, problem = await refused(call(jp_fetch, Authorization=authorization))
    assert (code, problem["code"]) == (403, "forbidden")
    assert "predictions" not in problem


async def test_the_key_of_another_service_stays_out(
    jp_fetch: Fetch, published: tuple[House, str]
) -> None:
    house, _ = published
    other = await asyncio.to_thread(
        house.services.publish, Publish(model="m", run="run-3", name="other"), "ann"
    )
    code, _ = await refused(call(jp_fetch, Authorization=f"Bearer {other.key}"))
    assert code == 403


async def test_a_cookie_without_the_xsrf_token_stays_out(
    jp_fetch: Fetch, published: tuple[House, str], jp_serverapp: Any
) -> None:
    login = await jp_fetch("api", "status")
    cookie = "; ".join(part.split(";")[0] for part in login.headers.get_list("Set-Cookie"))
    code, _ = await refused(call(jp_fetch, Authorization="", Cookie=cookie))
    assert code == 403


async def test_wrong_bodies_are_named(jp_fetch: Fetch, published: tuple[House, str]) -> None:
    key = f"Bearer {published[1]}"
    code, problem = await refused(call(jp_fetch, '{"instances": [[1]]}', Authorization=key))
    assert code == 400
    assert "lack “amount”, “colour”" in problem["message"]
    code, _ = await refused(call(jp_fetch, "{", Authorization=key))
    assert code == 400
    text = {"Authorization": key, "Content-Type": "text/plain"}
    code, problem = await refused(call(jp_fetch, **text))
    assert (code, problem["code"]) == (415, "media-type")
    code, problem = await refused(call(jp_fetch, " " * 9_000_000, Authorization=key))
    assert (code, problem["code"]) == (413, "too-large")


async def test_a_stopped_service_says_so(jp_fetch: Fetch, published: tuple[House, str]) -> None:
    house, key = published
    await asyncio.to_thread(house.services.change_state, "small", "stopped", "ann")
    code, problem = await refused(call(jp_fetch, Authorization=f"Bearer {key}"))
    assert (code, problem["code"]) == (503, "unavailable")
    assert "“small” is stopped" in problem["message"]


async def test_an_unknown_service_is_named_to_the_logged_in_alone(
    jp_fetch: Fetch, published: tuple[House, str]
) -> None:
    path = ("cookhouse", "api", "services", "gone", "invocations")
    headers = {"Content-Type": "application/json"}
    code, problem = await refused(jp_fetch(*path, method="POST", body=ROW, headers=headers))
    assert (code, problem["code"]) == (404, "not-found")
    headers["Authorization"] = f"Bearer {published[1]}"
    code, _ = await refused(jp_fetch(*path, method="POST", body=ROW, headers=headers))
    assert code == 403


async def test_publishing_over_rest_shows_the_key_once(
    jp_fetch: Fetch, published: tuple[House, str]
) -> None:
    where = ("cookhouse", "api", "services")
    body = json.dumps({"model": "m", "run": "run-3", "name": "second"})
    headers = {"Content-Type": "application/json"}
    made = await jp_fetch(*where, method="POST", body=body, headers=headers)
    service = json.loads(made.body)
    assert made.code == 201
    assert made.headers["Location"].endswith("/cookhouse/api/services/second")
    assert service["key"].startswith("ck_")
    shown = json.loads((await jp_fetch(*where, "second")).body)
    assert shown["key"] is None
    assert shown["url"] == "cookhouse/api/services/second/invocations"
    await jp_fetch(*where, "second", method="DELETE")
    code, _ = await refused(jp_fetch(*where, "second"))
    assert code == 404
