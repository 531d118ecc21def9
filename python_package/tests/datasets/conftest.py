"""The engine's side under test: functions of `engine_side.py`, run in the engine's interpreter."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cookhouse.floor import environments

SCRIPT = Path(__file__).with_name("engine_side.py")
PREPARED = Path(__file__).resolve().parents[3] / ".venv-engine" / "bin" / "python"


def engine_python() -> str:
    """Return the engine's interpreter."""
    return str(environments.ready("engine") or PREPARED)


class EngineSide:
    """A process of the engine's interpreter that answers one request after another."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [engine_python(), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def send(self, function: str, **arguments: Any) -> None:
        """Ask without waiting."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([function, arguments]) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the answer; None when the process has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def __call__(self, function: str, **arguments: Any) -> Any:
        """Ask and wait."""
        self.send(function, **arguments)
        return self.answer()

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


@pytest.fixture(scope="session")
def shared_engine_side() -> Iterator[EngineSide]:
    """Return one process for all tests that do not kill it."""
    side = EngineSide()
    yield side
    side.close()


@pytest.fixture
def engine_side(shared_engine_side: EngineSide) -> EngineSide:
    """Return the shared process."""
    return shared_engine_side


@pytest.fixture
def another_side() -> Iterator[Any]:
    """Return a function that starts further processes, which end with the test."""
    sides: list[EngineSide] = []

    def start() -> EngineSide:
        sides.append(EngineSide())
        return sides[-1]

    yield start
    for side in sides:
        side.close()
