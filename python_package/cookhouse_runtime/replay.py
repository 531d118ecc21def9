"""The statements run again for new rows: recall, restore, pass on, and stop at the prediction."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from . import sources
from .events import Event, Plan
from .failure import CannotServe, Stop
from .hooks import Hooks, Key, Operation
from .rows import Rows, follow, is_array, is_pandas, loaded, numbered, row_of
from .special import SPECIALS
from .trace import followed_in_place


@dataclass(frozen=True, slots=True)
class Target:
    """Where the replay ends.

    `key` is the operation that gets the features; `mode` its kind (`predict`, `score` or `fit`).
    `final`, where set, is the later operation whose argument number `argument` is the prediction
    that the notebook's metric saw.
    """

    key: Key
    mode: str
    final: Key | None = None
    argument: int = 0


class Gone:
    """Rows that are not on the way to the prediction: takes any operation and stays what it is."""

    def __init__(self, reason: BaseException | None = None) -> None:
        self.reason = reason

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Any:
        return self

    def __getitem__(self, _: Any) -> Any:
        return self

    def __setitem__(self, _: Any, __: Any) -> None:
        return None


@dataclass(slots=True)
class Outcome:
    """What one replay found: features and estimator, the final values, which rows they are."""

    features: Any = None
    estimator: Any = None
    final: Any = None
    has_final: bool = False
    places: Any = None
    reasons: dict[int, str] = field(default_factory=dict)


class Replay(Hooks):
    """Hooks that serve by a plan.

    With `follows` rows are tagged as in training, which is needed where statements leave rows
    out by their content or change their order; without it the rows are in order throughout. With
    `skips` rows that went into a fit only are not transformed.
    """

    def __init__(
        self,
        plan: Plan,
        served: Key,
        spec: dict[str, Any],
        target: Target,
        follows: bool,
        skips: bool,
        titles: dict[int, str],
    ) -> None:
        super().__init__()
        self._plan = plan
        self._served = served
        self._spec = spec
        self._target = target
        self._follows = follows
        self._skips = skips
        self._titles = titles
        self._frame: Any = None
        self._given: Rows | None = None
        self._lost: dict[int, str] = {}
        self.outcome = Outcome()

    def begin(self, frame: Any) -> None:
        """Take the raw rows of the next replay."""
        self.restart()
        self.outcome = Outcome()
        # The statements may change what they get; with copy-on-write a shallow copy is enough.
        self._frame = frame.copy(deep=not _copies_on_write())
        self._lost = {}
        self._given = numbered(0, len(frame))

    def end(self) -> Outcome:
        """Return what was found, each missing row with its reason."""
        outcome = self.outcome
        self._frame = None
        if outcome.places is None:
            import numpy

            outcome.places = numpy.arange(len(self._given or ()))
        missing = set(self._lost) - {int(place) for place in outcome.places}
        for place in missing:
            outcome.reasons.setdefault(place, self._lost[place])
        return outcome

    def handle(self, operation: Operation, key: Key) -> Any:
        target = self._target
        if key == target.key:
            return self._reach(operation, key)
        if key == target.final:
            return self._finish(operation)
        event = self._plan.get(key)
        if event is not None and event.kind == "memory":
            return recalled(event.value)
        if event is not None and event.kind == "read":
            return self._read()
        if event is not None and event.kind == "fit":
            return self._restore(operation, event)
        gone = _gone(operation)
        if gone is not None:
            return gone
        if event is not None and event.kind == "special":
            return SPECIALS[event.name].serve(self, operation, event.value)
        if event is not None and event.kind == "keep":
            return self._keep(operation)
        return self._again(operation, event)

    def _made(self, site: int, simple: bool, lazy: bool, result: Any, /) -> Any:
        count = self.seen.get(site, 0)
        event = self._plan.get((site, count))
        if event is None or event.kind != "memory":
            return super()._made(site, simple, lazy, result)
        by_row, _ = self._opened.pop() if self._opened else (False, None)
        self.off -= by_row
        self.seen[site] = count + 1
        return recalled(event.value)

    def made(self, key: Key, result: Any, source: Any, simple: bool) -> Any:
        rows = self.tags.get(source)
        if rows is not None and simple and not isinstance(result, (set, dict)):
            self.tags.put(result, rows)
        return result

    def refuse(self, value: Any, mask: Any, reason: str) -> None:
        """Give the rows of `value` where `mask` holds no prediction, for this reason."""
        import numpy

        found = numpy.flatnonzero(numpy.asarray(mask))
        if not len(found):
            return
        rows = self.tags.get(value) if self._follows else self._given
        if rows is None:
            raise CannotServe(reason)
        where = self._titles.get(self.statement, "the notebook")
        for place in row_of(rows)[found]:
            self.outcome.reasons.setdefault(int(place), f"{reason} ({where})")

    def _read(self) -> Any:
        made = sources.rebuild(self._spec, self._frame)
        if self._follows and self._given is not None:
            for part in sources.parts(made):
                self.tags.put(part, self._given)
        return made

    def _again(self, operation: Operation, event: Event | None) -> Any:
        if not self._follows:
            return self.quiet(operation)
        inputs = self.tags.among(operation.values())
        inputs = [
            (getattr(v, "obj", v) if hasattr(v, "_getitem_axis") else v, r) for v, r in inputs
        ]
        before = inputs[0][1] if inputs else None
        result = self.quiet(operation)
        if before is None:
            return result
        after = self._follow(operation, inputs, result)
        if event is not None and event.kind == "filter":
            return self._filtered(operation, event, before, after, result)
        return result

    def _follow(
        self, operation: Operation, inputs: list[tuple[Any, Rows]], result: Any
    ) -> Rows | None:
        rows: Rows | None
        if result is None:
            receiver = operation.receiver
            if not is_pandas(receiver) or self.tags.get(receiver) is None:
                return None
            found = followed_in_place(receiver, inputs[0][1])
            rows = found[1] if found else inputs[0][1]
            self.tags.put(receiver, rows)
            return rows
        if isinstance(result, tuple) and len(result) <= 64:
            for part in result:
                if not isinstance(part, (int, float, str)):
                    rows = follow(part, inputs, operation.name)[1]
                    if rows is not None:
                        self.tags.put(part, rows)
            return None
        if operation.kind == "item" and is_array(operation.receiver):
            rows = _taken(operation, inputs[0][1])
        else:
            rows = follow(result, inputs, operation.name)[1]
        if rows is not None:
            self.tags.put(result, rows)
        return rows

    def _filtered(
        self, operation: Operation, event: Event, before: Rows, after: Rows | None, result: Any
    ) -> Any:
        left = operation.receiver if result is None else result
        if after is None and len(left) == 0:
            after = before.take(slice(0, 0))
            self.tags.put(left, after)
        if after is None:
            raise CannotServe(f"the rows that {self._where()} leaves out cannot be followed")
        if not event.value:
            return Gone() if result is not None else None
        kept = {int(n) for n in row_of(after)}
        for place in row_of(before):
            if int(place) not in kept:
                self._lost.setdefault(int(place), f"left out by the statement in {self._where()}")
        if not kept:
            self.outcome.places = row_of(after)
            raise Stop
        return result

    def _where(self) -> str:
        return self._titles.get(self.statement, "the notebook")

    def _keep(self, operation: Operation) -> Any:
        if operation.kwargs.get("inplace"):
            return None
        receiver = operation.receiver
        if operation.kind == "item":
            made = _all_rows(receiver, operation.args[0])
        elif operation.kind == "method" and hasattr(receiver, "copy"):
            made = receiver.copy()
        else:
            made = copy.copy(operation.args[0])
        if self._follows:
            base = receiver if receiver is not None else operation.args[0]
            rows = self.tags.get(base)
            if rows is not None:
                self.tags.put(made, rows)
        return made

    def _restore(self, operation: Operation, event: Event) -> Any:
        receiver = operation.receiver
        if isinstance(receiver, Gone):
            return receiver
        learned = event.value
        if type(receiver) is not type(learned):
            what = f"{self._where()} fits another class of estimator than in training"
            raise CannotServe(what)
        receiver.__dict__.update(learned.__dict__)
        name = operation.name
        if name in ("fit", "partial_fit"):
            return receiver
        if name == "fit_resample":
            return Gone(), Gone()
        gone = Gone() if self._skips and not event.way else _gone(operation)
        if gone is not None:
            return gone
        method = getattr(receiver, name.removeprefix("fit_"), None)
        if method is None:
            what = f"{type(receiver).__name__} in {self._where()} cannot be applied to new rows"
            return Gone(CannotServe(what))
        subject = operation.args[0] if operation.args else next(iter(operation.kwargs.values()))
        again = Operation(operation.site, "method", name, receiver, method, (subject,), {})
        try:
            return self._again(again, None)
        except Exception as error:
            return Gone(error)

    def _reach(self, operation: Operation, key: Key) -> Any:
        receiver = operation.receiver
        values = [*operation.args, *operation.kwargs.values()]
        features = values[0]
        if self._target.mode == "fit":
            receiver.__dict__.update(self._plan[key].value.__dict__)
        elif self._target.mode == "cross":
            receiver, features = self._plan[key].value, values[1]
        if isinstance(features, Gone):
            reason = features.reason
            raise reason if reason else CannotServe("the rows do not reach the prediction")
        outcome = self.outcome
        outcome.features = features
        outcome.estimator = receiver
        if self._follows:
            rows = self.tags.get(features)
            if rows is None:
                raise CannotServe("the rows cannot be followed to the prediction")
            outcome.places = row_of(rows)
        if self._target.final is None:
            raise Stop
        return self._again(operation, None)

    def _finish(self, operation: Operation) -> Any:
        values = [*operation.args, *operation.kwargs.values()]
        self.outcome.final = values[self._target.argument]
        self.outcome.has_final = True
        if self._follows:
            rows = self.tags.get(self.outcome.final)
            if rows is not None:
                self.outcome.places = row_of(rows)
        raise Stop


def _copies_on_write() -> bool:
    pandas = loaded("pandas")
    return pandas is not None and int(pandas.__version__.partition(".")[0]) >= 3


def recalled(value: Any) -> Any:
    """Return a remembered value so that the author's statements cannot change the memory."""
    if is_pandas(value) or is_array(value):
        return value.copy()
    if isinstance(value, (list, dict, set)):
        return copy.copy(value)
    return value


def _gone(operation: Operation) -> Gone | None:
    for value in operation.values():
        if type(value) is Gone:
            return value
        if type(value) in (list, tuple):
            for part in value:
                if type(part) is Gone:
                    return part
    return None


def _all_rows(receiver: Any, key: Any) -> Any:
    everything = slice(None)
    if isinstance(key, tuple):
        return receiver[(everything, *key[1:])].copy()
    made = receiver[everything]
    return made.copy() if hasattr(made, "copy") else made


def _taken(operation: Operation, rows: Rows) -> Rows | None:
    import numpy

    key = operation.args[0]
    first = key[0] if isinstance(key, tuple) and key else key
    if first is None or first is Ellipsis:
        return rows
    places = numpy.arange(len(rows))[
        first if isinstance(first, (slice, int)) else numpy.asarray(first)
    ]
    return rows.take(places) if numpy.ndim(places) == 1 else None
