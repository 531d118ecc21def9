"""The sample's web events as rows, nested as trackers send them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from cookhouse.datasets.operations.luma import catalogue as c
from cookhouse.datasets.operations.luma.visitors import Visitors
from cookhouse.datasets.operations.luma.visits import CART, ORDER, PRODUCT, Events
from cookhouse.datasets.operations.luma.writing import (
    loyalty,
    masked,
    moments,
    numbered,
    struct,
    words,
)

PAGES = ["home", "category", "product", "blog", "stores", "cart", "checkout", "order"]
TYPES = [
    "web.webpagedetails.pageViews", "web.webpagedetails.pageViews", "commerce.productViews",
    "web.webpagedetails.pageViews", "web.webpagedetails.pageViews", "commerce.productListAdds",
    "commerce.checkouts", "commerce.purchases",
]  # fmt: skip


def event_table(people: Visitors, events: Events, block: int) -> Any:
    """Return the block's events as an Arrow table with nested columns."""
    who, kind = events.visitor, events.kind
    about = (kind == PRODUCT) | (kind >= CART)
    category = np.array([c.CATEGORIES.index(p[2]) for p in c.PRODUCTS])[events.product]
    price = np.array([p[3] for p in c.PRODUCTS])[events.product]
    ordered = kind == ORDER
    place = people.place[who]
    device = people.device[who]
    columns = {
        "_id": numbered(f"e{block:03d}-", np.arange(len(who))),
        "timestamp": moments(events.seconds),
        "eventType": words(TYPES, kind),
        "visitor": struct(
            id=numbered("v", people.first + who), loyalty=loyalty(people.loyalty[who], who)
        ),
        "session": struct(
            id=numbered(f"s{block:03d}-", events.session),
            number=pa.array(events.number, pa.int32()),
            depth=pa.array(events.depth, pa.int32()),
        ),
        "web": struct(
            page=struct(
                name=_pages(kind, category, events.product),
                section=words(["site", *c.CATEGORIES], np.where(_shelf(kind), category + 1, 0)),
            ),
            referrer=struct(
                type=words(c.REFERRERS, people.referrer[who]),
                url=words(c.REFERRER_URLS, people.referrer[who]),
            ),
        ),
        "productListItems": _items(events, about, price),
        "commerce": struct(
            order=struct(
                id=masked(numbered(f"o{block:03d}-", events.session), ~ordered),
                total=masked(pa.array(np.round(price * events.quantity, 2)), ~ordered),
                currency=masked(words(["USD"], np.zeros(len(who), int)), ~ordered),
            )
        ),
        "device": struct(
            type=words(c.DEVICES, device),
            screenWidth=pa.array(np.array([s[0] for s in c.SCREENS])[device], pa.int32()),
            screenHeight=pa.array(np.array([s[1] for s in c.SCREENS])[device], pa.int32()),
        ),
        "environment": struct(
            browser=words(c.BROWSERS, people.browser[who]),
            operatingSystem=words(c.SYSTEMS, people.system[who]),
        ),
        "place": struct(
            city=words([p[0] for p in c.PLACES], place),
            state=words([p[1] for p in c.PLACES], place),
            country=words([p[2] for p in c.PLACES], place),
            latitude=pa.array(np.array([p[3] for p in c.PLACES])[place]),
            longitude=pa.array(np.array([p[4] for p in c.PLACES])[place]),
        ),
    }
    return pa.table(columns)


def _shelf(kind: Any) -> Any:
    return (kind == 1) | (kind == PRODUCT)


def _pages(kind: Any, category: Any, product: Any) -> Any:
    names = [*PAGES, *(f"category: {x}" for x in c.CATEGORIES), *(p[1] for p in c.PRODUCTS)]
    code = np.where(kind == 1, len(PAGES) + category, kind)
    code = np.where(kind == PRODUCT, len(PAGES) + len(c.CATEGORIES) + product, code)
    return words(names, code)


def _items(events: Events, about: Any, price: Any) -> Any:
    where = events.product[about]
    offsets = np.concatenate([[0], np.cumsum(about)]).astype("int32")
    items = struct(
        SKU=words([p[0] for p in c.PRODUCTS], where),
        name=words([p[1] for p in c.PRODUCTS], where),
        quantity=pa.array(events.quantity[about], pa.int32()),
        priceTotal=pa.array(np.round(price * events.quantity, 2)[about]),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), items)
