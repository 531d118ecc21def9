"""Endpoints of models and their runs."""

from __future__ import annotations

from cookhouse.floor.messages import ListQuery
from cookhouse.http import Call, File, Routes
from cookhouse.models.messages import (
    CreateModel,
    CreateRun,
    Evaluation,
    Model,
    ModelPage,
    ModelQuery,
    Run,
    RunPage,
)

routes = Routes()
RUN = "models/{name}/runs/{id}"


@routes.add("GET", "models", role="viewer", answer=ModelPage, query=ModelQuery)
def list_models(call: Call) -> ModelPage:
    """List models."""
    return call.house.models.list(call.query)


@routes.add("POST", "models", role="author", answer=Run, body=CreateModel, status=202,
            location="models/{model}/runs/{id}")  # fmt: skip
def create_model(call: Call) -> Run:
    """Make a model of a recipe and start its first run."""
    key = call.headers.get("idempotency-key")
    return call.house.models.create(call.body, call.user, key)


@routes.add("GET", "models/{name}", role="viewer", answer=Model)
def show_model(call: Call) -> Model:
    """Show one model."""
    return call.house.models.show(call.path["name"])


@routes.add("DELETE", "models/{name}", role="author", answer=None)
def delete_model(call: Call) -> None:
    """Delete a model that no service uses, with its runs."""
    call.house.models.delete(call.path["name"])


@routes.add("GET", "models/{name}/runs", role="viewer", answer=RunPage, query=ListQuery)
def list_runs(call: Call) -> RunPage:
    """List a model's runs, newest first."""
    return call.house.models.runs(call.path["name"], call.query)


@routes.add("POST", "models/{name}/runs", role="author", answer=Run, body=CreateRun, status=202,
            location="models/{model}/runs/{id}")  # fmt: skip
def create_run(call: Call) -> Run:
    """Train a model again."""
    key = call.headers.get("idempotency-key")
    return call.house.models.train(call.path["name"], call.body, call.user, key)


@routes.add("GET", RUN, role="viewer", answer=Run)
def show_run(call: Call) -> Run:
    """Show one run."""
    return call.house.models.run(call.path["name"], call.path["id"])


@routes.add("DELETE", RUN, role="author", answer=None)
def delete_run(call: Call) -> None:
    """Delete a run that no service uses."""
    call.house.models.delete_run(call.path["name"], call.path["id"])


@routes.add("GET", RUN + "/evaluation", role="viewer", answer=Evaluation)
def show_evaluation(call: Call) -> Evaluation:
    """Show what a run's stored predictions of the test rows look like."""
    return call.house.models.evaluation(call.path["name"], call.path["id"])


@routes.add("GET", RUN + "/archive", role="viewer", answer=None)
def download_model(call: Call) -> File:
    """Download a run's stored model as a zip."""
    archive = call.house.models.archive(call.path["name"], call.path["id"])
    return File(archive, archive.name, "application/zip")
