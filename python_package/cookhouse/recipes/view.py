"""Rows and manifests of recipes as the border shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cookhouse.errors import NotFound
from cookhouse.notebooks.messages import (
    Binding,
    Finding,
    FittedModel,
    Hyperparameter,
    Statement,
)
from cookhouse.recipes.messages import (
    Acceptance,
    Difference,
    InputColumn,
    Proof,
    ProofMetric,
    ProofStep,
    Recipe,
    RecipeSummary,
    RecipeVersion,
    ScoringProof,
)
from cookhouse.recipes.store import RecipeRow, VersionRow

Kind = TypeVar("Kind", bound=BaseModel)


def manifest_of(package: Path) -> dict[str, Any]:
    """Read a recipe's manifest. Raises `NotFound` where the files are gone."""
    try:
        found: dict[str, Any] = json.loads((package / "recipe.json").read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        raise NotFound(
            f"The files of recipe “{package.name}” are gone from the disk: make it again."
        ) from None


def hyperparameters_of(manifest: dict[str, Any]) -> list[Hyperparameter]:
    """Return a manifest's hyperparameters, typed."""
    return fitted(Hyperparameter, manifest.get("hyperparameters"))


def input_columns_of(manifest: dict[str, Any]) -> list[InputColumn]:
    """Return the raw columns of the notebook's reader."""
    return fitted(InputColumn, manifest.get("input_columns"))


def shown_summary(
    row: VersionRow, recipe: RecipeRow | None, models: Sequence[str]
) -> RecipeSummary:
    """Return a row of the list."""
    return RecipeSummary(**_summary(row, recipe, models))


def shown_recipe(
    row: VersionRow,
    recipe: RecipeRow | None,
    versions: Iterable[VersionRow],
    package: Path,
    models: Sequence[str],
) -> Recipe:
    """Return one version whole, from its row and its manifest."""
    manifest, source = manifest_of(package), _source(package)
    return Recipe(
        **_summary(row, recipe, models),
        cells=_cells(manifest),
        statements=_statements(manifest, source),
        hyperparameters=hyperparameters_of(manifest),
        fitted_models=fitted(FittedModel, manifest.get("models")),
        bindings=fitted(Binding, manifest.get("bindings")),
        findings=fitted(Finding, manifest.get("findings")),
        requirements=[str(name) for name in manifest.get("requirements") or ()],
        memory=[_memory(entry) for entry in manifest.get("memory") or ()],
        input_columns=input_columns_of(manifest),
        proof=shown_proof(row),
        acceptance=_acceptance(row),
        source=source,
        interpreter=row.interpreter,
        kernel=row.kernel,
        size=row.size,
        digest=row.digest,
        versions=[_version(other) for other in versions],
        etag=f"{row.version}-{row.digest[:12]}{'-accepted' * row.accepted}",
    )


def shown_proof(row: VersionRow) -> Proof:
    """Return the stored proof with its sentence."""
    proof = row.proof or {}
    return Proof(
        verdict=row.verdict,
        sentence=row.sentence,
        metric=one(ProofMetric, proof.get("metric")) or ProofMetric(),
        scoring=one(ScoringProof, proof.get("scoring")) or ScoringProof(verdict="unverified"),
        steps=fitted(ProofStep, proof.get("steps")),
        differences=fitted(Difference, proof.get("differences")),
        seconds=float(proof.get("seconds") or 0.0),
    )


def one(kind: type[Kind], data: Any) -> Kind | None:
    """Read a message from data that may hold more fields than it; None where it does not fit."""
    if not isinstance(data, dict):
        return None
    try:
        return kind.model_validate({k: v for k, v in data.items() if k in kind.model_fields})
    except ValidationError:
        return None


def fitted(kind: type[Kind], rows: Any) -> list[Kind]:
    """Read a list of messages; entries of a newer or foreign form are left out."""
    found = (one(kind, row) for row in rows or ())
    return [message for message in found if message is not None]


def _cells(manifest: dict[str, Any]) -> dict[str, str]:
    rows = manifest.get("statements") or ()
    return {str(row["cell"]): str(row["title"]) for row in rows if row.get("title")}


def _statements(manifest: dict[str, Any], source: str) -> list[Statement]:
    # The text of kept statements stands in the module alone; each says in which lines.
    lines = source.splitlines()
    rows = []
    for row in manifest.get("statements") or ():
        first, last = row.get("module_lines") or (1, 0)
        rows.append({"source": "\n".join(lines[first - 1 : last]), **row})
    return fitted(Statement, rows)


def _summary(row: VersionRow, recipe: RecipeRow | None, models: Sequence[str]) -> dict[str, Any]:
    return {
        "name": row.recipe,
        "version": row.version,
        "verdict": row.verdict,
        "scoring": row.scoring,
        "sentence": row.sentence,
        "estimator": row.estimator,
        "task": row.task,
        "notebook": recipe.shown if recipe else "",
        "models": len(models),
        "created": row.created,
        "who": row.who,
        "accepted": row.accepted,
    }


def _version(row: VersionRow) -> RecipeVersion:
    return RecipeVersion(
        version=row.version,
        verdict=row.verdict,
        scoring=row.scoring,
        created=row.created,
        who=row.who,
        metric=one(ProofMetric, (row.proof or {}).get("metric")) or ProofMetric(),
    )


def _acceptance(row: VersionRow) -> Acceptance | None:
    if row.accepted_by is None or row.accepted_at is None:
        return None
    return Acceptance(who=row.accepted_by, when=row.accepted_at, reason=row.accepted_reason or "")


def _memory(entry: Any) -> str:
    if isinstance(entry, dict):
        return str(entry.get("what") or entry.get("name") or entry)
    return str(entry)


def _source(package: Path) -> str:
    try:
        return (package / "notebook.py").read_text(encoding="utf-8")
    except OSError:
        return ""
