"""What is known of libraries: data in one TOML file each, read once.

A file names the import roots (`modules`), what an unnamed function of the library does (`default`),
and lists names by role:

- `display`: shows or draws, changes nothing that a model sees
- `inspect`: returns something and changes nothing (also usable as a value)
- `mutate`: changes its first argument (a function) or its object (a method)
- `read`, `write`: files; `dataset`: rows that come with a package
- `split`, `splitter`: training and test rows
- `measure`: a figure of merit; `report`: a table or text of several
- `random`: draws from a global generator unless seeded; `seed`: sets one
- `fit`: fits and returns a model (`xgboost.train`); `settings`: display settings only
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

ROLES = (
    "display", "inspect", "mutate", "read", "write", "dataset", "split", "splitter", "measure",
    "report", "random", "seed", "fit", "settings", "search", "pipeline",
)  # fmt: skip


@dataclass(slots=True)
class Library:
    """One library: its functions by role, and what its unnamed functions do."""

    name: str
    default: str
    requirement: str
    functions: dict[str, str]
    scope: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Knowledge:
    """All libraries together. Methods have no known type, so they are one table."""

    libraries: dict[str, Library] = field(default_factory=dict)
    methods: dict[str, str] = field(default_factory=dict)
    estimators: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    properties: frozenset[str] = frozenset()
    higher_is_better: frozenset[str] = frozenset()

    def library(self, qualified: str) -> Library | None:
        """Return the library of a qualified name."""
        return self.libraries.get(qualified.split(".", 1)[0])

    def role(self, qualified: str) -> str:
        """Return the role of a function of a library, "" where it is not known."""
        library = self.library(qualified)
        if library is None:
            return ""
        tail = qualified.split(".", 1)[-1]
        for prefix, role in library.prefixes.items():
            if tail.startswith(prefix) and tail not in library.functions:
                return role
        short = tail.rsplit(".", 1)[-1]
        return library.functions.get(tail) or library.functions.get(short) or library.default

    def method(self, name: str) -> str:
        """Return the role of a method, "" where it is not known."""
        return self.methods.get(name, "")

    def task(self, qualified: str) -> str | None:
        """Return the task of an estimator class, None where the name is no such class.

        `transformer` and `cluster` are tasks here; imports through inner modules are understood.
        """
        task = self.estimators.get(qualified)
        if task is not None:
            return task
        public = self.short.get(qualified.rsplit(".", 1)[-1])
        if public and public.split(".", 1)[0] == qualified.split(".", 1)[0]:
            return self.estimators[public]
        return None

    def public_name(self, qualified: str) -> str:
        """Return the name under which an estimator class is documented."""
        public = self.short.get(qualified.rsplit(".", 1)[-1])
        if public and public.split(".", 1)[0] == qualified.split(".", 1)[0]:
            return public
        return qualified

    def entry(self, qualified: str) -> dict[str, Any]:
        """Return what is known of the parameters of a class or function."""
        found = self.parameters.get(qualified)
        if found is None:
            found = self.parameters.get(f"{qualified.split('.', 1)[0]}.*", {})
        return found

    def positional(self, qualified: str) -> list[str]:
        """Return the names of a class's or function's positional parameters, in order."""
        names = self.entry(qualified).get("positional", [])
        return names if isinstance(names, list) else []

    def find_short(self, name: str, modules: list[str]) -> str | None:
        """Return the qualified name that `from module import *` gives `name`, if it is known."""
        for module in reversed(modules):
            library = self.library(module)
            if library and (name in library.functions or f"{module}.{name}" in self.estimators):
                return f"{module}.{name}"
        return None


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge of all libraries."""
    known = Knowledge()
    for entry in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            _add(known, tomllib.loads(entry.read_text("utf-8")))
    _add_sklearn(known, json.loads((files(__package__) / "sklearn_parameters.json").read_text()))
    known.short = {name.rsplit(".", 1)[-1]: name for name in known.estimators}
    return known


def _add(known: Knowledge, data: dict[str, Any]) -> None:
    functions: dict[str, str] = {}
    for role, names in data.get("functions", {}).items():
        functions.update(dict.fromkeys(names, role))
    for root in data.get("modules", []):
        known.libraries[root] = Library(
            root,
            data.get("default", ""),
            data.get("requirement", root),
            functions,
            data.get("scope", ""),
            data.get("prefixes", {}),
        )
    for role, names in data.get("methods", {}).items():
        for name in names:
            known.methods.setdefault(name, role)
    known.properties |= frozenset(data.get("properties", []))
    for task, names in data.get("estimators", {}).items():
        known.estimators.update(dict.fromkeys(names, task))
    for name, parameters in data.get("parameters", {}).items():
        known.parameters.setdefault(name.replace("/", "."), {}).update(parameters)


def _add_sklearn(known: Knowledge, data: dict[str, Any]) -> None:
    for name, entry in data.items():
        if entry.get("task"):
            known.estimators[name] = entry["task"]
        known.parameters[name] = entry
