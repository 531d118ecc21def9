"""The schema: made at once, migrated step by step, never opened when it is newer."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from cookhouse.errors import Conflict
from cookhouse.floor import migrations
from cookhouse.floor.database import Base, Database
from cookhouse.floor.migrations import upgrade
from cookhouse.house import House


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'cookhouse.db'}")
    yield database
    database.close()


def test_the_migrations_lead_to_what_the_rooms_declare(database):
    assert House
    upgrade.upgrade(database)
    with database.write() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []
    assert migrations.version(database) == migrations.HEAD


def test_a_new_database_gets_the_newest_schema(database):
    migrations.prepare(database)
    assert migrations.version(database) == migrations.HEAD
    with database.read() as session:
        made = set(inspect(session.connection()).get_table_names())
    assert made == {*Base.metadata.tables, "alembic_version"}


def test_two_that_open_a_new_workspace_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'cookhouse.db'}"
    failures = []

    def prepare():
        try:
            migrations.prepare(Database(url))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=prepare) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Database(url).read() as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_a_newer_database_is_refused_with_a_sentence(database):
    migrations.prepare(database)
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="written by a newer Cookhouse"):
        migrations.prepare(database)


def test_a_copy_is_kept_before_a_migration(database, tmp_path):
    migrations.prepare(database)
    copy = upgrade.keep_copy(database.url, "0001")
    assert copy == tmp_path / "cookhouse.db.0001.backup"
    assert copy.stat().st_mode & 0o077 == 0
    with Database(f"sqlite:///{copy}").read() as session:
        assert inspect(session.connection()).has_table("jobs")


def test_a_migration_that_fails_leaves_the_old_schema(database):
    migrations.prepare(database)
    before = migrations.version(database)

    def interrupted():
        with database.write() as session:
            session.execute(text("CREATE TABLE half (a INTEGER)"))
            session.execute(text("UPDATE alembic_version SET version_num = '0002'"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert migrations.version(database) == before
    with database.read() as session:
        assert not inspect(session.connection()).has_table("half")
