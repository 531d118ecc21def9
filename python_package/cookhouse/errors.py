"""The error family: every failure that a person can cause has a kind and a sentence.

A `Failure` travels as `{code, message, detail, request_id}` over REST, as one line on standard
error in the command line, and as a notification in the Lab. The message says what happened, to
which thing, and what to do next. `detail` holds small facts for programs, never secrets or whole
inputs.
"""

from __future__ import annotations

from typing import Any, ClassVar


class Failure(Exception):
    """Something that the user can understand and mend.

    Subclasses set `code` (a stable word for programs) and `status` (the HTTP status).
    """

    code: ClassVar[str] = "failed"
    status: ClassVar[int] = 400

    def __init__(self, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.detail: dict[str, Any] = detail


class Invalid(Failure):
    """The input is not of the form that is asked for."""

    code = "invalid"
    status = 400


class NotFound(Failure):
    """There is no such thing."""

    code = "not-found"
    status = 404


class Taken(Failure):
    """The name is already in use."""

    code = "taken"
    status = 409


class Conflict(Failure):
    """The thing is not in a state in which this can be done."""

    code = "conflict"
    status = 409


class Changed(Failure):
    """Somebody else changed the thing since it was read."""

    code = "changed"
    status = 412


class Refused(Failure):
    """A rule of the product forbids it: not proven, not safe, not accepted."""

    code = "refused"
    status = 422


class Forbidden(Failure):
    """The role of this person does not allow it."""

    code = "forbidden"
    status = 403


class TooLarge(Failure):
    """The body is larger than is taken."""

    code = "too-large"
    status = 413


class WrongMediaType(Failure):
    """The body is of a media type that is not taken here."""

    code = "media-type"
    status = 415


class Unavailable(Failure):
    """A part that this needs is not there now: the engine, a kernel, a service."""

    code = "unavailable"
    status = 503


BY_CODE: dict[str, type[Failure]] = {
    kind.code: kind
    for kind in (
        Invalid,
        NotFound,
        Taken,
        Conflict,
        Changed,
        Refused,
        Forbidden,
        TooLarge,
        WrongMediaType,
        Unavailable,
    )
}


def from_code(code: str, message: str, detail: dict[str, Any] | None = None) -> Failure:
    """Make the failure again that another process reported by its code."""
    return BY_CODE.get(code, Failure)(message, **(detail or {}))
