"""The contract of the border: every route as OpenAPI 3.1, from the pydantic messages.

`python -m cookhouse.contract FILE` writes it; `openapi-typescript` makes `src/border/contract.ts`
of it. A test compares both with what the routes say now.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cookhouse.floor.messages import Problem
from cookhouse.http import Route, Routes
from cookhouse.services.messages import Invocation, Predictions

INVOCATIONS = "/services/{name}/invocations"
REFERENCE = "#/components/schemas/{model}"


def tables() -> list[Routes]:
    """Return the route tables of all rooms, lowest room first."""
    from cookhouse.datasets.routes import routes as datasets
    from cookhouse.eda.routes import routes as eda
    from cookhouse.floor.jobs.routes import routes as jobs
    from cookhouse.models.routes import routes as models
    from cookhouse.notebooks.routes import routes as notebooks
    from cookhouse.recipes.routes import routes as recipes
    from cookhouse.scoring.routes import routes as scoring
    from cookhouse.services.routes import routes as services

    return [jobs, datasets, notebooks, eda, recipes, models, scoring, services]


def openapi(version: str) -> dict[str, Any]:
    """Return the OpenAPI document of all routes."""
    routes = [route for table in tables() for route in table]
    names, schemas = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault("/" + route.path, {})[route.method.lower()] = _operation(route, names)
    paths[INVOCATIONS] = {"post": _invocation(names)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Cookhouse", "version": version},
        "servers": [{"url": "/cookhouse/api"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "login": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _schemas(routes: list[Route]) -> tuple[dict[Any, str], dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], Any], None] = {(Problem, "serialization"): None}
    wanted[(Invocation, "validation")] = wanted[(Predictions, "serialization")] = None
    for route in routes:
        if route.answer:
            wanted[(route.answer, "serialization")] = None
        for taken in (route.body, route.query):
            if taken:
                wanted[(taken, "validation")] = None
    by_key, document = models_json_schema(list(wanted), ref_template=REFERENCE)
    names = {key: value["$ref"] for key, value in by_key.items()}
    return names, document["$defs"]


def _operation(route: Route, names: dict[Any, str]) -> dict[str, Any]:
    words = (route.run.__doc__ or "").strip()
    operation: dict[str, Any] = {
        "operationId": route.run.__name__,
        "summary": words.split("\n")[0],
        "tags": [route.room],
        "x-role": route.role,
        "parameters": [_path_parameter(name) for name in re.findall(r"\{(\w+)\}", route.path)],
        "responses": _answers(route, names),
    }
    if route.query:
        operation["parameters"] += _query_parameters(route.query)
    if route.binary:
        body = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": body}
    elif route.body:
        reference = {"$ref": names[(route.body, "validation")]}
        body = {"application/json": {"schema": reference}}
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _answers(route: Route, names: dict[Any, str]) -> dict[str, Any]:
    problem = {"application/json": {"schema": {"$ref": names[(Problem, "serialization")]}}}
    failed = {"description": "What went wrong and what to do next.", "content": problem}
    if route.answer:
        reference = {"$ref": names[(route.answer, "serialization")]}
        done: dict[str, Any] = {
            "description": "Done.",
            "content": {"application/json": {"schema": reference}},
        }
        return {str(route.status): done, "default": failed}
    if route.method == "GET":
        file = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        return {"200": {"description": "The file.", "content": file}, "default": failed}
    return {"204": {"description": "Done."}, "default": failed}


def _invocation(names: dict[Any, str]) -> dict[str, Any]:
    # Not in a table: this endpoint alone takes a service's key in place of a login.
    def content(key: Any) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": names[key]}}}

    return {
        "operationId": "invoke",
        "summary": "Score rows with a service, by login or by its key.",
        "tags": ["services"],
        "x-role": "viewer",
        "security": [{"login": []}, {"key": []}],
        "parameters": [_path_parameter("name")],
        "requestBody": {"required": True, "content": content((Invocation, "validation"))},
        "responses": {
            "200": {"description": "Done.", "content": content((Predictions, "serialization"))},
            "default": {
                "description": "What went wrong and what to do next.",
                "content": content((Problem, "serialization")),
            },
        },
    }


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(query: type[BaseModel]) -> list[dict[str, Any]]:
    schema = query.model_json_schema(ref_template=REFERENCE)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema["properties"].items()
    ]


def main() -> None:
    """Write the document to the file named on the command line."""
    document = json.dumps(openapi("0"), indent=1, sort_keys=True)
    Path(sys.argv[1]).write_text(document + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
