"""Environments and overlays that Cookhouse builds with uv, once per user, for all workspaces.

Each is made of a lock with hashes that is shipped beside this file, built aside and renamed, so
that what stands under its name is whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from cookhouse.errors import Unavailable
from cookhouse.floor.processes import environment

LOCKS = Path(__file__).parent
Say = Callable[[str], None]


def cache() -> Path:
    """Return the user's cache folder of Cookhouse."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "cookhouse"


def lock_of(name: str) -> Path:
    """Return the lock file of an environment or overlay."""
    return LOCKS / f"{name}.lock"


def key(name: str, tag: str) -> str:
    """Return what an environment is called: its lock, its Python and its platform, hashed."""
    lines = lock_of(name).read_text(encoding="utf-8").splitlines()
    content = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    system = f"{tag}|{sys.platform}|{platform.machine()}|{platform.libc_ver()[0]}"
    return hashlib.sha256(f"{content}|{system}".encode()).hexdigest()[:20]


def own_tag() -> str:
    """Return implementation and version of the Python we run in."""
    return f"{sys.implementation.cache_tag}"


def ready(name: str) -> Path | None:
    """Return the interpreter of an environment that is built; None where it is not."""
    python = cache() / "engines" / key(name, own_tag()) / "bin" / "python"
    return python if python.exists() else None


def build(name: str, say: Say) -> Path:
    """Build an environment where it is missing; return its interpreter.

    Raises `Unavailable` with uv's own words where packages cannot be had.
    """
    target = cache() / "engines" / key(name, own_tag())
    with _building(target, say) as aside:
        if aside is not None:
            say("Making the environment")
            _uv(say, "venv", "--relocatable", "--python", sys.executable, str(aside))
            say("Fetching and installing the packages")
            _uv(say, "pip", "install", "--python", str(aside / "bin" / "python"),
                "--require-hashes", "--requirement", str(lock_of(name)))  # fmt: skip
    return target / "bin" / "python"


def overlay(name: str, python: Path, tag: str, say: Say) -> Path:
    """Build a folder of packages for an interpreter where it is missing; return it.

    Packages come without their own needs: the interpreter has numpy and the like in the versions
    its user chose.
    """
    target = cache() / "overlays" / key(name, tag)
    with _building(target, say) as aside:
        if aside is not None:
            say(f"Fetching packages for {tag}")
            _uv(say, "pip", "install", "--python", str(python), "--no-deps", "--require-hashes",
                "--target", str(aside), "--requirement", str(lock_of(name)))  # fmt: skip
    return target


@contextlib.contextmanager
def _building(target: Path, say: Say) -> Iterator[Path | None]:
    """Hold the lock of one environment; give a folder to build in, None where it stands."""
    if target.exists():
        yield None
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (target.parent / f"{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            yield None
            return
        aside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent)) / "made"
        try:
            yield aside
            aside.rename(target)
            say("Ready")
        finally:
            shutil.rmtree(aside.parent, ignore_errors=True)


def _uv(say: Say, *arguments: str) -> None:
    from uv import find_uv_bin

    argv = [find_uv_bin(), *arguments, "--no-config", "--no-progress"]
    # Addresses and logins of a private package index are the user's own setting of uv and pip.
    kept = {name: value for name, value in os.environ.items() if name.startswith(("UV_", "PIP_"))}
    process = subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment(kept),
    )
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        said.append(line.rstrip())
        say(line.rstrip())
    if process.wait() != 0:
        words = " ".join(line.strip() for line in said if line.strip())[-600:]
        raise Unavailable(
            "The packages could not be installed. If this machine has no network, connect it once "
            "or name an interpreter that has them in the setting Cookhouse.engine. "
            f"uv said: {words}"
        )
