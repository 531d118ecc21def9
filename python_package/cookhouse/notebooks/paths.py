"""Paths that come from outside: relative to what the Jupyter server serves, never beyond it."""

from __future__ import annotations

from pathlib import Path

from cookhouse.errors import Invalid, NotFound


def inside(root: Path | None, given: str) -> Path:
    """Return where `given` stands under `root`; the file need not exist.

    Without a root (command line, Python) the caller is the file's owner and any path is taken.
    Raises `Invalid` for a path that no file can have, `NotFound` for one that leads out of the
    root, by `..`, as an absolute path or through a link: what is outside is not even looked at.
    """
    if not given or "\x00" in given:
        raise Invalid("The path is none that a file can have: give the notebook's path.")
    try:
        if root is None:
            return Path(given).expanduser().resolve()
        base = root.resolve()
        path = (base / given.lstrip("/")).resolve()
    except (OSError, RuntimeError, ValueError):
        raise Invalid(f"“{shown(given)}” is not a path that can be followed.") from None
    if path != base and base not in path.parents:
        raise NotFound(f"There is no notebook “{shown(given)}” in the folder that is served.")
    return path


def notebook_at(root: Path | None, given: str) -> Path:
    """Return the path of a notebook that exists.

    Raises what `inside` raises, `Invalid` for a file that is no notebook by its name, `NotFound`
    where there is none: an unsaved notebook is the usual case.
    """
    path = inside(root, given)
    if path.suffix != ".ipynb":
        raise Invalid(f"“{shown(given)}” is not a notebook: give a file that ends in .ipynb.")
    try:
        found = path.is_file()
    except OSError:
        found = False
    if not found:
        raise NotFound(f"There is no notebook “{shown(given)}”: save it first.")
    return path


def served(root: Path, path: str) -> str:
    """Return an absolute path as the Jupyter server's users know it: relative to its root.

    A path outside the root stays as it is, and so does every path where there is no server (its
    root is then that of the file system).
    """
    base, file = root.resolve(), Path(path)
    if base == Path(base.anchor) or base not in file.parents:
        return path
    return file.relative_to(base).as_posix()


def shown(given: str) -> str:
    """Shorten a path for a sentence."""
    plain = given.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= 120 else "…" + plain[-119:]
