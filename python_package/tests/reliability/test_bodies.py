"""Bodies that are too large, too deep or no JSON, and what a fuzzer makes of the contract."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reliability.conftest import TOKEN

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.mark.parametrize("size", [400_000_000, 1_000_000_000])
@pytest.mark.parametrize("chunked", [False, True], ids=["by length", "chunked"])
def test_a_huge_body_is_refused_before_it_is_read(server, size, chunked):
    before = server.memory()
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(
            f"POST /cookhouse/api/datasets HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Authorization: token {TOKEN}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
            .encode()
        )  # fmt: skip
        started = time.monotonic()
        part = b"x" * 1_048_576
        framed = f"{len(part):x}\r\n".encode() + part + b"\r\n" if chunked else part
        with contextlib.suppress(ConnectionError):
            for _ in range(size // len(part)):
                connection.sendall(framed)
                if time.monotonic() - started > 5:
                    break
        answer = b""
        with contextlib.suppress(ConnectionError):
            answer = connection.recv(65_536)
    assert time.monotonic() - started < 1.0
    assert not answer or b" 413 " in answer.split(b"\r\n")[0]
    assert server.memory() - before < 50
    assert server.get("status").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"name": "a", "tags": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"name": NaN}',
        b'{"name": "a", "description": "\\ud800"}',
        b'{"name": "a", "description": "\xff"}',
        b'{"name": "a", "size": 1e999}',
        b"",
        b"null",
        b'{"name": "a"} b',
    ],
)
def test_what_is_no_json_is_refused(server, body):
    started = time.monotonic()
    headers = {"Content-Type": "application/json"}
    answer = server.ask("POST", "datasets", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert time.monotonic() - started < 1.0


class TestFuzz:
    """The OpenAPI document against the server, with a fixed seed."""

    @pytest.fixture
    def server_options(self):
        return ["--Cookhouse.job_seconds=5"]

    @pytest.mark.timeout(240)
    def test_no_answer_is_unforeseen(self, server, tmp_path):
        done = subprocess.run(
            [
                str(SCHEMATHESIS), "run", server.address("openapi.json"),
                "--header", f"Authorization: token {TOKEN}", "--url", server.address("")[:-1],
                "--checks", "not_a_server_error,response_schema_conformance,"
                "content_type_conformance,status_code_conformance",
                "--seed", "5", "--max-examples", "8", "--workers", "1", "--no-color",
                "--phases", "examples,coverage,fuzzing", "--request-timeout", "20",
            ],
            capture_output=True, text=True, cwd=tmp_path, timeout=230,
            env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-1_000:]
