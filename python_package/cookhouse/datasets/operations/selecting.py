"""Selecting rows for a kernel: columns, conditions, order, an earlier state."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from cookhouse.datasets.operations import lake
from cookhouse.datasets.operations.appending import history
from cookhouse.datasets.operations.arrow_types import ROW
from cookhouse.datasets.operations.tables import column, flat_names, public_schema
from cookhouse.errors import Invalid, NotFound


def select(
    workspace: str,
    name: str,
    *,
    select: list[str] | None = None,
    where: str | dict[str, Any] | None = None,
    limit: int | None = None,
    offset: int | None = None,
    distinct: bool | list[str] = False,
    sort: list[str] | None = None,
    as_of: int | str | None = None,
) -> Any:
    """Return the rows as a polars frame; see `cookhouse.read` for the arguments."""
    table = lake.open_table(Path(workspace), name, _version(Path(workspace), name, as_of))
    schema = public_schema(table)
    leaves = [leaf for leaf, _ in flat_names(schema)]
    wanted = select if select is not None else leaves
    everything = {each: column(schema, each, name).alias(each) for each in [*leaves, *wanted]}
    rows = pl.scan_delta(table).select(pl.col(ROW), *everything.values())
    if where:
        rows = rows.filter(_condition(where, everything, name))
    rows = _ordered(rows, sort or [], schema, name, everything)
    if distinct:
        # Without words, rows are equal that look equal in what is selected.
        subset = wanted if distinct is True else [_known(d, everything, name) for d in distinct]
        rows = rows.unique(subset=subset, keep="first", maintain_order=True)
    rows = rows.slice(offset or 0, limit).select([pl.col(each) for each in wanted])
    try:
        return rows.collect()
    except pl.exceptions.PolarsError as error:
        if not where:
            raise
        raise Invalid(f"The condition “{where}” does not fit: {_short(error)}.") from None


def _known(name: str, everything: dict[str, Any], dataset: str) -> str:
    if name not in everything:
        raise NotFound(f"The dataset “{dataset}” has no column “{name}”.", column=name)
    return name


def _condition(where: str | dict[str, Any], everything: dict[str, Any], dataset: str) -> Any:
    if isinstance(where, str):
        try:
            return pl.sql_expr(where)
        except pl.exceptions.PolarsError as error:
            raise Invalid(
                f"The condition “{where}” is no SQL expression: {_short(error)}."
            ) from None
    tests = []
    for name, value in where.items():
        key = pl.col(_known(name, everything, dataset))
        tests.append(key.is_in(value) if isinstance(value, list) else key.eq_missing(pl.lit(value)))
    return pl.all_horizontal(tests)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0].split("; valid columns")[0][:300].rstrip(".")


def _ordered(
    rows: Any, sort: list[str], schema: Any, dataset: str, everything: dict[str, Any]
) -> Any:
    keys, descending = [], []
    for each in sort:
        down = each.startswith("-") and each not in everything
        keys.append(pl.col(_known(each[1:] if down else each, everything, dataset)))
        descending.append(down)
    return rows.sort([*keys, pl.col(ROW)], descending=[*descending, False], nulls_last=True)


def _version(workspace: Path, name: str, as_of: int | str | None) -> int | None:
    if as_of is None or isinstance(as_of, int):
        return as_of
    commits = history(lake.open_table(workspace, name))
    for commit in commits:
        if commit["batch"] == as_of:
            return int(commit["version"])
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError:
        raise NotFound(
            f"The dataset “{name}” has no batch “{as_of}”, and it is no time either: "
            "give a version, a batch id or a time like 2026-01-31T12:00."
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    before = [c["version"] for c in commits if c["timestamp"] <= moment.timestamp() * 1000]
    if not before:
        raise NotFound(f"The dataset “{name}” had no rows yet at {as_of}.")
    return int(max(before))
