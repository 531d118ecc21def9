"""Messages about services: a published run that others use without code."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from cookhouse.floor.messages import ListQuery, Message, Name, Page, Text
from cookhouse.recipes.messages import InputColumn

ServiceState = Literal["starting", "running", "stopped", "failed"]


class ServiceVersion(Message):
    """One published run of a service."""

    version: int
    model: str
    run: str
    who: str = ""
    created: datetime
    current: bool = False


class Service(Message):
    """A published run with an endpoint.

    `url` is the endpoint's path on the Jupyter server (join it to the server's base address) and
    `host_url` the host's own loopback address, null while it does not run. `key` is there once,
    in the answer to publishing.
    """

    name: Name
    description: str = ""
    state: ServiceState
    reason: str | None = None
    version: int
    model: str
    run: str
    recipe: str
    recipe_version: int
    task: str = "other"
    url: str
    host_url: str | None = None
    requests: int = 0
    errors: int = 0
    latency_p50: float | None = None
    key: str | None = None
    input_columns: list[InputColumn] = []
    example: dict[str, Any] = {}
    versions: list[ServiceVersion] = []
    who: str = ""
    created: datetime
    etag: str


class Publish(Message):
    """Publish a run: a new service, or the next version of one that stands.

    Without `run`, the model's last succeeded run is taken.
    """

    model: Name
    run: str | None = Field(None, max_length=80)
    name: Name | None = None
    description: Text = ""
    accept: bool = False


class ChangeState(Message):
    """Start or stop a service."""

    state: Literal["running", "stopped"]


class ServiceKey(Message):
    """A key of a service; `key` itself is shown once, when it is made."""

    id: str
    label: str = ""
    hint: str
    created: datetime
    who: str = ""
    key: str | None = None


class CreateKey(Message):
    """Make a further key."""

    label: Annotated[str, StringConstraints(max_length=80)] = ""


class Invocation(Message):
    """Rows for a service, in one of the forms of MLflow's scoring protocol."""

    dataframe_records: list[dict[str, Any]] | None = None
    dataframe_split: dict[str, Any] | None = None
    instances: list[Any] | None = None
    inputs: Any = None


class Predictions(Message):
    """One entry for each row, in the order of the rows.

    `probabilities` is there for binary classifiers: that of the second class. `reasons` is there
    when a row has no prediction, and says why.
    """

    predictions: list[Any]
    probabilities: list[float | None] | None = None
    reasons: list[str | None] | None = None


class ServiceKeys(Message):
    """All keys of a service."""

    items: list[ServiceKey]


ServicePage = Page[Service]
ServiceQuery = ListQuery
