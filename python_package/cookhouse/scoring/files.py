"""Files in a scoring's job folder. Standard library only: both sides use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SUMMARY = "scored.json"


def summary_in(folder: Path) -> dict[str, Any]:
    """Return what a job noted right before it added its batch; empty where it did not get there."""
    try:
        found = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_summary(folder: Path, rows: int, refused: list[dict[str, Any]]) -> None:
    """Note how many rows there are and why some have no prediction."""
    path = folder / SUMMARY
    path.write_text(json.dumps({"rows": rows, "refused": refused}), encoding="utf-8")
