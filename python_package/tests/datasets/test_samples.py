"""The sample: the same from the same seed, made once, left alone, brought back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cookhouse.datasets.messages import (
    CreateDataset,
    DatasetQuery,
    Ingest,
    MakeSample,
    RowsQuery,
)
from cookhouse.errors import NotFound, Taken
from cookhouse.floor.messages import Job
from cookhouse.house import House

Wait = Callable[..., Job]
SMALL = MakeSample(rows=2_000, folder="luma")


def test_a_seed_gives_the_same_rows(engine_side: Any) -> None:
    first = engine_side("sample_digest", rows=3_000, seed=1)
    assert first == engine_side("sample_digest", rows=3_000, seed=1)
    assert first != engine_side("sample_digest", rows=3_000, seed=2)
    assert first[0][0] == 3_000


@pytest.mark.parametrize("rows", [1_000, 20_000, 250_000])
def test_the_sample_is_a_problem_worth_solving(engine_side: Any, rows: int) -> None:
    facts = engine_side("sample_facts", rows=rows, seed=7)
    assert (facts["events"], facts["ids"]) == (rows, rows)
    assert facts["target_is_later"]
    assert facts["features_are_earlier"]
    assert facts["shared"] == 0
    assert "ordered" not in facts["scoring_columns"]
    if rows > 1_000:
        assert 0.15 < facts["ordered"] < 0.4
        assert facts["mean_events"] > 5
        assert 0.2 < facts["signal"] < 0.6
        missing = facts["missing"]
        assert 0.05 < missing["age"] < 0.15
        assert missing["satisfaction"] > 0.4
        assert missing["visitor_id"] == missing["ordered"] == 0


def test_the_sample_is_made_once(house: House, finished: Wait) -> None:
    first = house.samples.make("luma", SMALL, "ann")
    assert house.samples.make("luma", SMALL, "ann").id == first.id
    done = finished(first.id)
    assert done.state == "succeeded", done.reason
    made = {each.name: each for each in house.datasets.list(DatasetQuery()).items}
    assert set(made) == {
        "luma-web-events", "luma-training", "luma-scoring", "luma-propensity-results",
    }  # fmt: skip
    assert {each.sample for each in made.values()} == {"luma"}
    assert made["luma-web-events"].rows == 2_000
    assert (made["luma-propensity-results"].rows, made["luma-propensity-results"].batches) == (0, 0)
    marks = {f.name: f for f in house.datasets.schema("luma-training").fields}
    assert (marks["ordered"].mark, marks["visitor_id"].identity) == ("target", True)
    again = finished(house.samples.make("luma", SMALL, "ann").id)
    assert (again.state, again.result) == ("succeeded", {"batches": []})
    assert house.datasets.show("luma-web-events").rows == 2_000


def test_notebooks_are_the_users_until_a_reset(house: House, finished: Wait) -> None:
    finished(house.samples.make("luma", SMALL, "ann").id)
    path = house.root_dir / "luma" / "Luma propensity.ipynb"
    notebook = json.loads(path.read_text())
    assert notebook["metadata"]["kernelspec"]["name"] in ("cookhouse-notebooks", "python3")
    assert all("tags" not in cell["metadata"] for cell in notebook["cells"])
    path.write_text("mine")
    finished(house.samples.make("luma", SMALL, "ann").id)
    assert path.read_text() == "mine"
    first = house.datasets.rows("luma-training", RowsQuery(limit=5))
    extra = house.root_dir / "more.csv"
    extra.write_text("visitor_id,prediction\nv0,1\n")
    ingested = house.datasets.ingest(
        "luma-propensity-results", Ingest(paths=["more.csv"]), "ann", None
    )
    assert finished(ingested.id).state == "succeeded"
    house.datasets.delete("luma-training")
    done = finished(house.samples.reset("luma", "luma", "ann").id)
    assert done.state == "succeeded", done.reason
    assert json.loads(path.read_text())["cells"] == notebook["cells"]
    assert house.datasets.rows("luma-training", RowsQuery(limit=5)) == first
    results = house.datasets.show("luma-propensity-results")
    assert (results.rows, results.batches, results.last_batch) == (0, 0, None)
    assert house.datasets.show("luma-web-events").rows == 2_000


def test_somebodys_own_dataset_is_not_taken(house: House) -> None:
    house.datasets.create(CreateDataset(name="luma-training"), "ann")
    with pytest.raises(Taken, match="not the sample's"):
        house.samples.make("luma", SMALL, "ann")
    with pytest.raises(Taken):
        house.samples.reset("luma", "", "ann")
    assert list(house.root_dir.iterdir()) == [] or not list(house.root_dir.glob("luma/*"))


def test_there_is_no_other_sample_and_no_folder_outside(house: House) -> None:
    with pytest.raises(NotFound, match="no sample “other”"):
        house.samples.make("other", SMALL, "ann")
    with pytest.raises(NotFound, match="outside"):
        house.samples.make("luma", MakeSample(folder="../outside"), "ann")
