"""Processes killed at any instant: every job ends once, no attempt lives twice."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import psutil

from cookhouse.floor.jobs.records import JobRow
from tests.conftest import supervisor_of, wait_for

FINAL = {"succeeded", "failed", "cancelled", "lost"}
SEED = 20


def process_of(house, job_id):
    """Return the process of a running job; None while it has none."""
    with house.database.read() as session:
        row = session.get(JobRow, job_id)
        return row.pid


def begun(trace, word="begin"):
    """Return the jobs that left this word in a trace."""
    lines = trace.read_text().splitlines() if trace.exists() else []
    return [line.split()[2] for line in lines if line.startswith(word)]


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, TypeError):
        return


def test_jobs_and_supervisors_killed_at_random_instants(house, enqueue, tmp_path):
    chance = random.Random(SEED)
    trace = tmp_path / "trace"
    jobs = []
    for _ in range(20):
        job = enqueue("sleep", trace=str(trace), seconds=chance.uniform(0, 0.4))
        jobs.append(job.id)
        time.sleep(chance.uniform(0, 0.5))
        victim = chance.choice(["job", "supervisor", "nobody"])
        if victim == "job":
            kill(process_of(house, job.id))
        elif victim == "supervisor" and (supervisor := supervisor_of(house.workspace.root)):
            kill(supervisor.pid)
        house.jobs.wake()
    ended = [wait_for(house, job_id) for job_id in jobs]
    assert {job.state for job in ended} <= FINAL
    started, ran = begun(trace), begun(trace, "end")
    assert len(started) == len(set(started)), "a job was begun twice"
    for job in ended:
        # Killed between its last side effect and its ending it is lost, having run.
        assert job.state == "lost" or (job.state == "succeeded") == (job.id in ran), job
    endings = [edge.verb for edge in house.ledger.about("tests/thing")]
    assert len(endings) == len(jobs), "a room heard of an ending twice, or never"


def test_a_job_outlives_the_supervisor_and_is_adopted(house, enqueue, tmp_path):
    job = enqueue("sleep", trace=str(tmp_path / "trace"), seconds=2.0)
    while process_of(house, job.id) is None:
        time.sleep(0.02)
    first = supervisor_of(house.workspace.root)
    kill(first.pid)
    psutil.wait_procs([first], timeout=5)
    assert house.jobs.show(job.id).state == "running"
    house.jobs.wake()
    assert wait_for(house, job.id).state == "succeeded"
    assert supervisor_of(house.workspace.root).pid != first.pid


def test_what_ended_while_nobody_watched_is_found(house, enqueue, tmp_path):
    job = enqueue("sleep", trace=str(tmp_path / "trace"), seconds=0.5)
    lost = enqueue("sleep", trace=str(tmp_path / "trace"), seconds=60)
    # A process that has not got the word to go would be begun again.
    while lost.id not in begun(tmp_path / "trace"):
        time.sleep(0.02)
    kill(supervisor_of(house.workspace.root).pid)
    kill(process_of(house, lost.id))
    time.sleep(1)
    house.jobs.wake()
    assert wait_for(house, job.id).state == "succeeded"
    found = wait_for(house, lost.id)
    assert found.state == "lost"
    assert "left no ending" in found.reason


def test_one_supervisor_however_often_it_is_started(house, enqueue, finished):
    for _ in range(4):
        house.jobs.start()
    finished(enqueue("add", values=[1]).id)
    time.sleep(0.5)
    root = str(house.workspace.root)
    found = [p for p in psutil.process_iter(["cmdline"]) if root in (p.info["cmdline"] or [])]
    deadline = time.monotonic() + 10
    while len([p for p in found if p.is_running() and p.status() != "zombie"]) > 1:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_an_engine_that_is_killed_is_replaced(house):
    house.engine.warm()
    (worker,) = house.engine.free
    kill(worker.process.pid)
    worker.process.wait()
    house.engine.warm()
    assert house.engine.free[0].process.pid != worker.process.pid


def test_a_job_outlives_the_server(server):
    job = server.ask("POST", "status/engine").json()
    server.kill()
    time.sleep(0.5)
    server.start()
    deadline = time.monotonic() + 30
    while (found := server.get(f"jobs/{job['id']}").json())["state"] in ("pending", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert found["state"] == "succeeded"


class TestCancel:
    """Cancelling leaves no process behind."""

    def test_of_a_tree_that_ignores_the_request_and_left_the_group(
        self,
        house,
        enqueue,
        tmp_path,
    ):
        trace = tmp_path / "pids"
        job = enqueue("stubborn", trace=str(trace))
        while not trace.exists() or len(trace.read_text().split()) < 3:
            time.sleep(0.05)
        pids = [int(word) for word in trace.read_text().split()]
        asked = time.monotonic()
        house.jobs.cancel(job.id)
        assert wait_for(house, job.id, 6).state == "cancelled"
        assert time.monotonic() - asked < 4.5
        for pid in pids:
            assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie"

    def test_during_the_start(self, house, enqueue, finished, tmp_path):
        finished(enqueue("add", values=[]).id)
        chance = random.Random(SEED)
        for _ in range(8):
            job = enqueue("sleep", trace=str(tmp_path / "trace"), seconds=60)
            time.sleep(chance.uniform(0, 0.08))
            house.jobs.cancel(job.id)
            assert wait_for(house, job.id, 10).state == "cancelled"
        marked = [p for p in psutil.process_iter() if str(house.workspace.root) in _cwd(p)]
        assert [p for p in marked if "child" in " ".join(p.cmdline())] == []

    def test_a_result_after_the_cancel_is_refused(self, house, enqueue, tmp_path):
        trace = tmp_path / "trace"
        job = enqueue("sleep", trace=str(trace), seconds=1.0)
        while not trace.exists():
            time.sleep(0.02)
        house.jobs.cancel(job.id)
        assert wait_for(house, job.id).state == "cancelled"
        assert "end" not in trace.read_text()


def _cwd(process: psutil.Process) -> Path | str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""
