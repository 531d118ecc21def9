"""The small notebooks of the corpus, and what the analysis is expected to say of them.

`python python_package/tests/convert/corpus.py` writes the expectations anew; read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cookhouse_convert import Analysis, analyse
from cookhouse_convert.dialects.percent import cells_of_script

FOLDER = Path(__file__).parents[1] / "corpus" / "analysis"
EXPECTED = FOLDER / "expected.json"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))


def cells(name: str) -> list[dict[str, Any]]:
    """Return the cells of a corpus notebook; their ids are their positions."""
    return cells_of_script((FOLDER / f"{name}.py").read_text("utf-8"))


def summary(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis in a form that a person can review: `-` marks what is left out."""
    stages: dict[str, str] = {}
    for statement in analysis.statements:
        mark = "" if statement.kept else "-"
        before = stages.get(statement.cell, "")
        stages[statement.cell] = f"{before} {mark}{statement.stage}".strip()
    return {
        "verdict": analysis.verdict,
        "stages": list(stages.values()),
        "models": [
            f"{'*' if model.proposed else ' '} {model.variable}: {model.estimator} "
            f"fit {model.fit} predict {model.predict} {model.metric_name} {model.metric}"
            for model in analysis.models
        ],
        "hyperparameters": {one.name: one.default for one in analysis.hyperparameters},
        "bindings": [f"{one.kind} {one.source}" for one in analysis.bindings],
        "findings": [
            f"{one.severity} {one.code} {one.cell}:{one.line}" for one in analysis.findings
        ],
        "requirements": list(analysis.requirements),
    }


def main() -> None:
    """Write the expectations anew."""
    found = {name: summary(analyse(cells(name))) for name in NAMES}
    EXPECTED.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
