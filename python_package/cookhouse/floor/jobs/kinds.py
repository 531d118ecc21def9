"""Kinds of jobs: what a room registers so that its long work can be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cookhouse.floor.jobs.records import JobRow

FinalState = Literal["succeeded", "failed", "cancelled", "lost"]
Finish = Callable[["Session", "JobRow", "Outcome"], None]


class Outcome(TypedDict):
    """How a job ended; `result` is what the body returned, `reason` why it did not succeed."""

    state: FinalState
    result: dict[str, Any] | None
    reason: str | None


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    `body` is `module:function` of our packages, or `file.py:function`; it takes a `JobContext`
    and returns a dict. `finish(session, job, outcome)` runs in the supervisor, in the transaction
    that gives the job its final state, so that the room's record and the job never disagree.
    `seconds` (wall clock) and `memory` (bytes) bound it; None takes the settings', 0 is no bound.
    `runs_in` is the engine's interpreter, or Cookhouse's own for what must run while there is no
    engine.
    """

    name: str
    body: str
    finish: Finish | None = None
    seconds: float | None = None
    memory: int | None = None
    runs_in: Literal["engine", "own"] = "engine"
