"""Who may call a host: a service key, or the server's own secret.

Every user of the machine can reach a loopback port, so the port alone is no permission.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

SECRET_HEADER = "x-cookhouse-host-secret"


class Access:
    """Checks keys against the hashes in a file, which is read again when it changes."""

    def __init__(self, keys: Path, secret: Path) -> None:
        self._keys = keys
        self._secret = secret.read_text(encoding="utf-8").strip().encode()
        self._stamp: tuple[int, int] | None = None
        self._hashes: list[bytes] = []

    def allows(self, authorization: str | None, secret: str | None) -> bool:
        """Say whether the headers of a request let it in; comparisons take constant time."""
        if secret is not None:
            return hmac.compare_digest(secret.encode("utf-8", "replace"), self._secret)
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            return False
        given = hashlib.sha256(key.strip().encode("utf-8", "replace")).hexdigest().encode()
        found = False
        for known in self._current():
            found |= hmac.compare_digest(given, known)
        return found

    def _current(self) -> list[bytes]:
        try:
            status = self._keys.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp != self._stamp:
                hashes = json.loads(self._keys.read_text(encoding="utf-8"))["hashes"]
                self._hashes, self._stamp = [str(known).encode() for known in hashes], stamp
        except (OSError, ValueError, KeyError):
            # Without the list nobody has a valid key; the server's secret still works.
            self._hashes, self._stamp = [], None
        return self._hashes
