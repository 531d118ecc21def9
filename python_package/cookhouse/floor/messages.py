"""Messages that every room uses: pages of lists, jobs, uploads, status."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$"
Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
Text = Annotated[str, StringConstraints(max_length=2_000)]
Path = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
JobState = Literal["pending", "running", "succeeded", "failed", "cancelled", "lost"]
Role = Literal["viewer", "author", "operator", "admin"]
Thing = TypeVar("Thing")


class Message(BaseModel):
    """The base of all that crosses the border; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)


class ListQuery(Message):
    """What every list takes.

    `cursor` is the `next` of the page before. `sort` names a field, with `-` before it for
    descending. `filter` keeps rows whose text holds it, whatever the case.
    """

    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=200)
    sort: str | None = Field(None, max_length=60)
    filter: str | None = Field(None, max_length=200)


class Page(Message, Generic[Thing]):
    """One page of a list; `next` is null on the last one."""

    items: list[Thing]
    next: str | None = None
    total: int


class Problem(Message):
    """Every error that the server answers."""

    code: str
    message: str
    detail: dict[str, Any] = {}
    request_id: str


class Subject(Message):
    """The thing that a job works for, so that its page can be opened."""

    room: str
    name: str


class Job(Message):
    """One piece of long work.

    `fraction` runs from 0 to 1, null while unknown. `reason` says why it did not succeed.
    `result` names what it made.
    """

    id: str
    kind: str
    title: str
    subject: Subject | None = None
    state: JobState
    step: str | None = None
    fraction: float | None = None
    attempt: int = 1
    who: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    reason: str | None = None
    result: dict[str, Any] | None = None


class JobQuery(ListQuery):
    """Filters of the list of jobs; `state` may be `active` for pending and running ones."""

    state: JobState | Literal["active"] | None = None
    kind: str | None = Field(None, max_length=60)


class LogQuery(Message):
    """Where to read a log from, in bytes."""

    offset: int = Field(0, ge=0)
    limit: int = Field(262_144, ge=1, le=1_048_576)


class LogPart(Message):
    """A part of a log; ask again from `next` until `complete`."""

    text: str
    offset: int
    next: int
    complete: bool


class MetricsQuery(Message):
    """Points after this number (0 = from the first)."""

    after: int = Field(0, ge=0)


class MetricPoint(Message):
    """One value of one metric; `time` is in seconds since the epoch."""

    name: str
    value: float
    step: int
    time: float


class MetricsPart(Message):
    """Points that a job reported, in order; ask again with `after=next` until `complete`."""

    points: list[MetricPoint]
    next: int
    complete: bool


class CreateUpload(Message):
    """Announce a file that is sent in parts."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    size: int = Field(ge=0)


class Upload(Message):
    """A file on its way; send the next part at offset `received`."""

    id: str
    name: str
    size: int
    received: int


class UploadQuery(Message):
    """The offset, in bytes, of the part in the body."""

    offset: int = Field(0, ge=0)


class EngineStatus(Message):
    """The environment of the heavy libraries; `job` is the one that builds it."""

    state: Literal["ready", "missing", "building", "failed"]
    path: str | None = None
    message: str = ""
    job: str | None = None


class Status(Message):
    """Where one stands: version, workspace, engine, who is asking."""

    version: str
    workspace: str
    engine: EngineStatus
    user: str
    role: Role
    warnings: list[str] = []
