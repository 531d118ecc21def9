"""Keys of services: made here, stored as hashes, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "ck_"


def new_key() -> str:
    """Make a key of 256 random bits, so that its plain hash cannot be searched."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def hint(key: str) -> str:
    """Return what is shown of a key after it was made."""
    return f"…{key[-4:]}"


def matches(key: str, digests: Iterable[str]) -> bool:
    """Say whether a key is one of those; takes as long whichever it is."""
    given = digest(key).encode()
    found = False
    for known in digests:
        found |= hmac.compare_digest(given, known.encode())
    return found


def bearer(authorization: str | None) -> str | None:
    """Read the key of an `Authorization: Bearer KEY` header."""
    scheme, _, key = (authorization or "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None
