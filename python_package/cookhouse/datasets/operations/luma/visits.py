"""What visitors do: sessions over eight weeks, pages in a session, now and then an order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from cookhouse.datasets.operations.luma.catalogue import CATEGORIES, PRODUCTS
from cookhouse.datasets.operations.luma.visitors import Visitors

Array = Any
DAYS = 56
DAY = 86_400.0
HOME, CATEGORY, PRODUCT, BLOG, STORES, CART, CHECKOUT, ORDER = range(8)
# Quiet nights, a small rise at noon, most in the evening.
HOURS = np.array(
    [2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 10, 9, 7, 7, 7, 8, 10, 13, 15, 13, 8, 4], dtype=float
)


@dataclass(frozen=True)
class Events:
    """Columns of the events of a block, ordered by time; `seconds` count from the first day."""

    visitor: Array
    session: Array
    number: Array
    depth: Array
    seconds: Array
    kind: Array
    product: Array
    quantity: Array

    def picked(self, places: Array) -> Events:
        """Return the events at some places, in their order."""
        return Events(*(getattr(self, field.name)[places] for field in fields(self)))


def make_events(rng: Any, people: Visitors) -> Events:
    """Make all events of a block of visitors."""
    visits = 1 + rng.poisson(np.exp(0.75 + 0.40 * people.intent))
    visitor = np.repeat(np.arange(len(people)), visits)
    start = _starts(rng, visitor, people)
    order = np.lexsort((start, visitor))
    start = start[order]
    number = np.arange(len(visitor)) - np.repeat(np.cumsum(visits) - visits, visits)
    buys = rng.random(len(visitor)) < _wish(rng, people, visitor, number)
    pages = 1 + rng.poisson(np.exp(0.75 + 0.28 * people.intent[visitor]))
    pages = np.where(buys, np.maximum(pages, 2) + 3, pages)
    session = np.repeat(np.arange(len(visitor)), pages)
    depth = np.arange(len(session)) - np.repeat(np.cumsum(pages) - pages, pages)
    kind = _kinds(rng, people.intent[visitor][session], depth, pages[session], buys[session])
    seconds = _seconds(rng, session, depth, start)
    events = Events(
        visitor=visitor[session],
        session=session,
        number=number[session] + 1,
        depth=depth + 1,
        seconds=seconds,
        kind=kind,
        product=_products(rng, people.category[visitor][session], session, kind),
        quantity=1 + rng.poisson(0.25, len(session)),
    )
    return events.picked(np.argsort(seconds, kind="stable"))


def _starts(rng: Any, visitor: Array, people: Visitors) -> Array:
    """Draw the sessions' starts: busier weekends, slow growth, none before the first day."""
    days = np.arange(DAYS)
    weight = (1 + 0.35 * (days % 7 >= 5)) * (1 + 0.006 * days)
    sums = np.concatenate([[0.0], np.cumsum(weight)])
    first = np.minimum(rng.exponential(14.0, len(people)), DAYS - 8).astype(int)
    low = sums[first][visitor]
    day = np.searchsorted(sums, low + rng.random(len(visitor)) * (sums[-1] - low), "right") - 1
    hour = rng.choice(24, len(visitor), p=HOURS / HOURS.sum())
    return day * DAY + hour * 3600 + rng.random(len(visitor)) * 3600


def _wish(rng: Any, people: Visitors, visitor: Array, number: Array) -> Array:
    """Return the chance that a session ends with an order."""
    score = (
        -2.55
        + 1.75 * people.intent
        + 0.30 * people.loyalty
        + 0.45 * (people.device == 0)
        + 0.40 * (people.referrer == 2)
        - 0.35 * (people.referrer == 4)
        + 0.25 * people.opted_in
    )
    wavering = rng.normal(0.0, 0.35, len(visitor))
    return 1 / (1 + np.exp(-(score[visitor] + 0.08 * np.minimum(number, 6) + wavering)))


def _kinds(rng: Any, intent: Array, depth: Array, pages: Array, buys: Array) -> Array:
    """Say for each page what it is; an order is the end of a cart and a checkout."""
    keen = 1 / (1 + np.exp(-intent))
    draw = rng.random(len(depth))
    bounds = np.cumsum(
        np.stack([0.16 - 0.06 * keen, 0.26 + 0.0 * keen, 0.26 + 0.22 * keen, 0.18 - 0.10 * keen,
                  0.08 - 0.04 * keen, 0.03 + 0.05 * keen], axis=0), axis=0
    )  # fmt: skip
    kind = (draw[None, :] * bounds[-1] >= bounds).sum(axis=0).clip(HOME, CART)
    kind = np.where((depth == 0) & (rng.random(len(depth)) < 0.55), HOME, kind)
    left = pages - depth
    ending = np.select([left == 1, left == 2, left == 3], [ORDER, CHECKOUT, CART], kind)
    kind = np.where(buys & (left <= 3), ending, kind)
    # Some get as far as the checkout and leave.
    given_up = ~buys & (left == 1) & (depth > 1) & (rng.random(len(depth)) < 0.04 + 0.05 * keen)
    return np.where(given_up, CHECKOUT, kind)


def _seconds(rng: Any, session: Array, depth: Array, start: Array) -> Array:
    stay = np.where(depth == 0, 0.0, 4.0 + rng.exponential(48.0, len(depth)))
    run = np.cumsum(stay)
    begin = run[depth == 0]
    # Whole milliseconds, as trackers give them.
    return np.round(start[session] + run - begin[session], 3)


def _products(rng: Any, favourite: Array, session: Array, kind: Array) -> Array:
    """Draw a product for each event; cart, checkout and order of a session are about the same."""
    groups = [np.array([i for i, p in enumerate(PRODUCTS) if p[2] == c]) for c in CATEGORIES]
    inside = np.stack([rng.choice(group, len(kind)) for group in groups])
    product = inside[favourite, np.arange(len(kind))]
    product = np.where(
        rng.random(len(kind)) < 0.3, rng.integers(0, len(PRODUCTS), len(kind)), product
    )
    last = np.zeros(int(session.max()) + 1, dtype=int)
    last[session] = product
    return np.where(kind >= CART, last[session], product)
