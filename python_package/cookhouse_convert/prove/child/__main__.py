"""The warm process of a proof: `PYTHON child/__main__.py MODULE…`, orders on standard input."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path

_NAME = "_cookhouse_proof"


def main() -> None:
    """Load this folder as a package of its own name and serve."""
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or ".") != str(folder)]
    spec = importlib.util.spec_from_file_location(
        _NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    spec.loader.exec_module(module)
    template = importlib.import_module(f"{_NAME}.template")
    template.die_with_parent()
    template.serve(sys.argv[1:])


if __name__ == "__main__":
    main()
