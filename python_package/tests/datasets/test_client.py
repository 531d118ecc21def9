"""`cookhouse.read` and `write` in a kernel that has pandas and nothing of ours installed."""

from __future__ import annotations

import json
import os
import subprocess
import textwrap
from pathlib import Path
from typing import Any

import pytest

from cookhouse.datasets import sample_notebooks
from cookhouse.datasets.kernels import CLIENT, client_environment, client_variables
from cookhouse.house import House

NOTEBOOKS = Path(__file__).resolve().parents[3] / ".venv-notebooks" / "bin" / "python"
needs_notebooks = pytest.mark.skipif(
    not NOTEBOOKS.exists(), reason="make setup has not made the notebooks' environment"
)


def in_kernel(house: House, code: str, python: Path = NOTEBOOKS) -> Any:
    """Run code as a kernel of the server would, and return the JSON that it prints last."""
    environment = {**os.environ, **client_environment(house), "MPLBACKEND": "Agg"}
    done = subprocess.run(
        [str(python), "-c", textwrap.dedent(code)],
        env=environment, capture_output=True, text=True, timeout=120, cwd=house.root_dir,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@needs_notebooks
def test_frames_have_the_dtypes_that_pandas_gives(house: House) -> None:
    found = in_kernel(
        house,
        """
        import json, sys
        import pandas as pd
        import cookhouse
        frame = pd.DataFrame({
            "i": [1, 2, 3], "f": [1.5, None, 2.0], "s": ["a", None, "c"], "b": [True, False, True],
            "gaps": pd.array([1, None, 3], dtype="Int64"), "maybe": [True, None, False],
            "t": pd.to_datetime(["2024-01-01", None, "2024-01-03"]),
            "z": pd.to_datetime(["2024-01-01", None, "2024-01-03"], utc=True),
            "c": pd.Categorical(["x", "y", None]), "d": [{"k": 1}, None, {"k": 2}],
            "l": [[1], [2, 3], []], "small": pd.array([1, 2, 3], dtype="int8"),
        })
        done = cookhouse.write(frame, "mixed")
        back = cookhouse.read("mixed")
        plain = ["i", "f", "s", "b", "t", "small"]
        pd.testing.assert_frame_equal(
            back[plain], frame[plain].astype({"t": "datetime64[us]"}), check_freq=False)
        assert back["t"].iloc[2] == frame["t"].iloc[2] and back["z"].iloc[2] == frame["z"].iloc[2]
        assert back["l"].tolist() == frame["l"].tolist()
        print(json.dumps({
            "dtypes": {c: str(t) for c, t in back.dtypes.items()}, "rows": done["rows"],
            "arrow": "pyarrow" in sys.modules, "file": cookhouse.__file__}))
        """,
    )
    assert found["dtypes"] == {
        "i": "int64", "f": "float64", "s": "str", "b": "bool", "gaps": "float64",
        "maybe": "object", "t": "datetime64[us]", "z": "datetime64[us, UTC]", "c": "str",
        "d.k": "float64", "l": "object", "small": "int8",
    }  # fmt: skip
    assert (found["rows"], found["arrow"]) == (3, False)
    assert found["file"] == str(CLIENT / "cookhouse" / "__init__.py")
    batch = house.datasets.show("mixed").last_batch
    assert batch is not None
    assert batch.source == "a kernel"


@needs_notebooks
def test_rows_are_selected(house: House) -> None:
    found = in_kernel(
        house,
        """
        import json
        import pandas as pd
        import cookhouse
        cities = ["Rome", "Oslo", "Rome", "Oslo"]
        cookhouse.write(pd.DataFrame({"n": [3, 1, 2, 1], "city": cities}), "d")
        first = cookhouse.write(pd.DataFrame({"n": [9], "city": ["Bern"]}), "d")
        def n(**query): return cookhouse.read("d", **query)["n"].tolist()
        print(json.dumps({
            "all": n(), "where": n(where="n > 1 and city = 'Rome'"),
            "values": n(where={"city": ["Bern", "Oslo"]}),
            "page": n(offset=1, limit=2), "sort": n(sort=["city", "-n"]), "before": n(as_of=1),
            "batch": n(as_of=first["batch"]),
            "distinct": n(distinct=True), "some": n(distinct=["city"]),
            "columns": list(cookhouse.read("d", select="city").columns)}))
        """,
    )
    assert found == {
        "all": [3, 1, 2, 1, 9], "where": [3, 2], "values": [1, 1, 9], "page": [1, 2],
        "sort": [9, 1, 1, 3, 2], "before": [3, 1, 2, 1], "batch": [3, 1, 2, 1, 9],
        "distinct": [3, 1, 2, 9], "some": [3, 1, 9], "columns": ["city"],
    }  # fmt: skip


WRONG = {
    'cookhouse.read("none")': "no rows yet",
    'cookhouse.read("../d")': "no dataset name",
    'cookhouse.read("d", select="x")': "no column “x”",
    'cookhouse.read("d", where="((")': "no SQL expression",
    'cookhouse.read("d", where="x > 1")': 'unable to find column "x"',
    'cookhouse.read("d", as_of="yesterday")': "no batch “yesterday”",
    'cookhouse.read("d", as_of=7)': "no version 7",
    'cookhouse.read("d", frame="r")': "no frame “r”",
    'cookhouse.write(pd.DataFrame({"n": ["x"]}), "d")': "does not fit int64",
    'cookhouse.write(pd.DataFrame({"m": [1]}), "d")': "no field “m”",
    'cookhouse.write(pd.DataFrame({"n": [1, "x"]}), "e")': "values of different kinds",
    'cookhouse.write(pd.DataFrame({"n": [object()]}), "e")': "Row 0 of “n” is a object",
    'cookhouse.write([1], "d")': "no frame of pandas",
}


@needs_notebooks
def test_what_goes_wrong_is_one_sentence(house: House) -> None:
    said = in_kernel(
        house,
        f"""
        import json
        import pandas as pd
        import cookhouse
        cookhouse.write(pd.DataFrame({{"n": [1]}}), "d")
        said = []
        for call in {list(WRONG)!r}:
            try:
                eval(call)
            except Exception as error:
                said.append(f"{{type(error).__name__}}: {{error}}")
        print(json.dumps(said))
        """,
    )
    assert len(said) == len(WRONG)
    for words, sentence in zip(WRONG.values(), said, strict=True):
        assert sentence.startswith("CookhouseError: ")
        assert words in sentence
    assert house.datasets.show("d").rows == 1


def test_the_variables_keep_what_the_path_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["/mine", str(CLIENT)]))
    found = client_variables(Path("/w"), Path("/e/python"))
    assert found["PYTHONPATH"] == os.pathsep.join(["/mine", str(CLIENT)])
    assert (found["COOKHOUSE_WORKSPACE"], found["COOKHOUSE_ENGINE_PYTHON"]) == ("/w", "/e/python")


def test_an_installed_cookhouse_is_taken_and_has_the_same(house: House) -> None:
    import sys

    found = in_kernel(
        house,
        """
        import json
        import cookhouse
        from cookhouse.errors import Failure
        both = [callable(cookhouse.read), callable(cookhouse.connect)]
        print(json.dumps([cookhouse.__file__, *both]))
        """,
        Path(sys.executable),
    )
    assert not found[0].startswith(str(CLIENT))
    assert found[1:] == [True, True]


@needs_notebooks
@pytest.mark.parametrize("name", sample_notebooks.NAMES)
def test_the_samples_notebooks_run(house: House, finished: Any, name: str) -> None:
    from cookhouse.datasets.messages import MakeSample

    assert finished(house.samples.make("luma", MakeSample(), "ann").id).state == "succeeded"
    path = house.root_dir / name
    found = in_kernel(
        house,
        f"""
        import json, os, warnings
        warnings.simplefilter("error", FutureWarning)
        cells = [c for c in json.load(open({str(path)!r}))["cells"] if c["cell_type"] == "code"]
        os.chdir({str(house.root_dir)!r})
        space = {{}}
        for cell in cells:
            exec(compile("".join(cell["source"]), cell["id"], "exec"), space)
        print()
        print(json.dumps([float(space["auc"]) if "auc" in space else None, len(cells)]))
        """,
    )
    assert found[1] >= 14
    if "propensity" in name:
        assert found[0] > 0.65
