"""Findings about files: rows that are not there, or not here only, and modules beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from cookhouse_convert.analysis import Binding, Finding
from cookhouse_convert.findings.context import Context, found
from cookhouse_convert.requirements import is_local

_REMOTE = ("http://", "https://", "ftp://", "s3://", "gs://", "az://", "abfs://", "hdfs://")
_DOWNLOADS = {
    "seaborn.load_dataset", "sklearn.datasets.fetch_openml",
    "sklearn.datasets.fetch_california_housing", "sklearn.datasets.fetch_covtype",
    "sklearn.datasets.fetch_20newsgroups", "sklearn.datasets.fetch_lfw_people",
    "sklearn.datasets.fetch_kddcup99", "sklearn.datasets.fetch_olivetti_faces",
}  # fmt: skip


def local_modules(context: Context) -> Iterator[Finding]:
    """A module beside the notebook does not travel with the recipe."""
    path = context.notebook.path
    for block in context.trace.blocks:
        node = block.node
        if path is None or not context.fates[block.number].kept:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        for name in names:
            root = name.split(".", 1)[0]
            if name.startswith(".") or is_local(root, path):
                yield found(
                    "local-module", "warning", block, node,
                    f"`{name}` is a file beside the notebook, not an installed package.",
                    "The recipe holds the notebook's statements only, so it runs on this machine.",
                    "Copy what is used into the notebook, or install it as a package.",
                )  # fmt: skip


def file_findings(bindings: tuple[Binding, ...], notebook: Path | None) -> list[Finding]:
    """Return a finding for each file that is not there, or only on this machine."""
    results: list[Finding] = []
    for binding in bindings:
        source = binding.source
        if source in _DOWNLOADS:
            results.append(_remote(binding))
        if binding.kind != "file" or not source or "*" in source:
            continue
        if source.startswith(_REMOTE):
            results.append(_remote(binding))
            continue
        path = Path(source)
        if notebook is not None and not path.is_absolute():
            path = notebook.parent / path
        if notebook is not None and not _exists(path):
            results.append(_missing(binding, path))
        elif Path(source).is_absolute():
            results.append(_absolute(binding))
    return results


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
