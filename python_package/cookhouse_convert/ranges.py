"""Types, ranges, choices and descriptions of known parameters, laid upon a found literal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cookhouse_convert.analysis import Hyperparameter
from cookhouse_convert.knowledge import Knowledge, knowledge


def positional_names(call: str) -> list[str]:
    """Return the names of a class's or function's positional parameters, in order."""
    names = _entry(knowledge(), call).get("positional", [])
    return names if isinstance(names, list) else []


def described(
    parameter: Hyperparameter, known: Knowledge, call: str, name: str
) -> Hyperparameter:
    """Return `parameter` with what is known of `call(name=…)`."""
    entry = _entry(known, call).get("parameters", {}).get(name)
    if entry is None:
        return replace(parameter, owner=call)
    kind, bounds = _kind(parameter, entry)
    choices = tuple(entry["choices"]) if "choices" in entry else None
    if choices is not None and parameter.default is not None and kind != "string":
        # A number where a word is also possible: the word is left out of the form.
        choices = None
    return replace(
        parameter,
        type=kind,
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        exclusive_minimum=bool(bounds.get("exclusive_minimum")),
        exclusive_maximum=bool(bounds.get("exclusive_maximum")),
        choices=choices if kind == "string" else None,
        nullable=bool(entry.get("nullable")) or parameter.default is None,
        description=entry.get("description", ""),
        owner=call,
    )


def _entry(known: Knowledge, call: str) -> dict[str, Any]:
    found = known.parameters.get(call)
    if found is None:
        found = known.parameters.get(f"{call.split('.', 1)[0]}.*", {})
    return found


def _kind(parameter: Hyperparameter, entry: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Choose the type: an integer literal stays one where integers have a meaning of their own."""
    default = parameter.default
    if isinstance(default, bool):
        return "boolean", {}
    if isinstance(default, str):
        return "string", {}
    if default is None:
        for kind in ("integer", "number"):
            if kind in entry:
                return kind, entry[kind]
        return ("string", {}) if "choices" in entry else ("number", {})
    if isinstance(default, int) and "integer" in entry:
        return "integer", entry["integer"]
    if "number" in entry:
        return "number", entry["number"]
    return parameter.type, entry.get("integer", {})
