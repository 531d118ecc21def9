"""Endpoints of recipes."""

from __future__ import annotations

from cookhouse.floor.messages import Job
from cookhouse.http import Call, File, Routes
from cookhouse.recipes.messages import AcceptRecipe, CreateRecipe, Recipe, RecipePage, RecipeQuery

routes = Routes()
VERSION = "recipes/{name}/versions/{version}"


@routes.add("GET", "recipes", role="viewer", answer=RecipePage, query=RecipeQuery)
def list_recipes(call: Call) -> RecipePage:
    """List recipes, each by its newest version."""
    return call.house.recipes.list(call.query)


@routes.add("POST", "recipes", role="author", answer=Job, body=CreateRecipe, status=202,
            location="jobs/{id}")  # fmt: skip
async def create_recipe(call: Call) -> Job:
    """Make a recipe of a notebook and prove it."""
    key = call.headers.get("idempotency-key")
    return await call.house.recipes.create(call.body, call.user, key)


@routes.add("GET", "recipes/{name}", role="viewer", answer=Recipe)
def show_recipe(call: Call) -> Recipe:
    """Show the newest version of a recipe."""
    return call.house.recipes.show(call.path["name"], None)


@routes.add("DELETE", "recipes/{name}", role="author", answer=None)
def delete_recipe(call: Call) -> None:
    """Delete a recipe that no model was made of."""
    call.house.recipes.delete(call.path["name"])


@routes.add("GET", VERSION, role="viewer", answer=Recipe)
def show_version(call: Call) -> Recipe:
    """Show one version of a recipe."""
    return call.house.recipes.show(call.path["name"], call.path["version"])


@routes.add("GET", VERSION + "/archive", role="viewer", answer=None)
def download_archive(call: Call) -> File:
    """Download a recipe's wheel."""
    wheel = call.house.recipes.archive(call.path["name"], call.path["version"])
    return File(wheel, wheel.name, "application/zip")


@routes.add("POST", VERSION + "/acceptance", role="author", answer=Recipe, body=AcceptRecipe)
def accept_recipe(call: Call) -> Recipe:
    """Take a recipe with the difference that its proof names."""
    name, version = call.path["name"], call.path["version"]
    return call.house.recipes.accept(name, version, call.body.reason, call.user)
