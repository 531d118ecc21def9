"""A notebook that the command line and the Lab name differently is one notebook."""

from __future__ import annotations

from pathlib import Path

from cookhouse.notebooks.paths import served


def test_a_notebook_below_the_root_is_known_by_its_relative_path(tmp_path: Path) -> None:
    notebook = tmp_path / "deep" / "a.ipynb"
    assert served(tmp_path, str(notebook)) == "deep/a.ipynb"


def test_a_notebook_outside_keeps_its_path(tmp_path: Path) -> None:
    assert served(tmp_path / "files", str(tmp_path / "a.ipynb")) == str(tmp_path / "a.ipynb")


def test_without_a_server_paths_stay_absolute() -> None:
    assert served(Path("/"), "/home/ada/a.ipynb") == "/home/ada/a.ipynb"
