"""A run made ready for use: all that scoring and publishing need to know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cookhouse.errors import Refused
from cookhouse.models.store import ModelRow, RunRow
from cookhouse.recipes import sentences
from cookhouse.recipes.store import VersionRow
from cookhouse.recipes.view import input_columns_of, manifest_of

PROVEN = ("exact", "pinned")


@dataclass(frozen=True)
class ResolvedRun:
    """A succeeded run whose model may be used.

    `recipe_folder` holds the unpacked recipe's package (`_runtime/` is in it), `model_folder` what
    the training stored. `overlay` joins the interpreter's path only while memory and models are
    loaded. `input_columns` are the raw columns of the notebook's reader as
    `{name, dtype, label, nullable}`, `example` is one raw row without the label. `accepted` says
    that a person took the difference which the proof names.
    """

    model: str
    run: str
    number: int
    recipe: str
    recipe_version: int
    recipe_folder: Path
    model_folder: Path
    interpreter: Path
    overlay: Path | None
    verdict: Literal["exact", "pinned", "close", "differs", "unverified"]
    scoring: Literal["safe", "refused", "unverified"]
    accepted: bool
    task: Literal["classification", "regression", "other"]
    estimator: str = ""
    classes: list[Any] = field(default_factory=list)
    input_columns: list[dict[str, Any]] = field(default_factory=list)
    example: dict[str, Any] = field(default_factory=dict)
    mlflow_run: str | None = None


def check(model: str, version: VersionRow, accept: bool) -> None:
    """Raise `Refused` where a recipe's version may not be scored or published."""
    scoring = (version.proof or {}).get("scoring") or {}
    recipe = f"recipe “{version.recipe}” {version.version}"
    if version.scoring == "refused":
        cell = scoring.get("cell")
        place = f" (cell {cell})" if cell else ""
        raise Refused(
            f"Model “{model}” cannot be scored or published, since its {recipe} would score "
            f"wrong: {sentences.scoring_reason(scoring)}{place}. Change that in the notebook and "
            "make the recipe again.",
            cell=cell, reason=scoring.get("reason"), acceptable=False,
        )  # fmt: skip
    if version.accepted or accept:
        return
    if version.verdict not in PROVEN:
        what = sentences.difference(version.proof or {})
        raise _unaccepted(model, f"its {recipe} is not proven: {what}", version.verdict)
    if version.scoring != "safe":
        what = sentences.scoring_reason(scoring)
        raise _unaccepted(model, f"scoring with its {recipe} is not verified: {what}", "scoring")


def resolved(
    model: ModelRow,
    run: RunRow,
    version: VersionRow,
    package: Path,
    folder: Path,
    overlay: Path | None,
) -> ResolvedRun:
    """Put together what is known of a run from its rows and its recipe's manifest."""
    manifest = manifest_of(package)
    return ResolvedRun(
        model=model.name,
        run=run.id,
        number=run.number,
        recipe=version.recipe,
        recipe_version=version.version,
        recipe_folder=package,
        model_folder=folder / "model",
        interpreter=Path(run.interpreter),
        overlay=overlay,
        verdict=version.verdict,  # type: ignore[arg-type]
        scoring=version.scoring,  # type: ignore[arg-type]
        accepted=version.accepted,
        task=model.task,  # type: ignore[arg-type]
        estimator=model.estimator,
        classes=list(run.classes),
        input_columns=[column.model_dump() for column in input_columns_of(manifest)],
        example=_example(folder, manifest),
        mlflow_run=run.mlflow_run,
    )


def _example(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    for found in (_read(folder / "model" / "example.json"), manifest.get("example")):
        row = found[0] if isinstance(found, list) and found else found
        if isinstance(row, dict):
            return row
    return {}


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _unaccepted(model: str, why: str, difference: str) -> Refused:
    return Refused(
        f"Model “{model}” is not scored or published yet: {why}. Accept this difference on the "
        "recipe's page, or with --accept, to use it all the same.",
        difference=difference, acceptable=True,
    )  # fmt: skip
