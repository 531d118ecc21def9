"""The packages that the kept statements import, by the name under which they are installed."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from cookhouse_convert.flow.trace import Trace

_INSTALLED_AS = {
    "sklearn": "scikit-learn", "imblearn": "imbalanced-learn", "cv2": "opencv-python",
    "yaml": "PyYAML", "PIL": "pillow", "bs4": "beautifulsoup4", "dateutil": "python-dateutil",
    "mpl_toolkits": "matplotlib", "category_encoders": "category-encoders",
    "feature_engine": "feature-engine", "skopt": "scikit-optimize",
}  # fmt: skip


def requirements_of(trace: Trace, kept: list[bool], notebook: Path | None) -> tuple[str, ...]:
    """Return the distributions of imported packages; a `%pip install` gives the version.

    Modules that lie beside `notebook` are no packages.
    """
    wanted: set[str] = set()
    stated: dict[str, str] = {}
    for block in trace.blocks:
        if block.magic is not None:
            for package in block.magic.packages:
                stated[_base(package)] = package
        elif kept[block.number] and block.node is not None:
            for node in block.nodes():
                wanted.update(
                    _INSTALLED_AS.get(root, root)
                    for root in _imported(node)
                    if notebook is None or not is_local(root, notebook)
                )
    return tuple(sorted({stated.get(_base(name), name) for name in wanted}, key=str.lower))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        roots = [alias.name.split(".", 1)[0] for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        roots = [node.module.split(".", 1)[0]]
    else:
        return []
    return [
        root
        for root in roots
        if root not in sys.stdlib_module_names and root not in ("cookhouse", "IPython")
    ]


def is_local(root: str, notebook: Path) -> bool:
    """Whether a module of this name lies beside the notebook."""
    folder = notebook.parent
    try:
        return (folder / f"{root}.py").is_file() or (folder / root / "__init__.py").is_file()
    except (OSError, ValueError):
        return False


def _base(package: str) -> str:
    name = package
    for mark in "=<>!~[; @":
        name = name.split(mark, 1)[0]
    return name.strip().lower().replace("_", "-")
