"""From the analysis of a notebook to the cells that explore, with what they need, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cookhouse.eda.messages import CellPlan, EdaPlan
from cookhouse.notebooks.messages import Analysis, AnalysisRequest, Cell, Statement

# What nobody runs just to look at data, unless something that is looked at comes of it.
NOT_EXPLORING = {
    "split": "splits rows for training",
    "train": "trains a model",
    "predict": "predicts",
    "evaluate": "evaluates a model",
}


@dataclass
class Part:
    """One code cell with its statements; `needs` maps what it uses to the cell that makes it."""

    cell: Cell
    number: int
    statements: list[Statement]
    needs: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def stages(self) -> list[str]:
        """The stages of its statements, each once, in order."""
        return list(dict.fromkeys(s.stage for s in self.statements))

    @property
    def skipped(self) -> bool:
        """Say whether the user keeps it out."""
        return "skip" in {tag.lower() for tag in self.cell.tags}

    @property
    def asked_for(self) -> str | None:
        """Why the user wants it run; None if the user said nothing."""
        if "eda" in {tag.lower() for tag in self.cell.tags}:
            return "Tagged eda."
        return "Its stage was set to explore." if self.cell.stage == "explore" else None

    @property
    def looks(self) -> bool:
        """Say whether it looks at data and does nothing that is not exploring."""
        stages = set(self.stages)
        if self.cell.stage is not None or "explore" not in stages or stages & set(NOT_EXPLORING):
            return False
        # The opening cell of a notebook that also sets a plot style is run when it is needed.
        return bool(self.needs) or not stages & {"imports", "parameters"}


def plan(request: AnalysisRequest, analysis: Analysis) -> EdaPlan:
    """Decide for every code cell of the notebook."""
    parts = _parts(request, analysis)
    _connect(parts)
    reasons: dict[int, str] = {}
    after_training: set[int] = set()
    for part in parts:
        if part.skipped or not part.cell.source.strip():
            continue
        if part.asked_for is not None:
            reasons[part.number] = part.asked_for
        elif part.looks and _trains(parts, part):
            after_training.add(part.number)
        elif part.looks:
            reasons[part.number] = "It looks at the data."
    reasons.update(_required(parts, set(reasons)))
    cells = [
        CellPlan(
            id=part.cell.id,
            run=part.number in reasons,
            reason=reasons.get(part.number) or _why_not(part, part.number in after_training),
        )
        for part in parts
    ]
    return EdaPlan(cells=cells, runs=len(reasons))


def _parts(request: AnalysisRequest, analysis: Analysis) -> list[Part]:
    by_cell: dict[str, list[Statement]] = defaultdict(list)
    for statement in analysis.statements:
        by_cell[statement.cell].append(statement)
    code = [cell for cell in request.cells if cell.type == "code"]
    return [Part(cell, number, by_cell[cell.id]) for number, cell in enumerate(code)]


def _connect(parts: list[Part]) -> None:
    """Note for each name that a cell uses the cells that made it what it is there."""
    makers: dict[str, list[int]] = {}
    for part in parts:
        if part.skipped:
            continue
        made_here: set[str] = set()
        for statement in part.statements:
            for name in (*statement.reads, *statement.mutates):
                if name in made_here:
                    continue
                for maker in makers.get(name, ()):
                    if maker != part.number:
                        part.needs[maker].add(name)
            made_here.update(statement.writes)
            _note(makers, statement, part.number)


def _note(makers: dict[str, list[int]], statement: Statement, number: int) -> None:
    for name in statement.writes:
        # Written from itself (`df = df.dropna()`), it is still what the earlier cells made it.
        kept = makers.get(name, []) if name in statement.reads else []
        makers[name] = [*(m for m in kept if m != number), number]
    for name in statement.mutates:
        if name not in statement.writes:
            makers[name] = [*(m for m in makers.get(name, []) if m != number), number]


def _trains(parts: list[Part], part: Part) -> bool:
    """Say whether a cell comes of a model: it would have to be trained first."""
    seen, waiting = {part.number}, [part]
    while waiting:
        user = waiting.pop()
        if "train" in user.stages:
            return True
        waiting += [parts[maker] for maker in user.needs if maker not in seen]
        seen.update(user.needs)
    return False


def _required(parts: list[Part], chosen: set[int]) -> dict[int, str]:
    """Return what chosen cells need, and what that needs, each with its reason."""
    used: dict[int, set[str]] = defaultdict(set)
    seen, waiting = set(chosen), [parts[number] for number in chosen]
    while waiting:
        user = waiting.pop()
        for maker, names in user.needs.items():
            used[maker] |= names
            if maker not in seen:
                seen.add(maker)
                waiting.append(parts[maker])
    return {
        maker: f"Cells that explore need {_list(names)} from it."
        for maker, names in used.items()
        if maker not in chosen
    }


def _why_not(part: Part, after_training: bool) -> str:
    if part.skipped:
        return "Tagged skip."
    if not part.cell.source.strip():
        return "The cell is empty."
    if after_training:
        return "It looks at what training makes: run it after the model is trained."
    if not part.statements:
        return "It holds nothing that runs."
    for stage in part.stages:
        if stage in NOT_EXPLORING:
            return f"It {NOT_EXPLORING[stage]}, and nothing that explores needs it."
    return "It does not look at data, and nothing that explores needs it."


def _list(names: Iterable[str]) -> str:
    found = sorted(names)
    shown = ", ".join(f"“{name}”" for name in found[:4])
    return shown + (f" and {len(found) - 4} more" if len(found) > 4 else "")
