"""What a training is ordered with: interpreter, recipe, values and rows, found before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cookhouse.errors import Unavailable
from cookhouse.recipes.store import VersionRow

if TYPE_CHECKING:
    from cookhouse.house import House


@dataclass(frozen=True)
class Data:
    """The rows of a training; `bound` when a dataset stands in for the recipe's own reader."""

    kind: Literal["file", "dataset", "library"]
    name: str
    bound: bool = False


@dataclass(frozen=True)
class Order:
    """All that the job needs: `arguments` for its body, `values` of the hyperparameters."""

    values: dict[str, Any]
    data: Data
    arguments: dict[str, Any]


def data_of(house: House, manifest: dict[str, Any], dataset: str | None) -> Data:
    """Return where the rows come from: a named dataset, else what the notebook reads itself.

    Raises `NotFound` for a dataset that is not there.
    """
    own = _served(manifest)
    if dataset is not None:
        house.datasets.show(dataset)
        return Data("dataset", dataset, bound=True)
    if own.get("kind") == "dataset":
        house.datasets.show(own["source"])
        return Data("dataset", own["source"], bound=True)
    kind: Any = own.get("kind") if own.get("kind") in ("file", "library") else "file"
    return Data(kind, str(own.get("source") or "the notebook's own data"))


def _served(manifest: dict[str, Any]) -> dict[str, Any]:
    bindings = [row for row in manifest.get("bindings") or () if isinstance(row, dict)]
    statement = (manifest.get("served") or {}).get("statement")
    served = [row for row in bindings if row.get("statement") == statement]
    return next(iter(served or bindings), {})


def order(
    house: House,
    version: VersionRow,
    manifest: dict[str, Any],
    data: Data,
    values: tuple[dict[str, Any], dict[str, Any]],
) -> Order:
    """Gather what the job needs; `values` are all hyperparameters, and those that were given.

    Raises `Unavailable` where the recipe's interpreter is gone.
    """
    complete, changed = values
    interpreter = Path(version.interpreter)
    if not interpreter.exists():
        raise Unavailable(
            f"The interpreter “{interpreter}” that recipe “{version.recipe}” was made with is "
            "gone: make the recipe again."
        )
    arguments = {
        "recipe": version.recipe,
        "recipe_version": version.version,
        "package": str(house.recipes.package(version)),
        "interpreter": str(interpreter),
        "overlay": str(overlay_of(house, version)),
        "task": version.task,
        "estimator": version.estimator,
        "hyperparameters": complete,
        "changed": changed,
        "data": {"kind": data.kind, "name": data.name, "bound": data.bound},
        "requirements": list(manifest.get("requirements") or ()),
        "mlflow_uri": house.workspace.mlflow_uri,
        "artifacts": str(house.workspace.artifacts),
    }
    return Order(complete, data, arguments)


def overlay_of(house: House, version: VersionRow) -> Path:
    """Return the overlay that the recipe was made with, built again where it was cleared away."""
    overlay = Path(version.overlay)
    if version.overlay and overlay.is_dir():
        return overlay
    interpreter = house.interpreters.at(Path(version.interpreter), version.kernel)
    return Path(house.interpreters.overlay(interpreter))
