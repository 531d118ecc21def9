"""`notebook.py`: the kept statements as the author wrote them, in order, with their cells named."""

from __future__ import annotations

from cookhouse_convert.analysis import Analysis, Statement


def cell_titles(analysis: Analysis, cells: list[str]) -> dict[str, str]:
    """Return how a cell is called to people: its number among all cells, from 1."""
    places = {cell: str(number) for number, cell in enumerate(cells, 1)}
    return {s.cell: places.get(s.cell, s.cell) for s in analysis.statements}


def module_text(
    analysis: Analysis, name: str, titles: dict[str, str]
) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text and, by statement number, its first and last line in the text."""
    lines = [f"# {name}: the statements of the notebook that the recipe keeps, as written there."]
    places: dict[int, tuple[int, int]] = {}
    above: Statement | None = None
    for statement in analysis.statements:
        if not statement.kept:
            continue
        heading = (statement.stage, statement.cell)
        if above is None or heading != (above.stage, above.cell):
            lines += ["", f"# %% {statement.stage} · cell {titles[statement.cell]}"]
        source = statement.source.split("\n")
        places[statement.number] = (len(lines) + 1, len(lines) + len(source))
        lines += source
        above = statement
    return "\n".join(lines) + "\n", places
