"""What the rewritten statements call: one operation at a time, handed to a `Hooks` subclass."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from . import rewrite
from .rows import Tags, is_scalar

_OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "Pow": operator.pow,
    "MatMult": operator.matmul,
    "BitAnd": operator.and_,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "LShift": operator.lshift,
    "RShift": operator.rshift,
    "IAdd": operator.iadd,
    "ISub": operator.isub,
    "IMult": operator.imul,
    "IDiv": operator.itruediv,
    "IFloorDiv": operator.ifloordiv,
    "IMod": operator.imod,
    "IPow": operator.ipow,
    "IMatMult": operator.imatmul,
    "IBitAnd": operator.iand,
    "IBitOr": operator.ior,
    "IBitXor": operator.ixor,
    "ILShift": operator.ilshift,
    "IRShift": operator.irshift,
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": lambda left, right: left in right,
    "NotIn": lambda left, right: left not in right,
    "USub": operator.neg,
    "UAdd": operator.pos,
    "Invert": operator.invert,
}
FITS = frozenset({"fit", "fit_transform", "fit_predict", "partial_fit", "fit_resample"})
PREDICTS = frozenset({"predict", "predict_proba", "decision_function", "predict_log_proba"})
Key = tuple[int, int]


class Operation:
    """One call, method call, attribute, subscript or operator of the author's text."""

    __slots__ = ("args", "func", "kind", "kwargs", "name", "receiver", "site")

    def __init__(
        self,
        site: int,
        kind: str,
        name: str,
        receiver: Any,
        func: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        self.site = site
        self.kind = kind
        self.name = name
        self.receiver = receiver
        self.func = func
        self.args = args
        self.kwargs = kwargs

    def run(self) -> Any:
        """Do what the author wrote."""
        kind = self.kind
        if kind == "attribute":
            return getattr(self.receiver, self.name)
        if kind == "item":
            return self.receiver[self.args[0]]
        if self.name in ("query", "eval") and hasattr(self.receiver, "columns"):
            # pandas resolves `@name` in the caller's frame, counted by `level`
            level = self.kwargs.get("level", 0) + _frames_to_author()
            return self.func(*self.args, **{**self.kwargs, "level": level})
        return self.func(*self.args, **self.kwargs)

    def values(self) -> list[Any]:
        """Return all objects that go in."""
        receiver = [] if self.receiver is None else [self.receiver]
        return [*receiver, *self.args, *self.kwargs.values()]

    @property
    def module(self) -> str:
        """Return the module of the called function, empty where unknown."""
        return getattr(self.func, "__module__", None) or ""

    @property
    def is_estimator(self) -> bool:
        """Tell whether this is a method of an object that learns."""
        receiver = self.receiver
        return (
            self.kind == "method"
            and not isinstance(receiver, type)
            and callable(getattr(receiver, "fit", None))
            and any(
                hasattr(type(receiver), name)
                for name in ("predict", "transform", "fit_predict", "fit_resample", "fit_transform")
            )
        )


class Hooks:
    """Numbers the occurrences of each site and hands operations to `handle`.

    Hooks are off inside library calls and per-row functions, on for own functions called from
    own code.
    """

    def __init__(self) -> None:
        self.tags = Tags()
        self.off = 0
        self.seen: dict[int, int] = {}
        self.statement = -1
        self._opened: list[tuple[bool, Any]] = []

    def handle(self, operation: Operation, key: Key) -> Any:
        """Do the operation; subclasses decide how."""
        raise NotImplementedError

    def noticed_off(self, site: int) -> None:
        """Take note of an operation that ran while hooks were off."""

    def install(self, namespace: dict[str, Any]) -> None:
        """Put the hooks into the namespace of the statements."""
        namespace.update(
            {
                rewrite.CALL: self._call,
                rewrite.METHOD: self._method,
                rewrite.ATTRIBUTE: self._attribute,
                rewrite.ITEM: self._item,
                rewrite.OPERATE: self._operate,
                rewrite.SLICE: slice,
                rewrite.EACH: self._each,
                rewrite.MADE: self._made,
                rewrite.LOOP: self._loop,
            }
        )

    def run(self, number: int, code: CodeType, namespace: dict[str, Any]) -> None:
        """Run one statement with hooks on."""
        self.statement = number
        self.off = 0
        self._opened.clear()
        exec(code, namespace)

    def restart(self) -> None:
        """Count occurrences from the beginning and forget rows."""
        self.seen.clear()
        self.tags.clear()

    def quiet(self, operation: Operation) -> Any:
        """Run the operation with hooks off."""
        self.off += 1
        try:
            return operation.run()
        finally:
            self.off -= 1

    def _do(self, operation: Operation) -> Any:
        if self.off:
            self.noticed_off(operation.site)
            return operation.run()
        if _is_own(operation.func) and not operation.is_estimator:
            return operation.run()
        count = self.seen.get(operation.site, 0)
        self.seen[operation.site] = count + 1
        return self.handle(operation, (operation.site, count))

    def _call(self, site: int, func: Any, /, *args: Any, **kwargs: Any) -> Any:
        name = getattr(func, "__name__", "")
        return self._do(Operation(site, "call", name, None, func, args, kwargs))

    def _method(self, site: int, receiver: Any, name: str, /, *args: Any, **kwargs: Any) -> Any:
        func = getattr(receiver, name)
        return self._do(Operation(site, "method", name, receiver, func, args, kwargs))

    def _attribute(self, site: int, receiver: Any, name: str, /) -> Any:
        return self._do(Operation(site, "attribute", name, receiver, None, (), {}))

    def _item(self, site: int, receiver: Any, key: Any, /) -> Any:
        return self._do(Operation(site, "item", "[]", receiver, None, (key,), {}))

    def _operate(self, site: int, name: str, /, *values: Any) -> Any:
        return self._do(Operation(site, "operate", name, None, _OPERATORS[name], values, {}))

    def _by_row(self, value: Any) -> bool:
        rows = self.tags.get(value) if not is_scalar(value) else None
        if rows is None:
            return False
        if hasattr(value, "columns"):
            return False
        return (hasattr(value, "__len__") and len(value) == len(rows)) or _is_row_iterator(value)

    def _each(self, site: int, iterable: Any, /) -> Any:
        by_row = not self.off and self._by_row(iterable)
        self._opened.append((by_row, iterable))
        self.off += by_row
        return iterable

    def _made(self, site: int, simple: bool, lazy: bool, result: Any, /) -> Any:
        by_row, source = self._opened.pop() if self._opened else (False, None)
        self.off -= by_row
        if not by_row:
            return result
        count = self.seen.get(site, 0)
        self.seen[site] = count + 1
        return self.made((site, count), result, source, simple)

    def made(self, key: Key, result: Any, source: Any, simple: bool) -> Any:
        """Class what a comprehension over rows made; subclasses decide."""
        return result

    def _loop(self, site: int, iterable: Any, /) -> Any:
        if self.off or not self._by_row(iterable):
            return iterable
        return self._rows(iterable)

    def _rows(self, iterable: Any) -> Iterator[Any]:
        self.off += 1
        try:
            yield from iterable
        finally:
            self.off -= 1


def _is_row_iterator(value: Any) -> bool:
    name = type(value).__name__
    return name in ("zip", "enumerate", "map", "filter") or (
        name == "generator" and getattr(value, "__name__", "") in ("iterrows", "itertuples")
    )


def _is_own(func: Any) -> bool:
    if isinstance(func, type):
        func = func.__dict__.get("__init__")
    code = getattr(getattr(func, "__func__", func), "__code__", None)
    return code is not None and code.co_filename.startswith("cell ")


def _frames_to_author() -> int:
    frame, depth = sys._getframe(1), 0
    while frame.f_back is not None and not frame.f_code.co_filename.startswith("cell "):
        frame, depth = frame.f_back, depth + 1
    return depth
