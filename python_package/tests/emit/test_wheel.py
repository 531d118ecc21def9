from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cookhouse_convert import analyse
from cookhouse_convert.create import Created, NotConvertible, create_recipe
from cookhouse_convert.emit.names import package_name
from cookhouse_convert.emit.wheel import unpack

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "recipes"


def _created(work: Path, name: str = "churn") -> Created:
    notebook = CORPUS / f"{name}.ipynb"
    return create_recipe(
        notebook,
        analysis=analyse(notebook, path=notebook),
        name=name,
        version=2,
        interpreter=Path("/nowhere"),
        overlay=None,
        work=work,
        proof=False,
    )


def test_same_bytes_twice(tmp_path: Path) -> None:
    first, second = _created(tmp_path / "a"), _created(tmp_path / "b")
    assert first.wheel.read_bytes() == second.wheel.read_bytes()


def test_statements_stand_verbatim_and_in_order(tmp_path: Path) -> None:
    package = unpack(_created(tmp_path / "a").wheel, tmp_path / "unpacked")
    manifest = json.loads((package / "recipe.json").read_text())
    lines = (package / "notebook.py").read_text().splitlines()
    notebook = CORPUS / "churn.ipynb"
    kept = [s for s in analyse(notebook, path=notebook).statements if s.kept]
    rows = [row for row in manifest["statements"] if row["kept"]]
    for statement, row in zip(kept, rows, strict=True):
        first, last = row["module_lines"]
        assert "\n".join(lines[first - 1 : last]) == statement.source
    assert "# %% train · cell 6" in lines


def test_the_file_that_is_read_comes_along(tmp_path: Path) -> None:
    package = unpack(_created(tmp_path / "a").wheel, tmp_path / "unpacked")
    entry = json.loads((package / "recipe.json").read_text())["files"][0]
    assert (package / entry["artifact"]).read_bytes() == (CORPUS / "churn.csv").read_bytes()


def test_entry_points_are_those_of_dsw_packages(tmp_path: Path) -> None:
    wheel = _created(tmp_path / "a").wheel
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("entry_points.txt"))
        text = archive.read(name).decode()
    for group in ("[Training]", "[Scoring]", "[Evaluation]"):
        assert group in text


def test_a_wheel_that_leads_outside_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "bad.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("../outside.txt", "x")
    with pytest.raises(ValueError, match="leads outside"):
        unpack(wheel, tmp_path / "in")
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize(
    ("name", "package"),
    [("My Churn-1", "my_churn_1"), ("json", "recipe_json"), ("1st", "recipe_1st")],
)
def test_package_names(name: str, package: str) -> None:
    assert package_name(name) == package


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        package_name("—")


def test_a_refused_notebook_makes_no_recipe(tmp_path: Path) -> None:
    notebook = tmp_path / "none.ipynb"
    notebook.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4}))
    with pytest.raises(NotConvertible):
        create_recipe(
            notebook, analysis=analyse(notebook, path=notebook), name="none", version=1,
            interpreter=Path("/nowhere"), overlay=None, work=tmp_path / "w", proof=False,
        )  # fmt: skip
