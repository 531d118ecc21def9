"""The recipe's statements: read from its folder, with values put in, compiled to run hooked."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Container, Iterable
from dataclasses import dataclass
from types import CodeType
from typing import Any

from .failure import RecipeError
from .rewrite import Rewriter


@dataclass(frozen=True, slots=True)
class Statement:
    """One kept statement; `first_line` is the line of `source`'s beginning in its cell."""

    number: int
    cell: str
    title: str
    first_line: int
    line: int
    stage: str
    source: str
    reads: frozenset[str]
    writes: frozenset[str]
    mutates: frozenset[str]

    @property
    def place(self) -> str:
        """Return the name under which tracebacks show the statement's cell."""
        return f"cell {self.title}"


def kept_statements(recipe: dict[str, Any], module: str) -> list[Statement]:
    """Return the kept statements; their text comes from `notebook.py`, where alone it stands."""
    lines = module.splitlines()
    kept = []
    for row in recipe["statements"]:
        if not row["kept"]:
            continue
        first, last = row["module_lines"]
        text = "\n".join(lines[first - 1 : last])
        kept.append(
            Statement(
                number=row["number"],
                cell=str(row["cell"]),
                title=str(row["title"]),
                first_line=row["end_line"] - (last - first),
                line=row["line"],
                stage=row["stage"],
                source=text,
                reads=frozenset(row["reads"]),
                writes=frozenset(row["writes"]),
                mutates=frozenset(row["mutates"]),
            )
        )
    return kept


def show_in_tracebacks(statements: Iterable[Statement]) -> None:
    """Let tracebacks print the author's lines, numbered as in the cell."""
    cells: dict[str, dict[int, str]] = {}
    for statement in statements:
        lines = cells.setdefault(statement.place, {})
        for offset, text in enumerate(statement.source.splitlines()):
            lines[statement.first_line + offset] = text
    for place, known in cells.items():
        shown = [known.get(n, "") + "\n" for n in range(1, max(known, default=0) + 1)]
        linecache.cache[place] = (sum(map(len, shown)), None, shown, place)


def parsed(statement: Statement) -> ast.Module:
    """Return the statement's tree with the line numbers of its cell."""
    try:
        tree = ast.parse(statement.source, filename=statement.place)
    except SyntaxError as error:
        what = f"{statement.place} cannot be read as Python: {error.msg}"
        raise RecipeError(what, statement.place, statement.first_line) from error
    ast.increment_lineno(tree, statement.first_line - 1)
    return tree


def with_values(
    tree: ast.Module, statement: Statement, recipe: dict[str, Any], values: dict[str, Any]
) -> ast.Module:
    """Put the hyperparameters' values in place of their literals; the text stays."""
    for parameter in recipe["hyperparameters"]:
        if parameter["statement"] != statement.number or parameter["name"] not in values:
            continue
        value = values[parameter["name"]]
        if value == parameter["default"] and type(value) is type(parameter["default"]):
            continue
        place = _literal(tree, parameter, statement.first_line)
        if place is None:
            what = f"the literal of the hyperparameter {parameter['name']} is not where it was"
            raise RecipeError(what, statement.place, parameter["line"])
        tree = _Replace(place, value).visit(tree)
    return tree


def compiled(
    tree: ast.Module, statement: Statement, only: Container[int] | None = None
) -> CodeType:
    """Return the hooked code of a statement."""
    hooked = Rewriter(statement.number, only).visit(tree)
    return compile(ast.fix_missing_locations(hooked), statement.place, "exec")


def _literal(
    tree: ast.Module, parameter: dict[str, Any], first_line: int
) -> tuple[int, int, int | None] | None:
    line, column, _, _ = parameter["source_place"]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.expr)
            and node.lineno == line + first_line - 1
            and node.col_offset == column
            and _is_literal(node, parameter["default"])
        ):
            return node.lineno, node.col_offset, node.end_col_offset
    return None


def _is_literal(node: ast.expr, default: Any) -> bool:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return bool(value == default)


class _Replace(ast.NodeTransformer):
    def __init__(self, place: tuple[int, int, int | None], value: Any) -> None:
        self._place = place
        self._value = value

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr):
            place = (node.lineno, node.col_offset, node.end_col_offset)
            if place == self._place:
                made = ast.parse(repr(self._value), mode="eval").body
                for part in ast.walk(made):
                    ast.copy_location(part, node)
                return made
        return self.generic_visit(node)
