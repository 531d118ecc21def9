"""A house with rows to score and a small model to score them with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cookhouse.house import House
from tests.conftest import NOTEBOOKS, end_supervisor, wait_for
from tests.scoring.small import Models

ROWS = "visitor,amount,note\n" + "".join(
    f"v{n},{'' if n % 5 == 4 else n % 4},n{n}\n" for n in range(20)
)


@pytest.fixture
def models(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Models:
    """Return the models' door with one run of the small recipe."""
    folder = tmp_path / "small"
    folder.mkdir()
    overlay = house.interpreters.overlay(house.interpreters.at(NOTEBOOKS, None))
    made = Models(folder, NOTEBOOKS, overlay)
    monkeypatch.setattr(house, "models", made)
    return made


@pytest.fixture
def ingest(house: House, tmp_path: Path) -> Callable[[str, str], None]:
    """Return a function that makes a dataset of CSV text."""

    def make(name: str, text: str) -> None:
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        job = house.datasets.ingest_files(name, [{"path": str(path), "name": path.name}], "ann")
        assert wait_for(house, job.id).state == "succeeded"

    return make


@pytest.fixture
def scorable(house: House, models: Models, ingest: Callable[[str, str], None]) -> Iterator[House]:
    """Return a house with the dataset `visits`, four of whose twenty rows lack an amount."""
    ingest("visits", ROWS)
    yield house
    end_supervisor(house.workspace.root)
