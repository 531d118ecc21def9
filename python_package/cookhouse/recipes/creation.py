"""The body of the job that makes a recipe.

It runs in Cookhouse's own interpreter, not in the engine's: the converter needs IPython, and a
recipe can be made while there is no engine yet.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cookhouse.errors import Refused
from cookhouse.floor.interpreters import Interpreter, Interpreters
from cookhouse.recipes import sentences
from cookhouse.recipes.names import STAGED

if TYPE_CHECKING:
    from cookhouse.floor.jobs.context import JobContext
    from cookhouse_convert.create import Created


def create(context: JobContext) -> dict[str, Any]:
    """Make the wheel and its proof; return what the recipe's record needs.

    The wheel and its unpacked package wait in the job's folder until the record is written.
    """
    from cookhouse_convert.emit.wheel import unpack

    context.progress("Reading the notebook", 0.0)
    facts = context.arguments["interpreter"]
    interpreter = Interpreter(**{**facts, "path": Path(facts["path"])})
    overlay = Interpreters().overlay(interpreter, context.log)
    work = context.folder / f"work-{context.attempt}"
    work.mkdir()
    made = _made(context, interpreter.path, overlay, work)
    context.progress("Storing the recipe", 0.98)
    wheel = _stage(context, made.wheel)
    package = unpack(wheel, wheel.parent / "package")
    shutil.rmtree(work, ignore_errors=True)
    titles = {row["cell"]: row["title"] for row in made.manifest["statements"]}
    proof = {**made.proof, "titles": titles}
    return {
        "estimator": made.manifest["model"]["estimator"],
        "task": made.manifest["task"],
        "overlay": str(overlay),
        "wheel": wheel.name,
        "package": package.name,
        "size": wheel.stat().st_size,
        "digest": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "proof": proof,
        "sentence": sentences.of_proof(proof),
        "recipe": context.arguments["name"],
        "version": context.arguments["version"],
    }


def _made(context: JobContext, interpreter: Path, overlay: Path, work: Path) -> Created:
    from cookhouse_convert import analyse
    from cookhouse_convert.create import NotConvertible, create_recipe

    given = context.arguments
    notebook = Path(given["notebook"])
    try:
        return create_recipe(
            notebook,
            # Again, not handed over: the file may have changed since the button was pressed, and
            # the recipe is made of what is there now.
            analysis=analyse(notebook, path=notebook, model=given["model"]),
            name=given["name"],
            version=given["version"],
            interpreter=interpreter,
            overlay=overlay,
            work=work,
            proof=given["proof"],
            time_limit=given["time_limit"],
            memory_limit=given["memory_limit"],
            progress=context.progress,
            environment=given["environment"],
            model=given["model"],
        )
    except NotConvertible as refusal:
        raise Refused(str(refusal), cell=refusal.cell, line=refusal.line) from None


def _stage(context: JobContext, wheel: Path) -> Path:
    """Put the wheel where the record's writer finds it; return it there."""
    staged = context.folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    context.still_current()
    return Path(shutil.copyfile(wheel, staged / wheel.name))
