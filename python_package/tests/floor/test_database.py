"""Transactions, times, the ledger, counters of changes, pages."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from cookhouse.errors import Invalid, Unavailable
from cookhouse.floor.database import Database, now
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import ListQuery
from cookhouse.floor.pages import page_of


def add(session, title="a", **more):
    session.add(JobRow(kind="test.add", title=title, arguments={}, **more))


def titles(house):
    with house.database.read() as session:
        return list(session.scalars(select(JobRow.title)))


def test_an_error_leaves_nothing(house):
    def fails():
        with house.database.write() as session:
            add(session)
            session.flush()
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        fails()
    assert titles(house) == []


def test_what_is_changed_while_reading_is_thrown_away(house):
    with house.database.read() as session:
        add(session)
        session.flush()
    assert titles(house) == []


def test_writers_follow_each_other_and_lose_nothing(house):
    def write():
        for _ in range(25):
            house.changes.touch("datasets")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.changes.counters()["datasets"] == 200


def test_foreign_keys_hold(house):
    with house.database.read() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"


def test_times_come_back_in_utc(house):
    here = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    with house.database.write() as session:
        add(session, created=here)
    with house.database.read() as session:
        found = session.scalars(select(JobRow)).one().created
    assert found == here
    assert found.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(house):
    with (
        pytest.raises(Exception, match="a time without a zone"),
        house.database.write() as session,
    ):
        add(session, created=now().replace(tzinfo=None))


def test_a_disk_that_is_read_only_is_said_to_be(tmp_path):
    (tmp_path / "missing").write_text("a file where a folder should be")
    database = Database(f"sqlite:///{tmp_path}/missing/cookhouse.db")
    with pytest.raises(Unavailable, match="does not answer"), database.write() as session:
        session.execute(text("SELECT 1"))


class TestLedger:
    """Edges between things."""

    def test_a_thing_is_found_from_both_ends_and_by_its_versions(self, house):
        with house.database.write() as session:
            house.ledger.add(session, "models/churn", "made from", "recipes/churn@2", "job1")
            house.ledger.add(session, "services/s", "serves", "models/churn")
            house.ledger.add(session, "models/churn-2", "made from", "recipes/churn2@1")
        edges = house.ledger.about("models/churn")
        assert [(edge.subject, edge.object) for edge in edges] == [
            ("models/churn", "recipes/churn@2"), ("services/s", "models/churn"),
        ]  # fmt: skip
        assert [edge.job for edge in house.ledger.about("recipes/churn")] == ["job1"]

    def test_the_same_edge_is_written_once(self, house):
        for _ in range(2):
            with house.database.write() as session:
                house.ledger.add(session, "a/b", "uses", "c/d")
        assert len(house.ledger.about("a/b")) == 1

    def test_what_is_deleted_is_forgotten(self, house):
        with house.database.write() as session:
            house.ledger.add(session, "a/b", "uses", "c/d@1")
            house.ledger.forget(session, "c/d")
        assert house.ledger.about("a/b") == []


class TestPages:
    """Pages of lists."""

    @pytest.fixture(autouse=True)
    def _rows(self, house):
        with house.database.write() as session:
            for number in range(7):
                add(session, title=f"Row {number % 2} %_", id=f"job{number}")

    def page(self, house, **query):
        with house.database.read() as session:
            rows, beyond, total = page_of(
                session, select(JobRow), ListQuery(**query), searched=[JobRow.title],
                sortable={"title": JobRow.title, "created": JobRow.created}, sort="-title",
            )  # fmt: skip
        return [row.id for row in rows], beyond, total

    def test_each_row_is_on_one_page(self, house):
        seen, cursor = [], None
        while True:
            rows, cursor, total = self.page(house, limit=2, cursor=cursor)
            assert total == 7
            seen += rows
            if cursor is None:
                break
        assert sorted(seen) == [f"job{number}" for number in range(7)]

    def test_a_filter_takes_text_as_it_stands(self, house):
        assert self.page(house, filter="row 1 %")[2] == 3
        assert self.page(house, filter="%1")[2] == 0

    @pytest.mark.parametrize("query", [{"sort": "secret"}, {"cursor": "x"}, {"cursor": "-1"}])
    def test_an_unknown_order_or_cursor_is_refused(self, house, query):
        with pytest.raises(Invalid):
            self.page(house, **query)
