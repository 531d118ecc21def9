"""The sample's notebooks, and putting them where the user works."""

from __future__ import annotations

import json
import os
from pathlib import Path

TEMPLATES = Path(__file__).parent
NAMES = ("Luma propensity.ipynb", "Luma EDA.ipynb")
PREFERRED = "cookhouse-notebooks"


def write(folder: Path, *, overwrite: bool, kernel: str | None = None) -> list[Path]:
    """Put the notebooks into a folder; return the paths of those that were written.

    What stands there is the user's and stays, unless `overwrite` is set. `kernel` names their
    kernelspec; without it, the one made for notebooks is taken where it is installed.
    """
    chosen = kernel or _kernel()
    written = []
    for name in NAMES:
        target = folder / name
        if target.exists() and not overwrite:
            continue
        notebook = json.loads((TEMPLATES / name).read_text(encoding="utf-8"))
        notebook["metadata"]["kernelspec"] = {
            "name": chosen, "display_name": chosen, "language": "python",
        }  # fmt: skip
        aside = folder / f".{name}.{os.getpid()}"
        aside.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
        aside.replace(target)
        written.append(target)
    return written


def _kernel() -> str:
    from jupyter_client.kernelspec import KernelSpecManager

    return PREFERRED if PREFERRED in KernelSpecManager().find_kernel_specs() else "python3"
