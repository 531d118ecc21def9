"""What runs in the engine: charts against scikit-learn, MLflow's prepared store, forgetting."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cookhouse.floor.engine import Engine
from cookhouse.floor.processes import BOOTSTRAP, environment
from cookhouse.house import House


def in_engine(engine: Engine, folder: Path, code: str, *arguments: str) -> Any:
    """Run code with our packages lent to the engine's interpreter; return its last line's JSON."""
    script = folder / "asked.py"
    begin = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('boot', {str(BOOTSTRAP)!r})\n"
        "boot = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(boot)\nsys.meta_path.insert(0, boot.Lender())\n"
    )
    script.write_text(begin + code, encoding="utf-8")
    done = subprocess.run(
        [str(engine.required()), "-P", str(script), *arguments],
        capture_output=True, text=True, check=False, timeout=240, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


CURVES = """
import json, sys
from pathlib import Path
import numpy
from sklearn import metrics
from cookhouse.models.operations.charts import charts
out = Path(sys.argv[1])
rng = numpy.random.default_rng(3)
actual = rng.integers(0, 2, 20_000)
chance = numpy.round((actual * 0.3 + rng.random(20_000)) / 1.3, 3)
predicted = (chance > 0.5).astype(int)
(out / "predictions.json").write_text(json.dumps({
    "actual": actual.tolist(), "predicted": predicted.tolist(), "probability": chance.tolist()}))
found = charts(out, {"task": "classification", "classes": [0, 1], "rows": 20_000,
                     "metric": {"name": "accuracy", "value": 0.5}, "metrics": {"accuracy": 0.5}})
roc, pr = found["roc"][0], found["precision_recall"][0]
false, true, _ = metrics.roc_curve(actual, chance, drop_intermediate=False)
precision, recall, _ = metrics.precision_recall_curve(actual, chance)
known = set(zip(false.tolist(), true.tolist()))
known_pr = set(zip(recall.tolist(), precision.tolist()))
print(json.dumps({
    "points": len(roc["x"]),
    "strange": [p for p in zip(roc["x"], roc["y"]) if p not in known],
    "strange_pr": [p for p in zip(pr["x"], pr["y"]) if p not in known_pr],
    "auc": metrics.auc(roc["x"], roc["y"]),
    "true_auc": metrics.roc_auc_score(actual, chance),
    "ap": float(numpy.trapezoid(pr["y"], pr["x"])),
    "true_ap": metrics.average_precision_score(actual, chance),
    "confusion": found["confusion"]["counts"],
    "true_confusion": metrics.confusion_matrix(actual, predicted).tolist(),
}))
"""
POINTS = """
import json, sys
from pathlib import Path
from cookhouse.models.operations.charts import charts
out = Path(sys.argv[1])
values = [float(n) for n in range(5_000)]
(out / "predictions.json").write_text(json.dumps({"actual": values, "predicted": values}))
print(json.dumps(charts(out, {"task": "regression", "rows": 5_000})))
"""
STORE = """
import json, sys, time
from pathlib import Path
from cookhouse.models.operations import template, tracking
# Constraints stand in the order of a set too.
tables = lambda text: sorted(line.strip().rstrip(",") for line in text.splitlines())
folder = Path(sys.argv[1])
started = time.monotonic()
template.prepare(folder / "mlflow.db", folder / "artifacts")
prepared = time.monotonic() - started
client = tracking.client(f"sqlite:///{folder / 'mlflow.db'}", folder / "artifacts")
experiment = tracking.experiment_of(client, "shop", folder / "artifacts")
again = tracking.experiment_of(client, "shop", folder / "artifacts")
run = client.create_run(experiment)
default = client.get_experiment("0")
from cookhouse.models.operations.forgetting import forget_model
uri = f"sqlite:///{folder / 'mlflow.db'}"
gone = forget_model(uri, "shop")["deleted"]
renewed = tracking.experiment_of(client, "shop", folder / "artifacts")
print(json.dumps({
    "seconds": prepared, "same": experiment == again, "new": renewed != experiment,
    "gone": gone, "default": default.artifact_location,
    "fresh": tables(template.fresh()) == tables(template.SHIPPED.read_text(encoding="utf-8")),
    "run": run.info.status,
}))
"""


@pytest.fixture
def engine(house: House) -> Engine:
    if house.engine.python is None:
        pytest.skip("the engine is not built: run `make setup`")
    return house.engine


def test_thinned_curves_keep_the_areas(engine: Engine, tmp_path: Path) -> None:
    found = in_engine(engine, tmp_path, CURVES, str(tmp_path))
    assert 100 < found["points"] <= 302
    assert found["strange"] == []
    assert found["strange_pr"] == []
    assert found["auc"] == pytest.approx(found["true_auc"], abs=0.003)
    assert found["ap"] == pytest.approx(found["true_ap"], abs=0.01)
    assert found["confusion"] == found["true_confusion"]


def test_regression_points_are_a_sample_of_the_pairs(engine: Engine, tmp_path: Path) -> None:
    found = in_engine(engine, tmp_path, POINTS, str(tmp_path))
    assert found["sampled"] == len(found["points"]) == 400
    assert all(actual == predicted for actual, predicted in found["points"])
    assert found["points"] == sorted(found["points"])


def test_mlflows_store_is_there_at_once_and_as_mlflow_makes_it(
    engine: Engine, tmp_path: Path
) -> None:
    found = in_engine(engine, tmp_path, STORE, str(tmp_path))
    assert found["fresh"], "run cookhouse.models.operations.template in the engine"
    assert found["seconds"] < 2
    assert found["default"] == (tmp_path / "artifacts" / "0").as_uri()
    assert (found["same"], found["gone"], found["new"]) == (True, True, True)
    assert found["run"] == "RUNNING"
