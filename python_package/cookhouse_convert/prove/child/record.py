"""The recorder: notes each fit, predict, score and metric of a run, whoever calls it.

Classes are wrapped where they are defined, so that notebook and recipe are watched in the same
way and neither is edited. Only the outermost call counts; under `.score` also the predictions.
"""

from __future__ import annotations

import builtins
import functools
import math
import sys
from typing import Any

from . import digest

METHODS = (
    "fit",
    "fit_transform",
    "fit_predict",
    "partial_fit",
    "predict",
    "predict_proba",
    "decision_function",
    "score",
)
_FAMILIES = ("sklearn", "xgboost", "lightgbm", "catboost", "imblearn")


class Recorder:
    """Notes calls with the statement they belong to; values are kept for `keep` statements."""

    def __init__(self, keep: set[int]) -> None:
        self.entries: list[dict[str, Any]] = []
        self.values: list[dict[str, Any]] = []
        self.statement = -1
        self._keep = keep
        self._depth = 0
        self._wrapped: set[int] = set()
        self._held: list[Any] = []
        self._importing = 0

    def install(self) -> None:
        """Watch imports from now on."""
        original = builtins.__import__

        @functools.wraps(original)
        def watched(name: str, *args: Any, **kwargs: Any) -> Any:
            self._importing += 1
            try:
                return original(name, *args, **kwargs)
            finally:
                self._importing -= 1
                if not self._importing and name.partition(".")[0] in _FAMILIES:
                    self.scan()

        builtins.__import__ = watched

    def scan(self, namespace: dict[str, Any] | None = None) -> None:
        """Wrap the classes and metrics that have come since the last time."""
        base = sys.modules.get("sklearn.base")
        if base is not None:
            self._tree(base.BaseEstimator)
        for value in list((namespace or {}).values()):
            own = isinstance(value, type) and value.__module__ == "__main__"
            if own and callable(getattr(value, "fit", None)):
                self._class(value)
        metrics = sys.modules.get("sklearn.metrics")
        if metrics is not None and id(metrics) not in self._wrapped:
            self._wrapped.add(id(metrics))
            self._metrics(metrics)

    def begin(self, statement: int, namespace: dict[str, Any]) -> None:
        """A statement is about to run."""
        self.statement = statement
        self.scan(namespace)

    def _tree(self, parent: type) -> None:
        children: list[type] = type.__subclasses__(parent)
        for child in children:
            self._tree(child)
            self._class(child)

    def _class(self, owner: type) -> None:
        if id(owner) in self._wrapped:
            return
        self._wrapped.add(id(owner))
        self._held.append(owner)
        for name in METHODS:
            method = owner.__dict__.get(name)
            if method is not None and not isinstance(method, (staticmethod, classmethod)):
                setattr(owner, name, _Watched(method, name, self))

    def _metrics(self, module: Any) -> None:
        for name in getattr(module, "__all__", ()):
            function = getattr(module, name, None)
            home = sys.modules.get(getattr(function, "__module__", "") or "")
            if home is None or isinstance(function, type) or not callable(function):
                continue
            watched = self._metric(function, name)
            setattr(module, name, watched)
            if getattr(home, name, None) is function:
                setattr(home, name, watched)

    def _metric(self, function: Any, name: str) -> Any:
        @functools.wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            outermost = not self._depth
            self._depth += 1
            try:
                result = function(*args, **kwargs)
            finally:
                self._depth -= 1
            if outermost:
                self._note("metric", name, name, None, [*args, *kwargs.values()], result)
            return result

        return watched

    def call(self, method: Any, name: str, owner: Any, args: Any, kwargs: Any) -> Any:
        """Run a watched method and note it."""
        outermost = not self._depth
        scored = self._depth == 1 and self._scoring is owner and name == "predict"
        before = self._scoring
        self._scoring = owner if outermost and name == "score" else before
        self._depth += 1
        taken = [*args, *kwargs.values()]
        known = [digest.columns(value) for value in taken] if outermost or scored else []
        try:
            result = method(*args, **kwargs)
        finally:
            self._depth -= 1
            self._scoring = before
        if outermost or scored:
            made = None if result is owner else result
            self._note("score" if scored else "call", name, _name(owner), owner, taken, made, known)
        return result

    _scoring: Any = None

    def _note(
        self,
        kind: str,
        method: str,
        name: str,
        owner: Any,
        args: list[Any],
        result: Any,
        known: list[Any] | None = None,
    ) -> None:
        self._depth += 1
        try:
            entry = {
                "statement": self.statement,
                "kind": kind,
                "method": method,
                "class": name,
                "parameters": digest.parameters(owner) if owner is not None else "",
                "arguments": known or [digest.columns(value) for value in args],
                "result": digest.columns(result),
                "value": _number(result),
            }
        finally:
            self._depth -= 1
        self.entries.append(entry)
        if self.statement in self._keep:
            self.values.append({"entry": len(self.entries) - 1, "args": args[:1], "result": result})


class _Watched:
    """A method that notes its calls; asking the class for it gives the author's function."""

    def __init__(self, method: Any, name: str, recorder: Recorder) -> None:
        self._method = method
        self._name = name
        self._recorder = recorder

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        get = getattr(self._method, "__get__", None)
        bound = get(instance, owner) if get else self._method
        if instance is None:
            return bound
        recorder, name = self._recorder, self._name

        @functools.wraps(bound)
        def watched(*args: Any, **kwargs: Any) -> Any:
            return recorder.call(bound, name, instance, args, kwargs)

        return watched


def _name(owner: Any) -> str:
    return f"{type(owner).__module__}.{type(owner).__qualname__}"


def _number(value: Any) -> float | None:
    try:
        number = float(value) if getattr(value, "ndim", 0) == 0 else None
    except (TypeError, ValueError):
        return None
    return number if number is not None and math.isfinite(number) else None
