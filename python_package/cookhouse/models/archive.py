"""A run's stored model as one zip, the same bytes every time."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)


def archive_of(folder: Path, name: str) -> Path:
    """Return the zip of a run's `model/`, `evaluation.json` and predictions; made on first use."""
    target = folder / f"{name}.zip"
    if target.exists():
        return target
    aside = folder / f".{name}.{os.getpid()}.zip"
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".zip":
                _add(archive, path, f"{name}/{path.relative_to(folder).as_posix()}")
    aside.replace(target)
    return target


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    # Neither times nor rights of this machine belong into what is handed on.
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as sink:
        while part := source.read(1_048_576):
            sink.write(part)
