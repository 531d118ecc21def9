"""What a caller can do wrong, as a status, a stable word and a sentence."""

from __future__ import annotations


class Problem(Exception):
    """An answer that is no prediction; `status` is HTTP's, `code` a stable word for programs."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def invalid(message: str) -> Problem:
    """Say that the body is not of the form that is asked for."""
    return Problem(400, "invalid", message)
