"""The stored model as MLflow keeps it: a pyfunc without pickle that takes raw rows."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import mlflow
import mlflow.pyfunc
from mlflow.models import Model, ModelSignature
from mlflow.types import ColSpec, DataType, Schema
from mlflow.types.schema import AnyType

LOADER = "cookhouse_loader"
TYPES = (
    ("bool", DataType.boolean),
    ("int32", DataType.integer),
    ("int", DataType.long),
    ("uint", DataType.long),
    ("float32", DataType.float),
    ("float", DataType.double),
    ("str", DataType.string),
    ("object", AnyType()),
)


class Untried:
    """The pyfunc flavor, less the trial of the example that comes with it.

    The trial loads the model here: seconds, and in an environment without the notebook's packages.
    """

    @staticmethod
    def save_model(validate_serving_input: bool, **more: Any) -> None:
        """Write the model's folder."""
        mlflow.pyfunc.save_model(**more)


def log_pyfunc(uri: str, run: str, model: Path, given: dict[str, Any]) -> None:
    """Store a run's model folder with its recipe as the MLflow model `model` of the run."""
    stored = json.loads((model / "model.json").read_text(encoding="utf-8"))
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    with tempfile.TemporaryDirectory() as folder:
        loader = Path(folder) / f"{LOADER}.py"
        shutil.copyfile(Path(__file__).with_name("loader.py"), loader)
        # The run must be MLflow's active one: a model is filed under the experiment of that.
        with mlflow.start_run(run_id=run, log_system_metrics=False):
            Model.log(
                artifact_path=None,
                name="model",
                flavor=Untried,
                flavor_name="pyfunc",
                validate_serving_input=False,
                loader_module=LOADER,
                data_path=str(model),
                code_paths=[str(loader), given["package"]],
                signature=signature_of(stored),
                input_example=_example(stored),
                pip_requirements=[*given["requirements"], "skops"],
            )


def signature_of(stored: dict[str, Any]) -> ModelSignature:
    """Return what goes in (raw columns less the label) and what comes out."""
    inputs = [
        ColSpec(type_of(column), column["name"], required=bool(column.get("required", True)))
        for column in stored["input_schema"]
        if not column["label"]
    ]
    outputs = [ColSpec(AnyType(), "prediction")]
    if len(stored["evaluation"].get("classes") or ()) == 2:
        outputs.append(ColSpec(DataType.double, "probability", required=False))
    outputs.append(ColSpec(DataType.string, "reason", required=False))
    return ModelSignature(inputs=Schema(inputs), outputs=Schema(outputs))


def type_of(column: dict[str, Any]) -> Any:
    """Return MLflow's type of a raw column; what has no equal there may be anything."""
    dtype = str(column["dtype"])
    if dtype.startswith(("int", "uint")) and column.get("nullable"):
        # A frame keeps whole numbers with gaps as floats.
        return DataType.double
    return next((kind for name, kind in TYPES if dtype.startswith(name)), AnyType())


def _example(stored: dict[str, Any]) -> Any:
    import pandas

    rows = stored.get("input_example")
    return pandas.DataFrame.from_records(rows) if rows else None
