"""Batch scoring: a file of rows in, a file of predictions out, in chunks, in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .binding import frame_of
from .failure import RecipeError
from .outcome import EventLog
from .recipe import Recipe
from .trained import TrainedModel

_CHUNK = 100_000


def score_into(
    recipe_folder: Path, model_folder: Path, given: Path, output: Path, request: dict[str, Any]
) -> int:
    """Score a file; return the exit code. The output appears by a rename when it is complete."""
    output.parent.mkdir(parents=True, exist_ok=True)
    log = EventLog(output.parent / "events.jsonl")
    recipe = None
    try:
        recipe = Recipe.open(recipe_folder)
        log.write({"type": "progress", "step": "Loading the model", "fraction": 0.02})
        model = TrainedModel.load(recipe_folder, model_folder, request.get("overlay"))
        if model.scoring["verdict"] == "refused" and not request.get("accept"):
            raise RecipeError(f"this model cannot be scored: {model.scoring['reason']}")
        _score(model, given, output, request, log)
    except Exception as error:
        log.fail(error, recipe)
        return 1
    return 0


def _score(
    model: TrainedModel, given: Path, output: Path, request: dict[str, Any], log: EventLog
) -> None:
    import pyarrow

    half = output.with_name(f"{output.name}.{os.getpid()}.part")
    size = int(request.get("chunk_rows") or _CHUNK)
    done = 0
    writer = None
    try:
        with pyarrow.OSFile(os.fspath(half), "wb") as sink:
            for batch, total in _batches(given, size, model):
                made = _arrow(model, model.predict(frame_of(batch)))
                if writer is None:
                    writer = pyarrow.ipc.new_file(sink, made.schema)
                writer.write_batch(made)
                done += batch.num_rows
                fraction = 0.05 + 0.95 * done / max(1, total)
                step = f"Scored {done:,} of {total:,} rows"
                log.write({"type": "progress", "step": step, "fraction": round(fraction, 4)})
            if writer is None:
                raise RecipeError("there are no rows to score")
            writer.close()
        half.rename(output)
    finally:
        half.unlink(missing_ok=True)


def _batches(given: Path, size: int, model: TrainedModel) -> Iterator[tuple[Any, int]]:
    import pyarrow

    wanted = [str(column["name"]) for column in model.columns if not column["label"]]
    if given.suffix in (".arrow", ".feather", ".ipc"):
        with pyarrow.memory_map(os.fspath(given)) as source:
            table = pyarrow.ipc.open_file(source).read_all()
            table = table.select([name for name in wanted if name in table.column_names])
            for batch in table.to_batches(max_chunksize=size):
                yield batch, table.num_rows
        return
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(given)
    names = [name for name in wanted if name in file.schema_arrow.names]
    for batch in file.iter_batches(batch_size=size, columns=names):
        yield batch, file.metadata.num_rows


def _arrow(model: TrainedModel, made: Any) -> Any:
    """Return the predictions as a record batch; the same types for every chunk."""
    import numpy
    import pyarrow

    text = pyarrow.string()
    values = made["prediction"].to_numpy()
    columns = {"prediction": pyarrow.array(values, type=_type(model), from_pandas=True)}
    if model.classes is not None and len(model.classes) == 2:
        chances = made.get("probability")
        if chances is None:
            chances = numpy.full(len(made), numpy.nan)
        columns["probability"] = pyarrow.array(
            numpy.asarray(chances, dtype=float), type=pyarrow.float64(), from_pandas=True
        )
    reasons = made["reason"]
    columns["reason"] = (
        pyarrow.nulls(len(made), text)
        if reasons.isna().all()
        else pyarrow.array(reasons.to_numpy(dtype=object), type=text)
    )
    return pyarrow.record_batch(columns)


def _type(model: TrainedModel) -> Any:
    import pyarrow

    first = model.evaluation.get("prediction_type", "float64")
    return {"int64": pyarrow.int64(), "bool": pyarrow.bool_(), "string": pyarrow.string()}.get(
        first, pyarrow.float64()
    )
