"""Checks of hyperparameters before anything runs: type, range, choices, in the user's words."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from typing import Any

from cookhouse.errors import Invalid
from cookhouse.notebooks.messages import Hyperparameter

WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "string": "a text",
    "boolean": "true or false",
}


def checked(given: dict[str, Any], known: Sequence[Hyperparameter]) -> dict[str, Any]:
    """Return all hyperparameters with their values: the given ones, the others' defaults.

    Raises `Invalid`, naming the first that does not fit and what would.
    """
    by_name = {parameter.name: parameter for parameter in known}
    for name in given:
        if name not in by_name:
            raise Invalid(_unknown(name, list(by_name)), hyperparameter=name[:200])
    return {
        name: _value(parameter, given[name]) if name in given else parameter.default
        for name, parameter in by_name.items()
    }


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return f"“{name[:80]}” is not a hyperparameter: this recipe has none."
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"it has {', '.join(known[:12])}."
    return f"“{name[:80]}” is not a hyperparameter of this recipe: {hint}"


def _value(parameter: Hyperparameter, value: Any) -> Any:
    if value is None:
        if parameter.nullable or parameter.default is None:
            return None
        raise _wrong(parameter, value, f"must be {WORDS[parameter.type]}")
    value = _typed(parameter, value)
    # A number may have named settings beside it ("sqrt"), which another literal would ask for.
    choices = parameter.choices if parameter.type == "string" else None
    if choices and value not in choices:
        listed = ", ".join(_shown(choice) for choice in choices[:12])
        raise _wrong(parameter, value, f"must be one of {listed}")
    if parameter.type in ("integer", "number"):
        _in_range(parameter, value)
    return value


def _typed(parameter: Hyperparameter, value: Any) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    match parameter.type:
        case "integer" if number and math.isfinite(value) and value == int(value):
            return int(value)
        case "number" if number and math.isfinite(value):
            # An integer default says nothing of the type: `C=1` is a float of the library.
            return value
        case "string" if isinstance(value, str) and len(value) <= 10_000:
            return value
        case "boolean" if isinstance(value, bool):
            return value
    raise _wrong(parameter, value, f"must be {WORDS[parameter.type]}")


def _in_range(parameter: Hyperparameter, value: float) -> None:
    low, high = parameter.minimum, parameter.maximum
    below = low is not None and (value <= low if parameter.exclusive_minimum else value < low)
    above = high is not None and (value >= high if parameter.exclusive_maximum else value > high)
    if below or above:
        raise _wrong(parameter, value, f"must be {_range(parameter)}")


def _range(parameter: Hyperparameter) -> str:
    low, high = parameter.minimum, parameter.maximum
    parts = []
    if low is not None:
        parts.append(f"{'above' if parameter.exclusive_minimum else 'at least'} {low:g}")
    if high is not None:
        parts.append(f"{'below' if parameter.exclusive_maximum else 'at most'} {high:g}")
    return " and ".join(parts)


def _wrong(parameter: Hyperparameter, value: Any, rule: str) -> Invalid:
    return Invalid(
        f"“{parameter.name}” {rule}, and {_shown(value)} is not.", hyperparameter=parameter.name
    )


def _shown(value: Any) -> str:
    words = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
    return words if len(words) <= 60 else words[:57] + "…"
