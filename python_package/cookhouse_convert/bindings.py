"""Where the rows come from: files, datasets of Cookhouse, data that a package brings."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Literal

from cookhouse_convert.analysis import Binding, Finding
from cookhouse_convert.blocks import Block
from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.flow.values import Event
from cookhouse_convert.knowledge import Knowledge

_REMOTE = ("http://", "https://", "ftp://", "s3://", "gs://", "az://", "abfs://", "hdfs://")


def bindings_of(trace: Trace, known: Knowledge, kept: list[bool]) -> tuple[Binding, ...]:
    """Return the reader calls of kept statements, but for files that the notebook wrote itself."""
    found: list[Binding] = []
    written: set[str] = set()
    for event in _readers(trace):
        for number in range(event.statement):
            written |= trace.effects[number].files_written
        if event.source in written or not kept[event.statement]:
            continue
        found.append(_binding(trace, known, event))
    return tuple(found)


def _readers(trace: Trace) -> list[Event]:
    return [event for event in trace.events if event.kind == "read"]


def _binding(trace: Trace, known: Knowledge, event: Event) -> Binding:
    block = trace.blocks[event.statement]
    kind: Literal["file", "dataset", "library"] = "file"
    if event.name in ("cookhouse.read", "cookhouse.client.read"):
        kind = "dataset"
    elif known.role(event.name) == "dataset":
        kind = "library"
    return Binding(
        kind=kind,
        source=event.source or "",
        reader=event.name,
        cell=block.cell.id,
        line=line_in(block, event.node),
        statement=event.statement,
        variable=_variable(block),
    )


def line_in(block: Block, node: ast.AST) -> int:
    """Return the line of a node, that of the statement when the node stands in another cell."""
    line = getattr(node, "lineno", block.line)
    return line if block.line <= line <= block.end_line else block.line


def _variable(block: Block) -> str | None:
    node = block.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return node.targets[0].id if isinstance(node.targets[0], ast.Name) else None
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return None


def file_findings(bindings: tuple[Binding, ...], notebook: Path | None) -> list[Finding]:
    """Return a finding for each file that is not there, or only on this machine."""
    found: list[Finding] = []
    for binding in bindings:
        source = binding.source
        if binding.kind != "file" or not source or "*" in source:
            continue
        if source.startswith(_REMOTE):
            found.append(_remote(binding))
            continue
        path = Path(source)
        if notebook is not None and not path.is_absolute():
            path = notebook.parent / path
        if notebook is not None and not _exists(path):
            found.append(_missing(binding, path))
        elif Path(source).is_absolute():
            found.append(_absolute(binding))
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _missing(binding: Binding, path: Path) -> Finding:
    return Finding(
        "missing-file",
        "error",
        binding.cell,
        binding.line,
        f"The file `{binding.source}` is not there (looked for {path}).",
        "Without its rows the notebook cannot run, so nothing can be proven or trained.",
        f"Put the file at `{binding.source}` beside the notebook, or correct the path.",
    )


def _absolute(binding: Binding) -> Finding:
    name = Path(binding.source).name
    return Finding(
        "absolute-path",
        "info",
        binding.cell,
        binding.line,
        f"`{binding.source}` is a path that exists on this machine only.",
        "The recipe keeps a copy of the file, but the notebook will not run elsewhere.",
        f"Put the file beside the notebook and read `{name}`.",
    )


def _remote(binding: Binding) -> Finding:
    return Finding(
        "remote-file",
        "info",
        binding.cell,
        binding.line,
        f"The rows are read over the network from {binding.source.split('?', 1)[0]}.",
        "What stands there may change, and a training without network fails.",
        "Download the file once, put it beside the notebook and read that copy.",
    )
