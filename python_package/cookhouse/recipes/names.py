"""Names of recipes, derived from the notebook's file where none is given, and of their folders."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from cookhouse.errors import Invalid
from cookhouse.floor.messages import NAME_PATTERN
from cookhouse_convert.emit.names import package_name

# In the folder of the job that makes a recipe: what waits there for its record to be written.
STAGED = "recipe"


def name_for(path: Path, metadata: dict[str, Any]) -> str:
    """Return the name a notebook's metadata gives its recipe, else one made of its file's name."""
    noted = noted_name(metadata)
    if noted is not None:
        return noted
    plain = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").lower()[:80].strip("-")
    return plain or "recipe"


def usable_name(name: str) -> str:
    """Return the name where a package can be called after it. Raises `Invalid`."""
    try:
        package_name(name)
    except ValueError:
        raise Invalid(
            f"“{name}” cannot be the name of a recipe, since Python keeps that word for itself: "
            "give it another name.",
            name=name,
        ) from None
    return name


def noted_name(metadata: dict[str, Any]) -> str | None:
    """Return the recipe that a notebook's metadata names, where it names one properly."""
    ours = metadata.get("cookhouse")
    noted = ours.get("recipe") if isinstance(ours, dict) else None
    if isinstance(noted, str) and re.fullmatch(NAME_PATTERN, noted):
        return noted
    return None
