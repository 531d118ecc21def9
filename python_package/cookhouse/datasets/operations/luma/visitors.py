"""Visitors: who they are, and how much they mean to buy, which nobody sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cookhouse.datasets.operations.luma.catalogue import PLACES

Array = Any


@dataclass(frozen=True)
class Visitors:
    """Columns of a block of visitors; categories are codes into the catalogue's lists."""

    first: int
    intent: Array
    loyalty: Array
    device: Array
    browser: Array
    system: Array
    referrer: Array
    place: Array
    category: Array
    age: Array
    opted_in: Array
    satisfaction: Array

    def __len__(self) -> int:
        """Return the number of visitors."""
        return len(self.intent)

    def kept(self, count: int) -> Visitors:
        """Return the first `count` of them."""
        columns = {name: value[:count] for name, value in vars(self).items() if name != "first"}
        return Visitors(first=self.first, **columns)


def make_visitors(rng: Any, first: int, count: int) -> Visitors:
    """Make `count` visitors, the first of whom has the number `first`."""
    intent = rng.normal(0.0, 1.0, count)
    loyalty = np.clip(np.floor(rng.normal(0.9 + 0.55 * intent, 0.9)), 0, 3).astype(int)
    device = rng.choice(3, count, p=[0.46, 0.44, 0.10])
    weights = np.array([place[5] for place in PLACES])
    age = np.round(np.clip(rng.normal(38 + 2.0 * (loyalty == 3), 12, count), 18, 85))
    # Somebody types the year of birth where the age is asked for.
    age = np.where(rng.random(count) < 0.004, 2026 - age, age)
    satisfaction = np.clip(np.round(rng.normal(3.4 + 0.5 * intent, 0.9)), 1, 5)
    return Visitors(
        first=first,
        intent=intent,
        loyalty=loyalty,
        device=device,
        browser=rng.choice(4, count, p=[0.55, 0.25, 0.12, 0.08]),
        system=np.where(
            device == 0, rng.choice([0, 3], count, p=[0.7, 0.3]), rng.choice([1, 2], count)
        ),
        referrer=rng.choice(5, count, p=[0.38, 0.24, 0.14, 0.14, 0.10]),
        place=rng.choice(len(PLACES), count, p=weights / weights.sum()),
        category=rng.choice(4, count, p=[0.32, 0.36, 0.20, 0.12]),
        age=np.where(rng.random(count) < 0.09, np.nan, age),
        opted_in=rng.random(count) < 1 / (1 + np.exp(-0.4 - 0.5 * intent)),
        satisfaction=np.where(rng.random(count) < 0.55, np.nan, satisfaction),
    )
