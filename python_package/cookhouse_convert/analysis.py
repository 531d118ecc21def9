"""What the analysis of one notebook says: the shapes that every later step reads.

`Analysis.as_dict()` is the JSON that `cookhouse recipe check --json`, the REST resource
`notebooks/analysis` and `recipe.json` share; scripts rely on its keys.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Stage = Literal[
    "imports",
    "parameters",
    "data",
    "features",
    "split",
    "train",
    "evaluate",
    "predict",
    "explore",
    "other",
]
STAGES: tuple[Stage, ...] = (
    "imports",
    "parameters",
    "data",
    "features",
    "split",
    "train",
    "evaluate",
    "predict",
    "explore",
    "other",
)
Severity = Literal["error", "warning", "info"]
Verdict = Literal["convertible", "refused"]
Task = Literal["classification", "regression", "other"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement of a code cell.

    `number` counts through the notebook from 0. `line` and `end_line` count from 1 in the cell.
    `source` is the author's text, comments above it included: its first line is line
    `end_line - source.count("\\n")` of the cell. `column` is where the statement begins in `line`
    (0 unless it stands after a `;` or a `%time`). `reason` says in one sentence why the statement
    is kept or left out.
    """

    number: int
    cell: str
    line: int
    end_line: int
    stage: Stage
    kept: bool
    reason: str
    source: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    mutates: tuple[str, ...] = ()
    column: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in a cell; lines from 1, columns in characters from 0, end exclusive."""

    cell: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the analysis or the proof found at one place.

    `fix` is a sentence that says what to do; `edits`, where not empty, does it in one click.
    """

    code: str
    severity: Severity
    cell: str
    line: int
    what: str
    why: str
    fix: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """A value that a training may change.

    The place is that of the literal whose value is replaced when the recipe runs, columns in
    UTF-8 bytes as in `ast`; `statement` is the number of the statement that holds it. `owner` is
    the class or function whose argument it is. `minimum` and `maximum` are inclusive unless the
    `exclusive_…` flag is set.
    """

    name: str
    type: Literal["integer", "number", "string", "boolean"]
    default: Any
    cell: str
    line: int
    column: int
    end_line: int
    end_column: int
    statement: int
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    choices: tuple[Any, ...] | None = None
    nullable: bool = False
    description: str = ""
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted estimator that the notebook holds.

    `estimator` is its qualified class name where it is known. `fit`, `predict` and `metric` are
    statement numbers; `cell` and `line` are those of the fit. `method` is the method that predicts.
    `occurrence` counts, from 0, the fits of one statement that loops over several models;
    `cross_validated` is a model that only cross-validation fits.
    """

    variable: str
    estimator: str
    task: Task
    cell: str
    line: int
    fit: int
    predict: int | None = None
    metric: int | None = None
    metric_name: str | None = None
    proposed: bool = False
    occurrence: int | None = None
    cross_validated: bool = False
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A source of rows: a reader call of the notebook.

    `kind` is `file` (`source` is the path as written), `dataset` (a `cookhouse.read`, `source` is
    the dataset's name) or `library` (data that comes with a package, `source` is the callable).
    """

    kind: Literal["file", "dataset", "library"]
    source: str
    reader: str
    cell: str
    line: int
    statement: int
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """The verdict on one notebook. Refused exactly when a finding has severity `error`."""

    verdict: Verdict
    statements: tuple[Statement, ...] = ()
    hyperparameters: tuple[Hyperparameter, ...] = ()
    models: tuple[Model, ...] = ()
    bindings: tuple[Binding, ...] = ()
    findings: tuple[Finding, ...] = ()
    requirements: tuple[str, ...] = ()
    kernel: str | None = None
    language: str = "python"
    notebook_hash: str = ""
    memory: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data (tuples become lists)."""
        plain: dict[str, Any] = _listed(asdict(self))
        return plain

    @property
    def proposed(self) -> Model | None:
        """The model that a recipe is made of unless the user names another."""
        return next((model for model in self.models if model.proposed), None)


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value
