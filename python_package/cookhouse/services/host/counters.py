"""What a host counts: requests, errors and how long answers took.

The numbers lie in a file beside the host's log, written at most once a second, so that the server
reads them without a call, and they go on after a restart.
"""

from __future__ import annotations

import json
import os
import statistics
from collections import deque
from pathlib import Path
from typing import Any


class Counters:
    """Counts since the version was published; latencies in milliseconds, the last 1,000."""

    def __init__(self, path: Path) -> None:
        self._path = path
        before = _read(path)
        self.requests = int(before.get("requests", 0))
        self.errors = int(before.get("errors", 0))
        self._latencies: deque[float] = deque(maxlen=1_000)
        self._changed = False

    def add(self, seconds: float, failed: bool) -> None:
        """Count one answered request."""
        self.requests += 1
        self.errors += failed
        self._latencies.append(seconds * 1_000)
        self._changed = True

    def snapshot(self) -> dict[str, Any]:
        """Return the numbers as JSON."""
        median = statistics.median(self._latencies) if self._latencies else None
        return {"requests": self.requests, "errors": self.errors, "latency_p50": median}

    def save(self) -> None:
        """Write the numbers where something was counted since the last time."""
        if self._changed:
            self._changed = False
            write_json(self._path, self.snapshot())


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Replace a file in one step, readable by its owner only."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file)
    os.replace(aside, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
