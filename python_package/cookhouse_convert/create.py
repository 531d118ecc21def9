"""A recipe from a notebook: written, proven, packed into a wheel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cookhouse_convert.analysis import Analysis, Model
from cookhouse_convert.emit.files import files_of
from cookhouse_convert.emit.manifest import manifest_of
from cookhouse_convert.emit.module import cell_titles, module_text
from cookhouse_convert.emit.names import package_name
from cookhouse_convert.emit.package import write_manifest, write_package
from cookhouse_convert.emit.wheel import write_wheel
from cookhouse_convert.prove.process import Limits, Template, warm_modules
from cookhouse_convert.prove.proof import Prover

Progress = Callable[[str, float], None]


class NotConvertible(ValueError):
    """No recipe can be made; `cell` and `line` name where, where it is known."""

    def __init__(self, what: str, cell: str | None = None, line: int | None = None) -> None:
        super().__init__(what)
        self.cell = cell
        self.line = line


@dataclass(frozen=True)
class Created:
    """A made recipe: its wheel, its manifest (`recipe.json`) and its proof."""

    wheel: Path
    manifest: dict[str, Any]
    proof: dict[str, Any] = field(default_factory=dict)


def create_recipe(
    notebook: Path,
    *,
    analysis: Analysis,
    name: str,
    version: int,
    interpreter: Path,
    overlay: Path | None,
    work: Path,
    proof: bool = True,
    time_limit: float = 600,
    memory_limit: int | None = None,
    progress: Progress = lambda step, fraction: None,
    cwd_files: Path | None = None,
    environment: Mapping[str, str] | None = None,
    model: str | None = None,
) -> Created:
    """Make the recipe of one notebook in the folder `work`.

    `interpreter` is the notebook's own Python, `overlay` a folder with what the runtime needs and
    that Python lacks; `cwd_files` is the folder the notebook runs in (its own by default).
    `time_limit` is seconds for each run of the proof, `memory_limit` bytes. `progress` gets a step
    and a fraction. `model` names the variable of the chosen model, the proposed one by default.
    Raises `NotConvertible` where the analysis refuses; what goes wrong when running becomes the
    proof's verdict.
    """
    chosen = _chosen(analysis, model)
    work.mkdir(parents=True, exist_ok=True)
    folder = (cwd_files or notebook.parent).resolve()
    content = json.loads(notebook.read_text(encoding="utf-8"))
    progress("Writing the recipe", 0.05)
    titles = cell_titles(analysis, _cells(content))
    text, places = module_text(analysis, name, titles)
    files, artifacts = files_of(analysis, folder)
    package = work / "package" / package_name(name)
    shutil.rmtree(package.parent, ignore_errors=True)
    manifest = manifest_of(analysis, chosen, name, version, package.name, titles, places, files)
    write_package(package, text, manifest, artifacts)
    report = _not_run()
    if proof:
        room = work / "proof"
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
        modules = warm_modules(s.source for s in analysis.statements)
        with Template(interpreter, modules, dict(environment or {}), room) as template:
            prover = Prover(
                content=content,
                analysis=analysis,
                manifest=manifest,
                package=package,
                template=template,
                overlay=overlay,
                source=folder,
                work=room,
                limits=Limits(time_limit, memory_limit),
                progress=progress,
            )
            report = prover.prove()
        _learned(manifest, prover)
        shutil.rmtree(room, ignore_errors=True)
    manifest["proof"] = report
    progress("Packing the recipe", 0.95)
    write_manifest(package, _without_clock(manifest))
    wheel = write_wheel(package, manifest, work)
    progress("Done", 1.0)
    return Created(wheel, manifest, report)


def _chosen(analysis: Analysis, variable: str | None) -> Model:
    for finding in analysis.findings:
        if finding.severity == "error":
            raise NotConvertible(f"{finding.what} {finding.fix}", finding.cell, finding.line)
    chosen = analysis.proposed
    if variable is not None:
        chosen = next((m for m in analysis.models if m.variable == variable), None)
    if chosen is None:
        named = f" called {variable}" if variable else ""
        raise NotConvertible(f"The notebook has no model{named}; fit one and try again.")
    return chosen


def _cells(content: dict[str, Any]) -> list[str]:
    cells = content.get("cells", [])
    return [str(cell.get("id") or number) for number, cell in enumerate(cells)]


def _learned(manifest: dict[str, Any], prover: Prover) -> None:
    """Put into the manifest what only a run can tell."""
    found = prover.learned
    manifest["findings"] = [*manifest["findings"], *(asdict(f) for f in prover.findings)]
    if "served" not in found:
        return
    manifest["served"] = found["served"]
    manifest["memory"] = found["memory"]
    manifest["task"] = found["task"]
    manifest["label"] = found["label"]
    manifest["input_schema"] = found["input_schema"]
    manifest["input_columns"] = [
        {key: column[key] for key in ("name", "dtype", "label", "nullable")}
        for column in found["input_schema"]
    ]
    manifest["input_example"] = found["input_example"]
    manifest["example"] = (found["input_example"] or [{}])[0]
    for binding in manifest["bindings"]:
        binding["served"] = binding["statement"] == found["served"]["statement"]


def _without_clock(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest as it is packed: without what differs from one run to the next."""
    proof = {key: value for key, value in manifest["proof"].items() if key != "seconds"}
    return {**manifest, "proof": proof}


def _not_run() -> dict[str, Any]:
    reason = "the proof was left out when the recipe was made"
    return {
        "verdict": "unverified",
        "metric": {"name": None, "notebook": None, "recipe": None},
        "scoring": {"verdict": "unverified", "reason": reason, "cell": None},
        "steps": [],
        "differences": [{"statement": None, "column": None, "cell": None, "what": reason}],
        "seconds": 0.0,
        "rows": 0,
        "ways": [],
    }
