"""Which statements the way to the prediction needs."""

from __future__ import annotations

import ast

from .script import Statement, parsed


def needed_for(statements: list[Statement], last: int) -> list[int]:
    """Return the numbers of the statements that statement `last` rests on, itself included."""
    chosen: list[int] = []
    wanted: set[str] = set()
    for statement in reversed(statements):
        if statement.number > last:
            continue
        touched = statement.writes | statement.mutates
        if statement.number != last and not touched & wanted:
            continue
        chosen.append(statement.number)
        if replaces(statement):
            wanted -= statement.writes - statement.mutates
        wanted |= statement.reads | statement.mutates
    return sorted(chosen)


def replaces(statement: Statement) -> bool:
    """Tell whether the statement surely gives its names new values."""
    body = parsed(statement).body
    simple = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    if len(body) != 1 or not isinstance(body[0], simple):
        return False
    targets = body[0].targets if isinstance(body[0], ast.Assign) else []
    return all(isinstance(target, (ast.Name, ast.Tuple)) for target in targets)
