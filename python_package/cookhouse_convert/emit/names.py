"""Names of a recipe's package and distribution."""

from __future__ import annotations

import keyword
import re
import sys


def package_name(name: str) -> str:
    """Return the import name of a recipe: letters, digits and underscores.

    Raises `ValueError` where nothing of the name is left or it would hide a known module.
    """
    made = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    if made and made[0].isdigit():
        made = f"recipe_{made}"
    if not made or keyword.iskeyword(made):
        raise ValueError(f"{name!r} cannot be the name of a recipe; use letters and digits")
    if made in sys.stdlib_module_names or made.startswith("cookhouse"):
        made = f"recipe_{made}"
    return made


def distribution_name(name: str) -> str:
    """Return the name of the wheel's distribution, apart from those of installed packages."""
    return f"cookhouse-recipe-{package_name(name)}".replace("_", "-")
