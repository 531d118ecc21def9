"""Calling a host from a process without an event loop: the command line, scripts, tests."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cookhouse.errors import Unavailable, from_code

SECRET_HEADER = "X-Cookhouse-Host-Secret"
CALL_SECONDS = 120.0
# A version switch moves the address: who asked just before it finds the old host gone.
TRIES = 3


@dataclass(frozen=True)
class Route:
    """A host's base address and the secret that lets this user's processes in."""

    address: str
    secret: str


def call_host(route: Callable[[], Route], name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Send a body to the host that `route` finds, looked up anew when it cannot be reached.

    Raises the host's own refusal as a failure of its kind.
    """
    for attempt in range(TRIES):
        where = route()
        try:
            return _post(where, body)
        except urllib.error.HTTPError as error:
            raise refusal(error.read()) from None
        except (urllib.error.URLError, OSError):
            time.sleep(0.2 * (attempt + 1))
    raise Unavailable(f"The service “{name}” did not answer: look at its page for the reason.")


def refusal(raw: bytes) -> Exception:
    """Make a failure of what a host said."""
    try:
        said = json.loads(raw)
        return from_code(str(said["code"]), str(said["message"]))
    except (ValueError, KeyError, TypeError):
        return Unavailable("The service's host gave an answer that is none: look at its log.")


def _post(where: Route, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{where.address}/invocations",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", SECRET_HEADER: where.secret},
        method="POST",
    )
    # Proxies of the environment are not for the loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=CALL_SECONDS) as response:
        answer: dict[str, Any] = json.loads(response.read())
    return answer
