"""Messages about scoring: a batch prediction run whose result is one new batch."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from cookhouse.floor.messages import JobState, ListQuery, Message, Name, Page


class ScoredBatch(Message):
    """The batch that a scoring made."""

    dataset: str
    id: str
    rows: int


class ReasonCount(Message):
    """Why rows have no prediction, and how many."""

    reason: str
    rows: int


class Scoring(Message):
    """One batch prediction run."""

    id: str
    state: JobState
    job: str
    model: str
    run: str
    input: str
    input_version: int | None = None
    output: str
    batch: ScoredBatch | None = None
    rows: int | None = None
    refused: list[ReasonCount] = []
    who: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    reason: str | None = None


class CreateScoring(Message):
    """Score the rows of `input` into `output`, which is made where it is missing.

    Without `run`, the model's last succeeded run is taken. `accept` takes a named difference of
    the recipe's proof.
    """

    model: Name
    run: str | None = Field(None, max_length=80)
    input: Name
    output: Name
    accept: bool = False


class ScoringQuery(ListQuery):
    """Filters of the list of scorings."""

    model: str | None = Field(None, max_length=80)
    dataset: str | None = Field(None, max_length=80)


ScoringPage = Page[Scoring]
