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

if TYPE_CHECKING:
    from cookhouse.floor.jobs.context import JobContext
    from cookhouse_convert.analysis import Analysis

STAGED = "recipe"


def create(context: JobContext) -> dict[str, Any]:
    """Make the wheel and its proof; return what the recipe's record needs.

    The wheel and its unpacked package wait in the job's folder until the record is written.
    """
    from cookhouse_convert.create import create_recipe
    from cookhouse_convert.emit.wheel import unpack

    given = context.arguments
    notebook = Path(given["notebook"])
    context.progress("Reading the notebook", 0.0)
    analysis = _analysis(notebook, given["model"])
    facts = given["interpreter"]
    interpreter = Interpreter(**{**facts, "path": Path(facts["path"])})
    overlay = Interpreters().overlay(interpreter, context.log)
    work = context.folder / f"work-{context.attempt}"
    work.mkdir()
    made = create_recipe(
        notebook,
        analysis=analysis,
        name=given["name"],
        version=given["version"],
        interpreter=interpreter.path,
        overlay=overlay,
        work=work,
        proof=given["proof"],
        time_limit=given["time_limit"],
        memory_limit=given["memory_limit"],
        progress=context.progress,
        environment=given["environment"],
    )
    context.progress("Storing the recipe", 0.98)
    staged = _stage(context, made.wheel)
    package = unpack(staged / made.wheel.name, staged / "package")
    shutil.rmtree(work, ignore_errors=True)
    titles = {row["cell"]: row["title"] for row in made.manifest["statements"]}
    proof = {**made.proof, "titles": titles}
    return {
        "estimator": made.manifest["model"]["estimator"],
        "task": made.manifest["task"],
        "overlay": str(overlay),
        "wheel": made.wheel.name,
        "package": package.name,
        "size": (staged / made.wheel.name).stat().st_size,
        "digest": hashlib.sha256((staged / made.wheel.name).read_bytes()).hexdigest(),
        "proof": proof,
        "sentence": sentences.of_proof(proof),
        "recipe": given["name"],
        "version": given["version"],
    }


def _analysis(notebook: Path, model: str | None) -> Analysis:
    # Again, not handed over: the file may have changed since the button was pressed, and the
    # recipe is made of what is there now.
    from cookhouse_convert import analyse

    analysis = analyse(notebook, path=notebook, model=model)
    for finding in analysis.findings:
        if finding.severity == "error":
            raise Refused(f"{finding.what} {finding.fix}", cell=finding.cell, line=finding.line)
    return analysis


def _stage(context: JobContext, wheel: Path) -> Path:
    staged = context.folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    context.still_current()
    shutil.copyfile(wheel, staged / wheel.name)
    return staged
