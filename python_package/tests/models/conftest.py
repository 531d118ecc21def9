"""Fixtures of the models' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[3] / ".venv-notebooks" / "bin" / "python"


@pytest.fixture
def interpreter() -> Path:
    """Return the interpreter of the tests' notebooks."""
    if not NOTEBOOKS.exists():
        pytest.skip("there is no .venv-notebooks: run `make setup`")
    return NOTEBOOKS
