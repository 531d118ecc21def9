"""Paths that lead out of what is served, in every field that takes one."""

from __future__ import annotations

import json
import re

import pytest
from tornado.httpclient import HTTPClientError

from cookhouse.app import tables

SECRET = "secret of the neighbour"
ESCAPES = [
    "../secret.csv", "../served-not/secret.csv", "..%2fsecret.csv", "%2e%2e/secret.csv",
    "link.csv", "linked/secret.csv", "a/../../secret.csv", "secret.csv\x00.csv", "\x00",
    "/etc/passwd", "….csv", "x" * 900,
]  # fmt: skip
NAMES = [
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "a%00b",
    ".",
    "%2fetc%2fpasswd",
    "x" * 400,
]


@pytest.fixture
def served(root_dir):
    """Return the served folder, with neighbours and links that lead to them."""
    (root_dir.parent / "secret.csv").write_text(SECRET)
    neighbour = root_dir.parent / f"{root_dir.name}-not"
    neighbour.mkdir()
    (neighbour / "secret.csv").write_text(SECRET)
    (neighbour / "secret.ipynb").write_text(json.dumps({"cells": [], "metadata": {SECRET: 1}}))
    (root_dir / "link.csv").symlink_to(root_dir.parent / "secret.csv")
    (root_dir / "link.ipynb").symlink_to(neighbour / "secret.ipynb")
    (root_dir / "linked").symlink_to(neighbour)
    return root_dir


@pytest.fixture
def jp_server_config(jp_server_config, served):
    jp_server_config.ServerApp.root_dir = str(served)
    return jp_server_config


async def post(jp_fetch, path, body, method="POST"):
    headers = {"Content-Type": "application/json"}
    try:
        answer = await jp_fetch(
            *f"cookhouse/api/{path}".split("/"), method=method, body=json.dumps(body),
            headers=headers,
        )  # fmt: skip
        return answer.code, answer.body.decode()
    except HTTPClientError as error:
        return error.code, error.response.body.decode()


async def get(jp_fetch, path):
    try:
        answer = await jp_fetch(*f"cookhouse/api/{path}".split("/"))
        return answer.code, answer.body.decode()
    except HTTPClientError as error:
        return error.code, error.response.body.decode()


@pytest.mark.parametrize("path", ESCAPES)
async def test_no_field_leads_out(jp_fetch, jp_root_dir, path):
    notebook = path.replace(".csv", ".ipynb")
    answers = [
        await post(jp_fetch, "datasets/stolen/batches", {"paths": [path]}),
        await post(jp_fetch, "recipes", {"notebook": notebook}),
        await post(jp_fetch, "notebooks/analysis", {"path": notebook, "cells": []}),
        await post(jp_fetch, "uploads", {"name": f"../{path}", "size": 1}),
    ]
    for status, body in answers[:2] + answers[3:]:
        assert status in (400, 404), body
    for status, body in answers:
        assert status < 500
        assert SECRET not in body


@pytest.mark.parametrize("folder", ["..", "../served-not", "linked", "a\x00", "x" * 900])
async def test_a_sample_is_not_written_outside(jp_fetch, served, folder):
    status, _ = await post(jp_fetch, "datasets/samples/luma", {"rows": 1_000, "folder": folder})
    assert status in (400, 404)
    assert not list((served.parent / "served-not").glob("*luma*"))


@pytest.mark.parametrize("name", NAMES)
async def test_no_name_is_a_path(jp_fetch, name):
    for route in (route for table in tables() for route in table):
        if "{" not in route.path or route.method != "GET":
            continue
        path = re.sub(r"\{\w+\}", name, route.path)
        status, body = await get(jp_fetch, path)
        # `.` and `..` are resolved by the client: it asked for another resource.
        assert status in (400, 404) or name in (".", ".."), route.path
        assert "root:" not in body
