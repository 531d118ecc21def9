"""Limits of a job, and what it may know: the reason is named, the secrets are not."""

from __future__ import annotations

import pytest

from cookhouse.floor.processes import environment
from tests.conftest import with_limits

SECRETS = {
    "JUPYTER_TOKEN": "t0ken-1", "JPY_API_TOKEN": "t0ken-2", "JUPYTERHUB_API_TOKEN": "t0ken-3",
    "AWS_SECRET_ACCESS_KEY": "t0ken-4", "MY_PASSWORD": "t0ken-5", "OPENAI_API_KEY": "t0ken-6",
    "DATABASE_URL": "t0ken-7", "PIP_INDEX_URL": "https://me:t0ken-8@packages.example/simple",
    "JUPYTERHUB_COOKIE_SECRET": "t0ken-9",
}  # fmt: skip


@pytest.fixture
def config(config):
    return with_limits(config, job_log_limit=1024 * 1024)


@pytest.mark.parametrize(
    ("body", "arguments", "words"),
    [
        ("greedy", {}, "of memory; its limit is 200"),
        ("limited", {"seconds": 60}, "It ran for over 0 seconds, which is its limit."),
        ("chatter", {"lines": 400_000}, "Its log grew over 1 MiB, which is its limit."),
        ("full_disk", {}, "The disk is full: make room"),
        ("open_files", {}, "Too many open files"),
    ],
)
def test_the_limit_that_was_passed_is_named(
    house, enqueue, finished, tmp_path, body, arguments, words
):
    job = finished(enqueue(body, trace=str(tmp_path / "trace"), **arguments).id)
    assert job.state == "failed"
    assert words in job.reason
    assert finished(enqueue("add", values=[1]).id).state == "succeeded"


class TestSecrets:
    """What our own environment holds and nobody else should."""

    @pytest.fixture(autouse=True)
    def _secrets(self, monkeypatch):
        for name, value in SECRETS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("OMP_NUM_THREADS", "3")
        monkeypatch.setenv("PYTHONPATH", "/somewhere")

    def test_a_job_has_none_but_keeps_its_numbers(self, house, enqueue, finished):
        job = finished(enqueue("environ").id)
        seen = job.result["environ"]
        assert not any("t0ken" in value for value in seen.values())
        assert seen["OMP_NUM_THREADS"] == "3"
        assert "PYTHONPATH" not in seen

    def test_nothing_of_them_is_on_the_disk(self, house, enqueue, finished):
        finished(enqueue("environ").id)
        finished(enqueue("fail", way="error").id)
        for path in house.workspace.root.rglob("*"):
            if path.is_file():
                assert b"t0ken" not in path.read_bytes(), path

    def test_a_job_is_lent_our_packages_and_nothing_else_of_ours(self, house, enqueue, finished):
        job = finished(enqueue("environ").id)
        ours = job.result["cookhouse"].removesuffix("/cookhouse/__init__.py")
        assert ours not in job.result["path"]
        assert not any(".venv/lib" in place for place in job.result["path"])

    def test_the_same_holds_for_every_child(self):
        assert not any("t0ken" in value for value in environment().values())
