"""Interpreters of notebooks: found once from the kernel, stored as an absolute path."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cookhouse.errors import Invalid, NotFound, Unavailable
from cookhouse.floor import environments
from cookhouse.floor.processes import environment

OLDEST = (3, 9)
PROBE = (
    "import json, sys; print(json.dumps({'version': '.'.join(map(str, sys.version_info[:3])),"
    " 'tag': sys.implementation.cache_tag, 'prefix': sys.prefix}))"
)


@dataclass(frozen=True)
class Interpreter:
    """A Python: absolute path, version (`3.11.7`), tag (`cpython-311`), kernel it belongs to."""

    path: Path
    version: str
    tag: str
    kernel: str | None


class Interpreters:
    """Finds interpreters and brings them what our runtime needs beside their own packages."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, float], tuple[str, str]] = {}

    def of_kernel(self, kernel: str | None, python: str | None = None) -> Interpreter:
        """Return the interpreter of a kernelspec, or the one that `python` names.

        With neither, the kernel `python3` is taken. A kernelspec that says just `python` means
        the interpreter that Jupyter itself runs in. Raises `NotFound` for an unknown kernel,
        `Invalid` for one that is not Python.
        """
        if python is not None:
            return self.at(Path(python), kernel)
        argv = self._argv(kernel or "python3")
        if argv is None and kernel is None:
            return self.at(Path(sys.executable), None)
        if argv is None:
            raise NotFound(
                f"The kernel “{kernel}” is not installed here: choose another kernel for the "
                "notebook, or name an interpreter with --python."
            )
        return self.at(_program(argv, kernel or "python3"), kernel)

    def _argv(self, kernel: str) -> list[str] | None:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

        try:
            spec = KernelSpecManager().get_kernel_spec(kernel)
        except (NoSuchKernel, ValueError):
            return None
        if (spec.language or "python").lower() != "python":
            raise Invalid(
                f"The kernel “{kernel}” speaks {spec.language}: recipes are made of Python."
            )
        return [str(part) for part in spec.argv]

    def at(self, path: Path, kernel: str | None) -> Interpreter:
        """Look at the interpreter at a path. Raises `Invalid` where none of use stands there."""
        # Not resolved: a virtual environment's link to its base is what makes it that environment.
        path = Path(os.path.abspath(path.expanduser()))
        try:
            stamp = (str(path), path.stat().st_mtime)
        except OSError:
            raise NotFound(f"There is no interpreter at “{path}”: name another one.") from None
        if stamp not in self.known:
            self.known[stamp] = _probe(path)
        version, tag = self.known[stamp]
        if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
            raise Invalid(f"“{path}” is Python {version}: recipes need 3.9 or newer.")
        return Interpreter(path, version, tag, kernel)

    def overlay(
        self, interpreter: Interpreter, say: Callable[[str], None] = lambda words: None
    ) -> Path:
        """Return the folder of what storing memory and models needs; built on first use."""
        return environments.overlay("overlay", interpreter.path, interpreter.tag, say)

    def host_overlay(
        self, interpreter: Interpreter, say: Callable[[str], None] = lambda words: None
    ) -> Path:
        """Return the folder of what a service's host needs; built on first use."""
        return environments.overlay("host", interpreter.path, interpreter.tag, say)


def _program(argv: list[str], kernel: str) -> Path:
    first = argv[0] if argv else ""
    if first in ("python", "python3", f"python3.{sys.version_info[1]}"):
        return Path(sys.executable)
    if os.sep not in first and (found := shutil.which(first)):
        first = found
    if "python" not in Path(first).name:
        raise Invalid(
            f"The kernel “{kernel}” starts “{first}”, not a Python: name the interpreter "
            "with --python."
        )
    return Path(first)


def _probe(path: Path) -> tuple[str, str]:
    try:
        done = subprocess.run(
            [str(path), "-I", "-c", PROBE],
            capture_output=True, text=True, timeout=30, env=environment(), check=True,
        )  # fmt: skip
        facts = json.loads(done.stdout)
        return facts["version"], facts["tag"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        raise Unavailable(f"“{path}” does not run as a Python: name another one.") from None
