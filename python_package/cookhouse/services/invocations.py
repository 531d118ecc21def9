"""`services/{name}/invocations`: the one endpoint that a key opens without a Jupyter login."""

from __future__ import annotations

import asyncio
import inspect
import uuid
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from cookhouse.errors import Failure, Forbidden, TooLarge, Unavailable, WrongMediaType
from cookhouse.floor.messages import NAME_PATTERN, Role
from cookhouse.floor.roles import role_of, suffices
from cookhouse.http import BASE, JSON_LIMIT, problem_of
from cookhouse.services.call import CALL_SECONDS, SECRET_HEADER, TRIES, refusal
from cookhouse.services.keys import bearer

if TYPE_CHECKING:
    from cookhouse.house import House

LEAST_ROLE: Role = "viewer"
MOST_CALLS = 256


@web.stream_request_body
class InvocationsHandler(APIHandler):
    """Lets a caller in by key or by login, and hands the body to the service's host.

    A valid key stands for itself: no cookie takes part, so neither the XSRF token nor the origin
    is asked for. Everybody else goes the way of all endpoints.
    """

    def initialize(self, house: House, client: AsyncHTTPClient) -> None:
        """Take the house and the client that calls hosts."""
        self.house = house
        self.client = client
        self.keyed = False
        self.received = bytearray()
        self.request_id = uuid.uuid4().hex[:12]

    async def prepare(self) -> None:  # type: ignore[override]
        """Let the caller in, or answer 403; then check media type and length."""
        key = bearer(self.request.headers.get("Authorization"))
        if key is not None:
            name = self.path_kwargs.get("name", "")
            self.keyed = await asyncio.to_thread(self.house.services.admits, name, key)
        await super().prepare()
        if self.request.method == "OPTIONS":
            return
        if not self.keyed:
            await self._authorize()
        kind = self.request.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise WrongMediaType(f"Send this as application/json, not as {kind or 'nothing'}.")
        length = self.request.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > JSON_LIMIT:
            self._refuse_length()

    async def _authorize(self) -> None:
        if self.current_user is None:
            raise Forbidden(
                "Send a key of this service as “Authorization: Bearer KEY”, or log in to Jupyter."
            )
        allowed = self.authorizer.is_authorized(
            self, self.current_user, "execute", "cookhouse:services"
        )
        if inspect.isawaitable(allowed):
            allowed = await allowed
        if not allowed or not suffices(role_of(self.house.config, self.current_user), LEAST_ROLE):
            raise Forbidden("You may not call services: ask an administrator for it.")

    def check_xsrf_cookie(self) -> None:
        """Ask for the XSRF token unless a valid key stands in for the cookie."""
        if not self.keyed:
            super().check_xsrf_cookie()

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Check the origin unless a valid key stands in for the cookie."""
        return self.keyed or bool(super().check_origin(origin_to_satisfy_tornado))

    def data_received(self, chunk: bytes) -> None:
        """Collect the body up to the limit."""
        if len(self.received) + len(chunk) > JSON_LIMIT:
            self._refuse_length()
        self.received += chunk

    def _refuse_length(self) -> None:
        self.set_header("Connection", "close")
        raise TooLarge(f"The body is over {JSON_LIMIT // 1024 // 1024} MiB: send fewer rows.")

    @allow_unauthenticated
    async def post(self, name: str) -> None:
        """Answer rows with predictions."""
        body = await self._call(name, bytes(self.received))
        self.finish(body)

    async def _call(self, name: str, raw: bytes) -> bytes:
        """Call the host, found anew when a version switch moved it meanwhile."""
        for attempt in range(TRIES):
            where = await asyncio.to_thread(self.house.services.route, name)
            request = HTTPRequest(
                f"{where.address}/invocations", method="POST", body=raw,
                headers={"Content-Type": "application/json", SECRET_HEADER: where.secret},
                request_timeout=CALL_SECONDS, connect_timeout=5.0, follow_redirects=False,
            )  # fmt: skip
            try:
                return bytes((await self.client.fetch(request)).body)
            except HTTPClientError as error:
                if error.response is not None and error.code != 599:
                    raise refusal(error.response.body or b"") from None
            except OSError:
                pass
            await asyncio.sleep(0.2 * (attempt + 1))
        raise Unavailable(f"The service “{name}” did not answer: look at its page for the reason.")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer every failure as a `Problem`."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, Failure):
            self.set_status(error.status)
        self.set_header("Content-Type", "application/json")
        problem = problem_of(error, status_code, self.request_id)
        web.RequestHandler.finish(self, problem.model_dump_json())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log the unforeseen; what a caller did wrong is no incident."""
        if not isinstance(value, Failure):
            super().log_exception(typ, value, tb)

    def compute_etag(self) -> None:
        """Answers are not cached."""
        return


def handlers(house: House, base_url: str) -> list[tuple[str, Any, Any]]:
    """Return the handler list's entry; the application adds it beside the rooms' routes."""
    client = AsyncHTTPClient(force_instance=True, max_clients=MOST_CALLS)
    pattern = rf"services/(?P<name>{NAME_PATTERN.strip('^$')})/invocations"
    arguments = {"house": house, "client": client}
    return [(url_path_join(base_url, BASE, pattern), InvocationsHandler, arguments)]
