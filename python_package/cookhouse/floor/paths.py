"""Paths that come from outside: below what Jupyter serves, never beyond it."""

from __future__ import annotations

from pathlib import Path

from cookhouse.errors import Invalid, NotFound


def below(root: Path, given: str) -> Path:
    """Return where `given` stands below `root`; nothing need stand there.

    Raises `Invalid` for a path that no file can have, `NotFound` for one that leads out, by `..`
    or through a link: what is outside is not even looked at.
    """
    if "\x00" in given:
        raise Invalid("The path holds a NUL, which no file's path can: choose it again.")
    try:
        base = root.resolve()
        path = (base / given.lstrip("/")).resolve()
        path.exists()
    except (OSError, RuntimeError, ValueError):
        raise Invalid(f"“{given[:100]}” is not a path that can be followed.") from None
    if not path.is_relative_to(base):
        raise NotFound(f"There is no “{given[:100]}” in the file browser: choose it again.")
    return path
