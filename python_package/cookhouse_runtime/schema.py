"""The raw input schema: what the notebook's reader gave, and how other rows are made like it."""

from __future__ import annotations

import base64
import datetime
from typing import Any

from .failure import RecipeError

_EXAMPLES = 3
_FEW = 256


def column_schema(frame: Any, labels: list[str]) -> list[dict[str, Any]]:
    """Return one entry per raw column: name, dtype, nullable, label, examples."""
    columns = []
    for name in frame.columns:
        values = frame[name]
        known = values.dropna().drop_duplicates().head(_EXAMPLES)
        entry: dict[str, Any] = {
            "name": name,
            "dtype": str(values.dtype),
            "nullable": _holds_nulls(values.dtype),
            "label": str(name) in labels,
            "required": str(name) not in labels,
            "examples": [plain(value) for value in known],
        }
        if str(values.dtype) == "category":
            entry["categories"] = values.dtype.categories
            entry["ordered"] = bool(values.dtype.ordered)
        if str(values.dtype) == "object":
            texts = values.dropna().map(lambda value: isinstance(value, str))
            entry["text"] = bool(texts.all()) if len(texts) else False
        columns.append(entry)
    return columns


def public(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns without what is only kept for speed."""
    return [{k: v for k, v in column.items() if not k.startswith("_")} for column in columns]


def plain(value: Any) -> Any:
    """Return a cell as a JSON value; dates in ISO form, missing as None."""
    import numpy
    import pandas

    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, (list, dict, tuple)):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if pandas.isna(value):
        return None
    if isinstance(value, (pandas.Timestamp, datetime.date)):
        return value.isoformat()
    if isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


def rows_as_json(frame: Any) -> list[dict[str, Any]]:
    """Return rows as JSON objects."""
    names = [str(name) for name in frame.columns]
    rows = frame.itertuples(index=False, name=None)
    return [dict(zip(names, map(plain, row), strict=True)) for row in rows]


def typed(
    frame: Any, columns: list[dict[str, Any]], fillers: dict[str, Any]
) -> tuple[Any, dict[int, str]]:
    """Return the rows as the notebook's reader would have given them, and why rows cannot be.

    Columns missing in `frame` are filled where they are not required, else one error names them.
    Labels are always filled: their values are never looked at.
    """
    import numpy
    import pandas

    given = {str(name): name for name in frame.columns}
    missing = [str(c["name"]) for c in columns if c["required"] and str(c["name"]) not in given]
    if missing:
        names = ", ".join(missing)
        some = f"columns {names} are" if len(missing) > 1 else f"column {names} is"
        raise RecipeError(f"the {some} missing in the rows to score; add it and try again")
    count = len(frame)
    made: dict[Any, Any] = {}
    reasons: dict[int, str] = {}
    for column in columns:
        name = str(column["name"])
        if column["label"] or name not in given:
            made[column["name"]] = _filler(fillers[name], column).take([0] * count)
            continue
        values = frame[given[name]]
        quick = _quick(values.tolist(), column["dtype"]) if count <= _FEW else None
        if quick is not None:
            made[column["name"]] = quick
            continue
        cast, bad = cast_column(values, column)
        made[column["name"]] = cast.array
        if bad is not None:
            for place in numpy.flatnonzero(bad):
                shown = plain(values.iloc[place])
                what = f"{shown!r} in {name} is not {_said(column['dtype'])}"
                if shown is None:
                    what = f"{name} is missing"
                reasons.setdefault(int(place), what)
    if made and all(str(values.dtype) == "float64" for values in made.values()):
        block = numpy.column_stack([numpy.asarray(values) for values in made.values()])
        return pandas.DataFrame(block, columns=list(made), index=frame.index), reasons
    return pandas.DataFrame(made, index=frame.index), reasons


def _quick(cells: list[Any], dtype: str) -> Any:
    """Cast a few cells of the expected kind without pandas; None where they are of another."""
    import numpy

    if dtype == "float64" and all(type(cell) in (float, int, type(None)) for cell in cells):
        return numpy.array([numpy.nan if cell is None else cell for cell in cells], dtype=float)
    if dtype == "int64" and all(type(cell) is int and abs(cell) < 2**63 for cell in cells):
        return numpy.array(cells, dtype="int64")
    if dtype == "bool" and all(type(cell) is bool for cell in cells):
        return numpy.array(cells, dtype=bool)
    return None


def _filler(value: Any, column: dict[str, Any]) -> Any:
    """Return the column's stand-in as an array of one cell; made once."""
    import pandas

    if "_filler" not in column:
        column["_filler"] = cast_column(pandas.Series([value]), column)[0].array
    return column["_filler"]


def cast_column(values: Any, column: dict[str, Any]) -> tuple[Any, Any]:
    """Return the column in its recorded dtype and a mask of the cells that would lose something.

    Masked cells hold a stand-in of the right dtype.
    """
    import pandas

    dtype = column["dtype"]
    if str(values.dtype) == dtype and dtype not in ("category", "object"):
        return values, None
    if dtype == "category":
        return _categories(values, column)
    if dtype.startswith(("int", "uint", "Int", "UInt")):
        return _integers(values, dtype)
    if dtype.startswith(("float", "Float")):
        numbers = pandas.to_numeric(values, errors="coerce")
        lost = numbers.isna() & values.notna()
        return numbers.astype(dtype), lost.to_numpy() if lost.any() else None
    if dtype in ("bool", "boolean"):
        return _booleans(values, dtype)
    if dtype.startswith("datetime64"):
        return _dates(values, dtype)
    if dtype in ("str", "string") or column.get("text"):
        return _texts(values, dtype), None
    if dtype == "object":
        return values.astype(object), None
    try:
        return values.astype(dtype), None
    except (TypeError, ValueError) as error:
        raise RecipeError(f"the column {column['name']} cannot be read as {dtype}") from error


def _integers(values: Any, dtype: str) -> tuple[Any, Any]:
    import pandas

    if values.dtype.kind not in "iu":
        if values.dtype.kind not in "fb":
            values = values.astype(object)
        numbers = pandas.to_numeric(values, errors="coerce")
        whole = numbers.notna() & (numbers % 1 == 0) & (numbers.abs() < 2**63)
        numbers = numbers.where(whole, 0)
    else:
        numbers, whole = values, values.notna()
    cast = numbers.astype(dtype)
    whole &= cast == numbers
    return cast, None if whole.all() else (~whole).to_numpy()


def _booleans(values: Any, dtype: str) -> tuple[Any, Any]:
    known = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
    found = values.map(lambda value: known.get(str(value).strip().lower()))
    bad = found.isna()
    return found.where(~bad, False).astype(dtype), bad.to_numpy() if bad.any() else None


def _dates(values: Any, dtype: str) -> tuple[Any, Any]:
    import pandas

    utc = "," in dtype
    found = pandas.to_datetime(values, errors="coerce", utc=utc, format=None)
    bad = found.isna() & values.notna()
    if not utc and getattr(found.dtype, "tz", None) is not None:
        found = found.dt.tz_localize(None)
    return found.astype(dtype), bad.to_numpy() if bad.any() else None


def _texts(values: Any, dtype: str) -> Any:
    if str(values.dtype) in ("str", "string"):
        return values.astype(dtype)
    made = values.astype(object)
    missing = made.isna()
    made = made.map(lambda value: value if isinstance(value, str) else str(plain(value)))
    return made.where(~missing, None).astype(dtype)


def _categories(values: Any, column: dict[str, Any]) -> tuple[Any, Any]:
    import pandas

    wanted = pandas.CategoricalDtype(column["categories"], column["ordered"])
    if values.dtype == wanted:
        return values, None
    inner = str(wanted.categories.dtype)
    plain_values = values.astype(object)
    if inner.startswith(("int", "float")):
        plain_values = pandas.to_numeric(plain_values, errors="coerce")
    cast = plain_values.astype(wanted)
    bad = cast.isna() & values.notna()
    return cast, bad.to_numpy() if bad.any() else None


def _holds_nulls(dtype: Any) -> bool:
    return str(dtype)[:3] not in ("int", "uin", "boo") or str(dtype) == "boolean"


def _said(dtype: str) -> str:
    if dtype == "category":
        return "among the categories of the training"
    kinds = {"int": "a whole number", "uin": "a whole number", "flo": "a number"}
    kinds |= {"boo": "true or false", "dat": "a date", "Int": "a whole number"}
    return kinds.get(dtype[:3], f"of type {dtype}")
