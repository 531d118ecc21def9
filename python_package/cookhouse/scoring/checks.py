"""What can be said of a scoring before it starts, from schemas alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cookhouse.datasets.messages import SchemaField
from cookhouse.errors import Invalid

NESTED = ("struct", "list<", "map<")
RESULTS = ("prediction", "probability", "reason")
# A cell that cannot become the recipe's type is refused alone, with its reason; here only columns
# are named of which no cell could. Text may hold anything.
FITS: dict[str, frozenset[str]] = {
    "number": frozenset({"number", "bool", "text"}),
    "bool": frozenset({"bool", "number", "text"}),
    "time": frozenset({"time", "text"}),
    "text": frozenset({"text", "number", "bool", "time"}),
}


def leaves(fields: Iterable[SchemaField]) -> Iterator[SchemaField]:
    """Yield the fields that hold values of their own; those below a list or a map do not."""
    for field in fields:
        if field.type == "struct":
            yield from leaves(field.fields)
        else:
            yield field


def kind_of_field(type_name: str) -> str:
    """Return the kind of a dataset's type: number, bool, time, text, or other."""
    if type_name.startswith(("int", "uint", "float", "double", "decimal")):
        return "number"
    if type_name.startswith(("date", "timestamp")):
        return "time"
    return {"bool": "bool", "string": "text"}.get(type_name, "other")


def kind_of_dtype(dtype: str) -> str | None:
    """Return the kind that a recipe's raw column asks for; None where anything may be in it."""
    if dtype.lower().startswith(("int", "uint", "float")):
        return "number"
    if dtype.startswith(("datetime", "date")):
        return "time"
    return {"bool": "bool", "boolean": "bool", "str": "text", "string": "text"}.get(dtype)


def needed(columns: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the raw columns that the recipe reads; the label is none of them."""
    return [
        column for column in columns if column.get("required", True) and not column.get("label")
    ]


def check_input(
    dataset: str, fields: Sequence[SchemaField], columns: Iterable[dict[str, Any]], recipe: str
) -> list[str]:
    """Return the dataset's columns that are read.

    Raises `Invalid` naming the columns that are missing, or whose type cannot be what the recipe
    was trained on.
    """
    found = {field.path: field.type for field in leaves(fields)}
    wanted = needed(columns)
    missing = [str(column["name"]) for column in wanted if str(column["name"]) not in found]
    if missing:
        lacks = "lacks the columns" if len(missing) > 1 else "lacks the column"
        raise Invalid(
            f"The dataset “{dataset}” {lacks} {_list(missing)}, which the recipe “{recipe}” "
            "reads: choose another dataset, or add a batch that has them.",
            missing=missing,
        )
    for column in wanted:
        name, dtype = str(column["name"]), str(column.get("dtype", ""))
        kind = kind_of_dtype(dtype)
        if kind is not None and kind_of_field(found[name]) not in FITS[kind]:
            raise Invalid(
                f"The column “{name}” of “{dataset}” is of type {found[name]}, and the recipe "
                f"“{recipe}” reads {dtype}: choose another dataset, or ingest it in that type.",
                column=name,
            )
    return [str(column["name"]) for column in wanted]


def identity_of(fields: Iterable[SchemaField]) -> list[dict[str, str]]:
    """Return the identity fields as `{path, name, type}`; without any, the row number as `row`.

    `name` is the last part of the path, or all of it where two would be called the same.
    """
    marked = [field for field in leaves(fields) if field.identity and not _nested(field.type)]
    if not marked:
        return [{"path": "_row", "name": "row", "type": "int64"}]
    short = [field.path.rsplit(".", 1)[-1] for field in marked]
    taken = {name for name in short if short.count(name) > 1} | set(RESULTS)
    return [
        {
            "path": field.path,
            "name": field.path.replace(".", "_") if name in taken else name,
            "type": field.type,
        }
        for field, name in zip(marked, short, strict=True)
    ]


def prediction_type(task: str, classes: Sequence[Any]) -> str | None:
    """Return the type of the prediction column; None where only the model knows."""
    if task == "regression":
        return "float64"
    if not classes:
        return None
    for kind, name in ((bool, "bool"), (int, "int64"), (float, "float64"), (str, "string")):
        if all(type(value) is kind for value in classes):
            return name
    return None


def output_fields(
    identity: Iterable[dict[str, str]], predicted: str | None, binary: bool
) -> dict[str, str | None]:
    """Return the output dataset's fields with their types, in order."""
    fields: dict[str, str | None] = {field["name"]: field["type"] for field in identity}
    fields["prediction"] = predicted
    if binary:
        fields["probability"] = "float64"
    return {**fields, "reason": "string"}


def check_output(
    dataset: str, fields: Sequence[SchemaField], wanted: dict[str, str | None]
) -> None:
    """Raise `Invalid` where an existing dataset cannot take the result; an empty one can."""
    if not fields:
        return
    there = {field.name: field.type for field in fields}
    if set(there) != set(wanted):
        raise Invalid(
            f"The dataset “{dataset}” has the columns {_list(there)}, and the result has "
            f"{_list(wanted)}: choose another output dataset, or name a new one."
        )
    for name, kind in wanted.items():
        if kind is not None and kind_of_field(kind) != kind_of_field(there[name]):
            raise Invalid(
                f"The column “{name}” of “{dataset}” is of type {there[name]}, and the result "
                f"has {kind} there: choose another output dataset, or name a new one."
            )


def _nested(type_name: str) -> bool:
    return type_name.startswith(NESTED)


def _list(names: Iterable[str], most: int = 12) -> str:
    known = list(names)
    shown = ", ".join(f"“{name}”" for name in known[:most])
    return shown + (f" and {len(known) - most} more" if len(known) > most else "")
