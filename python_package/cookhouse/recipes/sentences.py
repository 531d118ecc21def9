"""What a proof says, in words that a person reads first and often alone."""

from __future__ import annotations

from typing import Any

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def of_proof(proof: dict[str, Any]) -> str:
    """Say in one or two sentences whether recipe and notebook agree and whether scoring is safe."""
    return f"{_agreement(proof)} {_scoring(proof)}"


def difference(proof: dict[str, Any]) -> str:
    """Name what keeps a recipe from being proven; a clause without a full stop."""
    first: dict[str, Any] = next(iter(proof.get("differences") or ()), {})
    named = str(first.get("what") or "").rstrip(".")
    if named:
        return named + _place(proof, first.get("cell"))
    words = {
        "close": "features, predictions and metric agree only up to rounding",
        "differs": "recipe and notebook do not compute the same",
        "unverified": "the notebook was not run beside it",
    }
    return words.get(str(proof.get("verdict")), "its proof is not complete")


def scoring_reason(proof: dict[str, Any]) -> str:
    """Name what makes scoring unsafe or unverified; a clause without a full stop."""
    scoring = proof.get("scoring") or {}
    reason = str(scoring.get("reason") or "").rstrip(".")
    return (reason or "its scoring was not tested") + _place(proof, scoring.get("cell"))


def _place(proof: dict[str, Any], cell: Any) -> str:
    # A person counts cells; the ids of cells say nothing.
    title = (proof.get("titles") or {}).get(str(cell), cell)
    return f" (cell {title})" if cell else ""


def metric_of(proof: dict[str, Any]) -> str:
    """Say the notebook's metric, such as `accuracy 0.9650`; empty without one."""
    metric = proof.get("metric") or {}
    name, value = metric.get("name"), metric.get("notebook")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return f"{str(name or 'metric').replace('_', ' ')} {_number(value)}"


def _agreement(proof: dict[str, Any]) -> str:
    metric = metric_of(proof)
    tail = f": {metric}." if metric else "."
    match proof.get("verdict"):
        case "exact":
            return f"Recipe and notebook agree to the last bit{tail}"
        case "pinned":
            return f"Recipe and notebook agree to the last bit once randomness is pinned{tail}"
        case "close":
            return f"Recipe and notebook agree up to rounding, not to the last bit{tail}"
        case "differs":
            return f"Recipe and notebook differ: {difference(proof)}."
        case _:
            return f"Not proven: {difference(proof)}."


def _scoring(proof: dict[str, Any]) -> str:
    scoring = proof.get("scoring") or {}
    match scoring.get("verdict"):
        case "safe":
            return f"Safe to score{_tested(scoring)}."
        case "refused":
            return f"It trains, but cannot be scored: {scoring_reason(proof)}."
        case _:
            return f"Scoring is not verified: {scoring_reason(proof)}."


def _tested(scoring: dict[str, Any]) -> str:
    rows, ways = scoring.get("rows") or 0, len(scoring.get("ways") or ())
    if not rows:
        return ""
    counted = NUMBERS[ways] if ways < len(NUMBERS) else str(ways)
    return f": {rows:,} row{'s' * (rows != 1)}" + (f", {counted} ways" if ways > 1 else "")


def _number(value: float) -> str:
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.10g}"
    return f"{value:.4f}" if abs(value) >= 0.001 or value == 0 else f"{value:.4g}"
