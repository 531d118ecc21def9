"""Jobs from their enqueueing to their ending."""

from __future__ import annotations

import pytest

from cookhouse.errors import NotFound
from cookhouse.floor.messages import JobQuery


def test_a_job_runs_and_says_what_it_does(house, enqueue, finished):
    job = finished(enqueue("add", values=[1, 2, 3]).id)
    assert (job.state, job.result) == ("succeeded", {"total": 6, "attempt": 1})
    assert job.fraction == 1.0
    assert job.step == "Adding 3"
    assert job.started >= job.created
    part = house.jobs.log(job.id, 0, 1_000)
    assert part.text == "line 0\nline 1\nline 2\n"
    assert part.complete
    points = house.jobs.metrics(job.id, 1)
    assert [point.value for point in points.points] == [1.0, 3.0]
    assert (points.next, points.complete) == (3, True)


def test_the_room_records_the_ending_with_the_job(house, enqueue, finished):
    job = finished(enqueue("add", values=[]).id)
    (edge,) = house.ledger.about("tests/thing")
    assert (edge.verb, edge.object) == ("succeeded", f"jobs/{job.id}@1")
    assert house.ledger.about(f"jobs/{job.id}") == [edge]


def test_a_room_that_cannot_record_makes_the_job_fail_and_leaves_nothing(house, enqueue, finished):
    job = finished(enqueue("broken", values=[]).id)
    assert job.state == "failed"
    assert "the room's record is missing" in job.reason
    (edge,) = house.ledger.about("tests/thing")
    assert edge.verb == "failed"


@pytest.mark.parametrize(
    ("way", "state", "words"),
    [
        ("failure", "failed", "The file “a.csv” has ragged rows: mend row 7."),
        ("error", "failed", "ValueError: unforeseen. The log has the details."),
        ("exit", "failed", "SystemExit: 3. The log has the details."),
        ("die", "lost", "ended with code 9"),
        ("kill", "lost", "killed by signal 9"),
    ],
)
def test_every_way_to_fail_has_a_reason(enqueue, finished, way, state, words):
    job = finished(enqueue("fail", way=way).id)
    assert job.state == state
    assert words in job.reason


def test_the_same_key_gives_the_same_job(house, enqueue, finished):
    first = enqueue("add", key="once", values=[1])
    assert enqueue("add", key="once", values=[1]).id == first.id
    finished(first.id)
    assert house.jobs.list(JobQuery()).total == 1


def test_a_program_of_a_job_reports_events_and_its_exit_code(house, enqueue, finished):
    job = finished(enqueue("programs").id)
    assert job.result == {"code": 4, "events": 100, "last": 99}
    assert "said by the program" in house.jobs.log(job.id, 0, 1_000).text


def test_a_pending_job_is_cancelled_at_once(house):
    with house.database.write() as session:
        job = house.jobs.enqueue(session, kind="test.add", title="t", arguments={})
    assert house.jobs.cancel(job.id).state == "cancelled"


def test_cancelling_an_ended_job_leaves_it(house, enqueue, finished):
    job = finished(enqueue("add", values=[]).id)
    assert house.jobs.cancel(job.id).state == "succeeded"


def test_jobs_are_listed_by_state_kind_and_text(house, enqueue, finished):
    finished(enqueue("add", values=[]).id)
    finished(enqueue("fail", way="error").id)
    assert [job.kind for job in house.jobs.list(JobQuery(state="failed")).items] == ["test.fail"]
    assert house.jobs.list(JobQuery(state="active")).total == 0
    assert house.jobs.list(JobQuery(filter="TEST ADD")).total == 1
    page = house.jobs.list(JobQuery(limit=1))
    assert page.total == 2
    assert [job.kind for job in house.jobs.list(JobQuery(limit=1, cursor=page.next)).items] == [
        "test.add"
    ]


def test_an_unknown_job_is_said_to_be_none(house):
    with pytest.raises(NotFound, match="There is no job “nothing”"):
        house.jobs.show("nothing")
