"""The files that a notebook reads: kept in the recipe, the largest referenced."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from cookhouse_convert.analysis import Analysis

LARGEST_KEPT = 50 * 1024 * 1024


def files_of(analysis: Analysis, folder: Path) -> tuple[list[dict[str, Any]], dict[str, Path]]:
    """Return the file entries of the manifest and which file each artifact is a copy of.

    `folder` is the notebook's. A missing file is left out: running the recipe names it.
    """
    entries: list[dict[str, Any]] = []
    artifacts: dict[str, Path] = {}
    for number, source in enumerate(_sources(analysis)):
        path = folder / source
        if not path.is_file():
            continue
        entry: dict[str, Any] = {"source": source, "digest": digest_of(path)}
        if path.stat().st_size > LARGEST_KEPT:
            entry["path"] = str(path.resolve())
        else:
            entry["artifact"] = f"data/{number}/{Path(source).name}"
            artifacts[entry["artifact"]] = path
        entries.append(entry)
    return entries, artifacts


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _sources(analysis: Analysis) -> list[str]:
    found = [b.source for b in analysis.bindings if b.kind == "file" and "://" not in b.source]
    return list(dict.fromkeys(found))
