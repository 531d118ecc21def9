"""The one way in: routes as data, one base handler that authenticates, authorizes and parses.

A room lists its routes with a `Routes` table; each entry is a coroutine or a plain function (run
in a thread) that takes a `Call` and answers a message. The handler here does everything else:
identity, role, media type, size, JSON, validation, errors as `Problem`.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from pydantic import BaseModel, ValidationError
from tornado import web
from tornado.iostream import StreamClosedError

from cookhouse.errors import Failure, Forbidden, Invalid, NotFound, TooLarge, WrongMediaType
from cookhouse.floor.messages import Problem, Role
from cookhouse.floor.roles import role_of, suffices

if TYPE_CHECKING:
    from cookhouse.house import House

JSON_LIMIT = 8 * 1024 * 1024
PART_LIMIT = 64 * 1024 * 1024
BASE = "cookhouse/api"
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class File:
    """An answer that is a file on disk, sent in chunks."""

    path: Path
    name: str
    media_type: str = "application/octet-stream"


@dataclass
class Call:
    """What a route gets: the house, who asks, and the parsed request."""

    house: House
    user: str
    role: Role
    path: dict[str, str]
    body: Any = None
    query: Any = None
    raw: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    location: str | None = None


@dataclass(frozen=True)
class Route:
    """One endpoint as data; `location` is filled with the answer's fields for 201 and 202."""

    method: str
    path: str
    run: Callable[[Call], Any]
    role: Role
    answer: type[BaseModel] | None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    location: str | None = None
    binary: bool = False

    @property
    def room(self) -> str:
        """The first word of the path, which is the room's name."""
        return self.path.split("/", 1)[0]


class Routes:
    """The table of one room's routes."""

    def __init__(self) -> None:
        self.table: list[Route] = []

    def __iter__(self) -> Iterator[Route]:
        return iter(self.table)

    def add(
        self, method: str, path: str, *, role: Role, answer: type[BaseModel] | None, **more: Any
    ) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
        """Register the decorated function as the endpoint `method path`."""

        def register(run: Callable[[Call], Any]) -> Callable[[Call], Any]:
            self.table.append(Route(method, path, run, role, answer, **more))
            return run

        return register


@web.stream_request_body
class ApiHandler(APIHandler):
    """The base of every endpoint.

    Bodies are looked at only after `prepare()` has let the caller in, and are refused by their
    length before they are read: Tornado would otherwise hold them whole in memory first.
    """

    def initialize(self, house: House, routes: dict[str, Route]) -> None:
        """Take the house and the routes of this path by method."""
        self.house = house
        self.routes = routes
        self.received = bytearray()
        self.limit = JSON_LIMIT
        self.request_id = uuid.uuid4().hex[:12]

    async def prepare(self) -> None:  # type: ignore[override]
        """Let the caller in, or answer 403; then check method, media type and length."""
        if self.request.method == "OPTIONS":
            await super().prepare()
            return
        await super().prepare()
        if self.current_user is None:
            raise Forbidden("You are not logged in: open JupyterLab again and log in.")
        route = self._route()
        await self._authorize(route)
        self._check_body(route)

    async def _authorize(self, route: Route) -> None:
        action = "read" if self.request.method in SAFE else "write"
        resource = f"cookhouse:{route.room}"
        allowed = self.authorizer.is_authorized(self, self.current_user, action, resource)
        if inspect.isawaitable(allowed):
            allowed = await allowed
        if not allowed:
            raise Forbidden(f"You may not {action} {route.room}: ask an administrator for it.")
        self.role = role_of(self.house.config, self.current_user)
        if not suffices(self.role, route.role):
            raise Forbidden(
                f"This needs the role {route.role}, and yours is {self.role}: "
                "ask an administrator for it."
            )

    def _route(self) -> Route:
        if not self.routes:
            raise NotFound("There is no such address in Cookhouse: look at openapi.json.")
        route = self.routes.get(self.request.method or "")
        if route is None:
            raise web.HTTPError(405)
        return route

    def _check_body(self, route: Route) -> None:
        limit = PART_LIMIT if route.binary else JSON_LIMIT
        self.limit = limit
        length = self.request.headers.get("Content-Length")
        if length is not None and length.isdigit() and int(length) > limit:
            self._refuse_length()
        if self.request.method in SAFE or self.request.method == "DELETE":
            return
        wanted = "application/octet-stream" if route.binary else "application/json"
        given = self.request.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if given != wanted and (route.binary or route.body is not None or given):
            raise WrongMediaType(f"Send this as {wanted}, not as {given or 'nothing'}.")

    def _refuse_length(self) -> None:
        # The rest of the body is never read, so the connection cannot be used again.
        self.set_header("Connection", "close")
        mib = self.limit // 1024 // 1024
        raise TooLarge(f"The body is over {mib} MiB: send the data in parts.")

    def data_received(self, chunk: bytes) -> None:
        """Collect the body up to the limit."""
        if len(self.received) + len(chunk) > self.limit:
            self._refuse_length()
        self.received += chunk

    @web.authenticated
    async def _serve(self, *_: str, **path: str) -> None:
        route = self._route()
        call = Call(
            house=self.house,
            # The name that people know each other by: a token's username is a random one.
            user=str(self.current_user.display_name or self.current_user.username),
            role=self.role,
            path={key: _checked(key, value) for key, value in path.items()},
            headers={key.lower(): value for key, value in self.request.headers.items()},
        )
        call.query = self._query(route)
        if route.binary:
            call.raw = bytes(self.received)
        elif route.body is not None:
            call.body = parse(route.body, bytes(self.received))
        result = await _run(route, call)
        # Whoever asked may have left meanwhile: then there is nobody to answer, and no incident.
        with suppress(StreamClosedError):
            await self._answer(route, call, result)

    get = post = put = patch = delete = _serve

    def _query(self, route: Route) -> BaseModel | None:
        given = {key: self.get_query_argument(key) for key in self.request.query_arguments}
        # JupyterLab adds the time to every address so that no proxy answers from its cache.
        for key in [key for key in given if key.isdigit() or key in ("token", "_xsrf")]:
            del given[key]
        return validate(route.query, given, "query") if route.query else None

    async def _answer(self, route: Route, call: Call, result: Any) -> None:
        self.set_status(route.status)
        if isinstance(result, File):
            await self._send(result)
            return
        if route.answer is None:
            self.set_status(204)
            self.clear_header("Content-Type")
            await web.RequestHandler.finish(self)
            return
        message = result if isinstance(result, BaseModel) else route.answer.model_validate(result)
        if route.location:
            where = route.location.format_map(message.model_dump())
            self.set_header("Location", url_path_join(self.base_url, BASE, where))
        etag = getattr(message, "etag", None)
        if etag:
            self.set_header("Etag", f'"{etag}"')
        await self.finish(message.model_dump_json())

    async def _send(self, file: File) -> None:
        self.set_header("Content-Type", file.media_type)
        quoted = re.sub(r"[^A-Za-z0-9._-]", "_", file.name)
        self.set_header("Content-Disposition", f'attachment; filename="{quoted}"')
        with file.path.open("rb") as source:
            while part := await asyncio.to_thread(source.read, 1_048_576):
                self.write(part)
                await self.flush()
        await web.RequestHandler.finish(self)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer every failure as a `Problem`."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        problem = problem_of(error, status_code, self.request_id)
        if isinstance(error, Failure):
            self.set_status(error.status)
        self.set_header("Content-Type", "application/json")
        web.RequestHandler.finish(self, problem.model_dump_json())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log the unforeseen with its trace; what the user caused is no incident."""
        if not isinstance(value, Failure):
            super().log_exception(typ, value, tb)

    def compute_etag(self) -> None:
        """Leave `Etag` to the resources' versions (If-Match), not to hashes of the body."""
        return


def problem_of(error: BaseException | None, status: int, request_id: str) -> Problem:
    """Put any error into the words of the border."""
    if isinstance(error, Failure):
        return Problem(
            code=error.code, message=error.message, detail=error.detail, request_id=request_id
        )
    if isinstance(error, web.HTTPError) and status < 500:
        words = error.log_message or error.reason or responses.get(status, "Refused")
        return Problem(code=_slug(responses.get(status, "refused")), message=str(words),
                       request_id=request_id)  # fmt: skip
    return Problem(
        code="internal",
        message="Cookhouse met an error of its own. The server's log has it under "
        f"request {request_id}: please report it.",
        request_id=request_id,
    )


def parse(kind: type[BaseModel], raw: bytes) -> BaseModel:
    """Read JSON into a message.

    Raises `Invalid` for what is not JSON (NaN, nesting over the parser's depth, bad UTF-8 and
    lone surrogates among it) and for fields that do not fit.
    """
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Invalid(f"The body is not JSON: {str(error)[:200]}.") from None
    return validate(kind, data, "body")


def validate(kind: type[BaseModel], data: Any, where: str) -> BaseModel:
    """Check data against a message; `Invalid` names the first field that does not fit."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        places = [
            {"field": ".".join(str(part) for part in item["loc"]), "what": item["msg"]}
            for item in error.errors(include_url=False, include_input=False, include_context=False)
        ][:20]
        first = places[0]
        subject = f"“{first['field']}”" if first["field"] else f"The {where}"
        raise Invalid(f"{subject} does not fit: {first['what']}.", fields=places) from None


def handlers(house: House, base_url: str, tables: list[Routes]) -> list[tuple[str, Any, Any]]:
    """Make Tornado's handler list: one entry a path, its methods beside each other."""
    by_path: dict[str, dict[str, Route]] = {}
    for table in tables:
        for route in table:
            by_path.setdefault(route.path, {})[route.method] = route
    return [
        (
            url_path_join(base_url, BASE, re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)),
            ApiHandler,
            {"house": house, "routes": routes},
        )
        for path, routes in by_path.items()
    ] + [
        # Last of all: what is no address of ours is said in our words too.
        (url_path_join(base_url, BASE, ".*"), ApiHandler, {"house": house, "routes": {}})
    ]


async def _run(route: Route, call: Call) -> Any:
    if inspect.iscoroutinefunction(route.run):
        return await route.run(call)
    return await asyncio.to_thread(route.run, call)


def _checked(key: str, value: str) -> str:
    if "\x00" in value or "/" in value or value in (".", "..") or len(value) > 200:
        raise NotFound(f"There is no such {key}.")
    return value


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a JSON number")


def _slug(words: str) -> str:
    return re.sub(r"[^a-z]+", "-", words.lower()).strip("-")


__all__ = [
    "BASE",
    "ApiHandler",
    "Call",
    "File",
    "Route",
    "Routes",
    "handlers",
    "parse",
    "validate",
]
