"""A recipe is trained in the notebook's own interpreter, by the real supervisor and engine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cookhouse.floor.messages import Job
from cookhouse.house import House
from cookhouse.models.messages import CreateModel, CreateRun
from tests.recipes.notebooks import CANCER, write_notebook
from tests.recipes.prepared import put_recipe

Finished = Callable[..., Job]


@pytest.fixture
def recipe(house: House, root_dir: Path, interpreter: Path) -> str:
    """Return the name of a classification recipe."""
    put_recipe(house, write_notebook(root_dir / "cancer.ipynb", CANCER), interpreter)
    return "cancer"


def in_engine(house: House, code: str, *arguments: str) -> Any:
    """Run code in the engine's interpreter and return the JSON that it prints last."""
    done = subprocess.run(
        [str(house.engine.required()), "-c", code, *arguments],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


READ_RUN = """
import json, sys
import mlflow
from mlflow.tracking import MlflowClient
uri, run = sys.argv[1:3]
client = MlflowClient(tracking_uri=uri, registry_uri=uri)
found = client.get_run(run)
mlflow.set_tracking_uri(uri)
model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
frame = load_breast_cancer(as_frame=True).frame
X = frame.drop(columns="target")
_, X_test = train_test_split(X, test_size=0.25, random_state=0)
given = model.predict(X_test)
example = model.input_example
print(json.dumps({
    "status": found.info.status, "params": found.data.params, "metrics": found.data.metrics,
    "experiment": client.get_experiment(found.info.experiment_id).name,
    "artifacts": sorted(a.path for a in client.list_artifacts(run, "evaluation")),
    "predictions": [int(v) for v in given["prediction"]],
    "inputs": [c.name for c in model.metadata.signature.inputs],
    "example": len(example),
}))
"""


def test_train_records_the_run_and_mlflow_loads_the_model(
    house: House, recipe: str, finished: Finished
) -> None:
    run = house.models.create(CreateModel(recipe=recipe, hyperparameters={"C": 0.5}), "ann")
    assert (run.model, run.number, run.state) == ("cancer", 1, "pending")
    job = finished(run.job, 120)
    assert job.state == "succeeded", (job.reason, house.jobs.log(run.job, 0, 100_000).text)

    done = house.models.run("cancer", run.id)
    assert done.state == "succeeded"
    assert done.metric == "accuracy"
    assert next(iter(done.metrics)) == "accuracy"
    assert done.hyperparameters == {"C": 0.5, "max_iter": 1000, "test_size": 0.25,
                                    "random_state": 0}  # fmt: skip
    points = house.jobs.metrics(run.job, 0).points
    assert {"accuracy", "roc_auc"} <= {point.name for point in points}

    found = in_engine(house, READ_RUN, house.workspace.mlflow_uri, str(done.mlflow_run))
    assert found["status"] == "FINISHED"
    assert found["experiment"] == "cancer"
    assert found["params"]["C"] == "0.5"
    assert found["metrics"]["accuracy"] == done.metrics["accuracy"]
    assert "evaluation/predictions.json" in found["artifacts"]
    assert "target" not in found["inputs"]
    assert len(found["inputs"]) == 30
    stored = json.loads((house.models.folder(run.id) / "predictions.json").read_text())
    assert found["predictions"] == [int(value) for value in stored["predicted"]]

    evaluation = house.models.evaluation("cancer", run.id)
    assert evaluation.rows == 143
    assert evaluation.confusion is not None
    assert sum(map(sum, evaluation.confusion.counts)) == 143
    assert evaluation.roc[0].x[0] == 0.0
    assert evaluation.roc[0].y[-1] == 1.0

    resolved = house.models.resolve("cancer")
    assert resolved.run == run.id
    assert resolved.classes == [0, 1]
    assert "target" not in resolved.example
    assert (resolved.model_folder / "model.json").is_file()
    assert (resolved.recipe_folder / "_runtime" / "__main__.py").is_file()

    again = house.models.train("cancer", CreateRun(), "ann")
    assert again.number == 2
    assert finished(again.job, 120).state == "succeeded"
    model = house.models.show("cancer")
    assert model.runs == 2
    assert model.best is not None
    assert model.last is not None
    assert model.last.id == again.id
