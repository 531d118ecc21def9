"""Arrow columns of codes and numbers, made without a loop over rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cookhouse.datasets.operations.luma.catalogue import LOYALTY

FIRST_DAY = np.datetime64("2026-01-05T00:00:00", "us")


def struct(**columns: Any) -> Any:
    """Return a struct column of named columns."""
    return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))


def words(known: list[Any], codes: Any) -> Any:
    """Return the words that codes stand for."""
    return pc.take(pa.array(known, pa.string()), pa.array(codes, pa.int64()))


def numbered(prefix: str, numbers: Any) -> Any:
    """Return names like `v0000017`."""
    text = pc.utf8_lpad(pa.array(numbers, pa.int64()).cast(pa.string()), 7, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), text, "")


def masked(values: Any, gaps: Any) -> Any:
    """Return a column with gaps where `gaps` is true."""
    return pc.if_else(pa.array(gaps), pa.scalar(None, values.type), values)


def moments(seconds: Any) -> Any:
    """Return points in time of seconds since the first day."""
    return pa.array(FIRST_DAY + np.round(seconds * 1e6).astype("timedelta64[us]"))


def loyalty(codes: Any, key: Any) -> Any:
    """Spell the level as three source systems do; those without a level are often left out."""
    spelled = [*LOYALTY, *(word.title() for word in LOYALTY), *(f"{w} " for w in LOYALTY)]
    odd = np.where(key % 17 == 3, 4, np.where(key % 29 == 5, 8, 0))
    return masked(words(spelled, codes + odd), (codes == 0) & (key % 3 == 0))
