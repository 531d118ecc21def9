"""A run made ready for use: all that scoring and publishing need to know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cookhouse.errors import NotFound, Refused
from cookhouse.models.store import ModelRow, RunRow
from cookhouse.recipes import sentences
from cookhouse.recipes.messages import InputColumn
from cookhouse.recipes.store import VersionRow
from cookhouse.recipes.view import fitted

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


def check(model: str, version: VersionRow, run: RunRow, accept: bool) -> None:
    """Raise `Refused` where a run of a recipe's version may not be scored or published."""
    proof = version.proof or {}
    scoring = proof.get("scoring") or {}
    if run.scoring == "refused" and version.scoring != "refused":
        # Trained on other rows than the proof was.
        raise Refused(
            f"Run {run.number} of model “{model}” cannot be scored or published: "
            f"{run.scoring_reason or 'it would score wrong'}.",
            reason=run.scoring_reason, acceptable=False,
        )  # fmt: skip
    recipe = f"recipe “{version.recipe}” {version.version}"
    if version.scoring == "refused":
        raise Refused(
            f"Model “{model}” cannot be scored or published, since its {recipe} would score "
            f"wrong: {sentences.scoring_reason(proof)}. Change that in the notebook and make the "
            "recipe again.",
            cell=scoring.get("cell"), reason=scoring.get("reason"), acceptable=False,
        )  # fmt: skip
    if version.accepted or accept:
        return
    if version.verdict not in PROVEN:
        what = sentences.difference(proof)
        raise _unaccepted(model, f"its {recipe} is not proven: {what}", version.verdict)
    if version.scoring != "safe":
        what = sentences.scoring_reason(proof)
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
    stored = stored_model(folder)
    columns = fitted(InputColumn, stored.get("input_schema"))
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
        scoring=_scoring(version, run),  # type: ignore[arg-type]
        accepted=version.accepted,
        task=model.task,  # type: ignore[arg-type]
        estimator=model.estimator,
        classes=list(run.classes),
        input_columns=[column.model_dump() for column in columns],
        example=next(iter(stored.get("input_example") or ()), {}),
        mlflow_run=run.mlflow_run,
    )


def _scoring(version: VersionRow, run: RunRow) -> str:
    return "refused" if run.scoring == "refused" else version.scoring


def stored_model(folder: Path) -> dict[str, Any]:
    """Read what a run's folder says of its model. Raises `NotFound` where it is gone."""
    try:
        text = (folder / "model" / "model.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found
    except (OSError, ValueError):
        raise NotFound("The model of this run is gone from the disk: train it again.") from None


def _unaccepted(model: str, why: str, difference: str) -> Refused:
    return Refused(
        f"Model “{model}” is not scored or published yet: {why}. Accept this difference on the "
        "recipe's page, or with --accept, to use it all the same.",
        difference=difference, acceptable=True,
    )  # fmt: skip
