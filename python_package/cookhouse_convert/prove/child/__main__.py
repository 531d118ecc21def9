"""Run one side: `PYTHON child/__main__.py ORDER.json`."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path

_NAME = "_cookhouse_proof"


def _die_with_parent() -> None:
    """Let no run outlive the process that asked for it (Linux)."""
    with contextlib.suppress(Exception):
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def main() -> None:
    """Load this folder as a package of its own name and do what the order says."""
    _die_with_parent()
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or ".") != str(folder)]
    spec = importlib.util.spec_from_file_location(
        _NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    spec.loader.exec_module(module)
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    place, function = {
        "truth": ("run", "truth"),
        "rehearsal": ("rehearse", "rehearsal"),
        "scoring": ("scoring", "scoring"),
    }[order["side"]]
    sys.argv = [""]
    getattr(importlib.import_module(f"{_NAME}.{place}"), function)(order)


if __name__ == "__main__":
    main()
