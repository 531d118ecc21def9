"""Whether both sides put the same into the chosen fit and predict and got the same out."""

from __future__ import annotations

import array
import struct
from pathlib import Path
from typing import Any

CLOSE = 1e-9
Entry = dict[str, Any]


def of_interest(side: dict[str, Any], statements: set[int]) -> list[Entry]:
    """Return a side's entries in the statements of the chosen fit, predict and metric."""
    return [e for e in side.get("entries", ()) if e["statement"] in statements]


def differences(
    truth: list[Entry], recipe: list[Entry], cells: dict[int, str]
) -> list[dict[str, Any]]:
    """Return where the recipe parts from the notebook, the first place first; empty if nowhere."""
    found: list[dict[str, Any]] = []
    if len(truth) != len(recipe):
        last = (truth or recipe or [{"statement": 0}])[-1]["statement"]
        what = f"the notebook has {len(truth)} fits, predictions and metrics there, "
        return [_place(last, cells, None, f"{what}the recipe {len(recipe)}")]
    for ours, theirs in zip(recipe, truth, strict=True):
        parted, column = _difference(ours, theirs)
        if parted:
            found.append(_place(theirs["statement"], cells, column, parted))
    return found


def _place(statement: int, cells: dict[int, str], column: str | None, what: str) -> dict[str, Any]:
    return {"statement": statement, "cell": cells.get(statement), "column": column, "what": what}


def _difference(ours: Entry, theirs: Entry) -> tuple[str | None, str | None]:
    called = f"{theirs['class'].rpartition('.')[2]}.{theirs['method']}"
    if (ours["class"], ours["method"], ours["kind"]) != (
        theirs["class"],
        theirs["method"],
        theirs["kind"],
    ):
        return f"the notebook calls {called}, the recipe {ours['class']}.{ours['method']}", None
    if ours["parameters"] != theirs["parameters"]:
        return f"{called} has other parameters", None
    names = ["X", "y", "weights"] if theirs["kind"] != "metric" else ["first", "second", "third"]
    if len(ours["arguments"]) != len(theirs["arguments"]):
        return f"{called} gets another number of arguments", None
    pairs = zip(ours["arguments"], theirs["arguments"], strict=True)
    for number, (mine, yours) in enumerate(pairs):
        column = _column(mine, yours)
        if column is not None:
            part = names[number] if number < len(names) else f"argument {number + 1}"
            return f"{called} gets other values in {part}, first in column {column}", column
    column = _column(ours["result"], theirs["result"])
    if column is not None:
        return f"{called} gives another result", None
    return None, None


def _column(mine: list[list[str]], yours: list[list[str]]) -> str | None:
    for ours, theirs in zip(mine, yours, strict=False):
        if ours != theirs:
            return theirs[0]
    if len(mine) != len(yours):
        longer = mine if len(mine) > len(yours) else yours
        return longer[min(len(mine), len(yours))][0]
    return None


def are_close(
    truth: dict[str, Any], recipe: dict[str, Any], folders: tuple[Path, Path], statements: set[int]
) -> bool:
    """Tell whether values differ by rounding only: same calls and parameters, within 1e-9."""
    pairs = [_numbered(side, statements) for side in (truth, recipe)]
    if len(pairs[0]) != len(pairs[1]) or not pairs[0]:
        return False
    for (number, theirs), (other, ours) in zip(*pairs, strict=True):
        same = ("class", "method", "kind", "parameters")
        if any(theirs[key] != ours[key] for key in same):
            return False
        if not _near(theirs["value"], ours["value"]):
            return False
        for name in ("x", "r"):
            files = (folders[0] / f"{number}-{name}.npy", folders[1] / f"{other}-{name}.npy")
            if files[0].exists() != files[1].exists():
                return False
            if files[0].exists() and not _near_files(*files):
                return False
    return True


def _numbered(side: dict[str, Any], statements: set[int]) -> list[tuple[int, Entry]]:
    entries = enumerate(side.get("entries", ()))
    return [(n, e) for n, e in entries if e["statement"] in statements]


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1e-300)


def _near_files(one: Path, other: Path) -> bool:
    """Compare two `.npy` files of numbers; numpy may be missing where the proof is judged."""
    (shape, ours), (other_shape, theirs) = _read(one), _read(other)
    if shape != other_shape:
        return False
    return all(
        a == b or (a != a and b != b) or _near(a, b) for a, b in zip(ours, theirs, strict=True)
    )


def _read(path: Path) -> tuple[str, list[float]]:
    with path.open("rb") as file:
        magic = file.read(8)
        size = (
            struct.unpack("<H", file.read(2))[0]
            if magic[6] == 1
            else struct.unpack("<I", file.read(4))[0]
        )
        header = file.read(size).decode("latin1")
        data = file.read()
    kind = header.split("'descr': '")[1].split("'")[0]
    codes = {
        "f8": "d",
        "f4": "f",
        "i8": "q",
        "i4": "i",
        "i2": "h",
        "i1": "b",
        "b1": "b",
        "u1": "B",
        "u8": "Q",
        "u4": "I",
        "u2": "H",
    }
    values = array.array(codes[kind[1:]])
    values.frombytes(data)
    shape = header.split("'shape': ")[1].split(")")[0]
    order = header.split("'fortran_order': ")[1].split(",")[0]
    return shape + order, [float(value) for value in values]
