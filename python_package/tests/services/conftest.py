"""A house with the small recipe's runs in place of trained ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookhouse.floor.interpreters import Interpreters
from cookhouse.house import House
from tests.services.hosting import Models, ticking

# The files of the host import what only its overlay has.
_here = Interpreters()
sys.path.append(str(_here.host_overlay(_here.at(Path(sys.executable), None))))

NOTEBOOKS = Path(__file__).resolve().parents[3] / ".venv-notebooks" / "bin" / "python"


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """Return the models' door with runs of the small recipe."""
    folder = tmp_path / "runs"
    folder.mkdir()
    return Models(folder, NOTEBOOKS)


@pytest.fixture
def served(house: House, models: Models, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Return a house whose services are kept going within the test's own process."""
    monkeypatch.setattr(house, "models", models)
    monkeypatch.setattr(house.jobs, "wake", lambda: None)
    with ticking(house):
        yield house
