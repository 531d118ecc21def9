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


BODIES = [
    b"[" * 100_000,
    b'{"name": "a", "tags": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"name": NaN}',
    b'{"name": "a", "description": "\\ud800"}',
    b'{"name": "a", "description": "\xff"}',
    b'{"name": "a", "size": 1e999}',
    b"",
    b"null",
    b'{"name": "a"} b',
]


def send(server, size, chunked):
    """Send a body that is too large; return the first line of the answer and the seconds."""
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    head = (
        f"POST /cookhouse/api/datasets HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Authorization: token {TOKEN}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    )
    part = b"x" * 1_048_576
    framed = f"{len(part):x}\r\n".encode() + part + b"\r\n" if chunked else part
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        started = time.monotonic()
        # The server hangs up in the middle of it.
        with contextlib.suppress(ConnectionError):
            for _ in range(size // len(part)):
                connection.sendall(framed)
        with contextlib.suppress(ConnectionError):
            answer = connection.recv(65_536)
    return answer.split(b"\r\n")[0], time.monotonic() - started


def test_a_huge_body_is_refused_before_it_is_read(server):
    before = server.memory()
    for size in (400_000_000, 1_000_000_000):
        for chunked in (False, True):
            line, seconds = send(server, size, chunked)
            assert not line or b" 413 " in line
            assert seconds < 1.0
    assert server.memory() - before < 50
    headers = {"Content-Type": "application/json"}
    refused = server.ask("POST", "datasets", content=b" " * (9 << 20), headers=headers)
    assert refused.status_code == 413
    assert refused.json()["message"].startswith("The body is over 8 MiB")


def test_what_is_no_json_is_refused(server):
    headers = {"Content-Type": "application/json"}
    for body in BODIES:
        started = time.monotonic()
        answer = server.ask("POST", "datasets", content=body, headers=headers)
        assert answer.status_code == 400, body[:60]
        assert answer.json()["code"] == "invalid"
        assert time.monotonic() - started < 1.0


def test_an_address_that_is_none_is_said_to_be_none(server):
    for path in ("nothing", "jobs/a/b/c", "services/%2e%2e%2fx/invocations"):
        for method in ("GET", "POST", "PATCH"):
            answer = server.ask(method, path)
            assert answer.status_code == 404
            assert answer.json()["code"] == "not-found"


class TestFuzz:
    """The OpenAPI document against the server, with a fixed seed."""

    @pytest.fixture
    def server_options(self):
        return ["--Cookhouse.job_seconds=5"]

    @pytest.mark.timeout(300)
    def test_no_answer_is_unforeseen(self, server, tmp_path):
        done = subprocess.run(
            [
                str(SCHEMATHESIS), "run", server.address("openapi.json"),
                "--header", f"Authorization: token {TOKEN}", "--url", server.address("")[:-1],
                "--checks", "not_a_server_error,response_schema_conformance,"
                "content_type_conformance,status_code_conformance",
                "--seed", "5", "--max-examples", "5",
                # Making a sample is minutes of work each time; its own tests are in datasets.
                "--exclude-operation-id", "make_sample", "--workers", "1", "--no-color",
                "--phases", "examples,coverage,fuzzing", "--request-timeout", "20",
            ],
            capture_output=True, text=True, cwd=tmp_path, timeout=280,
            env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)},
        )  # fmt: skip
        # Tornado hangs up on an address over 64 KiB: an error to the fuzzer, no failure of ours.
        failures = done.stdout.partition("= FAILURES")[2].partition("= WARNINGS")[0]
        assert failures == ""
        assert "Tested:" in done.stdout, done.stdout[-3_000:] + done.stderr
        assert server.get("status").status_code == 200
