"""Writers that are many, and writers that are killed: nothing lost, nothing doubled."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(("when", "rows"), [("before", 2), ("after", 3_002)])
def test_a_writer_killed_at_its_commit(
    engine_side: Any, another_side: Any, tmp_path: Path, when: str, rows: int
) -> None:
    place = str(tmp_path)
    engine_side("append", workspace=place, name="d", batch="first", columns={"a": [7]})
    dying = another_side()
    assert dying("killed", workspace=place, name="d", batch="second", when=when) is None
    left = engine_side("files", workspace=place, name="d")
    assert left["pending"], "the killed writer left its marker"
    # The next writer finds the place as if nobody had died, and sweeps.
    engine_side("append", workspace=place, name="d", batch="third", columns={"a": [8]})
    found = engine_side("read", workspace=place, name="d")
    assert found["_row"] == list(range(rows))
    assert (found["a"][0], found["a"][-1]) == (7, 8)
    left = engine_side("files", workspace=place, name="d")
    assert left["disk"] == left["named"]
    assert left["pending"] == left["making"] == []
    # The batch is tried again: exactly one of it.
    again = engine_side(
        "append", workspace=place, name="d", batch="second", columns={"a": [0] * 3_000}
    )
    assert again["already"] == (when == "after")
    assert len(engine_side("read", workspace=place, name="d")["a"]) == 3_002


def test_a_first_writer_killed_leaves_no_dataset(
    engine_side: Any, another_side: Any, tmp_path: Path
) -> None:
    place = str(tmp_path)
    assert another_side()("killed", workspace=place, name="d", batch="b", when="before") is None
    left = engine_side("read", workspace=place, name="d")
    assert left["failure"] == "not-found"
    engine_side("append", workspace=place, name="d", batch="b", columns={"a": [1]})
    assert engine_side("read", workspace=place, name="d") == {"_row": [0], "a": [1]}
    assert engine_side("files", workspace=place, name="d")["making"] == []


def test_eight_writers_of_which_one_is_killed(
    engine_side: Any, another_side: Any, tmp_path: Path
) -> None:
    place, batches, chance = str(tmp_path), 4, random.Random(24)
    notes = [tmp_path / f"acknowledged-{writer}" for writer in range(8)]
    sides = [another_side() for _ in range(8)]
    for writer, side in enumerate(sides):
        side.send(
            "hammer", workspace=place, name="d", writer=writer, batches=batches,
            acknowledged=str(notes[writer]),
        )  # fmt: skip
    deadline = time.monotonic() + 60
    while not notes[3].exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.1)
    sides[3].process.send_signal(signal.SIGKILL)
    assert [side.answer() for number, side in enumerate(sides) if number != 3] == [batches] * 7
    found = engine_side("read", workspace=place, name="d")
    assert found["_row"] == list(range(len(found["writer"])))
    counts = Counter(zip(found["writer"], found["number"], strict=True))
    assert set(counts.values()) == {50}, "a batch is there whole and once"
    acknowledged = {line for note in notes if note.exists() for line in note.read_text().split()}
    there = {f"{writer}-{number}" for writer, number in counts}
    assert acknowledged <= there
    assert len(there - acknowledged) <= 1, "only the killed writer's last batch may be unsaid"
    engine_side(
        "append", workspace=place, name="d", batch="x", columns={"writer": [9], "number": [9]}
    )
    left = engine_side("files", workspace=place, name="d")
    assert left["disk"] == left["named"]
    assert left["pending"] == []
