"""Messages about the open notebook: its cells in, the verdict out.

The verdict has the shape of `cookhouse_convert.analysis`, which explains the words.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from cookhouse.floor.messages import Message

Stage = Literal[
    "imports", "parameters", "data", "features", "split",
    "train", "evaluate", "predict", "explore", "other",
]  # fmt: skip


class Cell(Message):
    """One cell as it stands in the editor; never its outputs."""

    id: str = Field(max_length=100)
    type: Literal["code", "markdown", "raw"] = "code"
    source: str = Field(max_length=2_000_000)
    tags: list[str] = []
    stage: str | None = None
    execution_count: int | None = None


class AnalysisRequest(Message):
    """The open notebook. `path` is relative to the server's root, for files beside it."""

    path: str | None = Field(None, max_length=1_000)
    cells: list[Cell] = Field(max_length=20_000)
    metadata: dict[str, Any] = {}
    model: str | None = None


class Statement(Message):
    """One top-level statement and what becomes of it."""

    number: int
    cell: str
    line: int
    end_line: int
    column: int = 0
    stage: Stage
    kept: bool
    reason: str
    source: str = ""
    reads: list[str] = []
    writes: list[str] = []
    mutates: list[str] = []


class Edit(Message):
    """A replacement in a cell; lines from 1, columns from 0, end exclusive."""

    cell: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Finding(Message):
    """Something to know or to mend, at its place."""

    code: str
    severity: Literal["error", "warning", "info"]
    cell: str
    line: int
    what: str
    why: str
    fix: str
    edits: list[Edit] = []


class Hyperparameter(Message):
    """A value that a training may change."""

    name: str
    type: Literal["integer", "number", "string", "boolean"]
    default: Any = None
    cell: str
    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    statement: int = 0
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    choices: list[Any] | None = None
    nullable: bool = False
    description: str = ""
    owner: str | None = None


class FittedModel(Message):
    """An estimator that the notebook fits."""

    variable: str
    estimator: str
    task: Literal["classification", "regression", "other"] = "other"
    cell: str
    line: int
    fit: int = 0
    predict: int | None = None
    metric: int | None = None
    metric_name: str | None = None
    method: str | None = None
    occurrence: int | None = None
    cross_validated: bool = False
    proposed: bool = False


class Binding(Message):
    """A reader call of the notebook."""

    kind: Literal["file", "dataset", "library"]
    source: str
    reader: str
    cell: str
    line: int
    statement: int = 0
    variable: str | None = None


class Analysis(Message):
    """The verdict on a notebook; refused exactly when a finding is an error."""

    verdict: Literal["convertible", "refused"]
    statements: list[Statement] = []
    hyperparameters: list[Hyperparameter] = []
    models: list[FittedModel] = []
    bindings: list[Binding] = []
    findings: list[Finding] = []
    requirements: list[str] = []
    kernel: str | None = None
    language: str = "python"
    notebook_hash: str = ""
    memory: list[str] = []
