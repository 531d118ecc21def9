"""Run a module of ours in another interpreter: `python -P bootstrap.py MODULE ARGUMENT…`.

Only our own packages are lent to it. Putting the folder they stand in on `sys.path` would lend
everything else that is installed there too, in versions meant for another environment.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

OURS = frozenset({"cookhouse", "cookhouse_convert", "cookhouse_runtime"})
HOME = str(Path(__file__).resolve().parents[2])


class Lender:
    """Finds our top-level packages in the folder that this file was run from."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for our packages, leave the rest to the interpreter's own finders."""
        if name not in OURS:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [HOME], target)


def main() -> None:
    """Lend our packages and run the module's `main()`."""
    sys.meta_path.insert(0, Lender())
    module = sys.argv[1]
    del sys.argv[:1]
    importlib.import_module(module).main()


if __name__ == "__main__":
    main()
