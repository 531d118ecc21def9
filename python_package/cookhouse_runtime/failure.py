"""What the runtime says when something cannot be done, in the author's terms."""

from __future__ import annotations

import os
import traceback
from typing import Any

_HERE = os.path.dirname(os.path.abspath(__file__))


class RecipeError(Exception):
    """Something about the recipe, its model or its rows, said in one sentence.

    `cell` and `line` name the author's place where there is one.
    """

    def __init__(self, what: str, cell: str | None = None, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.cell = cell
        self.line = line


class CannotServe(RecipeError):
    """A statement that cannot be replayed for new rows."""


class Stop(BaseException):
    """The replay has what it came for. No `except Exception` of the author catches it."""


def described(error: BaseException) -> str:
    """Return the error as `Kind: message`, or the message alone for our own errors."""
    if isinstance(error, RecipeError):
        return error.what
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def authors_place(error: BaseException) -> tuple[str | None, int | None]:
    """Return cell file name and line of the innermost frame in the author's own text."""
    if isinstance(error, RecipeError) and error.cell is not None:
        return error.cell, error.line
    if isinstance(error, SyntaxError) and (error.filename or "").startswith("cell "):
        return error.filename, error.lineno
    place: tuple[str | None, int | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith("cell "):
            place = (frame.f_code.co_filename, line)
    return place


def authors_traceback(error: BaseException) -> str:
    """Return the traceback with the author's lines and the libraries', without our frames."""
    stack = list(traceback.extract_tb(error.__traceback__))
    first = next((n for n, f in enumerate(stack) if f.filename.startswith("cell ")), None)
    if first is not None:
        stack = [f for f in stack[first:] if not os.path.abspath(f.filename).startswith(_HERE)]
    text = ["Traceback (most recent call last):\n"]
    text += traceback.format_list(stack)
    text += traceback.format_exception_only(type(error), error)
    return "".join(text)


def error_event(error: BaseException, cells: dict[str, str]) -> dict[str, Any]:
    """Return the event that ends a failed run; `cells` maps file names to cell ids."""
    place, line = authors_place(error)
    what = described(error)
    if place is not None and not isinstance(error, RecipeError):
        what = f"{place} failed at line {line}: {what}"
    return {"type": "error", "what": what, "cell": cells.get(place or "", place), "line": line}
