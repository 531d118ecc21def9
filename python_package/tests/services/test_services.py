"""Services: published, called, stopped, switched, brought back."""

from __future__ import annotations

import os
import signal
import threading
import time

import psutil
import pytest

from cookhouse.errors import Invalid, NotFound, Taken, Unavailable
from cookhouse.floor.messages import ListQuery
from cookhouse.house import House
from cookhouse.services.call import SECRET_HEADER
from cookhouse.services.messages import Publish, Service
from tests.services.hosting import Models, host_pid, post, until

ROW = {"dataframe_records": [{"amount": 4, "colour": "red"}]}


def publish(
    house: House, name: str = "small", run: str = "run-2", key: str | None = None
) -> Service:
    return house.services.publish(Publish(model="m", run=run, name=name), "ann", key)


def test_a_published_run_answers_with_its_key_only(served: House) -> None:
    service = publish(served)
    assert (service.state, service.version, service.who) == ("running", 1, "ann")
    assert service.key is not None
    assert service.host_url is not None
    address = f"{service.host_url}/invocations"
    assert post(address, ROW, Authorization=f"Bearer {service.key}") == (200, {"predictions": [8]})
    assert post(address, ROW)[0] == 403
    assert post(address, ROW, Authorization="Bearer ck_wrong")[0] == 403
    assert post(address, ROW, **{SECRET_HEADER: "guess"})[0] == 403
    assert served.services.show("small").key is None


def test_the_key_is_stored_as_a_hash_alone(served: House) -> None:
    service = publish(served)
    assert service.key is not None
    for path in served.workspace.root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert service.key.encode() not in path.read_bytes(), path


def test_invoke_needs_no_key_and_counts(served: House) -> None:
    publish(served)
    assert served.services.invoke("small", ROW) == {"predictions": [8]}
    with pytest.raises(Invalid, match="lack “amount”"):
        served.services.invoke("small", {"dataframe_records": [{"colour": "red"}]})
    with pytest.raises(Invalid, match="poison is not known"):
        served.services.invoke("small", {"dataframe_records": [{"amount": 1, "colour": "poison"}]})
    shown = until(lambda: (s := served.services.show("small")).requests == 3 and s)
    assert shown.errors == 2
    assert 0 < shown.latency_p50 < 1_000


def test_rows_that_cannot_be_predicted_say_why(served: House) -> None:
    publish(served)
    answer = served.services.invoke(
        "small", {"inputs": {"amount": ["many", 2], "colour": ["red", "red"], "target": [0, 0]}}
    )
    assert answer == {"predictions": [None, 4], "reasons": ["“amount” is no number", None]}


def test_keys_come_and_go_while_the_host_runs(served: House) -> None:
    service = publish(served)
    address = f"{service.host_url}/invocations"
    made = served.services.create_key("small", "for Bob", "ann")
    assert made.key is not None
    assert made.key.endswith(made.hint[1:])
    assert post(address, ROW, Authorization=f"Bearer {made.key}")[0] == 200
    assert served.services.admits("small", made.key)
    assert [key.label for key in served.services.keys("small").items] == ["version 1", "for Bob"]
    assert all(key.key is None for key in served.services.keys("small").items)
    served.services.delete_key("small", made.id)
    assert post(address, ROW, Authorization=f"Bearer {made.key}")[0] == 403
    assert not served.services.admits("small", made.key)
    with pytest.raises(NotFound, match="no key"):
        served.services.delete_key("small", made.id)


def test_stop_ends_the_process_and_start_brings_the_same_address_back(served: House) -> None:
    service = publish(served)
    process = psutil.Process(host_pid(served, "small"))
    stopped = served.services.change_state("small", "stopped", "ann")
    assert (stopped.state, stopped.host_url) == ("stopped", None)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    with pytest.raises(Unavailable, match="“small” is stopped"):
        served.services.invoke("small", ROW)
    started = served.services.change_state("small", "running", "ann")
    assert started.state == "running"
    assert served.services.invoke("small", ROW) == {"predictions": [8]}
    assert started.version == service.version


def test_a_killed_host_is_started_again_and_it_is_said(served: House) -> None:
    first = publish(served)
    os.kill(host_pid(served, "small"), signal.SIGKILL)
    until(lambda: served.services.show("small").reason)
    again = until(lambda: (s := served.services.show("small")).state == "running" and s)
    assert "killed by signal 9" in again.reason
    assert again.host_url == first.host_url
    assert served.services.invoke("small", ROW) == {"predictions": [8]}


def test_a_next_version_takes_over_without_dropping_a_call(served: House) -> None:
    publish(served)
    old = psutil.Process(host_pid(served, "small"))
    answers: list[int] = []
    failures: list[Exception] = []
    ended = threading.Event()

    def call() -> None:
        while not ended.is_set():
            try:
                answers.append(served.services.invoke("small", ROW)["predictions"][0])
            except Exception as error:
                failures.append(error)

    callers = [threading.Thread(target=call) for _ in range(3)]
    for caller in callers:
        caller.start()
    try:
        service = publish(served, run="run-3")
        assert (service.version, service.run) == (2, "run-3")
        until(lambda: not old.is_running() or old.status() == psutil.STATUS_ZOMBIE)
        time.sleep(0.3)
    finally:
        ended.set()
        for caller in callers:
            caller.join()
    assert failures == []
    assert set(answers) == {8, 12}
    assert answers == sorted(answers[:-3]) + answers[-3:] or answers.count(12) > 10
    versions = served.services.show("small").versions
    assert [(v.version, v.current) for v in versions] == [(2, True), (1, False)]
    assert "services/small@2" in {e.subject for e in served.ledger.about("models/m")}


def test_a_version_that_cannot_start_leaves_the_one_in_force(served: House, models: Models) -> None:
    publish(served)
    models.settings = {"broken": True}
    service = publish(served, run="run-3")
    assert (service.state, service.version) == ("running", 1)
    assert service.reason is not None
    assert "the model folder is not whole" in service.reason
    assert "Version 1 goes on answering" in service.reason
    assert served.services.invoke("small", ROW) == {"predictions": [8]}


def test_a_first_version_that_cannot_start_says_why(served: House, models: Models) -> None:
    models.settings = {"broken": True}
    service = publish(served)
    assert service.state == "failed"
    assert "the model folder is not whole" in (service.reason or "")
    with pytest.raises(Unavailable, match="not whole"):
        served.services.invoke("small", ROW)


def test_the_same_request_twice_publishes_once(served: House) -> None:
    publish(served, key="press")
    again = publish(served, key="press")
    assert (again.version, again.key) == (1, None)


def test_a_name_of_another_recipe_is_taken(served: House, models: Models) -> None:
    publish(served)
    models.recipe_name = "other"
    with pytest.raises(Taken, match="made of the recipe “small”"):
        publish(served)
    with pytest.raises(NotFound, match="no run"):
        publish(served, run="gone")


def test_deleting_ends_the_host_and_removes_all(served: House) -> None:
    service = publish(served)
    process = psutil.Process(host_pid(served, "small"))
    served.services.delete("small")
    until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)
    until(lambda: not list(served.workspace.services.iterdir()))
    assert service.key is not None
    assert not served.services.admits("small", service.key)
    with pytest.raises(NotFound):
        served.services.show("small")
    assert publish(served).version == 1


def test_the_list_pages_and_filters(served: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cookhouse.services.manager.PATIENCE", 0.0)
    for name in ("alpha", "beta", "gamma"):
        publish(served, name=name)
        served.services.change_state(name, "stopped", "ann")
    page = served.services.list(ListQuery(limit=2))
    assert ([s.name for s in page.items], page.total) == (["alpha", "beta"], 3)
    rest = served.services.list(ListQuery(limit=2, cursor=page.next))
    assert [s.name for s in rest.items] == ["gamma"]
    assert [s.name for s in served.services.list(ListQuery(filter="ETA")).items] == ["beta"]


def test_an_unknown_service_is_named(house: House) -> None:
    for ask in (house.services.show, house.services.delete, house.services.keys):
        with pytest.raises(NotFound, match="no service “gone”"):
            ask("gone")
    assert not house.services.admits("gone", "ck_x")
