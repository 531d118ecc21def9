"""The compiled way from raw rows to predictions: what a trained model does when asked."""

from __future__ import annotations

import contextlib
import io
import threading
from dataclasses import dataclass
from types import CodeType
from typing import Any

from .estimators import is_binary, predictions
from .events import Plan
from .failure import CannotServe, RecipeError, Stop, described
from .hooks import Key
from .replay import Outcome, Replay, Target
from .rewrite import SITES_PER_STATEMENT
from .script import Statement, compiled, parsed, with_values

_MOST_SINGLE_FAILURES = 2_000
_RUN_ONCE = ("Import", "ImportFrom", "FunctionDef", "ClassDef")


@dataclass(slots=True)
class Serving:
    """How a model serves: everything that `Server` needs and a model folder keeps."""

    plan: Plan
    served: Key
    spec: dict[str, Any]
    target: Target
    follows: bool
    statements: list[int]
    skips: bool = False


class Server:
    """Runs the needed statements for frames of raw, typed rows. One at a time: it holds a lock."""

    def __init__(
        self,
        serving: Serving,
        statements: list[Statement],
        recipe: dict[str, Any],
        values: dict[str, Any],
        namespace: dict[str, Any],
    ) -> None:
        self._lock = threading.RLock()
        self._namespace = namespace
        titles = {s.number: f"{s.place}, line {s.line}" for s in statements}
        self._replay = Replay(
            serving.plan,
            serving.served,
            serving.spec,
            serving.target,
            serving.follows,
            serving.skips,
            titles,
        )
        self._replay.install(namespace)
        only = None if serving.follows else _sites(serving)
        once, self._codes = _compiled(serving, statements, recipe, values, only)
        for number, code in once:
            self._replay.run(number, code, namespace)

    def outcome(self, frame: Any) -> Outcome:
        """Run the statements for these rows up to the prediction."""
        with self._lock:
            replay = self._replay
            replay.begin(frame)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    for number, code in self._codes:
                        replay.run(number, code, self._namespace)
            except Stop:
                return replay.end()
            raise CannotServe("the statements ran to their end without a prediction")

    def predict(self, frame: Any) -> tuple[list[Any] | Any, Any, dict[int, str]]:
        """Return values, probabilities (None where there are none) and reasons by place.

        Values and probabilities have one entry per row; a row with a reason has none that counts.
        """
        counter = [0]
        parts = self._halved(frame, counter)
        return _joined(parts, len(frame))

    def _halved(self, frame: Any, failures: list[int]) -> list[tuple[Any, Any, Any, Any]]:
        try:
            return [self._once(frame)]
        except RecipeError:
            if len(frame) <= 1 and not failures[0]:
                raise
            failure: Exception | None = None
        except Exception as error:
            failure = error
        if len(frame) <= 1:
            failures[0] += 1
            if failures[0] > _MOST_SINGLE_FAILURES:
                what = f"more than {_MOST_SINGLE_FAILURES} rows cannot be computed"
                raise RecipeError(f"{what}; the last one: {described(failure or Exception())}")
            reason = described(failure) if failure else "it cannot be computed"
            return [([None], None, [0], {0: reason})]
        middle = len(frame) // 2
        first = self._halved(frame.iloc[:middle], failures)
        return [*first, *_moved(self._halved(frame.iloc[middle:], failures), middle)]

    def _once(self, frame: Any) -> tuple[Any, Any, Any, dict[int, str]]:
        outcome = self.outcome(frame)
        if outcome.estimator is None:
            return [], None, outcome.places, outcome.reasons
        binary = is_binary(outcome.estimator)
        labels = not outcome.has_final
        with self._lock:
            values, chances = predictions(outcome.estimator, outcome.features, labels, binary)
        values = outcome.final if outcome.has_final else values
        if len(values) != len(outcome.places) or (
            chances is not None and len(chances) != len(outcome.places)
        ):
            raise CannotServe("the prediction has another number of rows than the rows given")
        return values, chances, outcome.places, outcome.reasons


def _moved(parts: list[tuple[Any, Any, Any, Any]], by: int) -> list[tuple[Any, Any, Any, Any]]:
    return [
        (
            values,
            chances,
            [int(place) + by for place in places],
            {place + by: reason for place, reason in reasons.items()},
        )
        for values, chances, places, reasons in parts
    ]


def _joined(parts: list[tuple[Any, Any, Any, Any]], count: int) -> tuple[Any, Any, dict[int, str]]:
    import numpy

    if len(parts) == 1:
        values, chances, places, reasons = parts[0]
        straight = len(places) == count and bool((places == numpy.arange(count)).all())
        if straight:
            return numpy.asarray(values), chances, reasons
    made: Any = numpy.empty(count, dtype=object)
    probable: Any = None
    found: dict[int, str] = {}
    filled = numpy.zeros(count, dtype=bool)
    for values, chances, places, reasons in parts:
        places = numpy.asarray(places, dtype=int)
        if len(numpy.unique(places)) != len(places):
            raise CannotServe("a row comes out more than once")
        made[places] = numpy.asarray(values, dtype=object)
        filled[places] = True
        found.update(reasons)
        if chances is not None:
            probable = numpy.full(count, numpy.nan) if probable is None else probable
            probable[places] = chances
    for place in numpy.flatnonzero(~filled):
        found.setdefault(int(place), "the notebook's statements leave this row out")
    return made, probable, found


def _sites(serving: Serving) -> set[int]:
    sites = {site for site, _ in serving.plan}
    sites.add(serving.target.key[0])
    if serving.target.final is not None:
        sites.add(serving.target.final[0])
    return sites


def _compiled(
    serving: Serving,
    statements: list[Statement],
    recipe: dict[str, Any],
    values: dict[str, Any],
    only: set[int] | None,
) -> tuple[list[tuple[int, CodeType]], list[tuple[int, CodeType]]]:
    once: list[tuple[int, CodeType]] = []
    each: list[tuple[int, CodeType]] = []
    needed = set(serving.statements)
    eventful = {site // SITES_PER_STATEMENT for site in _sites(serving)}
    for statement in statements:
        if statement.number not in needed:
            continue
        tree = with_values(parsed(statement), statement, recipe, values)
        kinds = {type(node).__name__ for node in tree.body}
        code = compiled(tree, statement, only)
        alone = kinds <= set(_RUN_ONCE) and (
            statement.number not in eventful or kinds <= {"FunctionDef"}
        )
        (once if alone else each).append((statement.number, code))
    return once, each
