"""A training run's hooks: run everything, follow the rows, note how each result comes about."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

from . import sources
from .events import Event, Kind, Plan
from .hooks import FITS, PREDICTS, Hooks, Key, Operation
from .rows import (
    Rows,
    follow,
    is_array,
    is_index,
    is_pandas,
    is_scalar,
    loaded,
    numbered,
)
from .special import special_for

_BY_CONTENT = frozenset({"dropna", "query", "[]"})
_DONE_AGAIN = frozenset(
    [
        "isinstance",
        "type",
        "hasattr",
        "getattr",
        "id",
        "repr",
        "str",
        "print",
        "display",
        "callable",
    ]
)
CROSS = frozenset({"cross_val_score", "cross_validate", "cross_val_predict"})
_REPORTS = frozenset({"classification_report", "confusion_matrix"})


@dataclass(slots=True)
class Noted:
    """A fit, predict or metric of interest, with what went in and came out."""

    kind: str
    key: Key
    statement: int
    name: str
    receiver: Any
    args: list[Any]
    result: Any
    module: str = ""


@dataclass(slots=True)
class Source:
    """A read of rows: where it happened and how its container is built."""

    key: Key
    statement: int
    value: Any
    spec: dict[str, Any]
    count: int


class Trace(Hooks):
    """Hooks that learn the plan.

    `interest` are the statements whose fits, predictions and metrics are kept; `given` is a
    frame that the reader in statement `given_at` brings instead of what it would read.
    """

    def __init__(
        self,
        interest: set[int],
        readers: set[int],
        given: Any = None,
        given_at: int | None = None,
        metric_at: int | None = None,
    ) -> None:
        super().__init__()
        self.plan: Plan = {}
        self.sources: list[Source] = []
        self.noted: list[Noted] = []
        self.quiet_sites: set[int] = set()
        self._interest = interest
        self._readers = readers
        self._given = given
        self._given_at = given_at
        self._metric_at = metric_at
        self._learners: dict[int, Event] = {}

    def noticed_off(self, site: int) -> None:
        self.quiet_sites.add(site)

    def refuse(self, value: Any, mask: Any, reason: str) -> None:
        """Nothing is refused in a training."""

    def handle(self, operation: Operation, key: Key) -> Any:
        inputs = self._inputs(operation)
        if operation.name in FITS and operation.is_estimator:
            return self._learn(operation, key, inputs)
        if not inputs:
            return self._plain(operation, key)
        special = special_for(operation)
        if special is not None:
            result, noted = special.fit(self, operation)
            self._event(key, "special", operation, inputs, noted)
            return result
        result = self.quiet(operation)
        self._class(operation, key, inputs, result)
        self._note(operation, key, inputs, result)
        return result

    def made(self, key: Key, result: Any, source: Any, simple: bool) -> Any:
        rows = self.tags.get(source)
        if rows is None:
            return result
        if type(result).__name__ == "generator":
            self.tags.put(result, rows)
            kind: Kind = "live"
        elif simple and isinstance(result, list) and len(result) == len(rows):
            self.tags.put(result, rows)
            kind = "live"
        else:
            kind = "memory"
        self.plan[key] = Event(kind, "comprehension", self.statement, _kept(result), rows)
        return result

    def _inputs(self, operation: Operation) -> list[tuple[Any, Rows]]:
        inputs = self.tags.among(operation.values())
        return [
            (getattr(value, "obj", value) if _is_locator(value) else value, rows)
            for value, rows in inputs
        ]

    def _plain(self, operation: Operation, key: Key) -> Any:
        if self._given is not None and self._is_given(operation):
            spec = self._given["spec"]
            result = sources.rebuild(spec, self._given["frame"])
            self._given = None
        else:
            result = self.quiet(operation)
        if self._reads(operation):
            self._source(operation, key, result)
        return result

    def _is_given(self, operation: Operation) -> bool:
        return self.statement == self._given_at and self._reads(operation)

    def _reads(self, operation: Operation) -> bool:
        if operation.kind not in ("call", "method"):
            return False
        return sources.is_reader(operation.name, operation.module) or (
            self.statement in self._readers and operation.name not in ("Path", "join", "open")
        )

    def _source(self, operation: Operation, key: Key, result: Any) -> None:
        spec = sources.describe(result)
        if spec is None:
            if sources.is_file_reader(operation.name, operation.module):
                kept = _kept(result)
                self.plan[key] = Event("memory", operation.name, self.statement, kept)
            return
        count = sources.count(spec, result)
        rows = numbered(len(self.sources), count)
        self.sources.append(Source(key, self.statement, _kept(result), spec, count))
        for part in sources.parts(result):
            self.tags.put(part, rows)
        self.plan[key] = Event("read", operation.name, self.statement, len(self.sources) - 1, rows)

    def _event(
        self,
        key: Key,
        kind: Kind,
        operation: Operation,
        inputs: list[tuple[Any, Rows]],
        value: Any = None,
    ) -> None:
        rows = inputs[0][1] if inputs else None
        self.plan[key] = Event(kind, operation.name, self.statement, value, rows)

    def _learn(self, operation: Operation, key: Key, inputs: list[tuple[Any, Rows]]) -> Any:
        receiver = operation.receiver
        earlier = self._learners.get(id(receiver))
        if earlier is not None and earlier.value is receiver:
            earlier.value = copy.deepcopy(receiver)
        result = self.quiet(operation)
        self._event(key, "fit", operation, inputs, receiver)
        self._learners[id(receiver)] = self.plan[key]
        if result is not receiver and inputs and operation.name != "fit_resample":
            _, rows = follow(result, inputs[:1], operation.name)
            if rows is not None:
                self.tags.put(result, rows)
        self._note(operation, key, inputs, result)
        return result

    def _class(
        self, operation: Operation, key: Key, inputs: list[tuple[Any, Rows]], result: Any
    ) -> None:
        kind: Kind
        if result is None:
            kind = self._in_place(operation, inputs)
        elif operation.kind == "item" and _positional(operation.receiver, inputs):
            kind = self._chosen(operation, inputs, result)
        elif isinstance(result, tuple) and len(result) <= 64 and operation.name != "shape":
            kind = self._parts(operation, inputs, result)
        else:
            found, rows = follow(result, inputs, operation.name)
            kind = self._kind(operation, found)
            if rows is not None:
                self.tags.put(result, _marked(rows, operation, key, inputs))
        if kind == "memory" and (operation.name in _DONE_AGAIN or isinstance(result, type)):
            kind = "live"
        value: Any = None
        if kind == "memory":
            value = _kept(result)
        elif kind == "filter":
            value = self.tags.get(operation.receiver if result is None else result)
        self._event(key, kind, operation, inputs, value)

    def _kind(self, operation: Operation, found: str) -> Kind:
        if found == "reorder":
            return "keep"
        if found == "filter":
            return "filter" if self._by_content(operation) else "keep"
        return "memory" if found == "memory" else "live"

    def _by_content(self, operation: Operation) -> bool:
        if operation.name not in _BY_CONTENT:
            return False
        if operation.kind != "item":
            return True
        key = operation.args[0]
        first = key[0] if isinstance(key, tuple) and key else key
        return not is_index(first) and self.tags.get(first) is not None and _is_mask(first)

    def _chosen(self, operation: Operation, inputs: list[tuple[Any, Rows]], result: Any) -> Kind:
        import numpy

        rows = inputs[0][1]
        key = operation.args[0]
        first = key[0] if isinstance(key, tuple) and key else key
        if first is None or first is Ellipsis or isinstance(first, str):
            self.tags.put(result, rows)
            return "live"
        places = numpy.arange(len(rows))[numpy.asarray(first) if _listed(first) else first]
        if numpy.ndim(places) != 1:
            return "memory"
        taken = rows.take(places)
        self.tags.put(result, taken)
        if len(taken) == len(rows) and bool((taken.numbers == rows.numbers).all()):
            return "live"
        return "filter" if self._by_content(operation) else "keep"

    def _parts(
        self, operation: Operation, inputs: list[tuple[Any, Rows]], result: tuple[Any, ...]
    ) -> Kind:
        live = False
        for part in result:
            if is_scalar(part) or self.tags.get(part) is not None:
                continue
            _, rows = follow(part, inputs, operation.name)
            if rows is not None:
                self.tags.put(part, rows)
                live = True
        return "live" if live else "memory"

    def _in_place(self, operation: Operation, inputs: list[tuple[Any, Rows]]) -> Kind:
        receiver = operation.receiver
        if operation.name.startswith("to_") or operation.name in ("info", "show", "savefig"):
            return "memory"
        if not is_pandas(receiver) or self.tags.get(receiver) is None:
            return "live"
        rows = inputs[0][1]
        found = followed_in_place(receiver, rows)
        if found is None:
            return "live"
        kind, new = found
        self.tags.put(receiver, new)
        return self._kind(operation, kind)

    def _note(
        self, operation: Operation, key: Key, inputs: list[tuple[Any, Rows]], result: Any
    ) -> None:
        if self.statement not in self._interest:
            return
        kind = self._interesting(operation, inputs, result)
        if kind is not None:
            args = [*operation.args, *operation.kwargs.values()]
            noted = Noted(
                kind,
                key,
                self.statement,
                operation.name,
                operation.receiver,
                args,
                result,
                operation.module,
            )
            self.noted.append(noted)

    def _interesting(
        self, operation: Operation, inputs: list[tuple[Any, Rows]], result: Any
    ) -> str | None:
        if operation.is_estimator:
            if operation.name in FITS:
                return "fit"
            if operation.name in PREDICTS:
                return "predict"
            return "score" if operation.name == "score" else None
        if operation.name in _REPORTS:
            return None
        metric = operation.module.startswith("sklearn.metrics")
        if operation.name in CROSS:
            return "cross"
        if metric or self.statement == self._metric_at:
            return "metric" if _is_number(result) or metric else None
        return None


def followed_in_place(receiver: Any, rows: Rows) -> tuple[str, Rows] | None:
    """Class a frame that was changed in place, `rows` being those before."""
    old, new = rows.index, receiver.index
    if old is None or new is old or (len(new) == len(old) and new.equals(old)):
        return None
    if len(new) == len(old) and not (old.is_unique and set(new) == set(old)):
        return "live", replace(rows, index=new)
    if not old.is_unique:
        return None
    places = old.get_indexer(new)
    if (places < 0).any():
        return None
    taken = replace(rows, numbers=rows.numbers[places], index=new)
    return ("filter" if len(new) < len(old) else "reorder"), taken


def _marked(rows: Rows, operation: Operation, key: Key, inputs: list[tuple[Any, Rows]]) -> Rows:
    if operation.is_estimator and operation.name in PREDICTS:
        return replace(rows, predicted=key)
    marks = {known.predicted for _, known in inputs}
    return replace(rows, predicted=next(iter(marks)) if len(marks) == 1 else None)


def _positional(value: Any, inputs: list[tuple[Any, Rows]]) -> bool:
    if not inputs or inputs[0][0] is not value:
        return False
    sized = is_array(value) or is_index(value) or isinstance(value, list)
    shape = getattr(value, "shape", None) or (len(value) if isinstance(value, list) else 0,)
    return bool(sized) and shape[0] == len(inputs[0][1])


def _is_locator(value: Any) -> bool:
    return type(value).__name__ in ("_LocIndexer", "_iLocIndexer")


def _listed(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or is_pandas(value) or is_index(value)


def _is_mask(value: Any) -> bool:
    dtype = getattr(value, "dtype", None)
    return str(dtype) in ("bool", "boolean") or (
        isinstance(value, list) and bool(value) and isinstance(value[0], bool)
    )


def _is_number(value: Any) -> bool:
    numpy = loaded("numpy")
    number = isinstance(value, float) or (
        numpy is not None and isinstance(value, (numpy.floating, numpy.integer))
    )
    return number and not isinstance(value, bool)


def _kept(value: Any) -> Any:
    """Return a copy that later statements of the author do not change."""
    if is_pandas(value) or is_array(value):
        return value.copy()
    if isinstance(value, (list, dict, set)):
        return copy.copy(value)
    return value
