"""A notebook becomes a proven recipe: the real supervisor, converter and kernel interpreter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from cookhouse.errors import Refused, Taken
from cookhouse.floor.messages import Job
from cookhouse.house import House
from cookhouse.recipes.messages import CreateRecipe, RecipeQuery
from tests.recipes.notebooks import CANCER, DIABETES, write_notebook

Finished = Callable[..., Job]


def make(house: House, interpreter: Path, **request: object) -> Job:
    """Start making a recipe with the tests' interpreter."""
    body = CreateRecipe.model_validate(request)
    return asyncio.run(house.recipes.create(body, "ann", python=str(interpreter)))


def test_cancer_becomes_an_exact_and_safe_recipe(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    write_notebook(root_dir / "work" / "Breast cancer.ipynb", CANCER)
    job = make(house, interpreter, notebook="work/Breast cancer.ipynb")
    twice = make(house, interpreter, notebook="work/Breast cancer.ipynb")
    assert twice.id == job.id
    done = finished(job.id, 240)
    assert done.state == "succeeded", (done.reason, house.jobs.log(job.id, 0, 100_000).text)

    recipe = house.recipes.show("breast-cancer", None)
    assert (recipe.verdict, recipe.scoring, recipe.version) == ("exact", "safe", 1)
    assert recipe.sentence.startswith("Recipe and notebook agree to the last bit: accuracy 0.9")
    assert "Safe to score: 143 rows, " in recipe.sentence
    assert recipe.estimator.endswith("LogisticRegression")
    assert {parameter.name for parameter in recipe.hyperparameters} >= {"C", "max_iter"}
    assert [c.name for c in recipe.input_columns if c.label] == ["target"]
    assert "LogisticRegression(C=1.0" in recipe.source
    kept = [statement for statement in recipe.statements if statement.kept]
    assert all(statement.source for statement in kept)
    assert house.recipes.archive("breast-cancer", "1").name.endswith(".whl")
    edges = house.ledger.about("recipes/breast-cancer")
    assert [(e.verb, e.object) for e in edges] == [
        ("made from", "notebooks/work/Breast cancer.ipynb")
    ]
    listed = house.recipes.list(RecipeQuery())
    assert [item.name for item in listed.items] == ["breast-cancer"]


def test_the_same_notebook_makes_the_next_version_and_another_one_is_refused(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    write_notebook(root_dir / "diabetes.ipynb", DIABETES)
    first = make(house, interpreter, notebook="diabetes.ipynb", proof=False)
    assert finished(first.id, 120).state == "succeeded"
    write_notebook(root_dir / "other.ipynb", CANCER)
    with pytest.raises(Taken, match="diabetes"):
        make(house, interpreter, notebook="other.ipynb", name="diabetes", proof=False)
    second = make(house, interpreter, notebook="diabetes.ipynb")
    done = finished(second.id, 240)
    assert done.state == "succeeded", done.reason
    recipe = house.recipes.show("diabetes", None)
    assert [version.version for version in recipe.versions] == [2, 1]
    assert (recipe.verdict, recipe.task) == ("exact", "regression")
    old = house.recipes.show("diabetes", "1")
    assert (old.verdict, old.scoring) == ("unverified", "unverified")
    assert old.sentence.startswith("Not proven: the proof was left out")


def test_a_notebook_without_a_model_is_refused_before_anything_starts(
    house: House, root_dir: Path, interpreter: Path
) -> None:
    write_notebook(root_dir / "plain.ipynb", ("x = 1", "print(x)"))
    with pytest.raises(Refused) as refusal:
        make(house, interpreter, notebook="plain.ipynb")
    assert "model" in refusal.value.message
    assert house.recipes.list(RecipeQuery()).total == 0
    assert not list(house.workspace.recipes.iterdir())


def test_a_notebook_that_fails_leaves_an_unverified_recipe_that_names_the_cell(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    cells = (*CANCER[:2], "missing_column = df['no such column']", *CANCER[3:])
    write_notebook(root_dir / "broken.ipynb", cells)
    job = make(house, interpreter, notebook="broken.ipynb")
    finished(job.id, 240)
    recipe = house.recipes.show("broken", None)
    assert recipe.verdict == "unverified"
    assert "no such column" in recipe.sentence
