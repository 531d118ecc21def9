"""Which runs may be scored and published, and what may be deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cookhouse.errors import Conflict, NotFound, Refused
from cookhouse.house import House
from cookhouse.models.store import ModelRow, RunRow
from tests.recipes.notebooks import CANCER, write_notebook
from tests.recipes.prepared import PROVEN, put_recipe

DIFFERS = {
    **PROVEN,
    "verdict": "differs",
    "differences": [{"what": "column age differs", "cell": "abc"}],
    "titles": {"abc": "3"},
}
UNSAFE = {
    **PROVEN,
    "scoring": {"verdict": "refused", "reason": "cell 7 refits on new rows", "cell": "xyz"},
}


@pytest.fixture
def trained(house: House, root_dir: Path, interpreter: Path) -> Any:
    """Return a function that records a recipe with a proof and a succeeded run of it."""

    def record(proof: dict[str, Any], run: str = "r1", **more: Any) -> None:
        notebook = write_notebook(root_dir / "cancer.ipynb", CANCER)
        put_recipe(house, notebook, interpreter, proof)
        with house.database.write() as session:
            session.add(
                ModelRow(name="cancer", recipe="cancer", recipe_version=1, data_kind="library",
                         data_name="load_breast_cancer", runs=1, task="classification")
            )  # fmt: skip
            session.flush()
            session.add(
                RunRow(id=run, model="cancer", number=1, job="gone", state="succeeded",
                       interpreter=str(interpreter), **more)
            )  # fmt: skip
        folder = house.models.folder(run) / "model"
        folder.mkdir(parents=True)
        columns = [{"name": "age", "dtype": "int64", "label": False, "nullable": True}]
        stored = {"input_schema": columns, "input_example": [{"age": 3}]}
        (folder / "model.json").write_text(json.dumps(stored))

    return record


def test_a_proven_and_safe_run_is_ready(house: House, trained: Any) -> None:
    trained(PROVEN)
    found = house.models.resolve("cancer", "r1")
    assert (found.verdict, found.scoring, found.accepted) == ("exact", "safe", False)
    assert found.example == {"age": 3}
    assert found.input_columns == [
        {"name": "age", "dtype": "int64", "label": False, "nullable": True}
    ]
    assert found.overlay is not None
    assert found.overlay.is_dir()


def test_a_difference_must_be_accepted_and_is_never_shown_as_proven(
    house: House, trained: Any
) -> None:
    trained(DIFFERS)
    with pytest.raises(Refused, match=r"column age differs \(cell 3\)") as refusal:
        house.models.resolve("cancer", None, False)
    assert refusal.value.detail["acceptable"] is True
    assert house.models.resolve("cancer", None, True).verdict == "differs"
    recipe = house.recipes.accept("cancer", "1", "I looked at that column", "ann")
    assert recipe.acceptance is not None
    assert (recipe.acceptance.who, recipe.verdict) == ("ann", "differs")
    found = house.models.resolve("cancer")
    assert (found.accepted, found.verdict) == (True, "differs")


def test_unsafe_scoring_cannot_be_accepted(house: House, trained: Any) -> None:
    trained(UNSAFE)
    for accept in (False, True):
        with pytest.raises(Refused, match="cell 7 refits on new rows") as refusal:
            house.models.resolve("cancer", None, accept)
        assert refusal.value.detail["cell"] == "xyz"
    with pytest.raises(Refused):
        house.recipes.accept("cancer", "1", "let me", "ann")


def test_a_run_that_turned_out_unsafe_is_refused_alone(house: House, trained: Any) -> None:
    trained(PROVEN, scoring="refused", scoring_reason="the label cannot be located")
    with pytest.raises(Refused, match="label cannot be located"):
        house.models.resolve("cancer", None, True)
    assert house.models.run("cancer", "r1").scoring == "refused"


def test_nothing_to_accept_is_said(house: House, trained: Any) -> None:
    trained(PROVEN)
    with pytest.raises(Conflict, match="nothing to accept"):
        house.recipes.accept("cancer", "1", "why not", "ann")


def test_a_published_run_is_not_deleted_until_its_service_is_gone(
    house: House, trained: Any
) -> None:
    trained(PROVEN)
    with house.database.write() as session:
        house.ledger.add(session, "services/shop", "publishes", "models/cancer@r1")
    assert house.models.show("cancer").services == ["shop"]
    with pytest.raises(Conflict, match="services shop"):
        house.models.delete_run("cancer", "r1")
    with pytest.raises(Conflict, match="services shop"):
        house.models.delete("cancer")
    with house.database.write() as session:
        house.ledger.forget(session, "services/shop")
    house.models.delete_run("cancer", "r1")
    assert not house.models.folder("r1").exists()
    with pytest.raises(NotFound, match="no run “r1”"):
        house.models.run("cancer", "r1")
    house.models.delete("cancer")
    house.recipes.delete("cancer")
    with pytest.raises(NotFound):
        house.recipes.show("cancer", None)


def test_a_missing_model_is_named(house: House, trained: Any) -> None:
    trained(PROVEN)
    with pytest.raises(NotFound, match="no model “other”"):
        house.models.resolve("other")
    with pytest.raises(NotFound, match="no run “r9”"):
        house.models.resolve("cancer", "r9")


def test_the_archive_is_the_same_bytes_every_time(house: House, trained: Any) -> None:
    trained(PROVEN)
    first = house.models.archive("cancer", "r1").read_bytes()
    house.models.archive("cancer", "r1").unlink()
    assert house.models.archive("cancer", "r1").read_bytes() == first
