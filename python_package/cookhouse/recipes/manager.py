"""Recipes: made from notebooks, shown, taken with a named difference, deleted."""

from __future__ import annotations

import asyncio
import builtins
import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.datasets.kernels import client_environment
from cookhouse.errors import Conflict, Invalid, NotFound, Refused, Taken, Unavailable
from cookhouse.floor.database import now
from cookhouse.floor.jobs.kinds import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import Job
from cookhouse.floor.pages import page_of
from cookhouse.notebooks.messages import Analysis
from cookhouse.notebooks.paths import notebook_at, served, shown
from cookhouse.recipes import store
from cookhouse.recipes.messages import CreateRecipe, Recipe, RecipePage, RecipeQuery
from cookhouse.recipes.names import STAGED, name_for, noted_name, usable_name
from cookhouse.recipes.view import shown_recipe, shown_summary

if TYPE_CHECKING:
    from cookhouse.house import House

KIND = "recipes.create"
PROOF_SECONDS = 3600.0
PROOF_MEMORY: int | None = None
STORED = ("estimator", "task", "overlay", "wheel", "package", "size", "digest", "proof", "sentence")
SORTABLE = {
    "name": store.VersionRow.recipe,
    "created": store.VersionRow.created,
    "verdict": store.VersionRow.verdict,
    "estimator": store.VersionRow.estimator,
}


class Recipes:
    """The recipes of a workspace."""

    def __init__(self, house: House) -> None:
        self.house = house
        body = "cookhouse.recipes.creation:create"
        house.jobs.register(JobKind(KIND, body, finish=self.finish, runs_in="own"))

    async def create(
        self, body: CreateRecipe, who: str, key: str | None = None, python: str | None = None
    ) -> Job:
        """Check what can be checked at once and start the job that makes the recipe.

        `python` names an interpreter in place of the notebook's kernel. Raises `Refused` with the
        finding that stands in the way, `Taken` for a name that another notebook's recipe has.
        """
        return await asyncio.to_thread(self.started, body, who, key, python, self.house.root_dir)

    def started(
        self,
        body: CreateRecipe,
        who: str,
        key: str | None = None,
        python: str | None = None,
        root: Path | None = None,
    ) -> Job:
        """Do the same, for callers without an event loop.

        Without `root` the caller is the notebook's owner, and any path is taken.
        """
        path = notebook_at(root, body.notebook)
        analysis, _ = self.house.notebooks.analysed_file(path, body.model)
        _refuse(analysis)
        content, metadata = _document(path)
        interpreter = self.house.interpreters.of_kernel(analysis.kernel, python)
        name = usable_name(body.name or name_for(path, metadata))
        arguments = {
            "notebook": str(path),
            "name": name,
            "model": body.model,
            "proof": body.proof,
            "interpreter": {**asdict(interpreter), "path": str(interpreter.path)},
            "time_limit": PROOF_SECONDS,
            "memory_limit": PROOF_MEMORY,
            "environment": client_environment(self.house),
        }
        request = hashlib.sha256(json.dumps([content, arguments]).encode()).hexdigest()
        with self.house.database.write() as session:
            job = self._enqueue(session, body, arguments, request, (who, key), metadata)
            self.house.changes.touch_in(session, "recipes")
        self.house.jobs.wake()
        return job

    def _enqueue(
        self,
        session: Session,
        body: CreateRecipe,
        arguments: dict[str, Any],
        request: str,
        asked: tuple[str, str | None],
        metadata: dict[str, Any],
    ) -> Job:
        name, notebook = arguments["name"], arguments["notebook"]
        known = store.recipe(session, name)
        if known and known.notebook != notebook and noted_name(metadata) != name:
            raise Taken(
                f"The name “{name}” is taken by the recipe of “{known.shown}”: give this one "
                "another name.",
                name=name,
            )
        if twin := store.under_way(session, name, request):
            # The button was pressed twice.
            return self.house.jobs.row(session, twin.job).message()
        number = store.next_number(session, name)
        who, key = asked
        job = self.house.jobs.enqueue(
            session, kind=KIND, title=f"Make recipe {name} {number}", subject=("recipes", name),
            arguments={**arguments, "version": number}, who=who, key=key,
        )  # fmt: skip
        if store.of_job(session, job.id) is not None or job.state != "pending":
            return job
        if known is None:
            session.add(store.RecipeRow(name=name, notebook=notebook, shown=body.notebook, who=who))
            session.flush()
        facts = arguments["interpreter"]
        row = store.VersionRow(recipe=name, version=number, job=job.id, request=request, who=who)
        row.interpreter, row.kernel = facts["path"], facts["kernel"]
        session.add(row)
        return job

    def finish(self, session: Session, job: JobRow, outcome: Outcome) -> None:
        """Record what the job made, or that nothing was made; runs in the supervisor."""
        row = store.of_job(session, job.id)
        if row is None:
            return
        staged = self.house.jobs.folder(job.id) / STAGED
        made = outcome["result"] if outcome["state"] == "succeeded" else None
        if made is None:
            store.drop_version(session, row)
            shutil.rmtree(staged, ignore_errors=True)
            return
        target = self.folder(row)
        if staged.exists():
            shutil.rmtree(target, ignore_errors=True)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            staged.replace(target)
        for field in STORED:
            setattr(row, field, made[field])
        row.verdict = made["proof"]["verdict"]
        row.scoring = made["proof"]["scoring"]["verdict"]
        row.made = True
        row.created = now()
        recipe = store.recipe(session, row.recipe)
        assert recipe is not None
        recipe.newest = max(recipe.newest, row.version)
        self.house.ledger.add(
            session, f"recipes/{row.recipe}@{row.version}", "made from",
            f"notebooks/{recipe.shown}", job.id,
        )  # fmt: skip

    def folder(self, row: store.VersionRow) -> Path:
        """Return the folder of a version: the wheel, and `package/` with what is in it."""
        return self.house.workspace.recipes / row.recipe / str(row.version)

    def package(self, row: store.VersionRow) -> Path:
        """Return the unpacked package of a version: `recipe.json` and `_runtime/` are in it."""
        return self.folder(row) / "package" / row.package

    def version(self, session: Session, name: str, number: int | str | None) -> store.VersionRow:
        """Return a finished version, the newest without a number. Raises `NotFound`."""
        if isinstance(number, str) and not (number.isascii() and number.isdigit()):
            raise NotFound(f"Recipe “{name}” has no version “{number}”.")
        row = store.version(session, name, int(number) if number is not None else None)
        if row is not None:
            return row
        if number is not None and store.version(session, name, None) is not None:
            raise NotFound(f"Recipe “{name}” has no version {number}.")
        if store.recipe(session, name) is not None:
            raise NotFound(f"Recipe “{name}” is still being made: look at its job.")
        raise NotFound(f"There is no recipe “{name}”.")

    def list(self, query: RecipeQuery) -> RecipePage:
        """List recipes, each by its newest version."""
        with self.house.database.read() as session:
            rows, following, total = page_of(
                session, store.newest_versions(self._stored(query.notebook)), query,
                sortable=SORTABLE,
                searched=[store.VersionRow.recipe, store.VersionRow.estimator], sort="-created",
            )  # fmt: skip
            items = [
                shown_summary(row, self._known(session, row.recipe), self._used_by(row.recipe))
                for row in rows
            ]
        return RecipePage(items=items, next=following, total=total)

    def _stored(self, notebook: str | None) -> str | None:
        """Return the absolute path under which the recipes of a notebook stand."""
        return None if notebook is None else str(self.house.root_dir.resolve() / notebook)

    def _known(self, session: Session, name: str) -> store.RecipeRow | None:
        """Return a recipe with its notebook's path as this server's users know it.

        The command line and the Lab name one file by different paths; both are the same recipe.
        """
        row = store.recipe(session, name)
        if row is not None:
            session.expunge(row)
            row.shown = served(self.house.root_dir, row.notebook)
        return row

    def show(self, name: str, number: int | str | None) -> Recipe:
        """Show one version whole, the newest without a number."""
        with self.house.database.read() as session:
            row = self.version(session, name, number)
            recipe = self._known(session, name)
            others = store.versions(session, name)
        return shown_recipe(row, recipe, others, self.package(row), self._used_by(name))

    def archive(self, name: str, number: int | str) -> Path:
        """Return the wheel of a version."""
        with self.house.database.read() as session:
            row = self.version(session, name, number)
        wheel = self.folder(row) / row.wheel
        if not wheel.is_file():
            raise NotFound(f"The wheel of recipe “{name}” {row.version} is gone from the disk.")
        return wheel

    def accept(self, name: str, number: int | str, reason: str, who: str) -> Recipe:
        """Take a version with the difference that its proof names; it stays unproven.

        Raises `Conflict` where there is nothing to accept, `Refused` where scoring is unsafe,
        which nobody can accept away.
        """
        with self.house.database.write() as session:
            row = self.version(session, name, number)
            if row.scoring == "refused":
                raise Refused(row.sentence, cell=row.proof["scoring"].get("cell"))
            if row.verdict in ("exact", "pinned") and row.scoring == "safe":
                raise Conflict(f"Recipe “{name}” {row.version} is proven: nothing to accept.")
            row.accepted_by, row.accepted_at, row.accepted_reason = who, now(), reason
            self.house.changes.touch_in(session, "recipes")
        return self.show(name, number)

    def delete(self, name: str) -> None:
        """Delete a recipe with all its versions. Raises `Conflict` naming what would break."""
        with self.house.database.write() as session:
            recipe = store.recipe(session, name)
            if recipe is None:
                raise NotFound(f"There is no recipe “{name}”.")
            if store.unfinished(session, name):
                raise Conflict(f"Recipe “{name}” is being made now: cancel that job first.")
            users = self._used_by(name)
            if users:
                raise Conflict(
                    f"Recipe “{name}” is used by {', '.join(users[:5])}: delete "
                    f"{'that model' if len(users) == 1 else 'those models'} first.",
                    models=users,
                )
            session.delete(recipe)
            self.house.ledger.forget(session, f"recipes/{name}")
            self.house.changes.touch_in(session, "recipes")
        shutil.rmtree(self.house.workspace.recipes / name, ignore_errors=True)

    def _used_by(self, name: str) -> builtins.list[str]:
        edges = self.house.ledger.about(f"recipes/{name}")
        models = {e.subject for e in edges if e.subject.startswith("models/")}
        return sorted({model.removeprefix("models/").split("@")[0] for model in models})


def _refuse(analysis: Analysis) -> None:
    for finding in analysis.findings:
        if finding.severity == "error":
            raise Refused(
                f"{finding.what} {finding.fix}".strip(),
                cell=finding.cell, line=finding.line, finding=finding.code, why=finding.why,
            )  # fmt: skip


def _document(path: Path) -> tuple[str, dict[str, Any]]:
    """Return a digest of the notebook's bytes and its metadata."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unavailable(f"“{path.name}” cannot be read: {error.strerror}.") from None
    digest = hashlib.sha256(raw).hexdigest()
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        raise Invalid(f"“{shown(path.name)}” is not a notebook: its JSON cannot be read.") from None
    metadata = document.get("metadata") if isinstance(document, dict) else None
    return digest, metadata if isinstance(metadata, dict) else {}
