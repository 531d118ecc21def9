"""The verdict on a notebook of 100 cells, against only parsing the same cells with `ast`."""

from __future__ import annotations

import ast
import statistics
import time
from typing import Any

from shop import cells, report

from cookhouse_convert import analyse

ROUNDS = 15
LIMIT = 100.0


def hundred() -> list[dict[str, Any]]:
    """Return 100 cells: the shop's notebook with a long middle of feature statements."""
    first, data, split, *rest = cells()
    middle = [
        f"df['f{n}'] = df['n{n % 12}'] * {n} + df['n{(n + 1) % 12}'].fillna(0)\n"
        f"print(df['f{n}'].describe())"
        for n in range(100 - 5)
    ]
    sources = [first, data, *middle, split, *rest]
    return [
        {"id": f"c{n}", "type": "code", "source": source, "tags": []}
        for n, source in enumerate(sources)
    ]


def milliseconds(work: Any) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def measure() -> list[dict[str, Any]]:
    """Measure and print."""
    notebook = hundred()
    assert len(notebook) == 100
    ours = milliseconds(lambda: analyse(notebook))
    peer = milliseconds(lambda: [ast.parse(cell["source"]) for cell in notebook])
    return [report("verdict on 100 cells", f"{ours:.0f} ms", f"ast alone {peer:.1f} ms",
                   f"{ours:.0f} ms, {ours / peer:.0f} x", "100 ms", ours <= LIMIT)]  # fmt: skip


if __name__ == "__main__":
    measure()
