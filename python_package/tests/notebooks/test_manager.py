"""The verdict on a notebook: right, remembered, bounded, and never outside what is served."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

import pytest

from cookhouse.errors import Invalid, NotFound, Unavailable
from cookhouse.house import House
from cookhouse.notebooks import analyst
from cookhouse.notebooks.messages import Analysis, AnalysisRequest
from cookhouse.notebooks.paths import inside, notebook_at
from tests.recipes.notebooks import CANCER, FILE, write_notebook


def request(*sources: str, **more: Any) -> AnalysisRequest:
    """Return a request of code cells called c0, c1, …"""
    cells = [{"id": f"c{number}", "source": source} for number, source in enumerate(sources)]
    return AnalysisRequest.model_validate({"cells": cells, **more})


def analyse(house: House, wanted: AnalysisRequest) -> Analysis:
    return asyncio.run(house.notebooks.analyse(wanted))


def test_every_statement_is_accounted_for(house: House) -> None:
    found = analyse(house, request(*CANCER))
    assert found.verdict == "convertible"
    assert {s.cell for s in found.statements} == {f"c{n}" for n in range(len(CANCER))}
    assert all(s.reason for s in found.statements)
    assert [m.variable for m in found.models if m.proposed] == ["model"]


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (("x = 1",), "model"),
        (("x = (",), "c0"),
        ((), "no code"),
    ],
)
def test_bad_notebooks_are_refused_with_a_finding(
    house: House, cells: tuple[str, ...], word: str
) -> None:
    found = analyse(house, request(*cells))
    assert found.verdict == "refused"
    finding = next(f for f in found.findings if f.severity == "error")
    assert finding.what
    assert finding.fix
    assert word in f"{finding.what} {finding.cell} {finding.fix}"


def test_a_missing_file_is_named_until_it_is_there(house: House, root_dir: Path) -> None:
    wanted = request(*FILE, path="people.ipynb")
    before = analyse(house, wanted)
    assert any("people.csv" in f.what for f in before.findings)
    (root_dir / "people.csv").write_text("age,visits,bought\n1,2,0\n")
    after = analyse(house, wanted)
    assert not any("people.csv" in f.what for f in after.findings)


def test_the_same_cells_are_analysed_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first = analyse(house, request("x = 1"))
    monkeypatch.setattr(house.notebooks.analyst, "ask", lambda *_: pytest.fail("asked again"))
    assert analyse(house, request("x = 1")) == first


def test_an_analysis_that_takes_too_long_is_stopped(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyst, "SECONDS", 0.001)
    started = time.monotonic()
    with pytest.raises(Unavailable, match="took over"):
        analyse(house, request(*[f"x{n} = {n}" for n in range(3_000)]))
    assert time.monotonic() - started < 30
    monkeypatch.undo()
    assert analyse(house, request(*CANCER)).verdict == "convertible"


def test_deep_nesting_is_survived(house: House) -> None:
    deep = "(" * 50_000 + ")" * 50_000
    with contextlib.suppress(Unavailable):
        assert analyse(house, request(deep)).verdict == "refused"
    assert analyse(house, request(*CANCER)).verdict == "convertible"


@pytest.mark.parametrize("path", ["../secret.ipynb", "a/../../secret.ipynb", "link/secret.ipynb"])
def test_paths_that_lead_out_are_not_found(tmp_path: Path, path: str) -> None:
    root = tmp_path / "served"
    root.mkdir()
    (tmp_path / "outside").mkdir()
    (root / "link").symlink_to(tmp_path / "outside")
    for folder in (tmp_path, tmp_path / "outside"):
        write_notebook(folder / "secret.ipynb", CANCER)
    with pytest.raises(NotFound):
        notebook_at(root, path)


def test_a_folder_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    (tmp_path / "served-too").mkdir()
    write_notebook(tmp_path / "served-too" / "a.ipynb", CANCER)
    with pytest.raises(NotFound):
        notebook_at(tmp_path / "served", "../served-too/a.ipynb")


def test_absolute_paths_are_taken_below_the_root(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", CANCER)
    assert notebook_at(tmp_path, "/a.ipynb") == (tmp_path / "a.ipynb").resolve()
    with pytest.raises(NotFound, match="save it first"):
        notebook_at(tmp_path, "/etc/a.ipynb")


@pytest.mark.parametrize("path", ["", "a\x00b.ipynb", "x" * 5_000 + ".ipynb"])
def test_impossible_paths_are_invalid_or_not_found(tmp_path: Path, path: str) -> None:
    with pytest.raises((Invalid, NotFound)):
        notebook_at(tmp_path, path)


def test_only_notebooks_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(Invalid, match=r"\.ipynb"):
        notebook_at(tmp_path, "a.txt")


def test_without_a_root_any_path_of_ones_own_is_taken(tmp_path: Path) -> None:
    assert inside(None, str(tmp_path / "a.ipynb")) == (tmp_path / "a.ipynb").resolve()
