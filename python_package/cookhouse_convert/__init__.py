"""A notebook in, what a recipe needs to know out. No server, no Jupyter, nothing is run.

from cookhouse_convert import analyse
analysis = analyse(Path("churn.ipynb"))
"""

from __future__ import annotations

from pathlib import Path

from cookhouse_convert.analysis import Analysis, Finding, Stage, Statement
from cookhouse_convert.bindings import bindings_of
from cookhouse_convert.blocks import blocks_of
from cookhouse_convert.findings import Context, findings_of
from cookhouse_convert.findings.files import file_findings
from cookhouse_convert.flow.trace import Trace, trace
from cookhouse_convert.hyperparameters import hyperparameters_of
from cookhouse_convert.keeping import Fate, fates_of, only_shows
from cookhouse_convert.knowledge import knowledge
from cookhouse_convert.models import Candidate, candidates_of, models_of, propose
from cookhouse_convert.read import NotebookInput, Problem, read_notebook
from cookhouse_convert.requirements import requirements_of
from cookhouse_convert.stages import stages_of

__all__ = ["Analysis", "analyse"]

# Stages that a left-out statement loses: it only fed what is shown.
_SILENT = ("data", "features", "other", "parameters", "split")


def analyse(
    notebook: NotebookInput, *, path: Path | None = None, model: str | None = None
) -> Analysis:
    """Say what each statement is for, what is kept, and whether a recipe can be made.

    `notebook` is a file, the notebook's JSON, or the cells of an editor (mappings with `id`,
    `type`, `source`, `tags`, `stage`). `path` says where it lies, to find the files it reads.
    `model` names the variable of the model to convert; without it the last measured one is
    proposed. Never raises for what a notebook may hold: that becomes a finding.
    """
    source = read_notebook(notebook, path)
    known = knowledge()
    blocks, problems = blocks_of(source)
    seen = trace(blocks, known)
    left_out = {
        block.number
        for block in blocks
        if "skip" in block.cell.tags or "eda" in block.cell.tags or block.cell.stage == "explore"
    }
    candidates = candidates_of(seen, left_out)
    chosen = propose(candidates, model)
    seeded = any(event.kind == "seed" for event in seen.events)
    harmless = {block.number for block in blocks if only_shows(seen, block.number, seeded)}
    harmless -= {
        event.statement for event in seen.events if event.kind in ("fit", "read", "input", "split")
    }
    showing = {block.number for block in blocks if only_shows(seen, block.number, False)}
    stages = stages_of(seen, {n for n in showing if _shown(seen, n)})
    fates = fates_of(seen, stages, chosen, known, harmless)
    for number, fate in enumerate(fates):
        dropped = not fate.kept and not fate.forced and number in harmless
        if dropped and _before(number, chosen) and stages[number] in _SILENT:
            stages[number] = "explore"
    kept = [fate.kept for fate in fates]
    bindings = bindings_of(seen, known, kept)
    context = Context(source, seen, candidates, chosen, model, stages, fates, known)
    drafts = {cell.id for cell in source.cells if "skip" in cell.tags}
    early = [_finding(problem, problem.cell in drafts) for problem in (*source.problems, *problems)]
    findings = findings_of(context, [*early, *file_findings(bindings, source.path)])
    refused = any(finding.severity == "error" for finding in findings)
    return Analysis(
        verdict="refused" if refused else "convertible",
        statements=tuple(
            _statement(seen, number, stages[number], fate) for number, fate in enumerate(fates)
        ),
        hyperparameters=hyperparameters_of(seen, chosen, known, kept),
        models=models_of(candidates, chosen, seen),
        bindings=bindings,
        findings=findings,
        requirements=requirements_of(seen, kept, source.path),
        kernel=source.kernel,
        language=source.language,
        notebook_hash=source.digest,
    )


def _shown(seen: Trace, number: int) -> bool:
    effect = seen.effects[number]
    return effect.shows or effect.settings or not (effect.writes or effect.mutates)


def _before(number: int, chosen: Candidate | None) -> bool:
    return chosen is None or number <= chosen.last


def _finding(problem: Problem, draft: bool) -> Finding:
    """A cell that the user tagged `skip` may be anything."""
    return Finding(
        problem.code,
        "info" if draft else "error",
        problem.cell,
        problem.line,
        problem.what,
        problem.why,
        problem.fix,
    )


def _statement(seen: Trace, number: int, stage: Stage, fate: Fate) -> Statement:
    block, effect = seen.blocks[number], seen.effects[number]
    return Statement(
        number=number,
        cell=block.cell.id,
        line=block.line,
        end_line=block.end_line,
        stage=stage,
        kept=fate.kept,
        reason=fate.reason,
        source=block.source,
        reads=tuple(sorted(effect.reads)),
        writes=tuple(sorted(effect.writes)),
        mutates=tuple(sorted(effect.mutates)),
        column=block.column,
    )
