"""Micro-batching: same answers as alone, and lone callers do not wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cookhouse.services.host.batching import Answers, Batcher
from cookhouse.services.host.bodies import Table


class Doubling:
    """Doubles `n`; refuses any table that holds a negative number."""

    def __init__(self, seconds: float = 0.005) -> None:
        self.seconds = seconds
        self.calls: list[int] = []

    def __call__(self, table: Table) -> Answers:
        time.sleep(self.seconds)
        self.calls.append(table.count)
        if any(value < 0 for value in table.columns["n"]):
            raise ValueError("negative")
        return Answers([value * 2 for value in table.columns["n"]], [None] * table.count)


def run(predict: Any, work: Callable[[Batcher], Awaitable[Any]]) -> Any:
    """Run work against a serving batcher."""

    async def whole() -> Any:
        batcher = Batcher(predict)
        serving = asyncio.create_task(batcher.run())
        try:
            return await asyncio.wait_for(work(batcher), 30)
        finally:
            serving.cancel()

    return asyncio.run(whole())


def rows(*numbers: int) -> Table:
    return Table({"n": list(numbers)}, len(numbers))


def test_requests_that_come_together_are_joined_and_told_apart_again() -> None:
    predict = Doubling()

    async def work(batcher: Batcher) -> list[Answers]:
        tables = [rows(*range(start, start + 1 + start % 3)) for start in range(100)]
        return await asyncio.gather(*(batcher.submit(table) for table in tables))

    answers = run(predict, work)
    for start, answer in enumerate(answers):
        assert answer.predictions == [2 * n for n in range(start, start + 1 + start % 3)]
    assert len(predict.calls) < 20


def test_bad_requests_do_not_fail_their_neighbours() -> None:
    async def work(batcher: Batcher) -> list[Any]:
        tables = [rows(n if n % 8 else -1) for n in range(136)]
        return await asyncio.gather(
            *(batcher.submit(table) for table in tables), return_exceptions=True
        )

    answers = run(Doubling(0.0), work)
    bad = [n for n, answer in enumerate(answers) if isinstance(answer, ValueError)]
    assert bad == list(range(0, 136, 8))
    good = [answer for answer in answers if isinstance(answer, Answers)]
    assert [answer.predictions[0] for answer in good] == [2 * n for n in range(136) if n % 8]


def test_tables_of_other_columns_are_not_joined() -> None:
    seen: list[list[str]] = []

    def predict(table: Table) -> Answers:
        seen.append(sorted(table.columns))
        return Answers([0] * table.count, [None] * table.count)

    async def work(batcher: Batcher) -> Any:
        tables = [Table({"n": [1]}, 1), Table({"m": [1]}, 1)] * 5
        return await asyncio.gather(*(batcher.submit(table) for table in tables))

    assert len(run(predict, work)) == 10
    assert all(len(columns) == 1 for columns in seen)


def test_a_lone_caller_never_lingers() -> None:
    async def work(batcher: Batcher) -> float:
        await batcher.submit(rows(1))
        begun = time.perf_counter()
        for _ in range(50):
            await batcher.submit(rows(1))
        return (time.perf_counter() - begun) / 50

    # The linger itself is 2 ms, so a caller who paid it would need more than that.
    assert run(Doubling(0.0), work) < 0.002


def test_a_wrong_number_of_predictions_is_no_answer() -> None:
    with pytest.raises(RuntimeError, match="1 predictions for 2 rows"):
        run(lambda table: Answers([1], [None]), lambda batcher: batcher.submit(rows(1, 2)))


def test_a_slow_model_does_not_hold_the_loop() -> None:
    async def work(batcher: Batcher) -> int:
        await batcher.submit(rows(1))
        second = asyncio.create_task(batcher.submit(rows(2)))
        beats = 0
        while not second.done():
            await asyncio.sleep(0.01)
            beats += 1
        return beats

    assert run(Doubling(0.2), work) > 5
