"""Whatever a notebook file may hold, the analysis answers."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from cookhouse_convert import analyse
from tests.convert.corpus import NAMES, cells


def _codes(notebook: Any, **more: Any) -> list[str]:
    return [f"{one.severity} {one.code}" for one in analyse(notebook, **more).findings]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "42", "null", '{"a": 1}', '{"cells": 3}', '{"cells": "abc"}', "[" * 100_000],
)
def test_what_is_no_notebook_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(content, "utf-8")
    assert _codes(path) == ["error not-a-notebook"]


def test_bytes_and_a_missing_file_are_said(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes(b"\xff\xfe\x00")
    assert _codes(path) == ["error not-a-notebook"]
    assert _codes(tmp_path / "absent.ipynb") == ["error not-a-notebook"]


@pytest.mark.parametrize(
    "document",
    [
        {"cells": []},
        {"cells": [{"cell_type": "markdown", "source": "x"}]},
        {"cells": [None, 3, "a", {"cell_type": "code"}]},
        {"cells": [{"cell_type": "code", "source": None, "metadata": None}]},
        {"cells": [{"cell_type": "code", "source": [], "metadata": {"tags": 5}}]},
        {"metadata": 3, "cells": []},
    ],
)
def test_odd_cells_are_read_for_what_they_are(document: dict[str, Any]) -> None:
    assert _codes(document) == ["error no-model"]


def test_cells_without_ids_are_named_by_their_position() -> None:
    document = {
        "cells": [
            {"cell_type": "markdown", "source": "#"},
            {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
        ]
    }
    assert [(one.cell, one.line) for one in analyse(document).statements] == [("1", 1), ("1", 2)]


def test_old_notebooks_with_work_sheets_are_read() -> None:
    cell = {"cell_type": "code", "input": "a = 1", "language": "python"}
    assert len(analyse({"nbformat": 3, "worksheets": [{"cells": [cell]}]}).statements) == 1


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"kernelspec": {"name": "ir", "language": "R"}}, "This notebook is written for a kernel"),
        ({"kernelspec": {"name": "ir"}}, "This notebook is written for a kernel of R."),
        ({"language_info": {"name": "julia"}}, "This notebook is written for a kernel of Julia."),
        ({"kernelspec": {"name": "python2"}}, "This notebook is written for a Python 2 kernel."),
        ({"language_info": {"name": "python", "version": "2.7.1"}}, "This notebook is written for"),
    ],
)
def test_other_kernels_are_refused_by_name(metadata: dict[str, Any], expected: str) -> None:
    cell = {"cell_type": "code", "source": "x <- 3\ny <- x |> f()"}
    analysis = analyse({"metadata": metadata, "cells": [cell]})
    assert analysis.verdict == "refused"
    assert any(one.what.startswith(expected) for one in analysis.findings)


def test_r_code_is_not_called_a_syntax_error() -> None:
    cell = {"cell_type": "code", "source": "x <- c(1, 2"}
    document = {"metadata": {"kernelspec": {"name": "ir"}}, "cells": [cell]}
    assert _codes(document) == ["error language"]


def test_a_missing_file_is_named_only_where_the_notebook_lies(tmp_path: Path) -> None:
    notebook = cells("churn_csv")
    assert "error missing-file" not in _codes(notebook)
    assert "error missing-file" in _codes(notebook, path=tmp_path / "n.ipynb")
    (tmp_path / "churn.csv").write_text("a\n1\n")
    assert "error missing-file" not in _codes(notebook, path=tmp_path / "n.ipynb")


def test_cells_run_out_of_order_are_named() -> None:
    notebook = cells("diabetes")
    for count, cell in enumerate(notebook, 1):
        cell["execution_count"] = count
    assert "warning out-of-order" not in _codes(notebook)
    notebook[2]["execution_count"] = 1
    findings = [one for one in analyse(notebook).findings if one.code == "out-of-order"]
    assert [one.cell for one in findings] == ["2"]


def test_a_draft_tagged_skip_may_be_broken() -> None:
    notebook = [*cells("diabetes"), {"source": "for x in", "tags": ["skip"]}]
    assert analyse(notebook).verdict == "convertible"
    notebook[-1]["tags"] = []
    assert analyse(notebook).verdict == "refused"


@pytest.mark.parametrize("name", NAMES)
def test_half_typed_cells_never_raise(name: str) -> None:
    dice = random.Random(name)
    for _ in range(25):
        typed = cells(name)
        cell = dice.choice(typed)
        cell["source"] = cell["source"][: dice.randrange(len(cell["source"]) + 1)]
        if dice.random() < 0.3:
            cell["source"] += dice.choice(["(", "%", "!", "?", "\\", '"""', "\x00", "\ud800", ":="])
        analysis = analyse(typed)
        json.dumps(analysis.as_dict())


def test_the_model_may_be_named() -> None:
    notebook = cells("several_models")
    chosen = analyse(notebook, model="lr").proposed
    assert chosen is not None
    assert chosen.variable == "lr"
    findings = analyse(notebook, model="nobody").findings
    assert [one.code for one in findings if one.severity == "error"] == ["model-not-found"]
    assert "lr" in findings[0].fix
