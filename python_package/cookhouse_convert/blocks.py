"""The top-level statements of the code cells, each with the author's own text."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field

from cookhouse_convert.magics import MagicLine, Plain, plain_python, python_two
from cookhouse_convert.read import Cell, Notebook, Problem


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level statement.

    `source` begins in line `end_line - source.count("\\n")` of the cell, at column `column` when
    no comment stands above. `node` is None where the text is not Python.
    """

    number: int
    cell: Cell
    node: ast.stmt | None
    line: int
    end_line: int
    column: int
    source: str
    magic: MagicLine | None = None
    _walked: list[ast.AST] = field(default_factory=list, compare=False, repr=False)

    def nodes(self) -> list[ast.AST]:
        """Return all nodes of the statement, each before its children; walked once."""
        if not self._walked and self.node is not None:
            self._walked.extend(_descendants(self.node))
        return self._walked


def _descendants(root: ast.AST) -> list[ast.AST]:
    """`ast.walk` without the nodes that only mark a context or name an operator."""
    found: list[ast.AST] = [root]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, (ast.expr, ast.stmt)):
                found.append(value)
            elif isinstance(value, list):
                found.extend(part for part in value if isinstance(part, ast.AST))
            elif isinstance(value, _CARRIERS):
                found.append(value)
    return found


_CARRIERS = (ast.arguments, ast.arg, ast.comprehension, ast.keyword, ast.pattern)


def blocks_of(notebook: Notebook) -> tuple[list[Block], list[Problem]]:
    """Return all statements in order, and the problems of cells that are not Python."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    for cell in notebook.cells:
        if not cell.source.strip():
            continue
        if not notebook.is_python:
            blocks.append(_whole_cell(cell, None, len(blocks)))
            continue
        plain = plain_python(cell.source)
        if plain.foreign is not None:
            blocks.append(_whole_cell(cell, plain.foreign, len(blocks)))
            continue
        try:
            with warnings.catch_warnings():
                # "invalid escape sequence" is the author's business and would go to our stderr.
                warnings.simplefilter("ignore")
                tree = ast.parse(plain.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            problems.append(_syntax_problem(cell, plain, error))
            blocks.append(_whole_cell(cell, None, len(blocks)))
            continue
        _add_blocks(blocks, cell, plain, tree.body)
    return blocks, problems


def _add_blocks(blocks: list[Block], cell: Cell, plain: Plain, body: list[ast.stmt]) -> None:
    text = plain.text.split("\n")
    raw = cell.source.split("\n")
    end_line, end_column = 1, 0
    for index, node in enumerate(body):
        line = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        stop = node.end_lineno or node.lineno
        shares_end = index + 1 < len(body) and body[index + 1].lineno == stop
        magic = _magic_of(node, plain)
        if magic is not None:
            stop += magic.more_lines
        lines = (raw if magic else text)[line - 1 : stop]
        starts_shared = index > 0 and end_line == line
        if shares_end:
            lines[-1] = _characters(lines[-1], 0, node.end_col_offset)
        elif stop > 0:
            lines[-1] = lines[-1].rstrip()
        if starts_shared:
            lines[0] = _characters(lines[0], node.col_offset, None)
        above = [] if starts_shared else _comments_above(text, end_line, end_column, line)
        column = node.col_offset if starts_shared else 0
        column += plain.shifts.get(line, 0)
        source = "\n".join([*above, *lines])
        blocks.append(Block(len(blocks), cell, node, line, stop, column, source, magic))
        end_line, end_column = stop, node.end_col_offset or 0


def _comments_above(text: list[str], after: int, column: int, line: int) -> list[str]:
    start = after if column else after - 1
    gap = text[start : line - 1]
    while gap and not gap[0].strip():
        gap.pop(0)
    return gap


def _characters(line: str, start: int, end: int | None) -> str:
    """Cut `line` at the byte offsets that `ast` gives."""
    return line.encode("utf-8", "surrogatepass")[start:end].decode(errors="replace")


def _magic_of(node: ast.stmt, plain: Plain) -> MagicLine | None:
    magic = plain.magics.get(node.lineno)
    return magic if isinstance(node, (ast.Expr, ast.Assign)) else None


def _whole_cell(cell: Cell, magic: MagicLine | None, number: int) -> Block:
    lines = cell.source.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip())
    source = "\n".join(lines[first:]).rstrip()
    end = first + 1 + source.count("\n")
    return Block(number, cell, None, first + 1, end, 0, source, magic)


def _syntax_problem(cell: Cell, plain: Plain, error: Exception) -> Problem:
    old = python_two(plain.text)
    line = getattr(error, "lineno", None) or 1
    line = max(1, min(int(line), cell.source.count("\n") + 1))
    if old is not None:
        return Problem(old.code, old.what, old.why, old.fix, cell.id, line)
    reason = getattr(error, "msg", None) or str(error) or "it is nested too deeply"
    return Problem(
        "syntax-error",
        f"This cell is not valid Python: {reason} (line {line}).",
        "A cell that cannot be read cannot run, so the notebook stops here.",
        f"Correct line {line} of the cell, or tag the cell `skip` if it is only a draft.",
        cell.id,
        line,
    )
