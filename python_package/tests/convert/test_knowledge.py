"""The knowledge files are consistent, and the scikit-learn data is that of the environment."""

import shutil
import subprocess
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from cookhouse_convert.analysis import Hyperparameter
from cookhouse_convert.flow.library import _ROLES
from cookhouse_convert.knowledge import knowledge
from cookhouse_convert.ranges import described

FOLDER = Path(str(files("cookhouse_convert.knowledge")))
PYTHON = Path(__file__).parents[3] / ".venv-notebooks" / "bin" / "python"
FUNCTION_ROLES = {*_ROLES, "search", "pipeline"}
METHOD_ROLES = {"display", "inspect", "mutate", "callback", "random", "drawn", "write"}
TASKS = {"classification", "regression", "transformer", "cluster", "outlier", "other",
         "unsupervised"}  # fmt: skip


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_role_is_one_that_the_walk_understands(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    assert data["modules"]
    assert set(data.get("functions", {})) <= FUNCTION_ROLES
    assert set(data.get("methods", {})) <= METHOD_ROLES
    assert set(data.get("estimators", {})) <= TASKS
    assert data["default"] in {*FUNCTION_ROLES, ""}


def test_classifiers_and_regressors_of_scikit_learn_are_known() -> None:
    known = knowledge()
    tasks = [task for name, task in known.estimators.items() if name.startswith("sklearn.")]
    assert sum(task in ("classification", "regression") for task in tasks) >= 99
    assert known.task("sklearn.ensemble._forest.RandomForestClassifier") == "classification"
    assert known.task("sklearn.nothing.Here") is None


def _parameter(call: str, name: str, default: object) -> Hyperparameter:
    plain = Hyperparameter(name, "number", default, "0", 1, 0, 1, 1, 0)
    return described(plain, knowledge(), call, name)


def test_ranges_choices_and_descriptions() -> None:
    depth = _parameter("sklearn.tree.DecisionTreeClassifier", "max_depth", 3)
    assert (depth.type, depth.minimum, depth.nullable) == ("integer", 1, True)
    assert depth.description == "The maximum depth of the tree."
    share = _parameter("sklearn.model_selection.train_test_split", "test_size", 0.2)
    assert (share.type, share.minimum, share.maximum) == ("number", 0, 1)
    assert share.exclusive_minimum
    assert share.exclusive_maximum
    rows = _parameter("sklearn.model_selection.train_test_split", "test_size", 20)
    assert (rows.type, rows.minimum, rows.maximum) == ("integer", 1, None)
    criterion = _parameter("sklearn.tree.DecisionTreeClassifier", "criterion", "gini")
    assert criterion.choices == ("entropy", "gini", "log_loss")
    eta = _parameter("xgboost.XGBClassifier", "learning_rate", 0.1)
    assert (eta.minimum, eta.maximum) == (0, 1)


@pytest.mark.skipif(not PYTHON.exists(), reason="needs the notebooks' environment")
def test_the_data_of_scikit_learn_is_fresh(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "generate_sklearn.py", tmp_path)
    subprocess.run([str(PYTHON), str(tmp_path / "generate_sklearn.py")], check=True, timeout=120)
    fresh = (tmp_path / "sklearn_parameters.json").read_text("utf-8")
    assert fresh == (FOLDER / "sklearn_parameters.json").read_text("utf-8")
