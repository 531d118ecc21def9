"""Run all measurements, one after the other, and print them as a table.

    .venv/bin/python benchmarks/run.py [--json FILE] [NAME…]

Exit 1 where a limit was passed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

ALL = ("verdict", "memory", "training", "scoring", "service")


def machine() -> str:
    """Return what the numbers were measured on."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python " \
           f"{platform.python_version()}, load {load:.1f} at the start"  # fmt: skip


def table(measured: list[dict[str, Any]]) -> str:
    """Return the measurements as a Markdown table."""
    lines = ["| what | Cookhouse | peer | figure | limit | |", "|---|---|---|---|---|---|"]
    for one in measured:
        said = "ok" if one["ok"] else "over"
        cells = [one["name"], one["ours"], one["peer"], one["figure"], one["limit"], said]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure what was named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ALL, []], help="what to measure")
    parser.add_argument("--json", type=Path, help="write the measurements to this file")
    given = parser.parse_args()
    # Each script reads its own arguments; ours are none of its.
    sys.argv = sys.argv[:1]
    where, measured = machine(), []
    for name in given.names or ALL:
        measured += importlib.import_module(name).measure()
    print(f"\n{where}\n\n{table(measured)}")
    if given.json:
        document = {"machine": where, "measured": measured}
        given.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one["ok"] for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
