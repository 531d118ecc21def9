"""`recipe.json`: all that is known of a recipe, as plain data."""

from __future__ import annotations

from typing import Any

from cookhouse_convert.analysis import Analysis, Hyperparameter, Model
from cookhouse_convert.hyperparameters import place_in_source

FORMAT = 1


def manifest_of(
    analysis: Analysis,
    model: Model,
    name: str,
    version: int,
    package: str,
    titles: dict[str, str],
    places: dict[int, tuple[int, int]],
    files: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return the manifest before anything has run; the proof adds what only a run can tell."""
    plain = analysis.as_dict()
    statements = []
    for row in plain["statements"]:
        kept = {"title": titles[row["cell"]]}
        if row["number"] in places:
            kept["module_lines"] = list(places[row["number"]])  # type: ignore[assignment]
        statements.append({**row, **kept})
    for row in statements:
        row.pop("source", None)
    return {
        "format": FORMAT,
        "name": name,
        "version": version,
        "package": package,
        "notebook_hash": analysis.notebook_hash,
        "kernel": analysis.kernel,
        "requirements": plain["requirements"],
        "statements": statements,
        "model": next(
            m for m in plain["models"] if m["variable"] == model.variable and m["fit"] == model.fit
        ),
        "models": plain["models"],
        "task": model.task,
        "hyperparameters": [_placed(analysis, h) for h in analysis.hyperparameters],
        "hyperparameter_schema": json_schema(analysis.hyperparameters),
        "bindings": plain["bindings"],
        "files": files,
        "findings": plain["findings"],
        "memory": plain["memory"],
    }


def json_schema(parameters: tuple[Hyperparameter, ...]) -> dict[str, Any]:
    """Return the hyperparameters as a JSON Schema of one object."""
    properties = {}
    for parameter in parameters:
        kind: Any = [parameter.type, "null"] if parameter.nullable else parameter.type
        entry: dict[str, Any] = {"type": kind, "default": parameter.default}
        low = "exclusiveMinimum" if parameter.exclusive_minimum else "minimum"
        high = "exclusiveMaximum" if parameter.exclusive_maximum else "maximum"
        if parameter.minimum is not None:
            entry[low] = parameter.minimum
        if parameter.maximum is not None:
            entry[high] = parameter.maximum
        if parameter.choices:
            entry["enum"] = [*parameter.choices, *([None] if parameter.nullable else [])]
        if parameter.description:
            entry["description"] = parameter.description
        properties[parameter.name] = entry
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _placed(analysis: Analysis, parameter: Hyperparameter) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(parameter, name) for name in Hyperparameter.__dataclass_fields__
    }
    if row["choices"] is not None:
        row["choices"] = list(row["choices"])
    statement = analysis.statements[parameter.statement]
    return {**row, "source_place": list(place_in_source(parameter, statement))}
