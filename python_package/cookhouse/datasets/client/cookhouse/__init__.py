"""Datasets of Cookhouse in a notebook: `cookhouse.read("name")`, `cookhouse.write(frame, "name")`.

This stands in for Cookhouse where it is not installed. It needs nothing but Python's own library
and whatever makes the frames: pandas, Polars or Arrow.
"""

from __future__ import annotations

import os
import sys


def _installed() -> str | None:
    """Find Cookhouse itself on the path; it has all of this and more."""
    here = os.path.dirname(os.path.abspath(__file__))
    for entry in sys.path:
        folder = os.path.join(os.path.abspath(entry), "cookhouse")
        if folder != here and os.path.isdir(os.path.join(folder, "floor")):
            return folder
    return None


_folder = _installed() if __name__ == "cookhouse" else None

if _folder is not None:
    __path__[:] = [_folder]
    __file__ = os.path.join(_folder, "__init__.py")
    with open(__file__, encoding="utf-8") as _source:
        exec(compile(_source.read(), __file__, "exec"))
else:
    from .reading import read, write

    __all__ = ["read", "write"]
