"""Bodies of `/invocations`: the JSON forms that MLflow's scoring protocol names.

All of them become a `Table`: columns beside each other, so that the tables of several requests
are joined by adding lists, before one frame is built of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from .problems import Problem, invalid

FORMS = ("dataframe_records", "dataframe_split", "inputs", "instances")
NAMED = "Send one of “dataframe_records”, “dataframe_split”, “inputs” and “instances”."


@dataclass
class Table:
    """Rows as named columns of equal length; `count` is the number of rows."""

    columns: dict[str, list[Any]]
    count: int


def parse(raw: bytes) -> Table:
    """Read a body. Raises `Problem` with a sentence for everything that is not one of the forms."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise invalid(f"The body is not JSON: {error}.") from None
    if not isinstance(body, dict):
        raise invalid(f"The body is not a JSON object. {NAMED}")
    given = [form for form in FORMS if form in body]
    if len(given) != 1:
        raise invalid(f"The body has {'none' if not given else 'several'} of the forms. {NAMED}")
    if body.get("params"):
        raise invalid("This service takes no “params”: leave them out.")
    return _READERS[given[0]](body[given[0]], given[0])


def _records(rows: Any, form: str) -> Table:
    """Read a list of objects; a key that one row lacks is null there."""
    if not isinstance(rows, list):
        raise invalid(f"“{form}” is not a list of rows.")
    names: dict[str, None] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise invalid(f"Row {number} of “{form}” is not an object of column and value.")
        names.update(dict.fromkeys(row))
    return _checked({name: [row.get(name) for row in rows] for name in names}, len(rows))


def _split(body: Any, form: str) -> Table:
    """Read `{columns, data}`; `index` is taken and not needed."""
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        raise invalid(f"“{form}” is not an object with “columns” and “data”.")
    names = body.get("columns")
    if names is None:
        return _unnamed(body["data"], form)
    if not isinstance(names, list) or len(set(map(str, names))) != len(names):
        raise invalid(f"“columns” of “{form}” is not a list of different names.")
    return _by_position([str(name) for name in names], body["data"], form)


def _inputs(body: Any, form: str) -> Table:
    """Read columns with their lists, a list of objects, or a list of lists without names."""
    if not isinstance(body, dict):
        return _instances(body, form)
    counts = set()
    for name, values in body.items():
        if not isinstance(values, list):
            raise invalid(f"“{name}” of “{form}” is not a list of values, one a row.")
        counts.add(len(values))
    if len(counts) > 1:
        raise invalid(f"The columns of “{form}” have different lengths: {sorted(counts)}.")
    return _checked({name: _scalars(values) for name, values in body.items()}, max(counts or {0}))


def _instances(rows: Any, form: str) -> Table:
    """Read a list of objects, or of lists without names."""
    if not isinstance(rows, list):
        raise invalid(f"“{form}” is not a list of rows.")
    return _unnamed(rows, form) if rows and not isinstance(rows[0], dict) else _records(rows, form)


def _unnamed(rows: list[Any], form: str) -> Table:
    """Name the columns of plain lists `0`, `1`, … as an array's are."""
    width = len(rows[0]) if rows and isinstance(rows[0], list) else 1
    return _by_position([str(number) for number in range(width)], rows, form)


def _by_position(names: list[str], rows: list[Any], form: str) -> Table:
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != len(names):
            raise invalid(f"Row {number} of “{form}” is not a list of {len(names)} values.")
    columns = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in names]
    return _checked(dict(zip(names, columns, strict=True)), len(rows))


def _scalars(values: list[Any]) -> list[Any]:
    """Take a column of one-value lists, as a tensor of shape (rows, 1) is sent."""
    if values and all(isinstance(value, list) and len(value) == 1 for value in values):
        return [value[0] for value in values]
    return values


def _checked(columns: dict[str, list[Any]], count: int) -> Table:
    for name, values in columns.items():
        for number, value in enumerate(values):
            if isinstance(value, (dict, list)):
                raise invalid(f"“{name}” of row {number} is not a single value.")
    return Table(columns, count)


def fit(table: Table, read: list[str], needed: list[str], known: set[str]) -> Table:
    """Keep the columns that the model takes, in its order.

    Further columns are left out, as the recipe does when it scores a dataset: the label of a raw
    row is one of them. Raises `Problem` that names what is missing and what is not known.
    """
    missing = [name for name in needed if name not in table.columns]
    if not missing or not table.count:
        kept = {name: table.columns[name] for name in read if name in table.columns}
        return Table(kept, table.count)
    unknown = [name for name in table.columns if name not in known]
    sentence = f"The rows lack {_list(missing)}."
    if unknown:
        sentence += f" They have {_list(unknown)}, which this service does not know."
    raise invalid(f"{sentence} It reads {_list(read)}.")


def _list(names: list[str], most: int = 12) -> str:
    shown = ", ".join(f"“{name[:60]}”" for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


_READERS = {
    "dataframe_records": _records,
    "dataframe_split": _split,
    "inputs": _inputs,
    "instances": _instances,
}

__all__ = ["FORMS", "Problem", "Table", "fit", "parse"]
