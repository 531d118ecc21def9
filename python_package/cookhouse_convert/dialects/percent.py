"""Scripts in percent form: each `# %%` line opens a cell, `tags=[…]` on it tags the cell."""

from __future__ import annotations

import ast
import re
from typing import Any

_OPENING = re.compile(r"^#\s*%%(?P<rest>.*)$")
_TAGS = re.compile(r"tags\s*=\s*(\[[^\]]*\])")
_STAGE = re.compile(r"stage\s*=\s*[\"'](\w+)[\"']")


def cells_of_script(text: str) -> list[dict[str, Any]]:
    """Return the cells of a percent script; a script without a marker is one cell."""
    cells: list[dict[str, Any]] = []
    for line in text.splitlines():
        opening = _OPENING.match(line)
        if opening:
            cells.append(_cell(opening["rest"]))
        elif cells:
            cells[-1]["lines"].append(line)
        elif line.strip():
            cells.append({**_cell(""), "lines": [line]})
    for cell in cells:
        lines = cell.pop("lines")
        while lines and not lines[-1].strip():
            lines.pop()
        cell["source"] = "\n".join(lines)
    return cells


def _cell(rest: str) -> dict[str, Any]:
    tags = _TAGS.search(rest)
    stage = _STAGE.search(rest)
    return {
        "type": "markdown" if "[markdown]" in rest else "code",
        "tags": _listed(tags[1]) if tags else [],
        "stage": stage[1] if stage else None,
        "lines": [],
    }


def _listed(text: str) -> list[Any]:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return []
    return value if isinstance(value, list) else []
