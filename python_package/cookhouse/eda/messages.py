"""Messages about exploring: which cells of a notebook explore, and in what order they run."""

from __future__ import annotations

from cookhouse.floor.messages import Message


class CellPlan(Message):
    """What becomes of one code cell when the exploring cells are run, and why."""

    id: str
    run: bool
    reason: str


class EdaPlan(Message):
    """The cells to run, in notebook order; `runs` counts them."""

    cells: list[CellPlan]
    runs: int
