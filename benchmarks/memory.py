"""Memory of the server over one without Cookhouse, and of the whole tree at rest."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from shop import end, kitchen, report

LIMIT = 40.0
MIB = 1024 * 1024
TOKEN = "benchmark"
READS = ("status", "datasets", "recipes", "models", "scoring", "services", "jobs")


@contextmanager
def server(folder: Path, extension: bool) -> Iterator[tuple[int, int]]:
    """Start a Jupyter server on the loopback; give its port and pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = [
        sys.executable, "-m", "jupyter_server", "--ServerApp.ip=127.0.0.1", "--no-browser",
        f"--ServerApp.port={port}", "--ServerApp.allow_root=True",
        f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}",
        f"--ServerApp.jpserver_extensions={{'cookhouse': {extension}}}",
    ]  # fmt: skip
    if extension:
        argv.append(f"--Cookhouse.workspace={folder / 'workspace'}")
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


def get(port: int, path: str) -> None:
    """Read an address of the server."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/{path}", headers={"Authorization": f"token {TOKEN}"}
    )
    urllib.request.urlopen(request, timeout=30).read()


def _wait(port: int) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            return get(port, "api/status")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def own(pid: int) -> float:
    """Return a process's memory in MiB, shared pages counted in part."""
    return float(psutil.Process(pid).memory_full_info().pss) / MIB


def at_rest() -> dict[str, float]:
    """Return the memory of supervisor and engine in a workspace where something was done."""
    with kitchen() as (client, folder):
        (folder / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        client.ingest("a", [folder / "a.csv"])
        client.preview("a")
        supervisor = int((client.house.workspace.supervisor / "lock").read_text())
        engines = [child.pid for child in psutil.Process(os.getpid()).children()
                   if "engine_worker" in " ".join(child.cmdline())]  # fmt: skip
        return {"supervisor": own(supervisor), "engine": sum(own(pid) for pid in engines[:1])}


def measure() -> list[dict[str, Any]]:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="cookhouse-benchmark-"))
    with server(folder, False) as (port, pid):
        get(port, "api/contents")
        bare = own(pid)
    with server(folder, True) as (port, pid):
        get(port, "api/contents")
        for path in READS:
            get(port, f"cookhouse/api/{path}")
        ours = own(pid)
    end(folder / "workspace")
    rest = at_rest()
    whole = ours + sum(rest.values())
    parts = ", ".join(f"{name} {size:.0f}" for name, size in rest.items())
    return [
        report("memory of the server", f"{ours:.0f} MiB", f"bare server {bare:.0f} MiB",
               f"{ours - bare:+.0f} MiB, {ours / bare:.2f} x", f"+{LIMIT:.0f} MiB",
               ours - bare <= LIMIT),
        report("tree at rest", f"{whole:.0f} MiB", f"server {ours:.0f}, {parts}",
               f"{whole / bare:.1f} x the bare server", "printed", True),
    ]  # fmt: skip


if __name__ == "__main__":
    measure()
