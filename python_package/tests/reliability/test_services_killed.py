"""Service hosts under a real supervisor: killed under load, switched under load, adopted."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from cookhouse.errors import Unavailable
from cookhouse.house import House
from cookhouse.services.messages import Publish, Service
from tests.conftest import supervisor_of
from tests.services.conftest import models
from tests.services.hosting import Models, end_hosts, host_pid, until

__all__ = ["models"]
ROW = {"dataframe_records": [{"amount": 4, "colour": "red"}]}


@pytest.fixture
def supervised(house: House, models: Models, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Return a house whose services its own supervisor process keeps going."""
    monkeypatch.setattr(house, "models", models)
    yield house
    supervisor = supervisor_of(house.workspace.root)
    if supervisor is not None:
        supervisor.kill()
    end_hosts(house)


def publish(house: House, run: str) -> Service:
    version = house.services.publish(Publish(model="m", run=run, name="small"), "ann").version

    def answers() -> Service | None:
        service: Service = house.services.show("small")
        assert service.state != "failed", service.reason
        return service if service.state == "running" and service.version >= version else None

    return until(answers)


@contextmanager
def load(house: House, callers: int = 3) -> Iterator[tuple[list[float], list[Exception]]]:
    """Call the service all the time; collect answers and failures."""
    answers: list[float] = []
    failures: list[Exception] = []
    ended = threading.Event()

    def call() -> None:
        while not ended.is_set():
            try:
                answers.append(house.services.invoke("small", ROW)["predictions"][0])
            except Exception as error:
                failures.append(error)
                ended.wait(0.05)

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(answers) > 20)
        yield answers, failures
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_a_host_killed_under_load_is_back_and_it_is_said(supervised: House) -> None:
    publish(supervised, "run-2")
    with load(supervised) as (answers, failures):
        os.kill(host_pid(supervised, "small"), signal.SIGKILL)
        until(lambda: "killed by signal 9" in (supervised.services.show("small").reason or ""))
        until(lambda: supervised.services.show("small").state == "running")
        seen = len(answers)
        until(lambda: len(answers) > seen + 20)
    # While it was away callers were told so, in a sentence, and got no wrong number.
    assert all(isinstance(failure, Unavailable) for failure in failures)
    assert set(answers) == {8}


def test_a_switch_under_load_drops_no_request(supervised: House) -> None:
    publish(supervised, "run-2")
    with load(supervised) as (answers, failures):
        assert publish(supervised, "run-3").version == 2
        until(lambda: answers[-20:].count(12) == 20)
    assert failures == []
    assert set(answers) == {8, 12}


def test_services_outlive_the_supervisor_and_come_back_after_both_died(supervised: House) -> None:
    first = publish(supervised, "run-2")
    host = host_pid(supervised, "small")
    supervisor = supervisor_of(supervised.workspace.root)
    assert supervisor is not None
    supervisor.kill()
    supervisor.wait(5)
    assert supervised.services.invoke("small", ROW) == {"predictions": [8]}

    # What a server does at its start.
    supervised.services.resume()
    second = until(lambda: supervisor_of(supervised.workspace.root))
    assert host_pid(supervised, "small") == host

    second.kill()
    os.kill(host, signal.SIGKILL)
    psutil.wait_procs([second], timeout=5)
    supervised.services.resume()
    until(lambda: host_pid(supervised, "small") != host)
    until(lambda: supervised.services.show("small").state == "running")
    assert supervised.services.invoke("small", ROW) == {"predictions": [8]}
    assert supervised.services.show("small").host_url == first.host_url


def test_stop_ends_the_host_and_then_the_supervisor_has_nothing_to_watch(
    supervised: House,
) -> None:
    publish(supervised, "run-2")
    host = psutil.Process(host_pid(supervised, "small"))
    supervised.services.change_state("small", "stopped", "ann")
    assert not host.is_running()
    until(lambda: supervisor_of(supervised.workspace.root) is None, 30)
