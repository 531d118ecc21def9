"""Datasets through the house: batches as jobs, lists, pages, notes; the tables are the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cookhouse.datasets.messages import (
    AnnotateSchema,
    ChangeDataset,
    CreateDataset,
    DatasetQuery,
    FieldNote,
    Ingest,
    RowsQuery,
)
from cookhouse.errors import Changed, Invalid, NotFound, Taken
from cookhouse.floor.messages import CreateUpload, Job, ListQuery
from cookhouse.house import House

Wait = Callable[..., Job]


def add(house: House, finished: Wait, name: str, text: str, file: str = "people.csv") -> Job:
    """Put a file into the served folder and add it to a dataset."""
    (house.root_dir / file).write_text(text)
    job = house.datasets.ingest(name, Ingest(paths=[file]), "ann", None)
    return finished(job.id)


def test_a_file_becomes_a_batch_that_is_listed_and_read(house: House, finished: Wait) -> None:
    job = add(house, finished, "people", "name,age\nAnn,31\nBob,\n")
    assert job.state == "succeeded", job.reason
    shown = house.datasets.show("people")
    assert (shown.rows, shown.batches, shown.version) == (2, 1, 1)
    assert shown.last_batch is not None
    assert (shown.last_batch.source, shown.last_batch.who) == ("people.csv", "ann")
    assert shown.last_batch.job == job.id
    page = house.datasets.rows("people", RowsQuery())
    assert [column.name for column in page.columns] == ["name", "age"]
    assert page.rows == [["Ann", 31], ["Bob", None]]
    assert page.total == 2
    assert [edge.object for edge in house.ledger.about("datasets/people")] == ["people.csv"]


def test_a_failed_first_batch_leaves_no_dataset_and_says_why(house: House, finished: Wait) -> None:
    job = add(house, finished, "people", "name,age\nAnn,31,7\n")
    assert job.state == "failed"
    assert job.reason is not None
    assert "people.csv, row 2" in job.reason
    with pytest.raises(NotFound):
        house.datasets.show("people")


def test_a_failed_later_batch_is_kept_with_its_reason(house: House, finished: Wait) -> None:
    add(house, finished, "people", "name,age\nAnn,31\n")
    add(house, finished, "people", "name,age\nBob,old\n")
    batches = house.datasets.batches("people", ListQuery()).items
    assert [batch.state for batch in batches] == ["failed", "active"]
    assert (
        batches[0].reason == "people.csv, row 2: “old” in “age” is no whole number: mend the value."
    )
    assert house.datasets.show("people").rows == 1


def test_uploads_are_added_and_thrown_away(house: House, finished: Wait) -> None:
    content = b'{"a": 1}\n{"a": 2}\n'
    upload = house.uploads.create(CreateUpload(name="rows.jsonl", size=len(content)), "ann")
    house.uploads.receive(upload.id, 0, content)
    job = house.datasets.ingest("numbers", Ingest(uploads=[upload.id]), "ann", None)
    assert finished(job.id).state == "succeeded"
    assert house.datasets.show("numbers").rows == 2
    with pytest.raises(NotFound):
        house.uploads.show(upload.id)


def test_the_same_request_twice_is_one_batch(house: House, finished: Wait) -> None:
    (house.root_dir / "a.csv").write_text("a\n1\n")
    first = house.datasets.ingest("one", Ingest(paths=["a.csv"]), "ann", "key")
    second = house.datasets.ingest("one", Ingest(paths=["a.csv"]), "ann", "key")
    assert first.id == second.id
    finished(first.id)
    assert house.datasets.show("one").rows == 1
    assert house.datasets.batches("one", ListQuery()).total == 1


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "none.csv", "a\x00.csv", "."])
def test_only_files_below_the_root_are_added(house: House, path: str) -> None:
    (house.root_dir.parent / "secret.csv").write_text("a\n1\n")
    with pytest.raises((NotFound, Invalid)):
        house.datasets.ingest("stolen", Ingest(paths=[path]), "ann", None)
    assert house.datasets.list(DatasetQuery()).total == 0


def test_a_link_out_of_the_root_is_not_followed(house: House, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (house.root_dir / "link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(NotFound):
        house.datasets.ingest("stolen", Ingest(paths=["link.csv"]), "ann", None)


def test_names_are_taken_in_any_case(house: House) -> None:
    house.datasets.create(CreateDataset(name="Luma", tags=["web"]), "ann")
    with pytest.raises(Taken):
        house.datasets.create(CreateDataset(name="luma"), "ann")
    assert [d.name for d in house.datasets.list(DatasetQuery(tag="web")).items] == ["Luma"]
    assert house.datasets.list(DatasetQuery(tag="we")).items == []
    assert house.datasets.list(DatasetQuery(filter="LUM")).total == 1
    assert house.datasets.rows("Luma", RowsQuery()).total == 0
    assert house.datasets.schema("Luma").fields == []


def test_two_people_do_not_overwrite_each_other(house: House) -> None:
    made = house.datasets.create(CreateDataset(name="luma"), "ann")
    house.datasets.change("luma", ChangeDataset(description="first"), f'"{made.etag}"')
    with pytest.raises(Changed):
        house.datasets.change("luma", ChangeDataset(description="second"), f'"{made.etag}"')
    assert house.datasets.show("luma").description == "first"


def test_notes_stay_on_fields(house: House, finished: Wait) -> None:
    add(house, finished, "people", '{"who": {"name": "Ann"}, "age": 3}\n', "people.jsonl")
    note = FieldNote(path="who.name", description="Full name", identity=True, mark="feature")
    house.datasets.annotate("people", AnnotateSchema(notes=[note]), None)
    schema = house.datasets.schema("people")
    field = schema.fields[0].fields[0]
    assert (field.path, field.description, field.identity) == ("who.name", "Full name", True)
    assert schema.leaves == 2
    with pytest.raises(Invalid, match="no field “nobody”"):
        house.datasets.annotate("people", AnnotateSchema(notes=[FieldNote(path="nobody")]), None)


def test_a_commit_that_nobody_noted_is_found(house: House, finished: Wait) -> None:
    add(house, finished, "people", "name,age\nAnn,31\n")
    house.engine.call(
        "datasets.write", workspace=str(house.workspace.root), name="elsewhere", batch="b",
        source="a notebook", who="bob", columns=[{"name": "a", "kind": "json", "values": [1, 2]}],
    )  # fmt: skip
    shown = house.datasets.show("elsewhere")
    assert shown.last_batch is not None
    assert (shown.rows, shown.last_batch.source, shown.last_batch.who) == (2, "a notebook", "bob")
    assert house.datasets.list(DatasetQuery()).total == 2


def test_a_deleted_dataset_is_gone_and_its_name_free(house: House, finished: Wait) -> None:
    add(house, finished, "people", "name,age\nAnn,31\n")
    house.datasets.delete("people")
    with pytest.raises(NotFound):
        house.datasets.show("people")
    assert house.ledger.about("datasets/people") == []
    assert add(house, finished, "people", "other\n1\n").state == "succeeded"
    shown = house.datasets.show("people")
    assert (shown.rows, shown.batches) == (1, 1)
