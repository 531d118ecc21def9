"""Why a run did not reach its end, in words that name the cell and the way out."""

from __future__ import annotations

from typing import Any


def of_notebook(error: dict[str, Any]) -> str:
    """Say what stopped the whole notebook."""
    kind, message, name = error["kind"], error["message"], error.get("name", "")
    if kind == "Ended":
        return f"the notebook did not run to its end: {message}"
    if kind == "EOFError":
        return "the notebook asks for input there; put the value into the cell instead"
    if kind == "SystemExit":
        return "the notebook ends itself there (exit); take that statement out"
    if kind == "ModuleNotFoundError":
        return (
            f"the package {name} is not installed in the notebook's interpreter; install it there"
        )
    if kind == "FileNotFoundError":
        return f"the file {name} is missing; put it where the notebook looks for it"
    if kind == "KeyboardInterrupt":
        return "the run was interrupted"
    return f"the notebook fails there with {kind}: {message}"


def of_recipe(error: dict[str, Any]) -> str:
    """Say what stopped the recipe, the notebook having run."""
    kind, message = error["kind"], error["message"]
    if kind == "Ended":
        return f"the recipe did not run to its end: {message}"
    return f"the recipe cannot do what the notebook does: {message}"
