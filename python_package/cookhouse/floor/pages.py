"""Pages of lists, alike in every room: limit, cursor, sort, filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from cookhouse.errors import Invalid
from cookhouse.floor.messages import ListQuery


def page_of(
    session: Session,
    statement: Select[Any],
    query: ListQuery,
    *,
    sortable: Mapping[str, Any],
    searched: Sequence[Any],
    sort: str,
) -> tuple[list[Any], str | None, int]:
    """Run a select of one entity as a page; return its rows, the next cursor and the total.

    `sortable` maps what a caller may sort by to columns, `searched` are the columns that `filter`
    looks into, `sort` is the order where none is asked for. Raises `Invalid` for an unknown sort
    or a cursor that no page gave.
    """
    if query.filter:
        wanted = query.filter.lower()
        statement = statement.where(
            or_(*(func.lower(column).contains(wanted, autoescape=True) for column in searched))
        )
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    offset = _offset(query.cursor)
    ordered = statement.order_by(*_order(query.sort or sort, sortable))
    rows = list(session.scalars(ordered.offset(offset).limit(query.limit)))
    beyond = offset + len(rows)
    return rows, str(beyond) if rows and beyond < (total or 0) else None, total or 0


def _order(sort: str, sortable: Mapping[str, Any]) -> list[ColumnElement[Any]]:
    name = sort.removeprefix("-")
    if name not in sortable:
        raise Invalid(f"This list is not sorted by “{name}”: take one of {', '.join(sortable)}.")
    column = sortable[name]
    return [column.desc() if sort.startswith("-") else column.asc(), *_tie(column)]


def _tie(column: Any) -> list[ColumnElement[Any]]:
    # Equal values would otherwise change places between two pages.
    return [key for key in column.class_.__table__.primary_key if key.name != column.key]


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 12:
        raise Invalid("The cursor is none that a page gave: start again without one.")
    return int(cursor)
