"""What a training noted about each operation on rows: the plan by which new rows are served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .hooks import Key
from .rows import Rows

Kind = Literal["live", "memory", "keep", "filter", "reorder", "fit", "special", "read", "metric"]


@dataclass(slots=True)
class Event:
    """One operation that had rows going in.

    `kind`: `live` is done again for new rows; `memory` is recalled; `keep` passes all rows where
    the training chose some by position; `filter` leaves rows out by their content; `reorder`
    moves rows; `fit` restores what was learned; `special` is one of the calls of `special.py`;
    `read` brings rows in. `value` is what the kind needs when serving.
    `way` tells whether the rows that went in are among those of the chosen prediction.
    """

    kind: Kind
    name: str
    statement: int
    value: Any = None
    rows: Rows | None = None
    way: bool = True


Plan = dict[Key, Event]
NEEDS_ROWS = frozenset({"filter", "reorder"})
