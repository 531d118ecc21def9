"""The command line: what it prints where, how it exits, with no server."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cookhouse import cli
from cookhouse.datasets.messages import Batch, Dataset, Rows
from cookhouse.floor.messages import Job
from tests.conftest import NOTEBOOKS, engine_setting

CELLS = [
    "from sklearn.datasets import load_breast_cancer\n"
    "from sklearn.linear_model import LogisticRegression\n"
    "from sklearn.metrics import accuracy_score\n"
    "from sklearn.model_selection import train_test_split\n",
    "data = load_breast_cancer(as_frame=True)\n"
    "X, y = data.data, data.target\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n",
    "model = LogisticRegression(C=1.0, max_iter=5000)\nmodel.fit(X_train, y_train)\n",
    "predicted = model.predict(X_test)\naccuracy_score(y_test, predicted)\n",
]


def notebook(path: Path, cells: list[str]) -> Path:
    document = {
        "cells": [
            {"cell_type": "code", "id": f"cell{number}", "metadata": {}, "source": source,
             "outputs": [], "execution_count": None}
            for number, source in enumerate(cells)
        ],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def run(workspace, monkeypatch, capsys):
    """Return a function that runs a command and returns exit code, output and errors."""
    monkeypatch.setenv("COOKHOUSE_ENGINE", engine_setting())

    def command(*words: str) -> tuple[int, str, str]:
        code = cli.main([*words, "--workspace", str(workspace)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,name,age\n007,Ann,31\n008,Bob,\n")
    return path


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()):
    """Walk all commands of a parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from commands(inner, (*words, word))
            return
    yield " ".join(words), parser


ALL = dict(commands(cli.parser()))


def test_there_are_the_commands_that_scripts_rely_on():
    assert set(ALL) >= {
        "sample", "dataset ingest", "dataset list", "dataset show", "dataset preview",
        "recipe check", "recipe create", "recipe list", "recipe show", "recipe export", "train",
        "score", "publish", "call", "service list", "service start", "service stop", "job list",
        "job log", "job cancel",
    }  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_command_takes_a_workspace_and_json(name):
    options = {option for action in ALL[name]._actions for option in action.option_strings}
    assert {"--workspace", "--json"} <= options
    assert ALL[name].description


@pytest.mark.parametrize(
    "words", [[], ["nothing"], ["train"], ["score", "m"], ["job", "list", "--state", "odd"]]
)
def test_used_wrongly_exits_with_two(words, capsys):
    with pytest.raises(SystemExit) as raised:
        cli.main(words)
    assert raised.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_failure_is_one_sentence_and_exits_with_one(run):
    code, out, err = run("dataset", "show", "nothing")
    assert (code, out) == (1, "")
    assert err.startswith("cookhouse: There is no dataset “nothing”")
    code, out, _ = run("dataset", "show", "nothing", "--json")
    assert code == 1
    assert json.loads(out)["code"] == "not-found"


def test_a_dataset_from_ingest_to_preview(run, people):
    code, out, err = run("dataset", "ingest", "people", str(people), "--json")
    assert code == 0, err
    batch = Batch.model_validate_json(out)
    assert (batch.dataset, batch.state, batch.rows) == ("people", "active", 2)
    assert "Add people.csv to people" in err
    page = json.loads(run("dataset", "list", "--json")[1])
    assert [Dataset.model_validate(item).name for item in page["items"]] == ["people"]
    assert Dataset.model_validate_json(run("dataset", "show", "people", "--json")[1]).rows == 2
    rows = Rows.model_validate_json(run("dataset", "preview", "people", "--json")[1])
    assert [row[:2] for row in rows.rows] == [["007", "Ann"], ["008", "Bob"]]
    assert "007  Ann   31" in run("dataset", "preview", "people")[1]
    jobs = json.loads(run("job", "list", "--json")[1])["items"]
    assert Job.model_validate(jobs[0]).state == "succeeded"
    assert run("job", "log", jobs[0]["id"])[0] == 0
    assert json.loads(run("job", "cancel", jobs[0]["id"], "--json")[1])["state"] == "succeeded"


def test_files_that_fail_leave_nothing_and_say_why(run, tmp_path):
    code, _, err = run("dataset", "ingest", "people", str(tmp_path / "none.csv"))
    assert code == 1
    assert "There is no file" in err
    (tmp_path / "bad.csv").write_bytes(b"a,b\n1,2\n1,2,3,4\n")
    code, _, err = run("dataset", "ingest", "people", str(tmp_path / "bad.csv"))
    assert code == 1
    assert json.loads(run("dataset", "list", "--json")[1])["total"] == 0


class TestCheck:
    """The verdict on a notebook needs nothing but the notebook."""

    def test_of_one_that_can_be_converted(self, tmp_path, workspace, capsys):
        path = notebook(tmp_path / "cancer.ipynb", CELLS)
        assert cli.main(["recipe", "check", str(path), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["verdict"] == "convertible"
        assert {"cell", "line", "end_line", "stage", "kept", "reason"} <= set(
            found["statements"][0]
        )
        (model,) = found["models"]
        assert (model["variable"], model["cell"], model["proposed"]) == ("model", "cell2", True)
        assert {"C", "max_iter"} <= {each["name"] for each in found["hyperparameters"]}
        assert not workspace.exists()

    def test_of_one_without_a_model(self, tmp_path, capsys):
        path = notebook(tmp_path / "none.ipynb", ["a = 1\n"])
        assert cli.main(["recipe", "check", str(path), "--json"]) == 1
        found = json.loads(capsys.readouterr().out)
        assert found["verdict"] == "refused"
        assert any(finding["severity"] == "error" for finding in found["findings"])

    def test_of_one_that_is_not_there(self, tmp_path, capsys):
        assert cli.main(["recipe", "check", str(tmp_path / "none.ipynb")]) == 1
        assert "There is no notebook" in capsys.readouterr().err


@pytest.mark.skipif(not NOTEBOOKS.exists(), reason="make setup makes the kernel's environment")
@pytest.mark.timeout(240)
def test_the_walk(run, tmp_path):
    path = notebook(tmp_path / "cancer.ipynb", CELLS)
    code, out, err = run("recipe", "create", str(path), "--python", str(NOTEBOOKS), "--json")
    assert code == 0, err
    recipe = json.loads(out)
    assert (recipe["name"], recipe["version"]) == ("cancer", 1)
    assert recipe["proof"]["verdict"] in ("exact", "pinned")
    assert recipe["proof"]["scoring"]["verdict"] == "safe"
    assert run("recipe", "export", "cancer", "--output", str(tmp_path))[0] == 0
    assert list(tmp_path.glob("*.whl"))
    code, out, err = run("train", "cancer", "--set", "C=0.5", "--json")
    assert code == 0, err
    first = json.loads(out)
    assert first["state"] == "succeeded"
    assert first["hyperparameters"]["C"] == 0.5
    code, out, err = run("train", "cancer", "--json")
    second = json.loads(out)
    assert second["model"] == first["model"], "the same recipe and data are the same model"
    assert second["metrics"][second["metric"]] == recipe["proof"]["metric"]["notebook"]
    code, out, err = run("train", "cancer", "--set", "C=-1")
    assert code == 1
    assert "C" in err
    code, out, err = run("publish", first["model"], "--name", "cancer", "--json")
    assert code == 0, err
    service = json.loads(out)
    assert service["url"].startswith("http://127.0.0.1:")
    assert service["key"]
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps({"dataframe_records": [service["example"]]}))
    code, out, err = run("call", "cancer", str(rows))
    assert code == 0, err
    assert len(json.loads(out)["predictions"]) == 1
    assert json.loads(run("service", "stop", "cancer", "--json")[1])["state"] == "stopped"


def test_it_runs_as_a_program():
    argv = [sys.executable, "-m", "cookhouse.cli", "--help"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert "A notebook becomes a recipe" in done.stdout
