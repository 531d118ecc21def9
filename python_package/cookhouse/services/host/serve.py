"""The life of a host process: read the order, load, warm up, listen, say so."""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from json import loads
from pathlib import Path
from typing import Any

from .counters import write_json

LOOPBACK = "127.0.0.1"


def main(order_path: Path) -> int:
    """Serve until told to stop; writes `status.json` beside the order.

    The order has `recipe`, `model`, `overlay`, `host_overlay`, `keys`, `secret` (paths) and
    `port` (the one to take where it is free). The status is `{state, pid, port, example}` with
    state `running`, or `{state: "failed", pid, reason}`.
    """
    order: dict[str, Any] = loads(order_path.read_text(encoding="utf-8"))
    status = order_path.with_name("status.json")
    # What the interpreter has itself comes first: the overlay only fills gaps.
    sys.path.append(order["host_overlay"])
    try:
        server, listening, example = _prepare(order, order_path.parent)
    except Exception as error:
        traceback.print_exc()
        reason = f"{type(error).__name__}: {error}"[:400]
        write_json(status, {"state": "failed", "pid": os.getpid(), "reason": reason})
        return 1
    port = listening.getsockname()[1]
    write_json(status, {"state": "running", "pid": os.getpid(), "port": port, "example": example})
    server.run(sockets=[listening])
    return 0


def _prepare(order: dict[str, Any], folder: Path) -> tuple[Any, socket.socket, list[Any]]:
    import uvicorn

    from .access import Access
    from .app import Host, make_app
    from .batching import Batcher
    from .counters import Counters
    from .model import load

    model = load(Path(order["recipe"]), Path(order["model"]), order["overlay"])
    example = model.warm()
    host = Host(
        model,
        Access(Path(order["keys"]), Path(order["secret"])),
        Counters(folder / "counters.json"),
        Batcher(model.predict),
    )
    config = uvicorn.Config(
        make_app(host),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )
    # The author's statements may have set handlers of their own.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return uvicorn.Server(config), _listen(int(order.get("port") or 0)), example.predictions


def _listen(port: int) -> socket.socket:
    """Take the port of the last time where it is free, so that addresses given away stay."""
    for wanted in dict.fromkeys((port, 0)):
        # With the protocol named, asyncio sends small answers at once: without it the head waits
        # 40 ms for the client's late acknowledgement before the body follows.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, wanted))
            listening.listen(512)
        except OSError:
            listening.close()
            if wanted == 0:
                raise
        else:
            return listening
    raise OSError("no loopback port is free")
