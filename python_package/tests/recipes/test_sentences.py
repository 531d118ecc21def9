"""A proof in words."""

from __future__ import annotations

from typing import Any

import pytest

from cookhouse.recipes.sentences import of_proof

SAFE = {"verdict": "safe", "rows": 143, "ways": ["all", "25", "one", "shuffled"]}
UNSAFE = {"verdict": "refused", "reason": "it refits on new rows", "cell": "cd34"}
METRIC = {"name": "accuracy", "notebook": 0.965034965, "recipe": 0.965034965}


@pytest.mark.parametrize(
    ("proof", "sentence"),
    [
        (
            {"verdict": "exact", "metric": METRIC, "scoring": SAFE},
            "Recipe and notebook agree to the last bit: accuracy 0.9650. "
            "Safe to score: 143 rows, four ways.",
        ),
        (
            {"verdict": "pinned", "metric": {}, "scoring": {"verdict": "safe", "rows": 1}},
            "Recipe and notebook agree to the last bit once randomness is pinned. "
            "Safe to score: 1 row.",
        ),
        (
            {
                "verdict": "differs",
                "differences": [{"what": "column age differs.", "cell": "ab12"}],
                "scoring": UNSAFE,
                "titles": {"ab12": "3", "cd34": "7"},
            },
            "Recipe and notebook differ: column age differs (cell 3). "
            "It trains, but cannot be scored: it refits on new rows (cell 7).",
        ),
        (
            {"verdict": "unverified", "scoring": {}},
            "Not proven: the notebook was not run beside it. "
            "Scoring is not verified: its scoring was not tested.",
        ),
    ],
)
def test_sentences(proof: dict[str, Any], sentence: str) -> None:
    assert of_proof(proof) == sentence
