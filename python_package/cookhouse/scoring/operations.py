"""The engine's side of scoring: the body of the job that makes one batch of predictions."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cookhouse.datasets.operations import append_frame, export
from cookhouse.errors import Failure, Refused
from cookhouse.floor.jobs import JobContext
from cookhouse.scoring.files import write_summary

OPERATIONS: dict[str, Callable[..., Any]] = {}
CHUNK_ROWS = 100_000
MOST_REASONS = 20
EXPORTED, PREDICTED, REQUEST = "rows.parquet", "predictions.arrow", "request.json"


def score(context: JobContext) -> dict[str, Any]:
    """Export the rows, predict them in the recipe's own interpreter, add the result as one batch.

    The batch's id comes with the arguments and is the scoring's own: whichever attempt commits
    first, a further one finds the batch there and adds nothing. Answers `{added, refused}`.
    """
    given = context.arguments
    work = context.folder / f"scoring-{context.attempt}"
    work.mkdir(mode=0o700, exist_ok=True)
    try:
        context.progress("Reading the rows", 0.0)
        _export(context, work)
        context.progress("Starting the recipe's process", 0.1)
        _predict(context, work)
        context.progress("Adding the batch", 0.9)
        result = _result(given, work)
        refused = _refused(result.column("reason"))
        write_summary(context.folder, result.num_rows, refused)
        context.still_current()
        added = append_frame(
            context.workspace, given["output"], result, batch=given["batch"],
            source=f"scoring/{given['scoring']}", create=True, job=context.id, who=given["who"],
        )  # fmt: skip
        return {"added": added, "refused": refused}
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _export(context: JobContext, work: Path) -> None:
    given = context.arguments
    identity = [field["path"] for field in given["identity"] if field["path"] != "_row"]
    export(
        context.workspace, given["input"], path=work / EXPORTED, version=given["version"],
        columns=list(dict.fromkeys([*given["columns"], *identity])),
    )  # fmt: skip


def _predict(context: JobContext, work: Path) -> None:
    given = context.arguments
    # Whether the recipe may score at all was decided, and taken by a person, before the job.
    request = {"overlay": given["overlay"], "chunk_rows": CHUNK_ROWS, "accept": True}
    (work / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    recipe = Path(given["recipe_folder"])
    argv = [
        given["interpreter"], str(recipe / "_runtime" / "__main__.py"), "score",
        "--recipe", str(recipe), "--model", given["model_folder"],
        "--input", str(work / EXPORTED), "--output", str(work / PREDICTED),
        "--request", str(work / REQUEST),
    ]  # fmt: skip
    errors: list[dict[str, Any]] = []

    def said(event: dict[str, Any]) -> None:
        if event["type"] == "error":
            errors.append(event)
        elif event["type"] == "progress":
            context.progress(event["step"], 0.1 + 0.8 * float(event["fraction"] or 0.0))

    code = context.run(
        argv, env=given["environment"], cwd=work, on_event=said, events=work / "events.jsonl"
    )
    if code != 0:
        raise _failure(code, errors[-1] if errors else None)


def _failure(code: int, error: dict[str, Any] | None) -> Failure:
    """Return why the recipe's process failed, with the author's cell where it is known."""
    if error is not None:
        return Refused(f"The recipe cannot score these rows: {error['what']}.",
                       cell=error.get("cell"), line=error.get("line"))  # fmt: skip
    if code < 0:
        return Refused(f"The recipe's process was killed by signal {-code}, perhaps because "
                       "memory ran out: score fewer rows.")  # fmt: skip
    return Refused(f"The recipe's process ended with exit code {code}: the job's log says why.")


def _result(given: dict[str, Any], work: Path) -> Any:
    """Put the identity beside the predictions; both are in the order of the rows."""
    with pa.memory_map(os.fspath(work / PREDICTED)) as source:
        predicted = pa.ipc.open_file(source).read_all()
        paths = [field["path"] for field in given["identity"]]
        identity = pq.ParquetFile(work / EXPORTED).read(columns=paths)
        if identity.num_rows != predicted.num_rows:
            raise Refused(
                f"The recipe gave {predicted.num_rows} predictions for {identity.num_rows} rows: "
                "make the recipe again."
            )
        columns = {field["name"]: identity.column(field["path"]) for field in given["identity"]}
        columns["prediction"] = _typed(predicted.column("prediction"), given["predicted"])
        if given["binary"]:
            columns["probability"] = _probability(predicted)
        columns["reason"] = predicted.column("reason").cast(pa.string())
        return pa.table(columns)


def _probability(predicted: Any) -> Any:
    if "probability" in predicted.schema.names:
        return predicted.column("probability").cast(pa.float64())
    # A model without probabilities still fills the field that its kind of task has.
    return pa.nulls(predicted.num_rows, pa.float64())


def _typed(column: Any, name: str | None) -> Any:
    """Give predictions the type that every batch of this model has."""
    kind = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
            "string": pa.string()}.get(name or "")  # fmt: skip
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if kind is None:
        return column.cast(pa.string()) if pa.types.is_null(column.type) else column
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        # What the notebook's metric saw may be more than the estimator's classes: names, say.
        return column


def _refused(reasons: Any) -> list[dict[str, Any]]:
    """Count the rows without a prediction by reason, the commonest first."""
    counts = pc.value_counts(reasons.drop_null()).to_pylist()
    ordered = sorted(counts, key=lambda entry: (-entry["counts"], entry["values"]))
    found = [{"reason": entry["values"], "rows": entry["counts"]} for entry in ordered]
    if len(found) <= MOST_REASONS:
        return found
    rest = sum(entry["rows"] for entry in found[MOST_REASONS - 1 :])
    return [*found[: MOST_REASONS - 1], {"reason": "other reasons", "rows": rest}]
