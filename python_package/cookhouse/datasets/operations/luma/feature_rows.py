"""One row a visitor: what was seen of them before a day, and whether they ordered after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cookhouse.datasets.operations.luma import catalogue as c
from cookhouse.datasets.operations.luma.visitors import Visitors
from cookhouse.datasets.operations.luma.visits import CART, CHECKOUT, DAY, ORDER, PRODUCT, Events
from cookhouse.datasets.operations.luma.writing import (
    loyalty,
    masked,
    moments,
    numbered,
    words,
)

# Features look at the six weeks before this day, the target at the two weeks after.
CUTOFF_DAY = 42


def feature_table(people: Visitors, events: Events) -> tuple[Any, Any]:
    """Return one row of features a visitor seen before the cutoff, and who ordered after it.

    The first is an Arrow table whose last column is `ordered` (0 or 1), the second an array that
    is true for those whose outcome is known; the others are to be scored.
    """
    count = len(people)
    early = events.seconds < CUTOFF_DAY * DAY
    past = events.picked(np.flatnonzero(early))
    late = events.picked(np.flatnonzero(~early))
    seen = np.bincount(past.visitor, minlength=count) > 0
    ordered = np.bincount(late.visitor[late.kind == ORDER], minlength=count) > 0
    known = (people.first + np.arange(count)) % 10 < 7
    table = _features(people, past, seen).append_column(
        "ordered", pa.array(ordered.astype("int64"))
    )
    return table.filter(pa.array(seen)), known[seen]


def _features(people: Visitors, past: Events, seen: Any) -> Any:
    numbers = np.arange(len(people))
    cities, countries = [p[0] for p in c.PLACES], [p[2] for p in c.PLACES]
    behaviour = _behaviour(past, len(people), seen)
    first_seen = behaviour.pop("first_seen")
    never = pc.equal(behaviour["product_views"], 0).to_numpy(zero_copy_only=False)
    return pa.table(
        {
            "visitor_id": numbered("v", people.first + numbers),
            "first_seen": first_seen,
            "age": pa.array(people.age, from_pandas=True),
            "loyalty": loyalty(people.loyalty, numbers),
            "city": words(cities, people.place),
            "country": words(countries, people.place),
            "device": words(c.DEVICES, people.device),
            "browser": masked(words(c.BROWSERS, people.browser), numbers % 37 == 11),
            "referrer": words(c.REFERRERS, people.referrer),
            "email_opt_in": pa.array(people.opted_in),
            "favourite_category": masked(words(c.CATEGORIES, people.category), never),
            **behaviour,
            "satisfaction": pa.array(people.satisfaction, from_pandas=True),
        }
    )


def _behaviour(past: Events, count: int, seen: Any) -> dict[str, Any]:
    price = np.array([p[3] for p in c.PRODUCTS])[past.product]

    def per_visitor(mask: Any, weights: Any = None) -> Any:
        chosen = weights[mask] if weights is not None else None
        return np.bincount(past.visitor[mask], weights=chosen, minlength=count)

    first, last = _edges(past.visitor, past.seconds, count)
    viewed = past.kind == PRODUCT
    views = per_visitor(viewed)
    sums = per_visitor(viewed, price)
    mean_price = np.divide(sums, views, out=np.full(count, np.nan), where=views > 0)
    since = np.where(seen, CUTOFF_DAY - last / DAY, 0.0)
    return {
        "first_seen": moments(np.where(seen, first, 0.0)),
        "sessions": pa.array(per_visitor(past.depth == 1)),
        "page_views": pa.array(np.bincount(past.visitor, minlength=count)),
        "product_views": pa.array(views),
        "cart_adds": pa.array(per_visitor(past.kind == CART)),
        "checkouts": pa.array(per_visitor(past.kind == CHECKOUT)),
        "past_orders": pa.array(per_visitor(past.kind == ORDER)),
        "revenue": pa.array(np.round(per_visitor(past.kind == ORDER, price * past.quantity), 2)),
        "minutes_on_site": pa.array(_minutes(past, count)),
        "mean_price_viewed": pa.array(np.round(mean_price, 2), from_pandas=True),
        "days_since_last_visit": pa.array(np.floor(since).astype("int64")),
    }


def _minutes(past: Events, count: int) -> Any:
    """Sum the time between the first and the last page of each visitor's sessions."""
    size = int(past.session.max(initial=-1)) + 1
    begin, end = _edges(past.session, past.seconds, size)
    owner = np.zeros(size, dtype=int)
    owner[past.session] = past.visitor
    spans = np.where(np.isfinite(begin), end - begin, 0.0)
    return np.round(np.bincount(owner, weights=spans, minlength=count) / 60, 1)


def _edges(group: Any, seconds: Any, count: int) -> tuple[Any, Any]:
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, group, seconds)
    np.maximum.at(last, group, seconds)
    return first, last
