from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("recipes", Path(__file__).with_name("recipes.py"))
assert _spec is not None
assert _spec.loader is not None
_recipes = importlib.util.module_from_spec(_spec)
sys.modules["recipes"] = _recipes
_spec.loader.exec_module(_recipes)


@pytest.fixture(scope="session")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _recipes.overlay_in(tmp_path_factory.mktemp("overlay"))
