"""The verdict as a command line shows it: text for people, or one JSON document."""

from __future__ import annotations

from cookhouse_convert.analysis import STAGES, Analysis

_WORDS = {"error": "error", "warning": "warning", "info": "note"}


def as_text(analysis: Analysis) -> str:
    """Return the verdict in words, findings first, then what is kept and what is left out."""
    lines = [_verdict(analysis), ""]
    order = list(dict.fromkeys(statement.cell for statement in analysis.statements))
    for finding in analysis.findings:
        place = "notebook"
        if finding.cell in order:
            place = f"code cell {order.index(finding.cell) + 1}, line {finding.line}"
        lines += [
            f"{_WORDS[finding.severity]} {finding.code} ({place})",
            f"    {finding.what} {finding.why}",
            f"    {finding.fix}",
        ]
    if analysis.findings:
        lines.append("")
    lines += _stages(analysis)
    lines += [
        f"{len(analysis.models)} model{'s' if len(analysis.models) != 1 else ''}: "
        + ", ".join(
            f"{model.variable}{' (proposed)' if model.proposed else ''}"
            for model in analysis.models
        )
    ] * bool(analysis.models)
    if analysis.hyperparameters:
        values = ", ".join(f"{one.name}={one.default!r}" for one in analysis.hyperparameters)
        lines.append(f"Hyperparameters: {values}")
    return "\n".join(lines).rstrip() + "\n"


def _verdict(analysis: Analysis) -> str:
    errors = sum(finding.severity == "error" for finding in analysis.findings)
    warnings = sum(finding.severity == "warning" for finding in analysis.findings)
    if analysis.verdict == "refused":
        return f"Refused: {errors} thing{'s' if errors != 1 else ''} must change first."
    if warnings:
        return f"Convertible, with {warnings} warning{'s' if warnings != 1 else ''}."
    return "Convertible."


def _stages(analysis: Analysis) -> list[str]:
    total = len(analysis.statements)
    kept = sum(statement.kept for statement in analysis.statements)
    lines = [f"{kept} of {total} statements kept"]
    for stage in STAGES:
        own = [statement for statement in analysis.statements if statement.stage == stage]
        if own:
            count = sum(statement.kept for statement in own)
            lines.append(f"    {stage:<11} {count:>3} kept {len(own) - count:>3} left out")
    return lines
