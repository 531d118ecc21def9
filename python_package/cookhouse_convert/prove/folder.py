"""The folder that the whole notebook runs in: a copy of the notebook's, inside the proof's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath

from cookhouse_convert.analysis import Analysis

_LARGEST_COPIED = 50 * 1024 * 1024
_MOST_COPIED = 300 * 1024 * 1024
_MOST_FILES = 2_000
_DEEPEST = 3
_SKIPPED = {"node_modules", "__pycache__", "venv", "mlruns"}


def copied_folder(analysis: Analysis, source: Path, root: Path) -> Path:
    """Copy the notebook's folder below `root` and return the copy to stand in.

    Large files and those that the notebook reads from elsewhere are links; the proof's guard
    refuses to open them for writing. Hidden folders and environments are left out.
    """
    sources = [b.source for b in analysis.bindings if b.kind == "file" and "://" not in b.source]
    relative = [s for s in sources if not os.path.isabs(s)]
    ups = max((PurePosixPath(s).parts.count("..") for s in relative), default=0)
    here = root.joinpath(*["folder"] * (ups + 1))
    here.mkdir(parents=True)
    _copy(source, here)
    for name in relative:
        target = Path(os.path.normpath(here / name))
        found = source / name
        if found.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(found.resolve())
    return here


def _copy(source: Path, here: Path) -> None:
    taken, count = 0, 0
    for folder, names, files in os.walk(source):
        depth = len(Path(folder).relative_to(source).parts)
        names[:] = [
            name
            for name in names
            if depth < _DEEPEST
            and not name.startswith(".")
            and name not in _SKIPPED
            and not (Path(folder) / name / "pyvenv.cfg").exists()
        ]
        for name in files:
            path = Path(folder) / name
            if name.startswith(".") or not path.is_file():
                continue
            count += 1
            if count > _MOST_FILES:
                return
            target = here / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            size = path.stat().st_size
            if size > _LARGEST_COPIED or taken + size > _MOST_COPIED:
                target.symlink_to(path.resolve())
            else:
                taken += size
                shutil.copyfile(path, target)
