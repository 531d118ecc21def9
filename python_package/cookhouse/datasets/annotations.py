"""What people say of fields: laid over a schema, taken from a request."""

from __future__ import annotations

from typing import Any

from cookhouse.datasets.messages import AnnotateSchema, Schema, SchemaField
from cookhouse.errors import Invalid


def annotated(dataset: str, tree: dict[str, Any], notes: dict[str, Any], etag: str) -> Schema:
    """Return the schema of an engine's answer with the notes on its fields."""
    return Schema(
        dataset=dataset,
        version=tree["version"],
        fields=[_field(field, notes) for field in tree["fields"]],
        leaves=tree["leaves"],
        etag=etag,
    )


def _field(field: dict[str, Any], notes: dict[str, Any]) -> SchemaField:
    inner = [_field(child, notes) for child in field["fields"]]
    return SchemaField.model_validate({**field, "fields": inner, **notes.get(field["path"], {})})


def noted(
    dataset: str, tree: dict[str, Any], notes: dict[str, Any], wanted: AnnotateSchema
) -> dict[str, Any]:
    """Return the notes with the wanted ones in them. Raises `Invalid` for an unknown field."""
    known = set(_paths(tree["fields"]))
    result = {path: dict(note) for path, note in notes.items()}
    for note in wanted.notes:
        if note.path not in known:
            raise Invalid(f"The dataset “{dataset}” has no field “{note.path}”.", field=note.path)
        given = note.model_dump(exclude={"path"}, exclude_none=True)
        if given.get("mark") == "none":
            given["mark"] = None
        result.setdefault(note.path, {}).update(given)
    return result


def _paths(fields: list[dict[str, Any]]) -> list[str]:
    return [path for f in fields for path in (f["path"], *_paths(f["fields"]))]
