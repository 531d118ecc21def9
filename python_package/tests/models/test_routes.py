"""Recipes, models and notebooks over REST: bad input is answered with a sentence, never a 5xx."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from tests.recipes.notebooks import CANCER, write_notebook

API = ("cookhouse", "api")


async def refused(fetch: Any, *path: str, **more: Any) -> tuple[int, dict[str, Any]]:
    """Fetch what must be refused; return status and problem."""
    with pytest.raises(HTTPClientError) as error:
        await fetch(*API, *path, **more)
    assert error.value.response is not None
    problem = json.loads(error.value.response.body)
    assert set(problem) == {"code", "message", "detail", "request_id"}
    return error.value.code, problem


def post(body: Any) -> dict[str, Any]:
    return {
        "method": "POST",
        "body": json.dumps(body),
        "headers": {"Content-Type": "application/json"},
    }


async def test_analysis_answers_a_verdict(jp_fetch: Any) -> None:
    cells = [{"id": f"c{n}", "source": source} for n, source in enumerate(CANCER)]
    answer = await jp_fetch(*API, "notebooks", "analysis", **post({"cells": cells}))
    verdict = json.loads(answer.body)
    assert verdict["verdict"] == "convertible"
    assert verdict["statements"][0]["stage"] == "imports"


@pytest.mark.parametrize("path", ["../x.ipynb", "a/../../../etc/x.ipynb", "x\x00.ipynb"])
async def test_paths_outside_are_refused_everywhere(jp_fetch: Any, path: str) -> None:
    body = {"cells": [], "path": path}
    status, _ = await refused(jp_fetch, "notebooks", "analysis", **post(body))
    assert status in (400, 404)
    status, _ = await refused(jp_fetch, "recipes", **post({"notebook": path}))
    assert status in (400, 404)


async def test_a_notebook_that_is_not_saved_or_has_no_model(
    jp_fetch: Any, jp_root_dir: Path
) -> None:
    status, problem = await refused(jp_fetch, "recipes", **post({"notebook": "new.ipynb"}))
    assert (status, problem["code"]) == (404, "not-found")
    assert "save it first" in problem["message"]
    write_notebook(jp_root_dir / "plain.ipynb", ("x = 1",))
    status, problem = await refused(jp_fetch, "recipes", **post({"notebook": "plain.ipynb"}))
    assert (status, problem["code"]) == (422, "refused")
    (jp_root_dir / "broken.ipynb").write_text("{ not json")
    status, problem = await refused(jp_fetch, "recipes", **post({"notebook": "broken.ipynb"}))
    assert status in (400, 422)
    write_notebook(jp_root_dir / "kernel.ipynb", CANCER, kernel="no-such-kernel")
    status, problem = await refused(jp_fetch, "recipes", **post({"notebook": "kernel.ipynb"}))
    assert status == 404
    assert "no-such-kernel" in problem["message"]


async def test_a_recipe_is_not_called_after_a_keyword(jp_fetch: Any, jp_root_dir: Path) -> None:
    write_notebook(jp_root_dir / "cancer.ipynb", CANCER)
    body = {"notebook": "cancer.ipynb", "name": "class"}
    status, problem = await refused(jp_fetch, "recipes", **post(body))
    assert (status, problem["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    "path",
    [
        ("recipes", "nothing"),
        ("recipes", "nothing", "versions", "1"),
        ("recipes", "nothing", "versions", "one", "archive"),
        ("models", "nothing"),
        ("models", "nothing", "runs"),
        ("models", "nothing", "runs", "r1", "evaluation"),
        ("models", "nothing", "runs", "r1", "archive"),
    ],
)
async def test_what_is_not_there_is_said_to_be_missing(
    jp_fetch: Any, path: tuple[str, ...]
) -> None:
    status, problem = await refused(jp_fetch, *path)
    assert (status, problem["code"]) == (404, "not-found")


async def test_lists_are_empty_at_first(jp_fetch: Any) -> None:
    for room in ("recipes", "models"):
        answer = await jp_fetch(*API, room)
        assert json.loads(answer.body) == {"items": [], "next": None, "total": 0}
        status, _ = await refused(jp_fetch, room, params={"sort": "nothing"})
        assert status == 400
