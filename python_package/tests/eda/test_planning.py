"""Which cells explore: chosen by what they do, what the user said, and what they need."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from cookhouse.datasets import sample_notebooks
from cookhouse.eda.messages import EdaPlan
from cookhouse.house import House
from cookhouse.notebooks.messages import AnalysisRequest, Cell

OPENING = "import pandas as pd\nimport seaborn as sns\nsns.set_theme()"
READ = 'df = pd.read_csv("people.csv")'


def planned(house: House, *cells: str | Cell) -> EdaPlan:
    """Plan a notebook of these cells; plain text gets its number as id."""
    made = [
        cell if isinstance(cell, Cell) else Cell(id=str(number), source=cell)
        for number, cell in enumerate(cells)
    ]
    return asyncio.run(house.eda.plan(AnalysisRequest(cells=made)))


def run(plan: EdaPlan) -> list[str]:
    """Return the ids of the cells that are run."""
    chosen = [cell.id for cell in plan.cells if cell.run]
    assert plan.runs == len(chosen)
    return chosen


def reason(plan: EdaPlan, cell: str) -> str:
    """Return the reason of a cell."""
    return next(each.reason for each in plan.cells if each.id == cell)


def test_cells_that_look_run_with_what_they_need(house: House) -> None:
    plan = planned(house, OPENING, READ, "df = df.dropna()", 'other = pd.read_csv("b.csv")',
                   "df.describe()")  # fmt: skip
    assert run(plan) == ["0", "1", "2", "4"]
    assert reason(plan, "4") == "It looks at the data."
    assert reason(plan, "1") == "Cells that explore need “df” from it."
    assert "“pd”" in reason(plan, "0")
    assert "nothing that explores needs it" in reason(plan, "3")


def test_an_opening_cell_alone_explores_nothing(house: House) -> None:
    assert run(planned(house, OPENING, READ)) == []


def test_training_is_not_run_for_a_look_at_its_model(house: House) -> None:
    plan = planned(
        house, OPENING, READ, "df.head()",
        "from sklearn.linear_model import LinearRegression\n"
        'model = LinearRegression().fit(df[["a"]], df["b"])',
        "print(model.coef_)",
    )  # fmt: skip
    assert run(plan) == ["0", "1", "2"]
    assert reason(plan, "3").startswith("It trains a model")
    assert reason(plan, "4").startswith("It looks at what training makes")


def test_what_the_user_says_wins(house: House) -> None:
    train = (
        "from sklearn.linear_model import LinearRegression\n"
        'model = LinearRegression().fit(df[["a"]], df["b"])'
    )
    plan = planned(
        house, OPENING, READ,
        Cell(id="skipped", source="df.head()", tags=["skip"]),
        train,
        Cell(id="tagged", source="print(model.coef_)", tags=["eda"]),
        Cell(id="set", source='total = df["a"].sum()', stage="explore"),
        Cell(id="not", source="df.describe()", stage="other"),
    )  # fmt: skip
    assert run(plan) == ["0", "1", "3", "tagged", "set"]
    assert reason(plan, "skipped") == "Tagged skip."
    assert reason(plan, "tagged") == "Tagged eda."
    assert reason(plan, "3") == "Cells that explore need “model” from it."


def test_only_what_was_there_before_is_needed(house: House) -> None:
    plan = planned(house, OPENING, READ, "df.head()", "df = df.dropna()", 'df = df.assign(z="z")')
    assert run(plan) == ["0", "1", "2"]


def test_a_value_made_anew_does_not_need_its_past(house: House) -> None:
    plan = planned(house, "import pandas as pd", 'df = pd.read_csv("old.csv")', READ, "df.head()")
    assert run(plan) == ["0", "2", "3"]


def test_text_cells_are_no_cells_to_run(house: House) -> None:
    plan = planned(house, Cell(id="t", type="markdown", source="# df"), "", OPENING)
    assert [cell.id for cell in plan.cells] == ["1", "2"]
    assert reason(plan, "1") == "The cell is empty."


@pytest.mark.parametrize("source", ["df.head(", "%%bash\nls", "print(unknown)"])
def test_broken_cells_are_answered(house: House, source: str) -> None:
    plan = planned(house, OPENING, READ, source, "df.describe()")
    assert {"0", "1", "3"} <= set(run(plan))


def test_the_samples_notebook_leaves_out_what_is_no_look(house: House) -> None:
    path = Path(sample_notebooks.__file__).parent / "Luma EDA.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [
        Cell(id=c["id"], type=c["cell_type"], source="".join(c["source"]))
        for c in notebook["cells"]
    ]
    plan = asyncio.run(house.eda.plan(AnalysisRequest(cells=cells)))
    left = [cell.id for cell in plan.cells if not cell.run]
    assert left == [c.id for c in cells if "LogisticRegression" in c.source or "to_csv" in c.source]
