"""The third witness: the numbers that the notebook file shows under its cells."""

from __future__ import annotations

import re
from typing import Any

from cookhouse_convert.analysis import Finding

_NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:[eE][-+]?\d+)?")


def stale_output(
    notebook: dict[str, Any], cell: str, line: int, name: str, value: float
) -> Finding | None:
    """Return a warning where the metric's cell shows numbers and none of them is its value."""
    shown = _NUMBER.findall(_output(notebook, cell))
    if not shown or any(_shows(text, value) for text in shown):
        return None
    return Finding(
        code="stale-output",
        severity="warning",
        cell=cell,
        line=line,
        what=f"This notebook no longer gives the number it shows: {name} is {value:.6g} now.",
        why=f"Run top to bottom in a fresh process, the cell that shows {shown[0]} gives another.",
        fix="Restart the kernel, run all cells and save the notebook.",
    )


def _output(notebook: dict[str, Any], cell: str) -> str:
    parts: list[str] = []
    for number, found in enumerate(notebook.get("cells", ())):
        if str(found.get("id", number)) != cell:
            continue
        for output in found.get("outputs", ()):
            text = output.get("text") or (output.get("data") or {}).get("text/plain") or ""
            parts.append(text if isinstance(text, str) else "".join(text))
    return "\n".join(parts)[:200_000]


def _shows(text: str, value: float) -> bool:
    places = len(text.partition(".")[2].split("e")[0].split("E")[0])
    for candidate in (value, value * 100, abs(value), value**0.5 if value >= 0 else value):
        if abs(candidate - float(text)) <= 0.5000001 * 10**-places:
            return True
    return False
