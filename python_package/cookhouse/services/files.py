"""The files of a service in the workspace: the way between the server and its hosts.

`services/<id>/keys.json` and `secret` are every version's; `services/<id>/<version>/` has the
host's order, status, counters and log.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cookhouse.floor.workspace import PRIVATE


@dataclass(frozen=True)
class ServiceFiles:
    """Paths of one service's files."""

    root: Path

    @property
    def keys(self) -> Path:
        """The hashes of the keys that hosts accept."""
        return self.root / "keys.json"

    @property
    def secret(self) -> Path:
        """What the server shows a host in place of a key."""
        return self.root / "secret"

    def version(self, number: int) -> Path:
        """The folder of one version, made where it is missing."""
        folder = self.root / str(number)
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return folder

    def write_keys(self, hashes: list[str]) -> None:
        """Tell the hosts which keys are good now."""
        self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        write_private(self.keys, json.dumps({"hashes": hashes}))

    def ensure_secret(self) -> str:
        """Return the server's secret, made on first need."""
        if not self.secret.exists():
            self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            write_private(self.secret, secrets.token_urlsafe(32))
        return self.secret.read_text(encoding="utf-8")

    def counters(self, number: int) -> dict[str, Any]:
        """Return what a version's host counted."""
        return read_json(self.root / str(number) / "counters.json")

    def status(self, number: int) -> dict[str, Any]:
        """Return what a version's host last said of itself."""
        return read_json(self.root / str(number) / "status.json")

    def last_words(self, number: int) -> str:
        """Return the last line of a host's log, for a reason."""
        try:
            with (self.root / str(number) / "host.log").open("rb") as log:
                log.seek(max(0, os.fstat(log.fileno()).st_size - 4_096))
                lines = log.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")

    def remove(self) -> None:
        """Delete all files of the service."""
        shutil.rmtree(self.root, ignore_errors=True)


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(aside, path)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object; what is missing or half there is empty."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
