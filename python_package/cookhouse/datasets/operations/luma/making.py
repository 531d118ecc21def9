"""Making the sample's tables, a block of visitors at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cookhouse.datasets.operations.luma.event_rows import event_table
from cookhouse.datasets.operations.luma.feature_rows import feature_table
from cookhouse.datasets.operations.luma.visitors import make_visitors
from cookhouse.datasets.operations.luma.visits import make_events

VISITORS_A_BLOCK = 20_000
# About what a visitor does in the eight weeks; it decides only how many are drawn at first.
EVENTS_A_VISITOR = 9.0
TRAINING, SCORING = "luma-training", "luma-scoring"


def blocks(rows: int, seed: int) -> Iterator[tuple[Any, Any, Any]]:
    """Yield tables of events, of training rows and of rows to score, block by block.

    The events of all blocks are `rows` together.
    """
    left, first, block = rows, 0, 0
    while left > 0:
        rng = np.random.default_rng([seed, block])
        wanted = min(VISITORS_A_BLOCK, int(left / EVENTS_A_VISITOR * 1.3) + 50)
        people = make_visitors(rng, first, wanted)
        events = make_events(rng, people)
        whole = len(events.visitor)
        if whole > left:
            # The last block ends with the visitor whose events reach the number.
            sums = np.cumsum(np.bincount(events.visitor, minlength=len(people)))
            count = int(np.searchsorted(sums, left)) + 1
            people = people.kept(count)
            events = events.picked(np.flatnonzero(events.visitor < count))
            events = events.picked(np.arange(min(left, len(events.visitor))))
        features, known = feature_table(people, events)
        training = features.filter(pa.array(known))
        scoring = features.filter(pa.array(~known)).drop_columns(["ordered"])
        yield event_table(people, events, block), training, scoring
        left -= len(events.visitor)
        first += len(people)
        block += 1


def make(
    rows: int, seed: int, folder: Path, told: Callable[[int], None] | None = None
) -> Iterator[Any]:
    """Yield the events as record batches; training and scoring rows go into files of `folder`."""
    writers: dict[str, Any] = {}
    done = 0
    try:
        for events, training, scoring in blocks(rows, seed):
            yield from events.combine_chunks().to_batches(max_chunksize=65_536)
            for name, table in ((TRAINING, training), (SCORING, scoring)):
                if name not in writers:
                    writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
                writers[name].write_table(table)
            done += events.num_rows
            if told is not None:
                told(done)
    finally:
        for writer in writers.values():
            writer.close()
