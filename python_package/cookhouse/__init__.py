"""Cookhouse: take the notebook you have, and leave with a model that others use.

This module is imported in servers, kernels' neighbours and engines alike: it stays light.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from cookhouse.client import Client

try:
    __version__ = version("cookhouse")
except PackageNotFoundError:
    # Run from its source, or lent to another interpreter, where it is not installed.
    __version__ = "0.0.0"


def connect(workspace: str | Path | None = None, **settings: Any) -> Client:
    """Open a workspace in Python; with no workspace named, the user's own.

    The client has one method a command of the command line and returns the same messages.
    """
    from cookhouse.client import Client

    return Client(workspace, **settings)


def read(name: str, *arguments: Any, **options: Any) -> Any:
    """Read a dataset into a frame; see `cookhouse.datasets.client.cookhouse.reading.read`."""
    from cookhouse.datasets.client.cookhouse import reading

    return reading.read(name, *arguments, **options)


def write(frame: Any, name: str) -> dict[str, Any]:
    """Add a frame to a dataset as one batch; see `…client.cookhouse.reading.write`."""
    from cookhouse.datasets.client.cookhouse import reading

    return reading.write(frame, name)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "cookhouse"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from cookhouse.app import Cookhouse

    return [{"module": "cookhouse", "app": Cookhouse}]
