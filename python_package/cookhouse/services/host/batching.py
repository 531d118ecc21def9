"""Micro-batching: requests that arrive together are predicted in one call.

One call costs some milliseconds whatever the rows, so joining is the lever. A lone caller never
waits: the loop lingers only when the batch before had several requests or some came in while it
was running.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from .bodies import Table

LINGER = 0.002
MOST_ROWS = 4096
QUICK = 0.05


@dataclass
class Answers:
    """What the model said, one entry a row; `probabilities` is null where it gives none."""

    predictions: list[Any]
    reasons: list[str | None]
    probabilities: list[Any] | None = None

    def part(self, start: int, end: int) -> Answers:
        """Return the answers of rows `start` to `end` (exclusive)."""
        return Answers(
            self.predictions[start:end],
            self.reasons[start:end],
            None if self.probabilities is None else self.probabilities[start:end],
        )


@dataclass
class _Waiting:
    table: Table
    answer: asyncio.Future[Answers]


class Batcher:
    """Joins tables with the same columns and gives each caller its own part.

    One call of `predict` runs at a time: estimators and the author's statements share state, so
    two at once would not be safe. A quick model answers a lone caller in the event loop itself,
    without the two changes of thread; whoever comes meanwhile is joined to the next call.
    """

    def __init__(self, predict: Callable[[Table], Answers], linger: float = LINGER) -> None:
        self._predict = predict
        self._linger = linger
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._together = False
        self._seconds = QUICK
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="predict")

    async def submit(self, table: Table) -> Answers:
        """Predict the rows of a table. Raises what `predict` raises for these rows alone."""
        answer: asyncio.Future[Answers] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(table, answer))
        return await answer

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            waiting = [await self._queue.get()]
            if self._together:
                await asyncio.sleep(self._linger)
            rows = waiting[0].table.count
            while not self._queue.empty() and rows < MOST_ROWS:
                waiting.append(self._queue.get_nowait())
                rows += waiting[-1].table.count
            for group in _grouped(waiting):
                await self._serve(group)
            self._together = len(waiting) > 1 or not self._queue.empty()

    async def _serve(self, group: list[_Waiting]) -> None:
        try:
            answers = await self._call(_joined([one.table for one in group]), len(group) == 1)
        except Exception as error:
            if len(group) == 1:
                _refuse(group[0], error)
                return
            # One bad request must not fail its neighbours.
            for one in group:
                await self._serve([one])
            return
        start = 0
        for one in group:
            end = start + one.table.count
            if not one.answer.done():
                one.answer.set_result(answers.part(start, end))
            start = end

    async def _call(self, table: Table, alone: bool) -> Answers:
        begun = time.perf_counter()
        if alone and self._seconds < QUICK:
            answers = self._predict(table)
        else:
            loop = asyncio.get_running_loop()
            answers = await loop.run_in_executor(self._thread, self._predict, table)
        self._seconds = time.perf_counter() - begun
        if len(answers.predictions) != table.count:
            raise RuntimeError(
                f"the model gave {len(answers.predictions)} predictions for {table.count} rows"
            )
        return answers


def _refuse(one: _Waiting, error: Exception) -> None:
    if not one.answer.done():
        one.answer.set_exception(error)


def _grouped(waiting: list[_Waiting]) -> list[list[_Waiting]]:
    groups: dict[tuple[str, ...], list[_Waiting]] = {}
    for one in waiting:
        groups.setdefault(tuple(one.table.columns), []).append(one)
    return list(groups.values())


def _joined(tables: list[Table]) -> Table:
    if len(tables) == 1:
        return tables[0]
    columns = {
        name: [value for table in tables for value in table.columns[name]]
        for name in tables[0].columns
    }
    return Table(columns, sum(table.count for table in tables))
