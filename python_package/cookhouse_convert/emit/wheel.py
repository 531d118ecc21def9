"""The wheel of a recipe: a plain sorted zip with fixed dates, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path
from typing import Any

from cookhouse_convert.emit.names import distribution_name

_DATE = (2020, 1, 1, 0, 0, 0)
_MOST_FILES = 10_000
_MOST_BYTES = 2 * 1024**3


def write_wheel(package: Path, manifest: dict[str, Any], folder: Path) -> Path:
    """Write the wheel of a package folder into `folder` and return its path."""
    distribution = distribution_name(manifest["name"]).replace("-", "_")
    version = f"{manifest['version']}.0"
    info = f"{distribution}-{version}.dist-info"
    content = {
        f"{package.name}/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    content[f"{info}/METADATA"] = _metadata(manifest, version).encode()
    content[f"{info}/WHEEL"] = _WHEEL.encode()
    content[f"{info}/entry_points.txt"] = _entry_points(package.name).encode()
    content[f"{info}/RECORD"] = _record(content, f"{info}/RECORD").encode()
    wheel = folder / f"{distribution}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content[name])
    return wheel


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack a wheel into `folder` and return the recipe's package folder in it.

    Raises `ValueError` for a wheel that leads outside the folder, is too large, or holds no
    recipe.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    with zipfile.ZipFile(wheel) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_FILES or sum(e.file_size for e in entries) > _MOST_BYTES:
            raise ValueError(f"{wheel.name} is too large for a recipe")
        for entry in entries:
            target = (root / entry.filename).resolve()
            link = (entry.external_attr >> 16) & 0o170000 == 0o120000
            if not target.is_relative_to(root) or link:
                raise ValueError(f"{wheel.name} holds {entry.filename!r}, which leads outside")
            archive.extract(entry, root)
    found = sorted(root.glob("*/recipe.json"))
    if len(found) != 1:
        raise ValueError(f"{wheel.name} holds {len(found)} recipes, not one")
    return folder / found[0].parent.name


_WHEEL = """Wheel-Version: 1.0
Generator: cookhouse
Root-Is-Purelib: true
Tag: py3-none-any
"""


def _metadata(manifest: dict[str, Any], version: str) -> str:
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {distribution_name(manifest['name'])}",
        f"Version: {version}",
        f"Summary: Recipe {manifest['name']}, made from a notebook by Cookhouse",
        "Requires-Python: >=3.11",
        *(f"Requires-Dist: {name}" for name in manifest["requirements"]),
        "Requires-Dist: skops",
    ]
    return "\n".join(lines) + "\n"


def _entry_points(package: str) -> str:
    groups = {"Training": "train", "Scoring": "score", "Evaluation": "evaluate"}
    parts = [f"[{group}]\n{package} = {package}:{name}\n" for group, name in groups.items()]
    return "\n".join(parts)


def _record(content: dict[str, bytes], own: str) -> str:
    lines = []
    for name in sorted(content):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content[name]).digest()).rstrip(b"=")
        lines.append(f"{name},sha256={digest.decode()},{len(content[name])}")
    return "\n".join([*lines, f"{own},,"]) + "\n"
