"""The proof of one recipe: run notebook and recipe, compare, test scoring, give the verdict."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cookhouse_convert.analysis import Analysis, Finding, Statement
from cookhouse_convert.prove import process, reasons
from cookhouse_convert.prove.compare import are_close, differences, of_interest
from cookhouse_convert.prove.folder import copied_folder
from cookhouse_convert.prove.witness import stale_output

_SEEDS = (20_240_229, 1_618_033)
_MOST_ROWS = 5_000
_MOST_SINGLE = 60
Progress = Callable[[str, float], None]


@dataclass
class Round:
    """One run of both sides under one seed."""

    truth: dict[str, Any]
    recipe: dict[str, Any]
    folders: tuple[Path, Path]
    differs: list[dict[str, Any]]


@dataclass
class Prover:
    """Proves the recipe in `package` against its notebook; everything it writes is below `work`.

    `source` is the notebook's folder, `content` the notebook's JSON.
    """

    content: dict[str, Any]
    analysis: Analysis
    manifest: dict[str, Any]
    package: Path
    template: process.Template
    overlay: Path | None
    source: Path
    work: Path
    limits: process.Limits
    progress: Progress
    steps: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    learned: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        model = self.manifest["model"]
        numbers = (model.get(name) for name in ("fit", "predict", "metric"))
        self.interest = {number for number in numbers if number is not None}
        self.cells = {s.number: s.cell for s in self.analysis.statements}
        self.kept = [s.number for s in self.analysis.statements if s.kept]

    def prove(self) -> dict[str, Any]:
        """Run everything and return the proof; never raises for what the notebook does."""
        started = time.monotonic()
        self.progress("Running the notebook and the recipe", 0.1)
        first = self._round(0, pinned=False)
        self.learned = first.recipe
        failed = self._failed(first)
        if failed is not None:
            proof = self._unverified(first, failed)
        else:
            verdict, last = self._agreement(first)
            self.learned = first.recipe
            proof = self._proof(self._with_metric(verdict, last), last)
            proof["scoring"] = self._scoring(first, proof["verdict"])
            self._witness(first)
        proof["seconds"] = round(time.monotonic() - started, 2)
        proof["rows"] = proof["scoring"].get("rows", 0)
        proof["ways"] = proof["scoring"].get("ways", [])
        proof["steps"] = self.steps
        return proof

    def _round(self, number: int, pinned: bool) -> Round:
        name = f"round-{len(list(self.work.glob('round-*')))}"
        root = self.work / name
        outs = (root / "truth", root / "recipe")
        shared = {
            "seed": _SEEDS[number],
            "pinned": pinned,
            "interest": sorted(self.interest),
            "kept": self.kept,
            "guarded": str(self.source),
            "own": str(self.work),
            "most_rows": _MOST_ROWS,
        }
        here = copied_folder(self.analysis, self.source, root / "place")
        truth = {
            **shared,
            "side": "truth",
            "out": str(outs[0]),
            "folder": str(here),
            "statements": [self._ordered(s) for s in self.analysis.statements],
        }
        beside = root / "beside"
        beside.mkdir(parents=True)
        recipe = {
            **shared,
            "side": "rehearsal",
            "out": str(outs[1]),
            "folder": str(beside),
            "recipe": str(self.package),
            "overlay": str(self.overlay) if self.overlay else None,
        }
        children = [self.template.start(order, self.limits) for order in (truth, recipe)]
        results = [child.wait() for child in children]
        pair = [of_interest(result, self.interest) for result in results]
        differs = differences(pair[0], pair[1], self.cells)
        return Round(results[0], results[1], outs, differs)

    def _ordered(self, statement: Statement) -> dict[str, Any]:
        title = next(
            row["title"] for row in self.manifest["statements"] if row["number"] == statement.number
        )
        return {
            "number": statement.number,
            "cell": statement.cell,
            "place": f"cell {title}",
            "line": statement.line,
            "first_line": statement.end_line - statement.source.count("\n"),
            "source": statement.source,
            "magic": statement.source.lstrip().startswith(("%", "!", "?"))
            or not statement.source.strip(),
        }

    def _failed(self, found: Round) -> dict[str, Any] | None:
        truth, recipe = found.truth.get("error"), found.recipe.get("error")
        if truth is not None:
            self._step("notebook", False, reasons.of_notebook(truth))
            return {
                "what": reasons.of_notebook(truth),
                "cell": truth.get("cell"),
                "statement": truth.get("statement"),
            }
        self._step("notebook", True, "The whole notebook ran from top to bottom.")
        if recipe is not None:
            self._step("recipe", False, reasons.of_recipe(recipe))
            return {
                "what": reasons.of_recipe(recipe),
                "cell": recipe.get("cell"),
                "statement": recipe.get("statement"),
            }
        self._step("recipe", True, "The recipe ran by itself.")
        if not of_interest(found.recipe, self.interest):
            model = self.manifest["model"]
            what = f"no fit or prediction of {model['variable']} was seen in either run"
            return {"what": what, "cell": model["cell"], "statement": model["fit"]}
        return None

    def _agreement(self, first: Round) -> tuple[str, Round]:
        random = self._unseeded(first)
        if not first.differs and not random:
            self._step("agreement", True, "Features, predictions and metric are the same bytes.")
            return "exact", first
        if not first.differs:
            self.progress("Running both under other randomness", 0.45)
            second = self._round(1, pinned=False)
            if not second.differs and self._failed_quietly(second) is None:
                self._step("agreement", True, "The same bytes under two random states.")
                return "exact", first
        if first.recipe.get("moved") or first.truth.get("moved"):
            self.progress("Running both with randomness pinned", 0.6)
            third = self._round(0, pinned=True)
            if not third.differs and self._failed_quietly(third) is None:
                self._step("agreement", True, "The same bytes with randomness pinned.")
                return "pinned", third
        close = are_close(first.truth, first.recipe, first.folders, self.interest)
        what = first.differs[0]["what"] if first.differs else "random numbers differ"
        self._step("agreement", False, what)
        return ("close" if close else "differs"), first

    def _with_metric(self, verdict: str, found: Round) -> str:
        """Let no verdict stand beside two different metrics."""
        metric = self._metric(found)
        pair = (metric["notebook"], metric["recipe"])
        if verdict not in ("exact", "pinned") or pair[0] == pair[1] or None in pair:
            return verdict
        statement = self.manifest["model"]["metric"]
        what = f"{metric['name']} is {pair[0]} in the notebook and {pair[1]} in the recipe"
        place = {"statement": statement, "cell": self.cells.get(statement), "column": None}
        found.differs.append({**place, "what": what})
        self._step("metric", False, what)
        return "differs"

    def _failed_quietly(self, found: Round) -> Any:
        return found.truth.get("error") or found.recipe.get("error")

    def _unseeded(self, found: Round) -> bool:
        """Tell whether a kept statement moved a generator that nothing had seeded before."""
        moved = [n for n in found.recipe.get("moved", ()) if n in set(self.kept)]
        if not moved:
            return False
        sources = {s.number: s.source for s in self.analysis.statements}
        return "seed(" not in sources[moved[0]]

    def _proof(self, verdict: str, found: Round) -> dict[str, Any]:
        return {
            "verdict": verdict,
            "metric": self._metric(found),
            "scoring": {},
            "differences": found.differs if verdict in ("close", "differs") else [],
        }

    def _metric(self, found: Round) -> dict[str, Any]:
        recipe = found.recipe.get("metric")
        model = self.manifest["model"]
        if not recipe:
            return {"name": None, "notebook": None, "recipe": None}
        name, value = recipe
        return {"name": name, "notebook": self._seen(found, model, value), "recipe": value}

    def _seen(self, found: Round, model: dict[str, Any], value: float) -> float | None:
        """Return the metric as the notebook's own run gave it."""
        statement = model.get("metric")
        entries = of_interest(found.truth, {statement} if statement is not None else set())
        named = [e for e in entries if e["method"] == model.get("metric_name")]
        scored = [e for e in entries if e["method"] == "score" and e["kind"] == "call"]
        if found.recipe.get("mode") == "cross":
            named, scored, entries = [], [], []
        for entry in [*named, *scored, *[e for e in entries if e["kind"] == "metric"]]:
            if entry["value"] is not None:
                return float(entry["value"])
        known = found.truth.get("metrics", {}).get(str(statement))
        if known is not None:
            return float(known)
        printed = [
            side.get("printed", {}).get(str(statement)) for side in (found.truth, found.recipe)
        ]
        return value if printed[0] and printed[0] == printed[1] else None

    def _scoring(self, first: Round, verdict: str) -> dict[str, Any]:
        recipe, cell = first.recipe, self.manifest["model"]["cell"]
        found = recipe["scoring"]
        if recipe.get("stored"):
            self._step("storing", False, recipe["stored"])
            return _refused(recipe["stored"], cell)
        if found["verdict"] == "refused":
            self._step("scoring", False, found["reason"])
            return _refused(found["reason"], found["cell"])
        self.progress("Testing the stored model on the notebook's raw rows", 0.75)
        order = {
            "side": "scoring",
            "recipe": str(self.package),
            "stored": str(first.folders[1]),
            "out": str(self.work / "scoring"),
            "overlay": str(self.overlay) if self.overlay else None,
            "most_single": _MOST_SINGLE,
        }
        result = self.template.start(order, self.limits).wait()
        if result["error"]:
            error = result["error"]
            what = error if isinstance(error, str) else error["message"]
            self._step("scoring", False, what)
            return _refused(f"the stored model cannot be tested: {what}", cell)
        ways = [test["name"] for test in result["tests"] if test["passed"]]
        for test in result["tests"]:
            self._step(f"scoring {test['name']}", test["passed"], test["what"])
            if not test["passed"]:
                return _refused(f"{test['name']}, {test['what']}", cell)
        answer = {"reason": "", "cell": None, "rows": result["rows"], "ways": ways}
        if verdict == "differs":
            what = "the recipe's own rows score alike, but it differs from the notebook"
            return {**answer, "verdict": "unverified", "reason": what}
        return {**answer, "verdict": "safe"}

    def _unverified(self, first: Round, failed: dict[str, Any]) -> dict[str, Any]:
        reason = failed["what"]
        place = {"statement": failed["statement"], "column": None}
        return {
            "verdict": "unverified",
            "metric": self._metric(first),
            "scoring": {"verdict": "unverified", "reason": reason, "cell": failed["cell"]},
            "differences": [{**place, "cell": failed["cell"], "what": reason}],
        }

    def _witness(self, first: Round) -> None:
        model = self.manifest["model"]
        metric = self._metric(first)
        if model.get("metric") is None or metric["notebook"] is None:
            return
        if self._unseeded(first):
            return
        statement = self.analysis.statements[model["metric"]]
        finding = stale_output(
            self.content, statement.cell, statement.line, metric["name"], metric["notebook"]
        )
        if finding is not None:
            self.findings.append(finding)
            self._step("stored outputs", False, finding.what)

    def _step(self, name: str, passed: bool, what: str) -> None:
        self.steps.append({"name": name, "passed": passed, "what": what})


def _refused(reason: str, cell: str | None) -> dict[str, Any]:
    return {"verdict": "refused", "reason": reason, "cell": cell, "rows": 0, "ways": []}
