"""The safe-scoring tests: the stored model, loaded afresh, on the notebook's own raw rows."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_PART = 25


class Tests:
    """Ways to hand the same rows to the model; each must give what the notebook computed."""

    def __init__(self, order: dict[str, Any]) -> None:
        folder = Path(order["recipe"])
        sys.path.insert(0, os.fspath(folder.parent))
        package = f"{folder.name}._runtime"
        self._checking = importlib.import_module(f"{package}.checking")
        self._schema = importlib.import_module(f"{package}.schema")
        self._binding = importlib.import_module(f"{package}.binding")
        codec = importlib.import_module(f"{package}.codec")
        runtime = importlib.import_module(package)
        stored = Path(order["stored"])
        self.model = runtime.TrainedModel.load(folder, stored / "model", order["overlay"])
        text = (stored / "must" / "must.json").read_text(encoding="utf-8")
        must = {k: codec.decode(v, stored / "must") for k, v in json.loads(text).items()}
        self.raw, self.features, self.final = must["raw"], must["features"], must["final"]
        self._single = order["most_single"]
        self._work = Path(order["out"])

    def ways(self) -> Iterator[tuple[str, Callable[[], str | None]]]:
        """Return the tests by name; each returns what differs, None when nothing does."""
        yield "all rows at once", lambda: self._at(slice(None), self.raw)
        yield "25 at a time", self._parts
        yield "one at a time", self._singles
        yield "shuffled", self._shuffled
        yield "under a fresh index", self._fresh
        if self.model.label:
            yield "with the label permuted", self._permuted
            yield "without the label", self._without
        yield "through JSON", self._json
        yield "through a dataset", self._dataset

    def _at(self, places: Any, frame: Any) -> str | None:
        """Compare features and predictions of these rows with the notebook's."""
        features = self.model.features(frame)
        wanted = self._checking.taken(self.features, places)
        problem = self._checking.different(self._dense(features), wanted)
        if problem is not None:
            return f"features differ: {problem}"
        made = self.model.predict(frame)
        reasons = made["reason"].dropna()
        if len(reasons):
            return f"a row is not scored: {reasons.iloc[0]}"
        if not made.index.equals(frame.index if hasattr(frame, "index") else made.index):
            return "the index is not kept"
        final = self._checking.taken(self.final, places)
        if not self._checking.equal(made["prediction"].to_numpy(), self._flat(final)):
            return "predictions differ"
        return None

    def _dense(self, features: Any) -> Any:
        return features.toarray() if hasattr(features, "toarray") else features

    def _flat(self, values: Any) -> Any:
        made = self._checking.dense(values)
        return made[:, 0] if made.ndim == 2 and made.shape[1] == 1 else made

    def _parts(self) -> str | None:
        for start in range(0, min(len(self.raw), 40 * _PART), _PART):
            places = slice(start, start + _PART)
            problem = self._at(places, self.raw.iloc[places])
            if problem:
                return problem
        return None

    def _singles(self) -> str | None:
        for start in range(min(len(self.raw), self._single)):
            places = slice(start, start + 1)
            problem = self._at(places, self.raw.iloc[places])
            if problem:
                return f"row {start}: {problem}"
        return None

    def _shuffled(self) -> str | None:
        import numpy

        order = numpy.random.default_rng(0).permutation(len(self.raw))
        return self._at(order, self.raw.iloc[order])

    def _fresh(self) -> str | None:
        frame = self.raw.copy()
        frame.index = [f"row {n}" for n in range(len(frame))]
        return self._at(slice(None), frame)

    def _permuted(self) -> str | None:
        frame = self.raw.copy()
        for name in self.model.label:
            column = next(c for c in frame.columns if str(c) == name)
            frame[column] = frame[column].to_numpy()[::-1]
        return self._at(slice(None), frame)

    def _without(self) -> str | None:
        return self._at(slice(None), self._unlabelled())

    def _unlabelled(self) -> Any:
        gone = [c for c in self.raw.columns if str(c) in self.model.label]
        return self.raw.drop(columns=gone)

    def _json(self) -> str | None:
        import pandas

        rows = json.loads(json.dumps(self._schema.rows_as_json(self._unlabelled())))
        return self._at(slice(None), pandas.DataFrame.from_records(rows))

    def _dataset(self) -> str | None:
        import pyarrow
        import pyarrow.parquet

        frame = self._unlabelled()
        columns = {}
        for name in frame.columns:
            cells = [self._schema.plain(v) for v in frame[name]]
            if str(frame[name].dtype).startswith("datetime"):
                columns[str(name)] = pyarrow.array(frame[name].tolist(), from_pandas=True)
            else:
                columns[str(name)] = pyarrow.array(cells)
        path = self._work / "rows.parquet"
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
        return self._at(slice(None), self._binding.read_rows(path))


def scoring(order: dict[str, Any]) -> None:
    """Run the tests one after the other; the first that fails ends them."""
    passed: list[dict[str, Any]] = []
    error = None
    rows = 0
    try:
        tests = Tests(order)
        rows = len(tests.raw)
        for name, test in tests.ways():
            problem = test()
            passed.append({"name": name, "passed": problem is None, "what": problem or ""})
            if problem is not None:
                break
    except Exception as caught:
        traceback.print_exception(caught)
        what = getattr(caught, "what", None) or f"{type(caught).__name__}: {caught}"
        error = str(what)[:500]
    folder = Path(order["out"])
    text = json.dumps({"tests": passed, "rows": rows, "error": error})
    (folder / "result.json").write_text(text, encoding="utf-8")
