"""Start a host: `python <this folder> ORDER.json`.

The folder is loaded as the package `cookhouse_host` without joining `sys.path`, so that none of
its file names can be taken for a module that the author's statements import.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

NAME = "cookhouse_host"


def main() -> int:
    """Load the package and serve as the order says; returns the exit code."""
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry).resolve() != folder]
    spec = importlib.util.spec_from_file_location(
        NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder} cannot be loaded: the installation is not whole.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)
    serve = importlib.import_module(f"{NAME}.serve")
    return int(serve.main(Path(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(main())
