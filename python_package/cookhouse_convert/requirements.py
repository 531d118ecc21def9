"""The packages that the kept statements import, by the name under which they are installed."""

from __future__ import annotations

import ast
import sys

from cookhouse_convert.flow.trace import Trace
from cookhouse_convert.knowledge import Knowledge

_INSTALLED_AS = {
    "sklearn": "scikit-learn", "imblearn": "imbalanced-learn", "cv2": "opencv-python",
    "yaml": "PyYAML", "PIL": "pillow", "bs4": "beautifulsoup4", "dateutil": "python-dateutil",
    "mpl_toolkits": "matplotlib", "category_encoders": "category-encoders",
    "feature_engine": "feature-engine", "skopt": "scikit-optimize",
}  # fmt: skip


def requirements_of(trace: Trace, known: Knowledge, kept: list[bool]) -> tuple[str, ...]:
    """Return the distributions of imported packages; a `%pip install` gives the version."""
    wanted: set[str] = set()
    stated: dict[str, str] = {}
    for block in trace.blocks:
        if block.magic is not None:
            for package in block.magic.packages:
                stated[_base(package)] = package
        elif kept[block.number] and block.node is not None:
            for node in block.nodes():
                wanted.update(_imported(node))
    return tuple(sorted({stated.get(_base(name), name) for name in wanted}, key=str.lower))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        roots = [alias.name.split(".", 1)[0] for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        roots = [node.module.split(".", 1)[0]]
    else:
        return []
    return [
        _INSTALLED_AS.get(root, root)
        for root in roots
        if root not in sys.stdlib_module_names and root not in ("cookhouse", "IPython")
    ]


def _base(package: str) -> str:
    name = package
    for mark in "=<>!~[; @":
        name = name.split(mark, 1)[0]
    return name.strip().lower().replace("_", "-")
