"""Recipes put into a house without running their notebook: for tests of what comes after."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from cookhouse.house import House
from cookhouse.recipes import sentences
from cookhouse.recipes.store import RecipeRow, VersionRow
from cookhouse_convert import analyse
from cookhouse_convert.emit.manifest import manifest_of
from cookhouse_convert.emit.module import cell_titles, module_text
from cookhouse_convert.emit.names import package_name
from cookhouse_convert.emit.package import write_package
from cookhouse_convert.emit.wheel import write_wheel

PROVEN: dict[str, Any] = {
    "verdict": "exact",
    "metric": {"name": "accuracy", "notebook": 0.965, "recipe": 0.965},
    "scoring": {"verdict": "safe", "reason": "", "cell": None, "rows": 143,
                "ways": ["all", "25", "one at a time", "shuffled"]},
}  # fmt: skip


def put_recipe(
    house: House,
    notebook: Path,
    interpreter: Path,
    proof: dict[str, Any] | None = None,
    name: str = "cancer",
    version: int = 1,
) -> VersionRow:
    """Package a notebook as a recipe's version and record it as if its job had ended well."""
    proof = proof or PROVEN
    folder = house.workspace.recipes / name / str(version)
    folder.mkdir(parents=True)
    package = folder / "package" / package_name(name)
    manifest = _write(notebook, package, name, version)
    wheel = write_wheel(package, manifest, folder)
    row = VersionRow(
        recipe=name, version=version, made=True, job=uuid.uuid4().hex[:16], request="",
        verdict=proof["verdict"], scoring=proof["scoring"]["verdict"], proof=proof,
        sentence=sentences.of_proof(proof), estimator=manifest["model"]["estimator"],
        task=manifest["task"], interpreter=str(interpreter), wheel=wheel.name,
        package=package.name, digest="0" * 64, size=wheel.stat().st_size, who="ann",
    )  # fmt: skip
    with house.database.write() as session:
        known = session.get(RecipeRow, name)
        if known is None:
            known = RecipeRow(name=name, notebook=str(notebook), shown=notebook.name, who="ann")
            session.add(known)
            session.flush()
        known.newest = version
        session.add(row)
    return row


def _write(notebook: Path, package: Path, name: str, version: int) -> dict[str, Any]:
    analysis = analyse(notebook, path=notebook)
    model = analysis.proposed
    assert model is not None, analysis.findings
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    titles = cell_titles(analysis, [cell["id"] for cell in cells])
    text, places = module_text(analysis, name, titles)
    manifest = manifest_of(analysis, model, name, version, package.name, titles, places, [])
    write_package(package, text, manifest, {})
    return manifest
