"""The host's endpoints: `/invocations` as MLflow's protocol has it, `/ping`, `/counters`."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from .access import SECRET_HEADER, Access
from .batching import Answers, Batcher
from .bodies import Table, fit, parse
from .counters import Counters
from .model import HostedModel
from .problems import Problem

BODY_LIMIT = 8 * 1024 * 1024
JSON_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


@dataclass
class Host:
    """What the endpoints share."""

    model: HostedModel
    access: Access
    counters: Counters
    batcher: Batcher

    async def invocations(self, request: Request) -> Response:
        """Answer rows with predictions."""
        begun = time.perf_counter()
        try:
            self._admit(request)
            table = self._fitting(parse(await _body(request)))
            response = _json(_document(await self.batcher.submit(table)))
        except Problem as problem:
            response = _refusal(problem)
        except ClientDisconnect:
            response = Response(status_code=400)
        except Exception as error:
            response = _refusal(_unforeseen(error))
        self.counters.add(time.perf_counter() - begun, response.status_code >= 400)
        return response

    def _fitting(self, table: Table) -> Table:
        return fit(table, self.model.read, self.model.needed, self.model.known)

    async def ping(self, request: Request) -> Response:
        """Say that the model is loaded and warm."""
        return _json({"status": "ready"})

    async def counted(self, request: Request) -> Response:
        """Tell the counters."""
        try:
            self._admit(request)
        except Problem as problem:
            return _refusal(problem)
        return _json(self.counters.snapshot())

    def _admit(self, request: Request) -> None:
        headers = request.headers
        if not self.access.allows(headers.get("authorization"), headers.get(SECRET_HEADER)):
            raise Problem(
                403, "forbidden", "Send a key of this service as “Authorization: Bearer KEY”."
            )

    @contextlib.asynccontextmanager
    async def life(self, app: Starlette) -> AsyncIterator[None]:
        """Keep the batcher and the counters' file going while the app serves."""
        tasks = [asyncio.create_task(self.batcher.run()), asyncio.create_task(self._save())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            self.counters.save()

    async def _save(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.counters.save()


def make_app(host: Host) -> Starlette:
    """Put the endpoints together."""
    routes = [
        Route("/invocations", host.invocations, methods=["POST"]),
        Route("/ping", host.ping, methods=["GET"]),
        Route("/counters", host.counted, methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=host.life)


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(
            415, "media-type", f"Send this as application/json, not as {kind or 'nothing'}."
        )
    whole = bytearray()
    async for part in request.stream():
        whole += part
        if len(whole) > BODY_LIMIT:
            limit = BODY_LIMIT // 1024 // 1024
            raise Problem(413, "too-large", f"The body is over {limit} MiB: send fewer rows.")
    return bytes(whole)


def _document(answers: Answers) -> dict[str, Any]:
    document: dict[str, Any] = {"predictions": answers.predictions}
    if answers.probabilities is not None:
        document["probabilities"] = answers.probabilities
    if any(answers.reasons):
        document["reasons"] = answers.reasons
    return document


def _json(document: dict[str, Any], status: int = 200) -> Response:
    body = orjson.dumps(document, default=str, option=JSON_OPTIONS)
    return Response(body, status, media_type="application/json")


def _refusal(problem: Problem) -> Response:
    document = {
        "code": problem.code,
        "message": problem.message,
        "detail": {},
        "request_id": uuid.uuid4().hex[:12],
    }
    return _json(document, problem.status)


def _unforeseen(error: Exception) -> Problem:
    words = f"{type(error).__name__}: {error}"[:300].rstrip(".")
    return Problem(422, "refused", f"The model failed on these rows: {words}.")
