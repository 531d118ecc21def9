"""Findings that need more than a corpus notebook: files beside it, kernels' own names."""

from pathlib import Path
from typing import Any

import pytest

from cookhouse_convert import analyse
from tests.convert.corpus import cells

MODEL = "from sklearn.linear_model import LinearRegression\nimport pandas as pd\n"
MODEL += "df = pd.read_csv('x.csv')\na, b = df.iloc[:50], df.iloc[50:]\n"
MODEL += "m = LinearRegression().fit(a[['u']], a['v'])\nm.score(b[['u']], b['v'])"


def _codes(notebook: Any, **more: Any) -> set[tuple[str, str]]:
    return {(one.severity, one.code) for one in analyse(notebook, **more).findings}


def test_the_plain_notebook_has_no_finding() -> None:
    assert _codes([{"source": MODEL}]) == set()


def test_a_module_beside_the_notebook_is_named_and_no_requirement(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("u,v\n1,2\n")
    (tmp_path / "helper.py").write_text("def f(t): return t\n")
    source = "import helper\n" + MODEL.replace("'x.csv')", "'x.csv').pipe(helper.f)")
    analysis = analyse([{"source": source}], path=tmp_path / "n.ipynb")
    assert [one.code for one in analysis.findings] == ["local-module"]
    assert analysis.requirements == ("pandas", "scikit-learn")


@pytest.mark.parametrize(
    ("first", "finding"),
    [
        ("t = Out[3]\nprint(t)\nk = [t]", ("error", "notebook-history")),
        ("n = int(input())", ("error", "input")),
        ("files = !ls\nk = list(files)", ("error", "shell-value")),
        ("%%html\n<b>x</b>", ("info", "other-language")),
        ("for _ in range(3): k = _", None),
    ],
)
def test_what_a_recipe_has_not(first: str, finding: tuple[str, str] | None) -> None:
    assert _codes([{"source": first}, {"source": MODEL}]) == ({finding} if finding else set())


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("https://example.org/x.csv?token=abc", ("info", "remote-file")),
        ("/nowhere/x.csv", ("info", "absolute-path")),
    ],
)
def test_rows_from_elsewhere(source: str, finding: tuple[str, str]) -> None:
    analysis = analyse([{"source": MODEL.replace("x.csv", source)}])
    assert [(one.severity, one.code) for one in analysis.findings] == [finding]
    assert "token" not in analysis.findings[0].what


def test_a_file_that_the_notebook_writes_is_not_missing(tmp_path: Path) -> None:
    source = "import pandas as pd\npd.DataFrame({'u': [1], 'v': [2]}).to_csv('x.csv')\n" + MODEL
    assert _codes([{"source": source}], path=tmp_path / "n.ipynb") == set()


def test_the_older_builder_form_is_named() -> None:
    cell = {"cell_type": "code", "source": "%%writefile demo/pipeline.py\nx", "metadata": {}}
    document = {"metadata": {"notebook_type": "builder"}, "cells": [cell]}
    assert ("error", "builder-form") in _codes(document)
    assert ("error", "no-model") not in _codes(document)


def test_a_name_missing_after_the_metric_is_only_a_warning() -> None:
    assert _codes([{"source": MODEL + "\nprint(nowhere)"}]) == {("warning", "undefined-name")}
    assert _codes([{"source": "print(nowhere)\n" + MODEL}]) == {("error", "undefined-name")}


def test_a_needed_cell_that_the_user_left_out_refuses() -> None:
    notebook = cells("diabetes")
    notebook[1]["tags"] = ["skip"]
    assert ("error", "needed-cell") in _codes(notebook)
