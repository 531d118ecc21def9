"""From a notebook to a model that computes what the notebook computes, with nothing faked."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cookhouse.datasets.messages import Ingest
from cookhouse.floor.messages import Job
from cookhouse.house import House
from cookhouse.models.messages import CreateModel, Run
from cookhouse.recipes.messages import CreateRecipe
from tests.models.test_training import in_engine
from tests.recipes.notebooks import DIABETES, FILE, write_notebook

Finished = Callable[..., Job]
PREDICT = """
import json, sys
import mlflow
uri, run = sys.argv[1:3]
mlflow.set_tracking_uri(uri)
model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
X = load_diabetes(as_frame=True).data
_, X_test = train_test_split(X, test_size=0.2, random_state=1)
print(json.dumps([float(v) for v in model.predict(X_test)["prediction"]]))
"""


def recipe(house: House, path: Path, interpreter: Path, finished: Finished) -> str:
    """Make the recipe of a notebook below the served folder and return its name."""
    body = CreateRecipe(notebook=path.name)
    job = asyncio.run(house.recipes.create(body, "ann", python=str(interpreter)))
    done = finished(job.id, 300)
    assert done.state == "succeeded", done.reason
    assert job.subject is not None
    return job.subject.name


def trained(house: House, finished: Finished, **wanted: Any) -> Run:
    """Train and return the run, which must have succeeded."""
    run = house.models.create(CreateModel.model_validate(wanted), "ann")
    done = finished(run.job, 300)
    assert done.state == "succeeded", (done.reason, house.jobs.log(run.job, 0, 50_000).text)
    return house.models.run(run.model, run.id)


def bare(interpreter: Path, cells: tuple[str, ...], shown: str) -> Any:
    """Run the notebook's own code without Cookhouse; return the JSON of an expression."""
    code = "\n".join([*cells, f"import json; print(json.dumps({shown}))"])
    done = subprocess.run(
        [str(interpreter), "-c", code], capture_output=True, text=True, check=True, timeout=200
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_mlflow_predicts_what_the_notebook_predicts(
    house: House, root_dir: Path, interpreter: Path, finished: Finished
) -> None:
    path = write_notebook(root_dir / "diabetes.ipynb", DIABETES)
    name = recipe(house, path, interpreter, finished)
    found = house.recipes.show(name, None)
    assert (found.verdict, found.scoring) == ("exact", "safe"), found.sentence
    run = trained(house, finished, recipe=name)
    assert run.data.kind == "library"
    own = bare(interpreter, DIABETES, "model.predict(X_test).tolist()")
    assert in_engine(house, PREDICT, house.workspace.mlflow_uri, str(run.mlflow_run)) == own
    evaluation = house.models.evaluation(run.model, run.id)
    assert [pair[1] for pair in evaluation.points] == own
    assert house.models.resolve(run.model).scoring == "safe"


@pytest.fixture
def people(root_dir: Path) -> Path:
    """Return a notebook that reads a file beside it."""
    rows = [f"{20 + n % 50},{n * 7 % 11},{int((n % 50) + (n * 7 % 11) > 30)}" for n in range(200)]
    (root_dir / "people.csv").write_text("age,visits,bought\n" + "\n".join(rows) + "\n")
    return write_notebook(root_dir / "people.ipynb", FILE)


def test_a_dataset_of_the_same_rows_gives_the_same_model(
    house: House, people: Path, interpreter: Path, finished: Finished
) -> None:
    name = recipe(house, people, interpreter, finished)
    job = house.datasets.ingest("people", Ingest(paths=["people.csv"]), "ann", None)
    assert finished(job.id, 120).state == "succeeded"
    # The recipe keeps the file: training does not need the one beside the notebook any more.
    (people.parent / "people.csv").unlink()
    own = trained(house, finished, recipe=name, hyperparameters={"C": 2})
    assert (own.data.kind, own.data.name) == ("file", "people.csv")
    bound = trained(house, finished, recipe=name, dataset="people", hyperparameters={"C": 2})
    assert (bound.data.kind, bound.data.name) == ("dataset", "people")
    assert bound.data.version is not None
    assert bound.metrics == own.metrics
    edges = house.ledger.about("datasets/people")
    assert any(e.subject == f"models/{bound.model}@{bound.id}" for e in edges)
