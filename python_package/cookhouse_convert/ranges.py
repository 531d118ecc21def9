"""Types, ranges, choices and descriptions of known parameters, laid upon a found literal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cookhouse_convert.analysis import Hyperparameter
from cookhouse_convert.knowledge import Knowledge


def described(parameter: Hyperparameter, known: Knowledge, call: str, name: str) -> Hyperparameter:
    """Return `parameter` with what is known of `call(name=…)`."""
    entry = known.entry(call).get("parameters", {}).get(name)
    if entry is None:
        return replace(parameter, owner=call)
    kind, bounds = _kind(parameter, entry)
    choices = tuple(entry["choices"]) if "choices" in entry else None
    if choices is not None and isinstance(parameter.default, str):
        choices = choices if parameter.default in choices else (*choices, parameter.default)
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
