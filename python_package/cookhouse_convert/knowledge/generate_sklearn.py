"""Writes sklearn_parameters.json from an installed scikit-learn; run where that is installed.

    .venv-notebooks/bin/python python_package/cookhouse_convert/knowledge/generate_sklearn.py

The analysis never imports scikit-learn, so that a verdict costs milliseconds and a continuous
integration machine needs no library for it. `_parameter_constraints` is private: this script is
the one place that reads it.
"""

from __future__ import annotations

import inspect
import json
import re
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import sklearn
from sklearn.utils import all_estimators
from sklearn.utils._param_validation import Interval, Options, StrOptions

# Splitters state no constraints.
_SPLITTERS: dict[str, dict[str, Any]] = {
    "n_splits": {"integer": {"minimum": 2}},
    "n_repeats": {"integer": {"minimum": 1}},
    "shuffle": {"boolean": True},
    "random_state": {"integer": {"minimum": 0, "maximum": 2**32 - 1}, "nullable": True},
    "test_size": {"number": {"minimum": 0, "exclusive_minimum": True}},
}
_FUNCTIONS = ("train_test_split", "cross_val_score", "cross_validate", "cross_val_predict")


def main() -> None:
    """Write the data file beside this script."""
    entries: dict[str, Any] = {}
    for short, kind in all_estimators():
        public = ".".join(part for part in kind.__module__.split(".") if not part.startswith("_"))
        entries[f"{public}.{short}"] = _entry(kind, _task(kind))
    import sklearn.model_selection as selection

    for short, kind in inspect.getmembers(selection, inspect.isclass):
        name = f"sklearn.model_selection.{short}"
        if name not in entries and hasattr(kind, "split"):
            entries[name] = _entry(kind, "")
            entries[name]["parameters"] = {
                parameter: {**found, **_SPLITTERS.get(parameter, {})}
                for parameter, found in entries[name]["parameters"].items()
            }
    for name in _FUNCTIONS:
        entries[f"sklearn.model_selection.{name}"] = _entry(getattr(selection, name), "")
    target = Path(__file__).with_name("sklearn_parameters.json")
    body = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(entry, separators=(',', ':'), sort_keys=True)}"
        for name, entry in sorted(entries.items())
    )
    target.write_text("{\n" + body + "\n}\n", "utf-8")
    print(f"{len(entries)} classes and functions of scikit-learn {sklearn.__version__}")


def _task(kind: Any) -> str:
    if kind.__module__.startswith(("sklearn.cluster", "sklearn.mixture")):
        return "cluster"
    tags = getattr(kind, "_estimator_type", None)
    if tags is None:
        names = {base.__name__ for base in kind.__mro__}
        tags = (
            "classifier" if "ClassifierMixin" in names
            else "regressor" if "RegressorMixin" in names
            else "clusterer" if "ClusterMixin" in names
            else "outlier_detector" if "OutlierMixin" in names
            else "transformer" if "TransformerMixin" in names or hasattr(kind, "transform")
            else ""
        )  # fmt: skip
    return {
        "classifier": "classification", "regressor": "regression", "clusterer": "cluster",
        "outlier_detector": "outlier", "transformer": "transformer",
    }.get(tags, "unsupervised")  # fmt: skip


def _entry(kind: Any, task: str) -> dict[str, Any]:
    constraints = getattr(kind, "_parameter_constraints", None)
    if constraints is None:
        constraints = getattr(kind, "_skl_parameter_constraints", {})
    described = _descriptions(kind.__doc__ or "")
    signature = inspect.signature(kind.__init__ if inspect.isclass(kind) else kind)
    parameters: dict[str, Any] = {}
    positional: list[str] = []
    for name, parameter in signature.parameters.items():
        if name == "self" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            positional.append(name)
        entry = _constraint(constraints.get(name, []))
        if isinstance(parameter.default, (bool, int, float, str)) or parameter.default is None:
            entry["default"] = parameter.default
        if name in described:
            entry["description"] = described[name]
        parameters[name] = entry
    return {"task": task, "positional": positional, "parameters": parameters}


def _constraint(allowed: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if not isinstance(allowed, list):
        return entry
    choices: list[Any] = []
    for item in allowed:
        if isinstance(item, Interval):
            _add_interval(entry, item)
        elif isinstance(item, (StrOptions, Options)):
            choices += [option for option in item.options if isinstance(option, (str, bool, int))]
        elif item is None:
            entry["nullable"] = True
        elif item in ("boolean", bool):
            entry["boolean"] = True
        elif item == "random_state":
            entry.update(integer={"minimum": 0, "maximum": 2**32 - 1}, nullable=True)
        elif item == "cv_object":
            entry.update(integer={"minimum": 2}, nullable=True)
        elif item is Integral:
            entry.setdefault("integer", {})
        elif item is Real:
            entry.setdefault("number", {})
        elif item is str:
            entry["string"] = True
    if choices:
        entry["choices"] = sorted(choices, key=str)
    return entry


def _add_interval(entry: dict[str, Any], interval: Interval) -> None:
    kind = "integer" if interval.type is Integral else "number"
    bounds: dict[str, Any] = {}
    if interval.left is not None and abs(float(interval.left)) != float("inf"):
        bounds["minimum"] = interval.left
        if interval.closed in ("right", "neither"):
            bounds["exclusive_minimum"] = True
    if interval.right is not None and abs(float(interval.right)) != float("inf"):
        bounds["maximum"] = interval.right
        if interval.closed in ("left", "neither"):
            bounds["exclusive_maximum"] = True
    known = entry.get(kind)
    if known is None:
        entry[kind] = bounds
    elif bounds.get("minimum", 0) < known.get("minimum", 0):
        known["minimum"] = bounds["minimum"]


def _descriptions(doc: str) -> dict[str, str]:
    """Return the first sentence of each parameter's paragraph in a numpydoc text."""
    found: dict[str, str] = {}
    lines = inspect.cleandoc(doc).split("\n")
    try:
        start = next(i for i, line in enumerate(lines) if line.strip() == "Parameters") + 2
    except StopIteration:
        return found
    current: list[str] = []
    paragraph: list[str] = []
    for line in [*lines[start:], "end"]:
        if line and not line.startswith(" "):
            for name in current:
                if paragraph:
                    found[name] = _sentence(" ".join(paragraph))
            current, paragraph = [], []
            heading = re.match(r"^\*{0,2}(\w+(?:, \w+)*)\s*:", line)
            if not heading:
                break
            current = heading[1].split(", ")
        elif line.strip():
            if current:
                paragraph.append(line.strip())
        elif paragraph:
            for name in current:
                found[name] = _sentence(" ".join(paragraph))
            current, paragraph = [], []
    return found


def _sentence(text: str) -> str:
    plain = re.sub(r":\w+:`~?([^`<]*)(?:<[^`]*>)?`", r"\1", text).replace("``", "").replace("`", "")
    plain = re.sub(r"\s+", " ", plain)
    first = re.split(r"(?<=[.:])\s+(?=[A-Z-])", plain, maxsplit=1)[0]
    return first.rstrip(":").strip()[:300]


if __name__ == "__main__":
    main()
