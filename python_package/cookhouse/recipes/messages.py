"""Messages about recipes: how one was made, what it holds, what its proof says."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from cookhouse.floor.messages import ListQuery, Message, Name, Page, Path, Text
from cookhouse.notebooks.messages import (
    Binding,
    Finding,
    FittedModel,
    Hyperparameter,
    Statement,
)

ProofVerdict = Literal["exact", "pinned", "close", "differs", "unverified"]
ScoringVerdict = Literal["safe", "refused", "unverified"]


class ProofMetric(Message):
    """The notebook's metric as both sides gave it."""

    name: str | None = None
    notebook: Any = None
    recipe: Any = None


class ScoringProof(Message):
    """Whether scoring is safe; `cell` is the one that makes it unsafe."""

    verdict: ScoringVerdict
    reason: str = ""
    cell: str | None = None
    rows: int = 0
    ways: list[str] = []


class ProofStep(Message):
    """One test of the proof and how it came out."""

    name: str
    passed: bool
    what: str = ""


class Difference(Message):
    """A place where notebook and recipe part."""

    what: str
    cell: str | None = None
    column: str | None = None


class Proof(Message):
    """The report that recipe and notebook agree and that scoring is safe; seconds of wall clock."""

    verdict: ProofVerdict
    sentence: str = ""
    metric: ProofMetric = ProofMetric()
    scoring: ScoringProof
    steps: list[ProofStep] = []
    differences: list[Difference] = []
    seconds: float = 0.0


class InputColumn(Message):
    """One raw column of the notebook's reader; `label` marks the one that is predicted."""

    name: str
    dtype: str
    label: bool = False
    nullable: bool = True


class Acceptance(Message):
    """Who took a named difference, when and why."""

    who: str
    when: datetime
    reason: str


class RecipeSummary(Message):
    """A row of the list: the newest version of a recipe."""

    name: Name
    version: int
    verdict: ProofVerdict
    scoring: ScoringVerdict
    sentence: str = ""
    estimator: str = ""
    task: Literal["classification", "regression", "other"] = "other"
    notebook: str = ""
    models: int = 0
    created: datetime
    who: str = ""
    accepted: bool = False


class RecipeVersion(Message):
    """A row of the list of versions."""

    version: int
    verdict: ProofVerdict
    scoring: ScoringVerdict
    created: datetime
    who: str = ""
    metric: ProofMetric = ProofMetric()


class Recipe(RecipeSummary):
    """One version of a recipe, whole.

    `cells` gives the place of each cell in the notebook that the recipe was made of, by its id.
    """

    cells: dict[str, str] = {}
    statements: list[Statement] = []
    hyperparameters: list[Hyperparameter] = []
    fitted_models: list[FittedModel] = []
    bindings: list[Binding] = []
    findings: list[Finding] = []
    requirements: list[str] = []
    memory: list[str] = []
    input_columns: list[InputColumn] = []
    proof: Proof
    acceptance: Acceptance | None = None
    source: str = ""
    interpreter: str = ""
    kernel: str | None = None
    size: int = 0
    digest: str = ""
    versions: list[RecipeVersion] = []
    etag: str


class CreateRecipe(Message):
    """Make a recipe of a saved notebook. `notebook` is relative to the Jupyter server's root.

    Without `name`, that of the notebook's file is taken. The same notebook under the same name
    makes the next version.
    """

    notebook: Path
    name: Name | None = None
    model: str | None = Field(None, max_length=200)
    proof: bool = True


class AcceptRecipe(Message):
    """Take a recipe whose proof names a difference; it is never shown as proven."""

    reason: Text = Field(min_length=3)


class RecipeQuery(ListQuery):
    """Filters of the list of recipes."""

    notebook: str | None = Field(None, max_length=1_000)


RecipePage = Page[RecipeSummary]
