"""Recipes made from the corpus in the notebooks' interpreter, for the tests of the proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cookhouse_convert import analyse
from cookhouse_convert.create import Created, create_recipe

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "python_package" / "tests" / "corpus" / "recipes"
PYTHON = Path(os.environ.get("COOKHOUSE_TEST_PYTHON", ROOT / ".venv-notebooks" / "bin" / "python"))
NEEDED = ["skops", "prettytable", "wcwidth", "pyarrow", "packaging"]

needs_python = pytest.mark.skipif(not PYTHON.exists(), reason="`make setup` makes the interpreter")


def overlay_in(folder: Path) -> Path:
    """Install what the runtime needs and the interpreter may lack."""
    uv = Path(sys.prefix) / "bin" / "uv"
    target = folder / "overlay"
    command = [uv, "pip", "install", "-q", "--no-deps", "--python", PYTHON, "--target", target]
    subprocess.run([*command, *NEEDED], check=True)
    return target


def made(notebook: Path, overlay: Path, work: Path, **more: Any) -> Created:
    """Make and prove the recipe of a notebook."""
    return create_recipe(
        notebook,
        analysis=analyse(notebook, path=notebook),
        name=notebook.stem,
        version=1,
        interpreter=PYTHON,
        overlay=overlay,
        work=work,
        **more,
    )


def broken(old: str, new: str, file: str) -> Callable[[Path], None]:
    """Return a function that replaces text in a file of a written package."""

    def change(package: Path) -> None:
        path = package / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
