"""What a rule may look at, and how it says what it found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cookhouse_convert.analysis import Edit, Finding, Severity, Stage
from cookhouse_convert.bindings import line_in
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.keeping import Fate
from cookhouse_convert.knowledge import Knowledge
from cookhouse_convert.models import Candidate
from cookhouse_convert.read import Notebook


@dataclass(frozen=True, slots=True)
class Context:
    """The whole analysis so far."""

    notebook: Notebook
    trace: Trace
    candidates: Sequence[Candidate]
    chosen: Candidate | None
    wanted: str | None
    stages: Sequence[Stage]
    fates: Sequence[Fate]
    known: Knowledge

    def nodes(self, kept_only: bool = True) -> Iterator[tuple[Block, ast.AST]]:
        """Yield every node of every statement that runs before the chosen metric is known."""
        last = self.chosen.last if self.chosen is not None else len(self.trace.blocks)
        for block in self.trace.blocks:
            if block.node is None or block.magic is not None or block.number > last:
                continue
            if kept_only and not self.fates[block.number].kept:
                continue
            for node in block.nodes():
                yield block, node

    def qualified(self, node: ast.expr) -> str:
        """Return the qualified name behind `a.b.c` when `a` is imported, else ""."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        value = self.trace.names.get(node.id)
        if value is None or value.kind != "module":
            return ""
        return ".".join([value.name, *reversed(parts)])


def found(
    code: str,
    severity: Severity,
    block: Block,
    node: ast.AST | None,
    what: str,
    why: str,
    fix: str,
    edits: tuple[Edit, ...] = (),
) -> Finding:
    """Return a finding at a node of a statement."""
    line = line_in(block, node) if node is not None else block.line
    return Finding(code, severity, block.cell.id, line, what, why, fix, edits)


def replacement(block: Block, node: ast.expr | ast.stmt | ast.keyword, text: str) -> Edit:
    """Return the edit that puts `text` in the place of `node`."""
    end_line = node.end_lineno or node.lineno
    return Edit(
        block.cell.id,
        node.lineno,
        _characters(block, node.lineno, node.col_offset),
        end_line,
        _characters(block, end_line, node.end_col_offset or 0),
        text,
    )


def segment(block: Block, node: ast.expr | ast.keyword) -> str:
    """Return the author's own text of a node."""
    edit = replacement(block, node, "")
    lines = block.cell.source.split("\n")[edit.line - 1 : edit.end_line]
    lines[-1] = lines[-1][: edit.end_column]
    lines[0] = lines[0][edit.column :]
    return "\n".join(lines)


def insertion(block: Block, line: int, column: int, text: str) -> Edit:
    """Return the edit that inserts `text` at a place (column in bytes, as in `ast`)."""
    at = _characters(block, line, column)
    return Edit(block.cell.id, line, at, line, at, text)


def _characters(block: Block, line: int, column: int) -> int:
    lines = block.cell.source.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    if block.node is not None and line == block.line:
        column += block.column - block.node.col_offset
    return len(text.encode("utf-8", "surrogatepass")[:column].decode(errors="replace"))


def keyword_insertion(block: Block, call: ast.Call, text: str) -> Edit:
    """Return the edit that adds `text` as the last argument of a call."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if given:
        last = max(given, key=lambda part: (part.end_lineno or 0, part.end_col_offset or 0))
        return insertion(block, last.end_lineno or 0, last.end_col_offset or 0, f", {text}")
    return insertion(block, call.end_lineno or 0, (call.end_col_offset or 1) - 1, text)
