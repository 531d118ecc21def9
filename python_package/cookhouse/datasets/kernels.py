"""What a kernel or a notebook's process needs in its environment to reach datasets.

Standard library only: job bodies use it in the engine's interpreter, too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cookhouse.floor import environments

if TYPE_CHECKING:
    from cookhouse.house import House

CLIENT = Path(__file__).parent / "client"


def client_environment(house: House) -> dict[str, str]:
    """Return the variables that let a kernel `import cookhouse` and find this workspace.

    They stand beside the environment of the process that starts the kernel, whose `PYTHONPATH`
    is kept in them.
    """
    python = house.engine.python
    if python is None:
        # Where it will stand once it is built; until then the client says that it is not there.
        engines = environments.cache() / "engines"
        python = engines / environments.key("engine", environments.own_tag()) / "bin" / "python"
    return client_variables(house.workspace.root, python)


def client_variables(workspace: Path, engine: Path) -> dict[str, str]:
    """Return the same for a workspace's root and an engine's interpreter."""
    before = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    path = [*(p for p in before if p != str(CLIENT)), str(CLIENT)]
    return {
        "COOKHOUSE_WORKSPACE": str(workspace),
        "COOKHOUSE_ENGINE_PYTHON": str(engine),
        "PYTHONPATH": os.pathsep.join(path),
    }
