"""The runtime's command line, as jobs run it: train, then score a file."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cookhouse_convert import analyse
from cookhouse_convert.create import create_recipe
from cookhouse_convert.emit.wheel import unpack

_spec = importlib.util.spec_from_file_location(
    "recipes", Path(__file__).resolve().parents[1] / "prove" / "recipes.py"
)
assert _spec is not None
assert _spec.loader is not None
recipes = importlib.util.module_from_spec(_spec)
sys.modules.setdefault("recipes", recipes)
_spec.loader.exec_module(recipes)

pytestmark = recipes.needs_python

SCORE = """
import sys
sys.path.insert(0, {parent!r})
import pandas
from churn._runtime import TrainedModel
model = TrainedModel.load({recipe!r}, {model!r}, {overlay!r})
rows = pandas.read_csv({data!r})
import pyarrow, pyarrow.parquet
pyarrow.parquet.write_table(pyarrow.Table.from_pylist(
    [{{k: (None if v != v else v) for k, v in row.items() if k != "churned"}}
     for row in rows.to_dict("records")]), {table!r})
made = model.predict(rows.drop(columns="churned"))
print(made["prediction"].tolist()[:50])
odd = [{{"customer_id": 1, "age": 30, "plan": "gold", "city": "Rome", "visits": 3, "income": 9.5}},
       {{"customer_id": 1, "age": "x", "plan": "pro", "city": "Rome", "visits": 3, "income": 9.5}},
       {{"customer_id": "7", "age": None, "plan": "pro", "city": None, "visits": "4", "income": 1}}]
print(model.predict(odd)["reason"].tolist())
try:
    model.predict([{{"age": 3}}])
except Exception as error:
    print(error)
"""


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: Path = recipes.overlay_in(tmp_path_factory.mktemp("overlay"))
    return found


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("made")
    notebook = recipes.CORPUS / "churn.ipynb"
    wheel = create_recipe(
        notebook, analysis=analyse(notebook, path=notebook), name="churn", version=1,
        interpreter=recipes.PYTHON, overlay=None, work=work, proof=False,
    ).wheel  # fmt: skip
    return unpack(wheel, work / "unpacked")


def _run(recipe: Path, request: dict[str, Any], folder: Path, *more: str) -> int:
    path = folder / "request.json"
    path.write_text(json.dumps(request))
    command = [recipes.PYTHON, recipe / "_runtime" / "__main__.py", *more]
    done = subprocess.run([*command, "--recipe", recipe, "--request", path], check=False)
    return done.returncode


def _events(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_train_then_score(recipe: Path, overlay: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    request = {"hyperparameters": {"n_trees": 20}, "overlay": str(overlay)}
    assert _run(recipe, request, tmp_path, "train", "--out", str(out)) == 0
    evaluation = json.loads((out / "evaluation.json").read_text())
    assert evaluation["metric"]["name"] == "accuracy"
    assert evaluation["rows"] == 150
    assert set(evaluation["metrics"]) >= {"accuracy", "precision", "recall", "f1", "roc_auc"}
    table = json.loads((out / "predictions.json").read_text())
    assert {len(column) for column in table.values()} == {150}
    fractions = [e["fraction"] for e in _events(out / "events.jsonl") if e["type"] == "progress"]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0

    script = SCORE.format(
        parent=str(recipe.parent), recipe=str(recipe), model=str(out / "model"),
        overlay=str(overlay), data=str(recipes.CORPUS / "churn.csv"),
        table=str(tmp_path / "rows.parquet"),
    )  # fmt: skip
    done = subprocess.run(
        [recipes.PYTHON, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, reasons, missing = done.stdout.splitlines()
    assert len(json.loads(first)) == 50
    assert "plan_gold did not occur in training" in reasons
    assert "'x' in age is not a number" in reasons
    assert reasons.endswith("None]")
    assert "missing in the rows to score" in missing
    assert "plan" in missing

    scored = tmp_path / "scored.arrow"
    code = _run(
        recipe, {"overlay": str(overlay), "chunk_rows": 100}, tmp_path, "score",
        "--model", str(out / "model"), "--input", str(tmp_path / "rows.parquet"),
        "--output", str(scored),
    )  # fmt: skip
    assert code == 0
    read = (
        f"import sys; sys.path.append({str(overlay)!r}); import pyarrow\n"
        f"t = pyarrow.ipc.open_file({str(scored)!r}).read_all()\n"
        "print(t.column_names, t.num_rows, t['prediction'].to_pylist()[:50])"
    )
    shown = subprocess.run(
        [recipes.PYTHON, "-c", read], capture_output=True, text=True, check=True
    ).stdout
    assert shown.startswith("['prediction', 'probability', 'reason'] 600 ")
    assert shown.strip().endswith(first)


def test_a_value_out_of_range_is_named(recipe: Path, overlay: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    request = {"hyperparameters": {"n_trees": "many"}, "overlay": str(overlay)}
    assert _run(recipe, request, tmp_path, "train", "--out", str(out)) == 1
    last = _events(out / "events.jsonl")[-1]
    assert last["type"] == "error"
    assert "n_trees must be of type integer" in last["what"]
    assert not (out / "model").exists()


def test_a_failing_statement_is_named_with_its_cell(
    recipe: Path, overlay: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    request = {"hyperparameters": {"test_size": 0.9999}, "overlay": str(overlay)}
    assert _run(recipe, request, tmp_path, "train", "--out", str(out)) == 1
    last = _events(out / "events.jsonl")[-1]
    assert last["line"] == 4
    assert "cell 5 failed at line 4: ValueError" in last["what"]
