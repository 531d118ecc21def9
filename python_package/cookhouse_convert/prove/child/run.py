"""One side of the proof: the whole notebook (`truth`) or the recipe (`rehearsal`)."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import linecache
import os
import random
import sys
import traceback
import types
from pathlib import Path
from typing import Any

from .guard import guard_folder
from .record import Recorder


def seeded(seed: int) -> None:
    """Give all global generators a known state."""
    random.seed(seed)
    with contextlib.suppress(ImportError):
        import numpy

        numpy.random.seed(seed % 2**32)


def generators() -> Any:
    """Return the states of the global generators, for comparison."""
    numpy = sys.modules.get("numpy")
    state: tuple[Any, ...] = () if numpy is None else numpy.random.get_state(legacy=True)
    array = state[1].tobytes() if len(state) > 1 else b""
    return random.getstate(), array, state[2:3]


class Tee(io.TextIOBase):
    """Standard output that is also kept, statement by statement."""

    def __init__(self, under: Any) -> None:
        self._under = under
        self.kept = io.StringIO()

    def write(self, text: str) -> int:
        """Pass the text on and keep it."""
        self.kept.write(text)
        return int(self._under.write(text))

    def flush(self) -> None:
        """Flush what lies below."""
        self._under.flush()

    def taken(self) -> str:
        """Return what was printed since the last time."""
        text = self.kept.getvalue()
        self.kept = io.StringIO()
        return text


class Side:
    """What both sides share: seeds, recorder, printed text, the file of results."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.keep = set(order["interest"])
        self.recorder = Recorder(self.keep)
        self.printed: dict[int, str] = {}
        self.moved: list[int] = []
        self.tee = Tee(sys.stdout)
        self._state: Any = None

    def start(self) -> None:
        """Set the stage: seed, folder, guard, recorder."""
        seeded(self.order["seed"])
        guard_folder(self.order["guarded"], self.order["own"])
        sys.stdout = self.tee
        self.recorder.install()

    def before(self, number: int, namespace: dict[str, Any]) -> None:
        """A statement is about to run."""
        if self.order["pinned"] and number in set(self.order["kept"]):
            seeded(self.order["seed"] + 7919 * (number + 1))
        self.recorder.begin(number, namespace)
        self._state = generators()

    def after(self, number: int) -> None:
        """A statement has run: what it printed, whether it moved a generator."""
        text = self.tee.taken()
        if number in self.keep:
            self.printed[number] = text
        if generators() != self._state:
            self.moved.append(number)

    def write(self, more: dict[str, Any]) -> None:
        """Write the results."""
        result = {
            "entries": self.recorder.entries,
            "printed": {str(n): text for n, text in self.printed.items()},
            "moved": self.moved,
            **more,
        }
        folder = Path(self.order["out"])
        self._write_values(folder)
        half = folder / "result.part"
        half.write_text(json.dumps(result), encoding="utf-8")
        half.rename(folder / "result.json")

    def _write_values(self, folder: Path) -> None:
        numpy = sys.modules.get("numpy")
        if numpy is None:
            return
        for row in self.recorder.values:
            for name, value in (
                ("x", row["args"][0] if row["args"] else None),
                ("r", row["result"]),
            ):
                made = _matrix(value)
                if made is not None and made.size <= 20_000_000:
                    numpy.save(folder / f"{row['entry']}-{name}.npy", made, allow_pickle=False)


def _matrix(value: Any) -> Any:
    numpy = sys.modules["numpy"]
    if value is None or isinstance(value, (str, dict)):
        return None
    value = value.toarray() if hasattr(value, "toarray") else value
    try:
        made = numpy.asarray(value)
        return made if made.dtype.kind in "fiub" else made.astype(float)
    except (TypeError, ValueError):
        return None


def truth(order: dict[str, Any]) -> None:
    """Run every statement of the notebook, as it stands, top to bottom."""
    side = Side(order)
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    namespace.update({"display": print, "get_ipython": _shell})
    sys.modules["__main__"] = module
    os.chdir(order["folder"])
    sys.path.insert(0, order["folder"])
    side.start()
    error = None
    for row in order["statements"]:
        linecache.cache[row["place"]] = (1, None, [row["source"]], row["place"])
        side.before(row["number"], namespace)
        try:
            _execute(row, namespace)
        except BaseException as caught:
            error = failure(caught, row)
            break
        finally:
            side.after(row["number"])
    side.write({"error": error, "metrics": _results(order, namespace)})


def _execute(row: dict[str, Any], namespace: dict[str, Any]) -> None:
    try:
        tree = ast.parse(row["source"], row["place"])
    except SyntaxError:
        if row["magic"]:
            return
        raise
    ast.increment_lineno(tree, row["first_line"] - 1)
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        # As in a notebook, where the last expression is shown; its value may be the metric.
        *lines, last = tree.body
        exec(compile(ast.Module(lines, []), row["place"], "exec"), namespace)
        value = eval(compile(ast.Expression(last.value), row["place"], "eval"), namespace)
        namespace["_"] = value
        row["shown"] = value
        return
    exec(compile(tree, row["place"], "exec"), namespace)


def _results(order: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that the statements of interest showed or assigned."""
    found: dict[str, Any] = {}
    for row in order["statements"]:
        if row["number"] not in order["interest"]:
            continue
        value = row.pop("shown", None)
        if value is None:
            with contextlib.suppress(SyntaxError, IndexError):
                node = ast.parse(row["source"]).body[0]
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    value = namespace.get(node.targets[0].id)
        with contextlib.suppress(TypeError, ValueError):
            if value is not None and getattr(value, "ndim", 0) == 0:
                found[str(row["number"])] = float(value)
    return found


class _Shell:
    """Stands in for IPython's shell where a statement asks for it; magics do nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def _shell() -> _Shell:
    return _Shell()


def failure(error: BaseException, row: dict[str, Any]) -> dict[str, Any]:
    """Return kind, message and place of what stopped a run."""
    line = row.get("line")
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == row["place"]:
            line = number
    traceback.print_exception(error)
    return {
        "kind": type(error).__name__,
        "message": str(error)[:500],
        "name": str(getattr(error, "name", None) or getattr(error, "filename", None) or ""),
        "cell": row["cell"],
        "line": line,
        "statement": row["number"],
    }
