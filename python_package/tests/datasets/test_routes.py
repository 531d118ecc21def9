"""Datasets over REST: the walk from a file to a page of rows, and what is answered to bad input."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

BASE = "cookhouse/api"


async def call(
    jp_fetch: Any, *path: str, method: str = "GET", body: Any = None, **more: Any
) -> Any:
    """Fetch and return status, headers and JSON."""
    headers = (
        {"Content-Type": "application/json", **more.pop("headers", {})} if body is not None else {}
    )
    text = json.dumps(body) if body is not None else None
    response = await jp_fetch(BASE, *path, method=method, body=text, headers=headers, **more)
    return response.code, response.headers, json.loads(response.body or b"null")


async def refused(jp_fetch: Any, *path: str, **more: Any) -> tuple[int, Any]:
    """Fetch what is refused and return status and problem."""
    with pytest.raises(HTTPClientError) as caught:
        await call(jp_fetch, *path, **more)
    assert caught.value.response is not None
    return caught.value.code, json.loads(caught.value.response.body)


async def test_from_a_file_to_rows(jp_fetch: Any, jp_root_dir: Path) -> None:
    (jp_root_dir / "people.csv").write_text("name,age\nAnn,31\nBob,45\n")
    code, headers, job = await call(
        jp_fetch, "datasets", "people", "batches", method="POST", body={"paths": ["people.csv"]}
    )
    assert code == 202
    assert headers["Location"].endswith(f"{BASE}/jobs/{job['id']}")
    for _ in range(600):
        if (await call(jp_fetch, "jobs", job["id"]))[2]["state"] not in ("pending", "running"):
            break
        await asyncio.sleep(0.1)
    _, _, page = await call(
        jp_fetch, "datasets", "people", "rows", params={"sort": "-age", "limit": "1"}
    )
    assert (page["rows"], page["total"]) == ([["Bob", 45]], 2)
    _, headers, shown = await call(jp_fetch, "datasets", "people")
    assert headers["Etag"] == f'"{shown["etag"]}"'
    code, problem = await refused(
        jp_fetch, "datasets", "people", method="PATCH", body={"description": "x"},
        headers={"If-Match": '"99"'},
    )  # fmt: skip
    assert (code, problem["code"]) == (412, "changed")
    code, problem = await refused(
        jp_fetch, "datasets", "people", "rows", params={"columns": "none"}
    )
    assert (code, problem["message"]) == (404, "The dataset “people” has no column “none”.")
    code, problem = await refused(jp_fetch, "datasets", params={"sort": "colour"})
    assert (code, problem["code"]) == (400, "invalid")


async def test_unknown_names_are_404(jp_fetch: Any) -> None:
    for path in (("none",), ("none", "rows"), ("none", "schema"), ("none", "batches"), ("..%2e",)):
        assert (await refused(jp_fetch, "datasets", *path))[0] == 404
    assert (await refused(jp_fetch, "datasets", "samples", "none", method="POST", body={}))[
        0
    ] == 404


async def test_cells_are_planned_and_kernels_find_datasets(jp_fetch: Any) -> None:
    cells = [{"id": "a", "source": "import pandas as pd\ndf = pd.read_csv('x.csv')"},
             {"id": "b", "source": "df.head()"}]  # fmt: skip
    _, _, plan = await call(jp_fetch, "eda", "cells", method="POST", body={"cells": cells})
    assert [cell["run"] for cell in plan["cells"]] == [True, True]
    assert "client" in os.environ["PYTHONPATH"]
